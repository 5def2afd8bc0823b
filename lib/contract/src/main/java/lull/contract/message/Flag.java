package lull.contract.message;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Behaviour that operators switch while Lull runs, for all conversations, for those of a business number or for a
/// share of them. Without a rule of an operator the settings decide.
public enum Flag {
    /// Whether messages are gathered into turns.
    GATHERING(
            "Messages wait for one another and become one turn. Off: each message is a turn at once, as with a gap of"
                    + " 0ms",
            "turn.gap"),
    /// Whether customers see that an agent is typing, or that an application works.
    TYPING(
            "Customers see that an agent is typing, or that an application works",
            "whatsapp.typing and destination.NAME.typing"),
    /// Whether customers see that their messages were read.
    RECEIPTS("Customers see their messages as read once Amazon Connect has them", "whatsapp.read.marks"),
    /// Whether agents see what became of their messages.
    AGENT_RECEIPTS(
            "Agents see that the customer has received and read their messages",
            "agent.receipts.delivered and agent.receipts.read"),
    /// Whether agents read notes.
    NOTES("Agents read notes about messages that WhatsApp did not deliver", "agent.notes"),
    /// Whether voice notes are transcribed.
    TRANSCRIPTS(
            "Agents and assistants read transcripts of voice notes. It can be switched off only, because a process that does not"
                    + " transcribe has no access to Amazon Transcribe",
            "transcribe");

    private final String word;
    private final String description;
    private final String settings;

    Flag(String description, String settings) {
        this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.description = description;
        this.settings = settings;
    }

    /// The name as people write it.
    public String word() {
        return word;
    }

    /// What happens while it is on, in a sentence without a full stop.
    public String description() {
        return description;
    }

    /// The names of the settings that decide without a rule, in a sentence.
    public String settings() {
        return settings;
    }

    /// Returns the flag of a name.
    public static Optional<Flag> of(String word) {
        return Arrays.stream(values()).filter(flag -> flag.word().equals(word)).findFirst();
    }

    /// Returns a copy of what switches behaviours, which cannot be changed.
    ///
    /// @param flags on or off by name, and what JSON has besides, which is left out; null: nothing
    public static SortedMap<String, Boolean> copyOf(@Nullable Map<String, Boolean> flags) {
        SortedMap<String, Boolean> copy = new TreeMap<>();
        if (flags != null) {
            flags.forEach((name, on) -> {
                if (on != null) {
                    copy.put(name, on);
                }
            });
        }
        return Collections.unmodifiableSortedMap(copy);
    }

    /// Returns the names of all flags, in a sentence.
    public static String words() {
        return Arrays.stream(values()).map(Flag::word).collect(Collectors.joining(", "));
    }
}
