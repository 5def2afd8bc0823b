package lull.bridge.inbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.bridge.inbound.attachments.AttachmentSettings;
import lull.connect.ConnectSettings;
import lull.connect.ParticipantTimer;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.text.TextSettings;

/// Settings of turns on their way into chats: how chats are opened, and their options.
public final class InboundSettings {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Optional<String>> INSTALLATION = Setting.optional(
            "connect.installation",
            "Name that distinguishes this installation from others that use the same Amazon Connect instance; empty"
                    + " means Kafka's cluster id");

    static final Setting<String> DISPLAY_NAME = Setting.text(
                    "connect.display.name",
                    "{name}",
                    "Name of a customer that agents see; `{name}`, `{phone}` and `{number}` (the business number)"
                            + " are replaced")
            .checked(text -> !text.isBlank(), "must not be empty");

    static final Setting<Map<String, String>> ATTRIBUTES = Formats.WORD.ofNames(Setting.pairs(
            "connect.attributes",
            "",
            "Contact attributes of new chats, in addition to Lull's own, as name=value, separated by commas"));

    static final Setting<Map<String, String>> ATTRIBUTE_NAMES = Formats.WORD
            .ofValues(Setting.pairs(
                    "connect.attribute.names",
                    "",
                    "Other names for Lull's own contact attributes, as Lull's=yours, separated by commas, such as"
                            + " channel=Channel,businessNumber=systemNumber; the others keep Lull's"))
            .checked(
                    names -> ChatRequests.OWN.containsAll(names.keySet()),
                    "must have names of Lull's attributes before the equals signs: "
                            + String.join(", ", ChatRequests.OWN))
            .checked(ChatRequests::areDistinct, "must give each attribute a name of its own");

    static final Setting<List<ParticipantTimer>> TIMERS = Setting.of(
            "connect.timers",
            "",
            "Timers of new chats, as name=duration in whole minutes (2m to 8h), separated by commas. They run while an"
                    + " agent is in the chat: customer.idle and agent.idle until Amazon Connect says that the participant"
                    + " is idle, customer.disconnect and agent.disconnect from then on until everyone but the customer"
                    + " leaves",
            text -> ParticipantTimer.of(Setting.pairs(text)));

    static final Setting<Boolean> PERSISTENT = Setting.flag(
            "connect.persistent.chat",
            false,
            "Whether a new chat shows the transcript of the customer's previous one (Amazon Connect's persistent"
                    + " chat)");

    static final Setting<Boolean> INITIAL_MESSAGE = Setting.flag(
            "connect.initial.message",
            true,
            "Whether the first text of a chat is sent with the call that opens the chat, so that a contact flow"
                    + " that ends at once still receives it");

    static final Setting<Integer> MAX_CHARACTERS = Setting.number(
            "connect.message.max.characters",
            1024,
            16,
            16384,
            "Maximum length of a message to Amazon Connect, in characters; longer texts are split");

    static final Setting<List<String>> CONTENT_TYPES = Formats.CONTENT_TYPE
            .ofEach(Setting.list(
                    "connect.content.types",
                    "text/plain,text/markdown,application/vnd.amazonaws.connect.message.interactive",
                    "Content types that chats support, separated by commas; text/plain is required"))
            .checked(types -> types.contains("text/plain"), "must include text/plain, or no text could be sent");

    static final Setting<Duration> CHAT_DURATION = Setting.duration(
            "connect.chat.duration",
            "25h",
            HOUR,
            Duration.ofDays(7),
            "Maximum duration of a chat, after which Amazon Connect ends it");

    static final Setting<Duration> REFRESH_BEFORE = Setting.duration(
            "connect.token.refresh.before",
            "1m",
            Duration.ZERO,
            Duration.ofHours(12),
            "How long before its expiry a connection token is replaced");

    static final Setting<Duration> QUOTA_WAIT = Setting.duration(
            "connect.quota.wait",
            "1m",
            SECOND,
            HOUR,
            "How long a conversation waits before it tries again to open a chat when the quota of open chats is"
                    + " used up");

    static final Setting<String> QUOTA_TEXT = Setting.text(
                    "connect.quota.text",
                    "",
                    "Text that a customer receives once while the conversation waits because the quota of open chats is"
                            + " used up; empty for none")
            .checked(text -> text.isEmpty() || !text.isBlank(), "must not be blank");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(
            INSTALLATION,
            DISPLAY_NAME,
            ATTRIBUTES,
            ATTRIBUTE_NAMES,
            TIMERS,
            PERSISTENT,
            INITIAL_MESSAGE,
            MAX_CHARACTERS,
            CONTENT_TYPES,
            CHAT_DURATION,
            REFRESH_BEFORE,
            QUOTA_WAIT,
            QUOTA_TEXT);

    /// The settings that can also be set for one business number.
    public static final List<Setting<?>> OF_NUMBERS =
            List.of(CHAT_DURATION, DISPLAY_NAME, ATTRIBUTES, ATTRIBUTE_NAMES, TIMERS, QUOTA_TEXT);

    private InboundSettings() {}

    /// Returns the options for turning turns into chats.
    ///
    /// @param clusterId of Kafka; it identifies the installation unless the settings do
    public static TurnOptions turns(Settings settings, String clusterId) {
        Map<String, ChatOptions> ofNumbers = new HashMap<>();
        for (String number : settings.get(NumberSettings.NUMBERS)) {
            ofNumbers.put(number, chats(new OfNumber(settings, number)));
        }
        return new TurnOptions(
                settings.get(INSTALLATION).orElse(clusterId),
                chats(settings::get),
                ofNumbers,
                TextSettings.texts(settings),
                settings.get(AttachmentSettings.ENABLED),
                settings.get(MAX_CHARACTERS),
                settings.get(INITIAL_MESSAGE),
                settings.get(PERSISTENT),
                settings.get(CONTENT_TYPES),
                settings.get(REFRESH_BEFORE),
                settings.get(QUOTA_WAIT));
    }

    /// Returns the options of chats: those of business numbers without settings of their own, and of
    /// each number that has some.
    public static List<ChatOptions> chats(Settings settings) {
        List<ChatOptions> all = new ArrayList<>();
        all.add(chats(settings::get));
        settings.get(NumberSettings.NUMBERS).forEach(number -> all.add(chats(new OfNumber(settings, number))));
        return all;
    }

    /// Returns whether chats of any business number have timers.
    public static boolean hasTimers(Settings settings) {
        return !settings.get(TIMERS).isEmpty()
                || settings.get(NumberSettings.NUMBERS).stream()
                        .anyMatch(number ->
                                !NumberSettings.of(settings, number, TIMERS).isEmpty());
    }

    /// Port to the settings of chats.
    private interface Lookup {
        <T> T get(Setting<T> setting);
    }

    private record OfNumber(Settings settings, String number) implements Lookup {
        @Override
        public <T> T get(Setting<T> setting) {
            return NumberSettings.of(settings, number, setting);
        }
    }

    private static ChatOptions chats(Lookup said) {
        return new ChatOptions(
                said.get(ConnectSettings.INSTANCE_ID),
                said.get(ConnectSettings.CONTACT_FLOW_ID),
                said.get(ConnectSettings.STREAMING_TOPIC_ARN),
                said.get(CHAT_DURATION),
                said.get(DISPLAY_NAME),
                said.get(ATTRIBUTES),
                said.get(ATTRIBUTE_NAMES),
                said.get(TIMERS),
                said.get(QUOTA_TEXT));
    }
}
