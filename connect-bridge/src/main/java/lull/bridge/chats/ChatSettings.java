package lull.bridge.chats;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the chats that the bridge remembers.
public final class ChatSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Duration> KEPT = Setting.duration(
            "chat.kept.after.end", "24h", MINUTE, Duration.ofDays(30), "How long a chat is remembered after its end");

    public static final Setting<Duration> START_TIMEOUT = Setting.duration(
            "chat.start.timeout",
            "5m",
            SECOND,
            HOUR,
            "Timeout for reading connect.chat at the start; if it is exceeded, the process exits");

    public static final Setting<TokenCipher> TOKEN_KEYS = Setting.of(
                    "chat.token.keys",
                    "",
                    "Keys that encrypt the tokens of chats in connect.chat, as name=base64 of 16, 24 or 32 bytes,"
                            + " separated by commas: the first one encrypts, all of them decrypt. Without keys the"
                            + " tokens are not encrypted",
                    TokenCipher::of)
            .secret();

    private static final Setting<Duration> CONTEXT_REMEMBERED = Setting.duration(
            "conversation.context.remembered",
            "7d",
            MINUTE,
            Duration.ofDays(90),
            "How long after a template that began a conversation its customer's answer has the context: the note for the"
                    + " agent, and the attributes of the chat");

    private static final Setting<Integer> MAX_CONTEXTS = Setting.number(
            "conversation.contexts",
            100_000,
            1,
            10_000_000,
            "Maximum number of conversations that the business has begun whose context each bridge has in memory; the"
                    + " oldest are dropped. 100,000 of them need about 100 MB of heap if their notes are short");

    /// All settings of this class.
    public static final List<Setting<?>> ALL =
            List.of(KEPT, START_TIMEOUT, TOKEN_KEYS, CONTEXT_REMEMBERED, MAX_CONTEXTS);

    /// Returns what is remembered of conversations that the business has begun.
    public static BegunConversations.Options contexts(Settings settings) {
        return new BegunConversations.Options(settings.get(CONTEXT_REMEMBERED), settings.get(MAX_CONTEXTS));
    }

    private ChatSettings() {}
}
