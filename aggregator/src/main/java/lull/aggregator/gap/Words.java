package lull.aggregator.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// Words of several languages that tell whether another message follows. The language of a message is not
/// known, so the words of all of them count. Immutable.
///
/// @param joining words with which a message goes on from the one before
/// @param greetings messages that only greet
/// @param acknowledgements messages that only acknowledge
/// @param open words that need another one after them
record Words(Set<String> joining, Set<String> greetings, Set<String> acknowledgements, Set<String> open) {

    /// The words that Lull ships, in lower case.
    static final Words SHIPPED = shipped();

    /// Up to here no character can be composed of others, so a text without later ones is in the normal form.
    private static final char LAST_SIMPLE = 0x2FF;

    /// The first character of a script without spaces: of Thai.
    private static final int FIRST_SPACELESS = 0xE01;

    /// How long the words of scripts without spaces are at most.
    private static final int MOST_CHARACTERS = 4;

    Words {
        joining = Set.copyOf(joining);
        greetings = Set.copyOf(greetings);
        acknowledgements = Set.copyOf(acknowledgements);
        open = Set.copyOf(open);
    }

    /// Returns a text as the words are written here.
    static String plain(String text) {
        return (isSimple(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC)).toLowerCase(Locale.ROOT);
    }

    private static boolean isSimple(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > LAST_SIMPLE) {
                return false;
            }
        }
        return true;
    }

    /// Whether a plain text starts with a word of a list.
    static boolean startsWith(Set<String> words, String plain) {
        int end = 0;
        while (end < plain.length() && isOfWord(plain.charAt(end))) {
            end++;
        }
        if (words.contains(plain.substring(0, end))) {
            return true;
        }
        if (end == 0 || !isSpaceless(plain.codePointAt(0))) {
            return false;
        }
        for (int length = 1; length <= Math.min(MOST_CHARACTERS, end); length++) {
            if (words.contains(plain.substring(0, length))) {
                return true;
            }
        }
        return false;
    }

    /// Whether a plain text ends with a word of a list.
    static boolean endsWith(Set<String> words, String plain) {
        int start = plain.length();
        while (start > 0 && isOfWord(plain.charAt(start - 1))) {
            start--;
        }
        if (words.contains(plain.substring(start))) {
            return true;
        }
        if (start == plain.length() || !isSpaceless(plain.codePointBefore(plain.length()))) {
            return false;
        }
        for (int length = 1; length <= Math.min(MOST_CHARACTERS, plain.length() - start); length++) {
            if (words.contains(plain.substring(plain.length() - length))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(char character) {
        return Character.isLetterOrDigit(character)
                || Character.isSurrogate(character)
                || Character.getType(character) == Character.NON_SPACING_MARK
                || Character.getType(character) == Character.COMBINING_SPACING_MARK
                || character == '\'';
    }

    private static boolean isSpaceless(int codePoint) {
        if (codePoint < FIRST_SPACELESS) {
            return false;
        }
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static Words shipped() {
        try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream("words.json"))) {
            JsonNode languages = Json.tree(in.readAllBytes());
            return new Words(
                    all(languages, "joining"),
                    all(languages, "greeting"),
                    all(languages, "acknowledgement"),
                    all(languages, "open"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableJson e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> all(JsonNode languages, String kind) {
        Set<String> words = new HashSet<>();
        for (JsonNode language : languages) {
            language.path(kind).forEach(word -> words.add(plain(word.asText())));
        }
        return words;
    }
}
