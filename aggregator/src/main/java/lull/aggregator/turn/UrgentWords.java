package lull.aggregator.turn;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Words and phrases that make a text urgent wherever they are in it. Case, the form of spaces and
/// apostrophes, and Unicode's different forms of the same character do not matter; accents do.
///
/// A word counts only as a whole word: no letter, digit or accent may continue it on either side. Where
/// the word or its neighbour is of a script that puts no spaces between words, such as Chinese or Thai,
/// that side needs nothing, and so a word is found wherever its characters are. This is also so with
/// Korean, whose words end in particles that are written without a space.
final class UrgentWords {

    /// The languages of which there is a list of words.
    static final List<String> LANGUAGES = List.of("ar", "de", "en", "es", "fr", "hi", "id", "it", "pt");

    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

    /// What makes a sign an emoji or a text.
    private static final Pattern VARIATION_SELECTORS = Pattern.compile("[\\uFE0E\\uFE0F]");

    private static final char TYPOGRAPHIC_APOSTROPHE = '\u2019';
    private static final char DOTTED_CAPITAL_I = '\u0130';
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private UrgentWords() {}

    /// Returns words in the form in which they are compared.
    static Set<String> compared(Set<String> words) {
        Set<String> compared = words.stream().map(UrgentWords::folded).collect(Collectors.toUnmodifiableSet());
        if (compared.contains("")) {
            throw new IllegalArgumentException("An urgent word has a character that can be seen");
        }
        return compared;
    }

    /// Returns the words of a list, one in each line; lines that begin with `#` are comments.
    static List<String> inLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /// Returns the list of one of the [#LANGUAGES].
    static List<String> ofLanguage(String language) {
        try (InputStream in =
                requireNonNull(UrgentWords.class.getResourceAsStream("urgent_" + language + ".txt"), language)) {
            return inLines(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a text contains one of the words.
    ///
    /// @param words from [#compared(Set)]
    static boolean areIn(String text, Set<String> words) {
        if (words.isEmpty()) {
            return false;
        }
        String folded = folded(text);
        return words.stream().anyMatch(word -> isIn(folded, word));
    }

    /// Returns the form in which texts and words are compared, and which nobody sees.
    static String folded(String text) {
        String plain = VARIATION_SELECTORS
                .matcher(Normalizer.normalize(text, Normalizer.Form.NFKC))
                .replaceAll("")
                .replace(TYPOGRAPHIC_APOSTROPHE, '\'')
                .replace(DOTTED_CAPITAL_I, 'I');
        // In capitals, because only there are "ß" and "SS", and the two forms of the Greek sigma, equal.
        return SPACES.matcher(plain.toUpperCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static boolean isIn(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = at == 0 || isBound(text.codePointBefore(at), word.codePointAt(0));
            boolean ends = end == text.length() || isBound(text.codePointAt(end), word.codePointBefore(word.length()));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    /// Whether a word ends between its outermost character and its neighbour in the text.
    private static boolean isBound(int neighbour, int outermost) {
        return !isOfWord(neighbour) || !isOfWord(outermost) || hasNoSpaces(neighbour) || hasNoSpaces(outermost);
    }

    private static boolean isOfWord(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(character) || character == NON_JOINER || character == JOINER;
        };
    }

    private static boolean hasNoSpaces(int character) {
        return WITHOUT_SPACES.contains(UnicodeScript.of(character));
    }
}
