package lull.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Splitter of text with WhatsApp's marks, such as `*bold*`. It works as [TextSplitter] does, but never
/// separates a mark from its partner: the cut is before the marked text, or the marks are closed at the
/// end of a part and opened again at the beginning of the next. Pure.
public final class MarkedTextSplitter {

    private static final String BLOCK = "```";
    private static final String MARKS = "*_~`";

    /// Maximum length of the marks that close what may be open at a cut.
    private static final int RESERVED = MARKS.length() + BLOCK.length();

    private MarkedTextSplitter() {}

    /// Marked text with its marks.
    private record Marked(int start, int end, String mark) {

        boolean isCutAt(int cut) {
            return start < cut && cut < end;
        }
    }

    /// Returns the parts of a text, each of at most `max` UTF-16 units and none blank.
    public static List<String> split(String text, int max) {
        if (text.length() <= max || max <= 4 * RESERVED) {
            return TextSplitter.split(text, max);
        }
        List<Marked> marked = marked(text);
        List<String> parts = new ArrayList<>();
        String reopened = "";
        int start = 0;
        while (reopened.length() + text.length() - start > max) {
            int room = max - reopened.length();
            int cut = TextSplitter.cut(text, start, room);
            List<Marked> open = openAt(marked, cut);
            if (!open.isEmpty()) {
                cut = TextSplitter.cut(text, start, room - RESERVED);
                open = openAt(marked, cut);
            }
            int before = open.stream().mapToInt(Marked::start).min().orElse(start);
            if (before > start + room / 2) {
                cut = Character.isWhitespace(text.charAt(before - 1)) ? before - 1 : before;
                open = List.of();
            }
            StringBuilder closed = new StringBuilder();
            open.reversed().forEach(one -> closed.append(one.mark()));
            String part = text.substring(start, cut);
            add(parts, open.isEmpty() ? reopened + part : reopened + part.stripTrailing() + closed);
            start = cut + TextSplitter.separator(text, cut);
            reopened = String.join("", open.stream().map(Marked::mark).toList());
        }
        add(parts, reopened + text.substring(start));
        return parts;
    }

    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part);
        }
    }

    private static List<Marked> openAt(List<Marked> marked, int cut) {
        return marked.stream()
                .filter(one -> one.isCutAt(cut))
                .sorted(Comparator.comparingInt(Marked::start))
                .toList();
    }

    private static List<Marked> marked(String text) {
        List<Marked> marked = new ArrayList<>();
        int from = 0;
        for (int start = text.indexOf(BLOCK); start >= 0; start = text.indexOf(BLOCK, from)) {
            int end = text.indexOf(BLOCK, start + BLOCK.length());
            if (end < 0) {
                break;
            }
            addLines(marked, text, from, start);
            from = end + BLOCK.length();
            marked.add(new Marked(start, from, BLOCK));
        }
        addLines(marked, text, from, text.length());
        return marked;
    }

    private static void addLines(List<Marked> marked, String text, int from, int to) {
        for (int mark = 0; mark < MARKS.length(); mark++) {
            addLines(marked, text, from, to, MARKS.charAt(mark));
        }
    }

    private static void addLines(List<Marked> marked, String text, int from, int to, char mark) {
        int open = -1;
        for (int at = from; at < to; at++) {
            if (text.charAt(at) == '\n') {
                open = -1;
            } else if (text.charAt(at) == mark) {
                if (open >= 0 && at > open + 1 && closes(text, at, to)) {
                    marked.add(new Marked(open, at + 1, String.valueOf(mark)));
                    open = -1;
                } else if (open < 0 && opens(text, at, from, to)) {
                    open = at;
                }
            }
        }
    }

    private static boolean opens(String text, int at, int from, int to) {
        return (at == from || !Character.isLetterOrDigit(text.charAt(at - 1)))
                && at + 1 < to
                && !Character.isWhitespace(text.charAt(at + 1));
    }

    private static boolean closes(String text, int at, int to) {
        return !Character.isWhitespace(text.charAt(at - 1))
                && (at + 1 == to || !Character.isLetterOrDigit(text.charAt(at + 1)));
    }
}
