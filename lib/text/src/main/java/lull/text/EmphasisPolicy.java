package lull.text;

/// Rule that decides whether people would see emphasis in what CommonMark finds. Pure.
///
/// @param mask the source's masked form
record EmphasisPolicy(String source, MarkdownMask mask) {

    /// Whether it is emphasis, and not arithmetic, a path, pattern, token or date.
    ///
    /// @param marks the length of a mark
    /// @param isStrict whether it must not touch a word or a separator of paths and tokens
    boolean isMeant(int start, int end, int marks, boolean isStrict) {
        int first = start + marks;
        int last = end - marks - 1;
        if (!MarkedText.saysSomething(source, first, last + 1)
                || "/\\)]}".indexOf(source.charAt(first)) >= 0
                || "/\\([{".indexOf(source.charAt(last)) >= 0) {
            return false;
        }
        int outerStart = start;
        while (outerStart > 0 && isMark(source.charAt(outerStart - 1))) {
            outerStart--;
        }
        int outerEnd = end;
        while (outerEnd < source.length() && isMark(source.charAt(outerEnd))) {
            outerEnd++;
        }
        boolean wordBefore = outerStart > 0 && isWord(source.codePointBefore(outerStart));
        boolean wordAfter = outerEnd < source.length() && isWord(source.codePointAt(outerEnd));
        boolean isOfToken = start > 0 && MarkdownMask.isHidden(mask.text().charAt(start - 1));
        if (isOfToken || isBlank(start)) {
            return false;
        }
        return isStrict ? !wordBefore && !wordAfter && standsAlone(start, end) : !(wordBefore && wordAfter);
    }

    private static boolean isMark(char character) {
        return character == '*' || character == '_' || character == '~';
    }

    /// Whether a run of underscores is a blank to fill in: three after a colon or a word.
    private boolean isBlank(int at) {
        int start = at;
        while (start > 0 && source.charAt(start - 1) == '_') {
            start--;
        }
        return source.startsWith("___", start)
                && start > 0
                && !Character.isWhitespace(source.charAt(start - 1))
                && "([{\"'".indexOf(source.charAt(start - 1)) < 0;
    }

    private boolean standsAlone(int start, int end) {
        if (start > 0 && "./\\=&#%@$+)]}".indexOf(source.charAt(start - 1)) >= 0) {
            return false;
        }
        if (end >= source.length()) {
            return true;
        }
        if ("/\\=&#%@$+([{".indexOf(source.charAt(end)) >= 0) {
            return false;
        }
        return ".,;:!?-".indexOf(source.charAt(end)) < 0
                || end + 1 >= source.length()
                || !isWord(source.codePointAt(end + 1));
    }

    /// Whether the script of a character separates words by spaces, so that a mark next to it is within
    /// a word.
    private static boolean isWord(int character) {
        return Character.isLetterOrDigit(character)
                && switch (Character.UnicodeScript.of(character)) {
                    case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> false;
                    default -> true;
                };
    }
}
