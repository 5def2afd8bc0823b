package lull.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.runtime.CannotStart;
import lull.runtime.FileProblem;

/// Texts for agents in place of content that is not text, in one language: a file in Java properties
/// format and UTF-8, one line for each [Phrase]. A file of the operator's may change some of the lines.
public final class AgentTexts {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    private static final List<String> LANGUAGES = List.of("en", "de");

    private final Map<Phrase, String> templates;

    private AgentTexts(Map<Phrase, String> templates) {
        this.templates = templates;
    }

    /// Returns the texts of a built-in language; the lines of a file override them. Throws
    /// [CannotStart] with everything that is wrong.
    ///
    /// @param language `en` or `de`
    public static AgentTexts load(String language, Optional<Path> file) {
        if (!LANGUAGES.contains(language)) {
            throw new CannotStart("There are no texts for agents in the language '" + language + "', but in "
                    + String.join(", ", LANGUAGES));
        }
        Properties lines = builtIn(language);
        file.ifPresent(path -> lines.putAll(read(path)));
        List<String> problems = problems(lines);
        if (!problems.isEmpty()) {
            throw CannotStart.because("The texts for agents cannot be used:", problems);
        }
        Map<Phrase, String> templates = new EnumMap<>(Phrase.class);
        for (Phrase phrase : Phrase.values()) {
            templates.put(phrase, lines.getProperty(phrase.key()));
        }
        return new AgentTexts(templates);
    }

    /// Returns a phrase that has no placeholders.
    String say(Phrase phrase) {
        return say(phrase, Map.of());
    }

    /// Returns a phrase with its placeholders filled.
    String say(Phrase phrase, Map<String, String> values) {
        String template = Objects.requireNonNull(templates.get(phrase));
        // In one pass, so that braces in a customer's text stay as they are.
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    /// Returns the name of a kind of message, such as `[location]`, and its text, if any.
    String labelled(String what, String text) {
        String label = say(Phrase.LABEL, Map.of("what", what));
        return text.isBlank() ? label : label + " " + text;
    }

    /// Returns the name of a kind of message and its text.
    String labelled(Phrase what, String text) {
        return labelled(say(what), text);
    }

    /// Returns the text with the transcript of a voice note.
    public String transcript(String words) {
        return labelled(Phrase.TRANSCRIPT, words);
    }

    /// Returns the text that says that there is no transcript of a voice note.
    public String noTranscript() {
        return labelled(Phrase.NO_TRANSCRIPT, "");
    }

    private static List<String> problems(Properties lines) {
        List<String> problems = new ArrayList<>();
        Set<String> keys = Arrays.stream(Phrase.values()).map(Phrase::key).collect(Collectors.toSet());
        lines.stringPropertyNames().stream()
                .filter(key -> !keys.contains(key))
                .sorted()
                .forEach(key -> problems.add("There is no text " + key));
        for (Phrase phrase : Phrase.values()) {
            String template = lines.getProperty(phrase.key(), "");
            if (template.isBlank()) {
                problems.add("The text " + phrase.key() + " is missing");
            }
            PLACEHOLDER
                    .matcher(template)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .filter(name -> !phrase.placeholders().contains(name))
                    .forEach(name -> problems.add("The text " + phrase.key() + " has no placeholder {" + name + "}"));
        }
        return problems;
    }

    private static Properties builtIn(String language) {
        try (InputStream in =
                Objects.requireNonNull(AgentTexts.class.getResourceAsStream("agent_" + language + ".properties"))) {
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("A built-in language cannot be read", e);
        }
    }

    private static Properties read(Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStart("The texts for agents are missing: " + FileProblem.words(file, e), e);
        }
    }

    private static Properties read(Reader reader) throws IOException {
        Properties lines = new Properties();
        lines.load(reader);
        return lines;
    }
}
