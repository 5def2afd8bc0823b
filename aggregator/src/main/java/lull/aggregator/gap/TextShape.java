package lull.aggregator.gap;

import java.util.EnumSet;
import java.util.Set;

/// Reader of what a text looks like. It takes time in proportion to the text's length. Pure.
public final class TextShape {

    private static final Set<String> SMILEYS = Set.of(
            ":)", ":-)", ":(", ":-(", ";)", ";-)", ":d", ":-d", ":p", ":-p", ":/", "xd", "<3", ":'(", "^^", ":o");
    private static final int LONGEST_SMILEY = 3;
    private static final String EYES = ":;";
    private static final String NOSES = "-'";
    private static final String CLOSING = "\"'”’»)]}）」』】";
    private static final int VARIATION_SELECTOR = 0xFE0F;
    private static final int JOINER = 0x200D;
    private static final int SHORTEST_ELLIPSIS = 2;

    private final String text;
    private final String plain;

    private TextShape(String text) {
        this.text = text;
        this.plain = Words.plain(text);
    }

    /// Returns the shape of a text.
    public static MessageShape of(String text) {
        String stripped = text.strip();
        TextShape shape = new TextShape(stripped);
        Ending ending = shape.ending();
        return MessageShape.of(stripped.codePointCount(0, stripped.length()), ending, shape.traits(ending));
    }

    private Set<Trait> traits(Ending ending) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        String bare = bare();
        if (startsInLowerCase()) {
            traits.add(Trait.LOWERCASE);
        }
        if (Words.startsWith(Words.SHIPPED.joining(), plain)) {
            traits.add(Trait.JOINING_WORD);
        }
        if (Words.SHIPPED.greetings().contains(bare)) {
            traits.add(Trait.GREETING);
        }
        boolean hasUrl = plain.contains("http://") || plain.contains("https://") || plain.contains("www.");
        if (hasUrl) {
            traits.add(Trait.URL);
        }
        if (bare.isEmpty() || text.startsWith("*") != text.endsWith("*")) {
            traits.add(Trait.CORRECTION);
        }
        if (!hasUrl && ending == Ending.NOTHING && Words.endsWith(Words.SHIPPED.open(), plain)) {
            traits.add(Trait.OPEN_END);
        }
        if (Words.SHIPPED.acknowledgements().contains(bare)) {
            traits.add(Trait.ACKNOWLEDGEMENT);
        }
        return traits;
    }

    private Ending ending() {
        int end = text.length();
        while (end > 0 && isPassedOver(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        if (endsWithSmiley() || endsWithAttachedSmiley()) {
            return Ending.EMOJI;
        }
        if (end == 0) {
            return Ending.NOTHING;
        }
        int last = text.codePointBefore(end);
        if (isEmoji(last)) {
            return Ending.EMOJI;
        }
        boolean isQuestion = false;
        int dots = 0;
        int start = end;
        while (start > 0 && isMark(text.charAt(start - 1))) {
            start--;
            isQuestion |= isQuestionMark(text.charAt(start));
            dots += text.charAt(start) == '.' || text.charAt(start) == '。' ? 1 : 0;
        }
        return isQuestion ? Ending.QUESTION : ofMark(last, dots);
    }

    private static Ending ofMark(int last, int dots) {
        return switch (last) {
            case '!', '！', '¡' -> Ending.EXCLAMATION;
            case '…', '‥' -> Ending.ELLIPSIS;
            case '.', '。', '．', '।', '۔', '።' -> dots >= SHORTEST_ELLIPSIS ? Ending.ELLIPSIS : Ending.PERIOD;
            case ',', '，', '、', '،', ':', '：', ';', '；', '؛', '-', '–', '—' -> Ending.COMMA;
            default -> Ending.NOTHING;
        };
    }

    private static boolean isMark(char character) {
        return isQuestionMark(character)
                || ofMark(character, 0) == Ending.EXCLAMATION
                || character == '.'
                || character == '。';
    }

    private static boolean isQuestionMark(char character) {
        // The last one is the Greek question mark.
        return character == '?' || character == '？' || character == '؟' || character == '\u037E';
    }

    private boolean endsWithSmiley() {
        for (int length = 2; length <= Math.min(LONGEST_SMILEY, plain.length()); length++) {
            int start = plain.length() - length;
            boolean isApart = start == 0 || !Character.isLetterOrDigit(plain.charAt(start - 1));
            if (isApart && SMILEYS.contains(plain.substring(start))) {
                return true;
            }
        }
        return false;
    }

    /// Whether it ends with a smiley directly after a word, such as `ok:)`. A mouth that is also a letter or a
    /// slash counts only after a small letter, so that `A:D`, `10:D` and `C:/` stay what they are, and one that
    /// closes a parenthesis does not count.
    private boolean endsWithAttachedSmiley() {
        int mouth = text.length() - 1;
        int eyes = mouth - 1;
        if (eyes > 0 && NOSES.indexOf(text.charAt(eyes)) >= 0) {
            eyes--;
        }
        if (eyes < 1 || EYES.indexOf(text.charAt(eyes)) < 0) {
            return false;
        }
        int before = text.codePointBefore(eyes);
        return switch (text.charAt(mouth)) {
            case ')' -> Character.isLetterOrDigit(before) && !isInParentheses(eyes);
            case '(' -> Character.isLetterOrDigit(before);
            case 'D', 'P', 'p', '/' -> Character.isLetter(before) && !Character.isUpperCase(before);
            default -> false;
        };
    }

    /// Whether a parenthesis is open at a place of the text.
    private boolean isInParentheses(int end) {
        int open = 0;
        for (int i = 0; i < end; i++) {
            char character = text.charAt(i);
            if (character == '(') {
                open++;
            } else if (character == ')') {
                open = Math.max(0, open - 1);
            }
        }
        return open > 0;
    }

    private static boolean isPassedOver(int codePoint) {
        return CLOSING.indexOf(codePoint) >= 0
                || codePoint == VARIATION_SELECTOR
                || codePoint == JOINER
                || Character.isWhitespace(codePoint);
    }

    private static boolean isEmoji(int codePoint) {
        return Character.isEmojiPresentation(codePoint)
                || Character.isEmojiModifier(codePoint)
                || Character.isExtendedPictographic(codePoint);
    }

    private boolean startsInLowerCase() {
        return !text.isEmpty() && Character.isLowerCase(text.codePointAt(0));
    }

    /// The plain text without marks and emojis around it.
    private String bare() {
        int start = 0;
        int end = plain.length();
        while (start < end && !isOfWord(plain.codePointAt(start))) {
            start += Character.charCount(plain.codePointAt(start));
        }
        while (start < end && !isOfWord(plain.codePointBefore(end))) {
            end -= Character.charCount(plain.codePointBefore(end));
        }
        return plain.substring(start, end);
    }

    private static boolean isOfWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
    }
}
