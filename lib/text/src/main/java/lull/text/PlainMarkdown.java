package lull.text;

import java.util.EnumSet;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;
import org.nibor.autolink.Span;

/// Writer of customers' words where a desk shows Markdown: they look there as the customer wrote them.
/// Pure.
public final class PlainMarkdown {

    private static final LinkExtractor LINKS = LinkExtractor.builder()
            .linkTypes(EnumSet.of(LinkType.URL, LinkType.WWW, LinkType.EMAIL))
            .build();

    /// What emphasizes, deletes, is code, an escape, a link or its address, or a cell of a table.
    private static final String MARKS = "\\*_~`<[]|";

    /// What begins a heading, a quotation or a list at the start of a line.
    private static final String FIRST = "#>-+";

    private PlainMarkdown() {}

    /// Returns Markdown that is shown as this text. URLs and mail addresses stay as they are, so that
    /// they remain links.
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (Span span : LINKS.extractSpans(text)) {
            if (span instanceof LinkSpan) {
                out.append(text, span.getBeginIndex(), span.getEndIndex());
            } else {
                escape(text, span, out);
            }
        }
        return out.toString();
    }

    private static void escape(String text, Span span, StringBuilder out) {
        for (int at = span.getBeginIndex(); at < span.getEndIndex(); at++) {
            char one = text.charAt(at);
            boolean startsLine = at == 0 || text.charAt(at - 1) == '\n';
            if (MARKS.indexOf(one) >= 0 || (startsLine && FIRST.indexOf(one) >= 0) || numbersLine(text, at)) {
                out.append('\\');
            }
            out.append(one);
        }
    }

    /// Whether a character ends the number of an item of a list, as in `1. `.
    private static boolean numbersLine(String text, int at) {
        char one = text.charAt(at);
        int start = text.lastIndexOf('\n', at) + 1;
        return (one == '.' || one == ')')
                && at > start
                && at + 1 < text.length()
                && text.charAt(at + 1) == ' '
                && text.substring(start, at).chars().allMatch(Character::isDigit);
    }
}
