package lull.bridge.signals;

import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.SendRateLimiter;

/// Settings of the signals that customers see in addition to messages: read receipts, typing indicators
/// and a reaction.
public final class SignalSettings {

    public static final Setting<Boolean> READ_MARKS = Setting.flag(
            "whatsapp.read.marks",
            true,
            "Whether customers see their messages as read once Amazon Connect has accepted them. The flag `receipts`"
                    + " overrides it live");

    static final Setting<Integer> READ_MARKS_PER_SECOND = Setting.number(
            "whatsapp.read.marks.per.second",
            20,
            1,
            10_000,
            "Maximum number of read receipts and typing indicators per second that this process sends. Further ones"
                    + " are skipped, because they use the rate limit of messages; they are also skipped while a"
                    + " number has many messages to send");

    public static final Setting<Boolean> TYPING = Setting.flag(
            "whatsapp.typing",
            true,
            "Whether customers see that an agent is typing; this also marks the customer's messages as read."
                    + " The flag `typing` overrides it live");

    public static final Setting<String> REACTION = Setting.text(
                    "whatsapp.reaction",
                    "",
                    "Emoji that acknowledges the last message of a turn once Amazon Connect has accepted the whole"
                            + " turn; empty for none")
            .checked(
                    text -> text.length() <= 20 && text.codePoints().noneMatch(Character::isAlphabetic),
                    "must be one emoji, or empty");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(READ_MARKS, READ_MARKS_PER_SECOND, TYPING, REACTION);

    private SignalSettings() {}

    /// Returns the rate limiter of signals.
    ///
    /// @param replies rate limiter of replies; signals count as replies
    public static BestEffortLimiter spareRate(Settings settings, SendRateLimiter replies) {
        return new BestEffortLimiter(settings.get(READ_MARKS_PER_SECOND), replies, System::nanoTime);
    }
}
