package lull.bridge.notices;

import java.time.Duration;
import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of notices for agents: notes, receipts, and warnings before the care window ends.
public final class NoticeSettings {

    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Boolean> NOTES = Setting.flag(
            "agent.notes",
            true,
            "Whether agents read a note in the chat about each message that WhatsApp did not deliver. The flag `notes`"
                    + " overrides it live");

    static final Setting<String> NOTES_MARK = Setting.text(
            "agent.notes.mark",
            "[WhatsApp]",
            "Prefix of notes for agents; without it a note looks like the customer's words in Amazon Connect");

    static final Setting<Duration> NOTES_EVERY = Setting.duration(
            "agent.notes.every", "1m", Duration.ZERO, HOUR, "Minimum time between two notes in a chat");

    public static final Setting<Duration> DEAD_LETTERS_WITHIN = Setting.duration(
            "agent.notes.dead.letters.within",
            "1h",
            Duration.ZERO,
            Duration.ofDays(30),
            "How old a dead letter may be of which the agent of its conversation is notified; 0s turns these notes off");

    static final Setting<Boolean> DELIVERED_RECEIPTS = Setting.flag(
            "agent.receipts.delivered",
            true,
            "Whether agents see that the customer has received their message. The flag `agent-receipts` overrides it"
                    + " live");

    static final Setting<Boolean> READ_RECEIPTS = Setting.flag(
            "agent.receipts.read",
            true,
            "Whether agents see that the customer has read their message. The flag `agent-receipts` overrides it live");

    static final Setting<Integer> RECEIPTS_PER_SECOND = Setting.number(
            "agent.receipts.per.second",
            3,
            1,
            1_000,
            "Maximum number of receipts of all kinds per second that this process sends to Amazon Connect; further"
                    + " receipts are skipped, because they use the quota of messages");

    public static final Setting<Duration> CARE_WARNING = Setting.duration(
            "care.window.warning",
            "1h",
            Duration.ZERO,
            Duration.ofHours(23),
            "How long before the end of the care window the agent is warned; 0s turns the warning off");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(
            NOTES,
            NOTES_MARK,
            NOTES_EVERY,
            DEAD_LETTERS_WITHIN,
            DELIVERED_RECEIPTS,
            READ_RECEIPTS,
            RECEIPTS_PER_SECOND,
            CARE_WARNING);

    private NoticeSettings() {}

    /// Returns the rules for notes.
    public static AgentNotes.Policy notes(Settings settings) {
        return new AgentNotes.Policy(settings.get(NOTES), settings.get(NOTES_MARK), settings.get(NOTES_EVERY));
    }

    /// Returns the rules for receipts.
    public static Receipts.Policy receipts(Settings settings) {
        return new Receipts.Policy(
                settings.get(DELIVERED_RECEIPTS), settings.get(READ_RECEIPTS), settings.get(RECEIPTS_PER_SECOND));
    }
}
