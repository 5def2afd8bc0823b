package lull.text;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nibor.autolink.LinkExtractor;
import org.nibor.autolink.LinkSpan;
import org.nibor.autolink.LinkType;

/// Text in which punctuation that only looks like Markdown is hidden from the parser: that of URLs,
/// mail addresses, Windows paths, masked numbers and form blanks. Each hidden character is replaced by
/// one of a private range, so that both texts have the same length and positions. Pure.
///
/// @param text the text for the parser
/// @param links the characters of URLs and mail addresses
record MarkdownMask(String text, BitSet links) {

    /// Hidden characters are in a part of Unicode's private use area that the parser takes for letters.
    private static final char FIRST = '\uEF00';

    private static final char LAST = '\uEF7F';

    private static final LinkExtractor LINKS = LinkExtractor.builder()
            .linkTypes(EnumSet.allOf(LinkType.class))
            .emailDomainMustHaveDot(true)
            .build();

    private static final Pattern WINDOWS_PATH =
            Pattern.compile("(?<![\\w\\\\])(?:[A-Za-z]:|\\\\\\\\\\w[\\w.$-]*)\\\\\\S*");

    /// Four stars or underscores are not a mark, but a masked number or a blank of a form.
    private static final Pattern BLANK = Pattern.compile("\\*{4,}|_{4,}");

    private static final String ESCAPED_BAR = "" + hidden('\\') + hidden('|');

    /// Marks that may surround a link and are not part of it.
    private static final String AROUND = "*_~\\";

    private static final String NOT_LAST = ".,;:!?'\"";

    static boolean canMask(String source) {
        return source.chars().noneMatch(character -> character >= FIRST && character <= LAST);
    }

    /// Returns the masked form of a text that [#canMask] accepts.
    static MarkdownMask of(String source) {
        StringBuilder text = new StringBuilder(source);
        BitSet links = new BitSet();
        for (LinkSpan link : LINKS.extractLinks(source)) {
            int start = start(source, link);
            int end = end(source, start, link.getEndIndex());
            if (end > start) {
                links.set(start, end);
                hide(text, start, end);
            }
        }
        for (Matcher path = WINDOWS_PATH.matcher(source); path.find(); ) {
            int end = end(source, path.start(), path.end());
            for (int at = path.start(); at < end; at++) {
                text.setCharAt(at, hidden(source.charAt(at)));
            }
        }
        for (Matcher blank = BLANK.matcher(source); blank.find(); ) {
            hide(text, isEscaped(source, blank.start()) ? blank.start() + 1 : blank.start(), blank.end());
        }
        hideEscapedBars(source, text);
        return new MarkdownMask(text.toString(), links);
    }

    /// Hides escaped bars. The parser of tables drops the backslash before a bar, and with it the
    /// positions of what follows.
    private static void hideEscapedBars(String source, StringBuilder text) {
        for (int bar = source.indexOf("\\|"); bar >= 0; bar = source.indexOf("\\|", bar + 2)) {
            if (!isEscaped(source, bar)) {
                text.setCharAt(bar, hidden('\\'));
                text.setCharAt(bar + 1, hidden('|'));
            }
        }
    }

    boolean isEscapedBar(int at) {
        return text.startsWith(ESCAPED_BAR, at);
    }

    static boolean isHidden(char character) {
        return character >= FIRST && character <= LAST;
    }

    /// Returns a piece of a masked text with its original characters.
    static String unmasked(String masked) {
        StringBuilder text = new StringBuilder(masked);
        for (int at = 0; at < text.length(); at++) {
            if (isHidden(text.charAt(at))) {
                text.setCharAt(at, (char) (text.charAt(at) - FIRST));
            }
        }
        return text.toString();
    }

    static boolean isPunctuation(char character) {
        return character > ' ' && character < 0x7f && !Character.isLetterOrDigit(character);
    }

    static boolean isEscaped(String text, int at) {
        int first = at;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (at - first) % 2 == 1;
    }

    /// Returns where a link begins. The local part of a mail address may begin with any mark, but
    /// hardly ever does.
    private static int start(String source, LinkSpan link) {
        int start = link.getBeginIndex();
        // After a dot it is the end of what the writer considers an address, as in a..__b@c.example.
        if (link.getType() != LinkType.EMAIL || (start > 0 && source.charAt(start - 1) == '.')) {
            return start;
        }
        while (start < link.getEndIndex() && "*_~`|'/=?{}".indexOf(source.charAt(start)) >= 0) {
            start++;
        }
        // An address with two dots is not valid, but the writer may take it for one.
        while (start > 0 && source.charAt(start - 1) == '.') {
            while (start > 0 && isOfAddress(source.charAt(start - 1))) {
                start--;
            }
        }
        return start;
    }

    private static boolean isOfAddress(char character) {
        return Character.isLetterOrDigit(character) || "._+-".indexOf(character) >= 0;
    }

    /// Returns where a link ends. A pipe ends a link, because it may separate cells of a table.
    private static int end(String source, int start, int linkEnd) {
        int pipe = source.indexOf('|', start);
        int end = pipe >= 0 && pipe < linkEnd ? pipe : linkEnd;
        int untrimmed = end;
        while (end > start && AROUND.indexOf(source.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end < untrimmed) {
            while (end > start && NOT_LAST.indexOf(source.charAt(end - 1)) >= 0) {
                end--;
            }
        }
        return end;
    }

    /// Hides the characters of a link. A backslash before punctuation is not part of any URL: some
    /// editors write it before each underscore.
    private static void hide(StringBuilder text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (text.charAt(at) == '\\' && at + 1 < end && isPunctuation(text.charAt(at + 1))) {
                at++;
            } else {
                text.setCharAt(at, hidden(text.charAt(at)));
            }
        }
    }

    private static char hidden(char character) {
        return isPunctuation(character) ? (char) (FIRST + character) : character;
    }
}
