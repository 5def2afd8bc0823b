package lull.contract;

/// Form of a customer's text in one line, without characters that are invisible or change the direction
/// of the text: control and direction marks, zero-width and filler characters. Joiners stay between
/// letters and emoji that need them, and tags in flags of regions. Pure.
public final class VisibleLine {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /// The flag before tags that say of which region it is, such as Wales.
    private static final int BLACK_FLAG = 0x1F3F4;

    private VisibleLine() {}

    /// Returns the text in one line; empty if nothing in it is visible.
    public static String of(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder line = new StringBuilder(text.length());
        boolean isSeen = false;
        for (int at = 0; at < points.length; at++) {
            int point = points[at];
            if (isSpace(point)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (isJoiner(point)) {
                if (at > 0 && at + 1 < points.length && canJoin(points[at - 1]) && canJoin(points[at + 1])) {
                    line.appendCodePoint(point);
                }
            } else if (isTag(point)) {
                if (!line.isEmpty() && isFlag(line.codePointBefore(line.length()))) {
                    line.appendCodePoint(point);
                }
            } else if (!isInvisible(point)) {
                line.appendCodePoint(point);
                isSeen |= !isMark(point);
            }
        }
        return isSeen ? line.toString().strip() : "";
    }

    private static boolean isSpace(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0x85;
    }

    private static boolean isTag(int point) {
        return point >= 0xE0020 && point <= 0xE007F;
    }

    private static boolean isFlag(int point) {
        return point == BLACK_FLAG || isTag(point);
    }

    private static boolean isJoiner(int point) {
        return point == ZERO_WIDTH_NON_JOINER || point == ZERO_WIDTH_JOINER;
    }

    /// Letters beyond Latin, marks and emoji are joined; between other characters a joiner is only
    /// invisible.
    private static boolean canJoin(int point) {
        return point > 0x2FF && (Character.isLetter(point) || isMark(point) || isSymbol(point));
    }

    private static boolean isSymbol(int point) {
        return Character.getType(point) == Character.OTHER_SYMBOL
                || Character.getType(point) == Character.MODIFIER_SYMBOL;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    private static boolean isInvisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default ->
                switch (point) {
                    // The grapheme joiner, the fillers of Hangul, inherent vowels of Khmer, the blank
                    // of Braille, and the replacement for a missing object.
                    case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC -> true;
                    default -> false;
                };
        };
    }
}
