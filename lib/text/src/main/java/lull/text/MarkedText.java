package lull.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Text that is copied except for what is deleted, inserted or styled, and then written with WhatsApp's
/// marks. Marks never span lines, because WhatsApp's do not, and never touch a link, because they would
/// become part of it. Positions are those of the source. Not safe for several threads.
final class MarkedText {

    /// Styles for which WhatsApp has a mark, the outermost first.
    enum Style {
        BOLD('*', 1),
        ITALIC('_', 2),
        STRIKE('~', 4);

        private final char mark;
        private final int bit;

        Style(char mark, int bit) {
            this.mark = mark;
            this.bit = bit;
        }
    }

    private static final int LINK = 8;

    private final String source;
    private final byte[] styles;
    private final BitSet deleted = new BitSet();
    private final Map<Integer, List<Inserted>> inserted = new HashMap<>();

    private record Inserted(String text, boolean isLink) {}

    private record Marked(int start, int end, Style style) {}

    /// @param links the source's characters that belong to links
    MarkedText(String source, BitSet links) {
        this.source = source;
        this.styles = new byte[source.length() + 1];
        links.stream().forEach(at -> styles[at] |= (byte) LINK);
    }

    void delete(int start, int end) {
        deleted.set(start, Math.max(start, end));
    }

    void insert(int at, String text) {
        insert(at, text, false);
    }

    void insertLink(int at, String link) {
        insert(at, link, true);
    }

    void replace(int start, int end, String text) {
        delete(start, end);
        insert(start, text);
    }

    void style(int start, int end, Style style) {
        for (int at = start; at < end; at++) {
            styles[at] |= (byte) style.bit;
        }
    }

    /// Returns the text without marks.
    String plain() {
        return written().text.toString();
    }

    /// Returns the text with WhatsApp's marks.
    String withMarks() {
        Written written = written();
        StringBuilder marked = new StringBuilder(written.text.length() + 16);
        int start = 0;
        for (int at = 0; at <= written.text.length(); at++) {
            if (at == written.text.length() || isLineEnd(written.text.charAt(at))) {
                addLine(marked, written, start, at);
                if (at < written.text.length()) {
                    marked.append(written.text.charAt(at));
                }
                start = at + 1;
            }
        }
        return marked.toString();
    }

    private void insert(int at, String text, boolean isLink) {
        inserted.computeIfAbsent(at, _ -> new ArrayList<>()).add(new Inserted(text, isLink));
    }

    /// Text as people read it, with the styles of each character.
    private static final class Written {

        private final StringBuilder text = new StringBuilder();
        private byte[] styles;

        Written(int capacity) {
            styles = new byte[capacity];
        }

        void add(String piece, int style) {
            int end = text.length() + piece.length();
            if (end > styles.length) {
                styles = Arrays.copyOf(styles, 2 * end);
            }
            Arrays.fill(styles, text.length(), end, (byte) style);
            text.append(piece);
        }
    }

    private Written written() {
        Written written = new Written(source.length() + 16);
        for (int at = 0; at <= source.length(); at++) {
            int style = styles[at];
            for (Inserted piece : inserted.getOrDefault(at, List.of())) {
                written.add(piece.text(), piece.isLink() ? style | LINK : style & ~LINK);
            }
            if (at < source.length() && !deleted.get(at)) {
                written.add(String.valueOf(source.charAt(at)), style);
            }
        }
        return written;
    }

    private static void addLine(StringBuilder marked, Written written, int start, int end) {
        clearAroundLinks(written, start, end);
        List<Marked> marks = new ArrayList<>();
        for (Style style : Style.values()) {
            addMarks(marks, written, start, end, style);
        }
        marks.sort(Comparator.comparingInt(Marked::start)
                .thenComparing(Marked::end, Comparator.reverseOrder())
                .thenComparing(Marked::style));
        Deque<Marked> open = new ArrayDeque<>();
        int next = 0;
        for (int at = start; at <= end; at++) {
            close(marked, open, at);
            for (; next < marks.size() && marks.get(next).start() == at; next++) {
                marked.append(marks.get(next).style().mark);
                open.push(marks.get(next));
            }
            if (at < end) {
                marked.append(written.text.charAt(at));
            }
        }
    }

    /// Closes the marks that end here. A mark that was opened later and continues is closed and opened
    /// again.
    private static void close(StringBuilder marked, Deque<Marked> open, int at) {
        Deque<Marked> again = new ArrayDeque<>();
        while (open.stream().anyMatch(one -> one.end() == at)) {
            Marked one = open.pop();
            marked.append(one.style().mark);
            if (one.end() > at) {
                again.push(one);
            }
        }
        for (Marked one : again) {
            marked.append(one.style().mark);
            open.push(one);
        }
    }

    /// Removes the style of a word that contains a link.
    private static void clearAroundLinks(Written written, int start, int end) {
        int word = start;
        boolean hasLink = false;
        for (int at = start; at <= end; at++) {
            if (at == end || isSpace(written.text.charAt(at))) {
                if (hasLink) {
                    Arrays.fill(written.styles, word, at, (byte) 0);
                }
                word = at + 1;
                hasLink = false;
            } else {
                hasLink |= (written.styles[at] & LINK) != 0;
            }
        }
    }

    private static void addMarks(List<Marked> marks, Written written, int start, int end, Style style) {
        int at = start;
        while (at < end) {
            if ((written.styles[at] & style.bit) == 0) {
                at++;
                continue;
            }
            int first = at;
            while (at < end && (written.styles[at] & style.bit) != 0) {
                at++;
            }
            int last = at;
            while (first < last && isSpace(written.text.charAt(first))) {
                first++;
            }
            while (first < last && isSpace(written.text.charAt(last - 1))) {
                last--;
            }
            if (saysSomething(written.text, first, last)) {
                marks.add(new Marked(first, last, style));
            }
        }
    }

    /// Whether there is more than spaces and ASCII punctuation.
    static boolean saysSomething(CharSequence text, int start, int end) {
        for (int at = start; at < end; at++) {
            char character = text.charAt(at);
            if (!isSpace(character) && !MarkdownMask.isPunctuation(character)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isLineEnd(char character) {
        return character == '\n' || character == '\r';
    }
}
