package lull.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of quotes, and of the texts that agents read in place of content that is not text.
public final class TextSettings {

    static final Setting<String> LANGUAGE = Formats.AGENT_LANGUAGE.of(Setting.text(
            "agent.language",
            "en",
            "Language of the texts that agents read in place of content that is not text: en or de"));

    static final Setting<Optional<String>> TEXTS =
            Setting.optional("agent.texts", "File with lines that override those of `agent.language`");

    public static final Setting<Integer> QUOTES = Setting.number(
            "agent.quotes",
            50_000,
            0,
            1_000_000,
            "Number of messages to and from customers whose first words are remembered, so that agents see what an"
                    + " answer, a reaction, an edit or a deletion refers to; about 30 MB of heap for each 50,000."
                    + " Each bridge reads them from Kafka at the start. 0 turns quotes off");

    public static final Setting<Duration> QUOTE_WINDOW = Setting.duration(
            "agent.quotes.window",
            "7d",
            Duration.ofMinutes(1),
            Duration.ofDays(365),
            "Maximum age of these messages when a bridge starts; messages older than the retention of turns and"
                    + " replies in Kafka are not available");

    public static final Setting<String> LIST_BUTTON = Setting.text(
                    "whatsapp.list.button",
                    "Choose",
                    "Label of the button that opens a list of choices; up to 20 characters")
            .checked(
                    text -> !text.isBlank() && text.codePointCount(0, text.length()) <= 20,
                    "must be 1 to 20 characters");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(LANGUAGE, TEXTS, QUOTES, QUOTE_WINDOW, LIST_BUTTON);

    private TextSettings() {}

    /// Returns the texts that agents read.
    public static AgentTexts texts(Settings settings) {
        return AgentTexts.load(settings.get(LANGUAGE), settings.get(TEXTS).map(Path::of));
    }
}
