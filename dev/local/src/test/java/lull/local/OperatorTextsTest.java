package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Test of the English that operators read: descriptions of settings and meters, log lines, errors and the texts of
/// the command line, which are string literals of the main sources, and the pages for operators.
///
/// Add a phrase to [#INSTEAD] if it can be found without understanding the sentence. Words in code style are names
/// and are not checked.
final class OperatorTextsTest {

    /// The words to write instead of each phrase. A phrase is a regular expression of whole words; a blank also
    /// matches a line break.
    private static final Map<String, String> INSTEAD = phrases(
            "where(?! to)",
            "'if' for a condition, 'when' for a time, 'in which' for a place",
            "behind (it|them|that|the (care )?window)",
            "after",
            "whoever|whomever",
            "the caller, a client, an operator",
            "stands? in the log",
            "is in the log",
            "tells?|told",
            "reports, logs, notifies",
            "takes? in|taken",
            "accepts, accepted; used by, for a port",
            "how (it|they|that) (left|leaves?)",
            "by outcome",
            "looks? (at|whether)|looked (at|for)",
            "checks, checked",
            "in vain",
            "needlessly",
            "for ever",
            "forever",
            "films?",
            "video",
            "sounds?",
            "audio",
            "(is|are) well|well again|of it well",
            "OK, works",
            "(?-i:WRONG)",
            "FAIL",
            "time after time|again and again",
            "repeatedly",
            "left alone",
            "circuit open after repeated failures",
            "goes? over",
            "overrides",
            "said for",
            "set for",
            "lets? [^.,:;()|]{1,40} be(?=[.,:;)])",
            "ignores",
            "(is|are|was|were|be|been|kafka|store) away",
            "is unavailable",
            "to say",
            "decides",
            "bears?|borne",
            "tolerates",
            "comes? again",
            "is redelivered, is retried",
            "made|makes the topics",
            "created",
            "half a character",
            "lone surrogate",
            "the least",
            "minimum",
            "the most",
            "maximum",
            "(leave|leaves|left) out",
            "skipped",
            "in line",
            "in the queue");

    /// Texts in which such a phrase is correct, with the reason.
    private static final Map<String, String> EXCEPTIONS =
            Map.of("must be send or tell", "names the values of doubt.chats");

    private static final Path ROOT = Path.of("..", "..");

    private static final Pattern TOKEN = Pattern.compile(
            "\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\])*)\"|'(?:\\\\.|[^'\\\\])+'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("(?m)^```.*?^```|`[^`]*`", Pattern.DOTALL);

    private static final Pattern JOINED = Pattern.compile("\\s*\\+\\s*");

    /// A text with its file and first line.
    private record Text(Path file, int line, String words) {}

    @Test
    void textsInTheCodeArePlain() {
        List<Text> texts = sources().flatMap(file -> literals(file).stream()).toList();

        assertThat(texts).hasSizeGreaterThan(1_000);
        assertThat(texts.stream().flatMap(OperatorTextsTest::problems)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "ARCHITECTURE.md",
                "CHANGELOG.md",
                "CONTRIBUTING.md",
                "docs/acls.md",
                "docs/archive.md",
                "docs/assistant.md",
                "docs/configuration.md",
                "docs/tracing.md",
                "docs/routes.md",
                "docs/flags.md",
                "docs/conversations.md",
                "docs/chatwoot.md",
                "docs/channels.md",
                "docs/applications.md",
                "docs/actions.md",
                "docs/accounts.md",
                "docs/console.md",
                "docs/cost.md",
                "docs/metrics.md",
                "docs/openapi.yaml",
                "docs/gap.md",
                "docs/performance.md",
                "docs/privacy.md",
                "docs/prometheus-rules.yaml",
                "docs/providers.md",
                "docs/runbook.md",
                "docs/sizing.md",
                "docs/stand-ins.md",
                "docs/upgrading.md",
                "SECURITY.md",
                "deploy/README.md"
            })
    void pagesArePlain(String page) {
        Path file = ROOT.resolve(page);

        assertThat(problems(new Text(file, 1, withoutCode(Sources.read(file))))).isEmpty();
    }

    /// Exceptions that are no longer needed must be removed.
    @Test
    void everyExceptionIsNeeded() {
        List<Text> texts = sources().flatMap(file -> literals(file).stream()).toList();

        assertThat(EXCEPTIONS.keySet())
                .allSatisfy(exception ->
                        assertThat(texts).anyMatch(text -> text.words().contains(exception)));
    }

    private static Stream<String> problems(Text text) {
        String words = text.words();
        for (String exception : EXCEPTIONS.keySet()) {
            words = words.replace(exception, "-".repeat(exception.length()));
        }
        String checked = words;
        return INSTEAD.entrySet().stream()
                .flatMap(phrase -> found(phrase.getKey(), checked)
                        .map(found -> "%s:%d: '%s', write: %s"
                                .formatted(
                                        ROOT.relativize(text.file()),
                                        text.line() + lines(checked.substring(0, found.start())),
                                        found.group().replaceAll("\\s+", " "),
                                        phrase.getValue())));
    }

    private static Stream<MatchResult> found(String phrase, String words) {
        return Pattern.compile("\\b(?:" + phrase.replace(" ", "\\s+") + ")\\b", Pattern.CASE_INSENSITIVE)
                .matcher(words)
                .results();
    }

    /// The string literals of a source that have more than one word. Literals joined by a plus count as one.
    private static List<Text> literals(Path file) {
        String source = Sources.read(file);
        List<Text> texts = new ArrayList<>();
        int end = -1;
        for (Matcher token = TOKEN.matcher(source); token.find(); ) {
            String words = token.group("text") == null ? token.group("block") : token.group("text");
            if (words == null) {
                continue;
            }
            if (end >= 0 && JOINED.matcher(source.substring(end, token.start())).matches()) {
                Text before = texts.removeLast();
                texts.add(new Text(file, before.line(), before.words() + words));
            } else {
                texts.add(new Text(file, 1 + lines(source.substring(0, token.start())), words));
            }
            end = token.end();
        }
        return texts.stream()
                .filter(text -> text.words().strip().contains(" "))
                .map(text -> new Text(file, text.line(), withoutCode(text.words())))
                .toList();
    }

    private static String withoutCode(String page) {
        return CODE.matcher(page).replaceAll(code -> code.group().replaceAll("[^\n]", "-"));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(character -> character == '\n').count();
    }

    private static Stream<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> phrases(String... phrasesAndWords) {
        Map<String, String> phrases = new LinkedHashMap<>();
        for (int i = 0; i < phrasesAndWords.length; i += 2) {
            phrases.put(phrasesAndWords[i], phrasesAndWords[i + 1]);
        }
        return phrases;
    }
}
