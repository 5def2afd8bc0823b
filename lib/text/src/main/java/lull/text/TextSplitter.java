package lull.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splitter of text into parts of a maximum length: between lines if that does not make a part shorter
/// than half of it, otherwise between words, otherwise between characters as people see them, so that
/// no emoji breaks. Only the line break or space at a cut is dropped.
public final class TextSplitter {

    /// Number of `char`s after the limit that the break iterator reads.
    private static final int LOOK_AHEAD = 64;

    private TextSplitter() {}

    /// Returns the parts of a text, each of at most `max` UTF-16 units and none blank; none for a blank
    /// text.
    public static List<String> split(String text, int max) {
        if (max < 2) {
            throw new IllegalArgumentException("A part has room for at least one character");
        }
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (text.length() - start > max) {
            int cut = cut(text, start, max);
            add(parts, text.substring(start, cut));
            start = cut + separator(text, cut);
        }
        add(parts, text.substring(start));
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part);
        }
    }

    /// Returns where the part that begins at `start` ends, exclusive.
    static int cut(String text, int start, int max) {
        int line = text.lastIndexOf('\n', start + max);
        if (line > start + max / 2) {
            return line;
        }
        for (int at = start + max; at > start; at--) {
            if (Character.isWhitespace(text.charAt(at))) {
                return at;
            }
        }
        return betweenCharacters(text, start, max);
    }

    /// Returns the beginning of a text, without a broken character at its end.
    static String beginning(String text, int max) {
        return text.length() <= max ? text : text.substring(0, betweenCharacters(text, 0, max));
    }

    private static int betweenCharacters(String text, int start, int max) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text.substring(start, Math.min(text.length(), start + max + LOOK_AHEAD)));
        int boundary = characters.isBoundary(max) ? max : characters.preceding(max);
        if (boundary > 0) {
            return start + boundary;
        }
        // A single character of more than `max` units, such as a letter with hundreds of accents.
        int end = start + max;
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /// Returns the length of the separator that is dropped at a cut.
    static int separator(String text, int cut) {
        if (text.startsWith("\r\n", cut)) {
            return 2;
        }
        return Character.isWhitespace(text.charAt(cut)) ? 1 : 0;
    }
}
