package lull.text;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.text.MarkedText.Style;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Changes by which a parsed Markdown text becomes one for WhatsApp. Everything else is copied, so that
/// nothing that is not Markdown is lost or changed.
final class MarkdownEdits extends AbstractVisitor {

    private static final Pattern ENTITY =
            Pattern.compile("&(?:#[xX]\\p{XDigit}{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});");
    private static final Pattern LINE_BREAK = Pattern.compile("</?br\\s*/?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern TITLE = Pattern.compile("\\S\\h+[\"'(]");
    private static final String MAILTO = "mailto:";
    private static final int SHORTEST_UNDERLINE = 3;

    /// Names of languages after a fence, which are not for the reader.
    private static final Set<String> LANGUAGES = Set.of(
            ("json xml html css js javascript ts typescript java kotlin python py bash sh shell sql text txt yaml yml csv"
                            + " http c cpp csharp go rust ruby php markdown md plaintext console ini properties diff")
                    .split(" "));

    private static final Parser ENTITIES = Parser.builder().build();

    private final String source;
    private final MarkdownMask mask;
    private final MarkedText edited;
    private final EmphasisPolicy emphasis;
    private final boolean keepsMarks;
    private final Set<String> usedDestinations = new HashSet<>();
    private final BitSet dropped = new BitSet();
    private final Map<String, String> entities = new HashMap<>();

    /// @param keepsMarks false if marks of code are removed too
    MarkdownEdits(String source, MarkdownMask mask, MarkedText edited, boolean keepsMarks) {
        this.source = source;
        this.mask = mask;
        this.edited = edited;
        this.emphasis = new EmphasisPolicy(source, mask);
        this.keepsMarks = keepsMarks;
    }

    void apply(Node document) {
        document.accept(this);
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(LinkReferenceDefinition definition) {
                dropUsed(definition);
            }
        });
    }

    @Override
    public void visit(Heading heading) {
        List<SourceSpan> lines = heading.getSourceSpans();
        int start = mark(lines.getFirst());
        if (lines.size() == 1 && source.startsWith("#", start)) {
            headline(start, end(heading));
        } else if (lines.size() == 2 && lines.getLast().getLength() >= SHORTEST_UNDERLINE) {
            edited.delete(end(lines.getFirst()), end(lines.getLast()));
            edited.style(start(lines.getFirst()), end(lines.getFirst()), Style.BOLD);
        }
        visitChildren(heading);
    }

    /// Converts a heading between number signs; an empty one stays.
    private void headline(int start, int end) {
        int first = start;
        while (first < end && (source.charAt(first) == '#' || isSpace(first))) {
            first++;
        }
        int last = end;
        while (last > first && isSpace(last - 1)) {
            last--;
        }
        int signs = last;
        while (signs > first && source.charAt(signs - 1) == '#') {
            signs--;
        }
        if (signs < last && isSpace(signs - 1)) {
            last = signs;
            while (last > first && isSpace(last - 1)) {
                last--;
            }
        }
        if (last > first) {
            edited.delete(start, first);
            edited.delete(last, end);
            edited.style(first, last, Style.BOLD);
        }
    }

    @Override
    public void visit(ListItem item) {
        if (item.getParent() instanceof BulletList && item.getFirstChild() != null) {
            int start = mark(item.getSourceSpans().getFirst());
            char marker = source.charAt(start);
            // "+ 5 EUR" is a sum and not a list.
            boolean isSum = marker == '+' && start + 2 < source.length() && Character.isDigit(source.charAt(start + 2));
            if ((marker == '*' || marker == '+') && !isSum) {
                edited.replace(start, start + 1, "-");
                if (source.charAt(start + 1) == '\t') {
                    edited.replace(start + 1, start + 2, " ");
                }
            }
        }
        visitChildren(item);
    }

    /// WhatsApp needs a space after the mark. Without a space, a mark before anything but a letter may
    /// mean "more than".
    @Override
    public void visit(BlockQuote quote) {
        for (SourceSpan line : quote.getSourceSpans()) {
            int start = mark(line);
            int next = start + 1;
            if (next < source.length()
                    && source.charAt(start) == '>'
                    && (Character.isLetter(source.charAt(next)) || "*_>".indexOf(source.charAt(next)) >= 0)) {
                edited.insert(next, " ");
            }
        }
        visitChildren(quote);
    }

    @Override
    public void visit(FencedCodeBlock code) {
        Integer closing = code.getClosingFenceLength();
        Integer opening = code.getOpeningFenceLength();
        if (opening == null || closing == null) {
            return;
        }
        SourceSpan first = code.getSourceSpans().getFirst();
        SourceSpan last = code.getSourceSpans().getLast();
        int fence = source.indexOf(Objects.requireNonNull(code.getFenceCharacter()), start(first));
        edited.replace(fence, fence + opening, "```");
        if (LANGUAGES.contains(Objects.requireNonNullElse(code.getInfo(), "").strip())) {
            edited.delete(fence + opening, end(first));
        }
        int closingFence = source.indexOf(code.getFenceCharacter(), start(last));
        edited.replace(closingFence, closingFence + closing, "```");
    }

    @Override
    public void visit(Code code) {
        int start = start(code);
        int end = end(code);
        int marks = 0;
        while (source.charAt(start + marks) == '`') {
            marks++;
        }
        for (int at = start; isInTable(code) && at < end; at++) {
            if (mask.isEscapedBar(at)) {
                edited.delete(at, at + 1);
            }
        }
        boolean touchesLink = mask.links().get(start + marks) || mask.links().get(end - marks - 1);
        if (!keepsMarks || touchesLink) {
            edited.delete(start, start + marks);
            edited.delete(end - marks, end);
        } else if (marks != 3) {
            boolean fits = source.indexOf('`', start + marks) >= end - marks;
            edited.replace(start, start + marks, fits ? "`" : "```");
            edited.replace(end - marks, end, fits ? "`" : "```");
            List<SourceSpan> lines = code.getSourceSpans();
            for (int line = 1; fits && line < lines.size(); line++) {
                edited.insert(end(lines.get(line - 1)), "`");
                edited.insert(start(lines.get(line)), "`");
            }
        }
    }

    @Override
    public void visit(Emphasis italic) {
        emphasize(italic, italic.getOpeningDelimiter().length(), Style.ITALIC, true);
    }

    @Override
    public void visit(StrongEmphasis strong) {
        boolean isStrict = strong.getOpeningDelimiter().charAt(0) == '_';
        emphasize(strong, strong.getOpeningDelimiter().length(), Style.BOLD, isStrict);
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Strikethrough strike) {
            emphasize(strike, strike.getOpeningDelimiter().length(), Style.STRIKE, false);
        } else {
            visitChildren(node);
        }
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock table) {
            new TableLayout(source, mask, edited).layOut(table);
        }
        visitChildren(block);
    }

    @Override
    public void visit(Link link) {
        showLink(link, link.getDestination(), false);
    }

    @Override
    public void visit(Image image) {
        Node parent = image.getParent();
        while (parent != null && !(parent instanceof Link)) {
            parent = parent.getParent();
        }
        showLink(image, image.getDestination(), parent != null);
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        Node before = lineBreak.getPrevious();
        if (!lineBreak.getSourceSpans().isEmpty()) {
            edited.delete(start(lineBreak), start(lineBreak) + 1);
        } else if (before instanceof Text && !before.getSourceSpans().isEmpty()) {
            int end = end(before);
            int start = end;
            while (start > 0 && source.charAt(start - 1) == ' ') {
                start--;
            }
            edited.delete(start, end);
        }
    }

    @Override
    public void visit(HtmlInline html) {
        int start = start(html);
        int end = end(html);
        if (!LINE_BREAK.matcher(source).region(start, end).matches()) {
            return;
        }
        while (start > 0 && isSpace(start - 1)) {
            start--;
        }
        while (end < source.length() && isSpace(end)) {
            end++;
        }
        boolean breaksAnyway = end < source.length() && (source.charAt(end) == '\n' || source.charAt(end) == '\r');
        edited.replace(start, end, breaksAnyway ? "" : isInTable(html) ? " " : "\n");
    }

    @Override
    public void visit(Text text) {
        for (SourceSpan span : text.getSourceSpans()) {
            decode(start(span), end(span));
        }
    }

    /// Replaces escapes and entities by the characters that they mean, and removes the brackets of
    /// `<https://a.example>`.
    private void decode(int start, int end) {
        for (int at = start; at < end; at++) {
            char character = mask.text().charAt(at);
            if (mask.isEscapedBar(at)) {
                edited.delete(at, at + 1);
            } else if (character == '\\'
                    && at + 1 < end
                    && MarkdownMask.isPunctuation(mask.text().charAt(at + 1))) {
                edited.delete(at, at + 1);
                at++;
            } else if (character == '&') {
                Matcher entity = ENTITY.matcher(mask.text()).region(at, end);
                String decoded = entity.lookingAt() ? decoded(entity.group()) : null;
                if (decoded != null) {
                    edited.replace(at, entity.end(), decoded);
                    at = entity.end() - 1;
                }
            } else if (character == '<') {
                int link = mask.text().startsWith(MAILTO, at + 1) ? at + 1 + MAILTO.length() : at + 1;
                int linkEnd = mask.links().nextClearBit(link);
                if (linkEnd > link && linkEnd < source.length() && source.charAt(linkEnd) == '>') {
                    edited.delete(at, link);
                    edited.delete(linkEnd, linkEnd + 1);
                }
            }
        }
    }

    private @Nullable String decoded(String entity) {
        String decoded = entities.computeIfAbsent(entity, MarkdownEdits::parsed);
        return decoded.equals(entity) ? null : decoded;
    }

    private static String parsed(String entity) {
        Node paragraph = ENTITIES.parse(entity).getFirstChild();
        return paragraph != null && paragraph.getFirstChild() instanceof Text text ? text.getLiteral() : entity;
    }

    private void emphasize(Node node, int marks, Style style, boolean isStrict) {
        int start = start(node);
        int end = end(node);
        if (emphasis.isMeant(start, end, marks, isStrict)) {
            edited.delete(start, start + marks);
            edited.delete(end - marks, end);
            for (SourceSpan span : node.getSourceSpans()) {
                edited.style(start(span), end(span), style);
            }
        }
        visitChildren(node);
    }

    /// Writes a link as `label (address)`, or only the address if the label says no more.
    private void showLink(Node link, String destination, boolean onlyLabel) {
        usedDestinations.add(destination);
        String address = address(destination);
        String label = labelText(link).strip();
        int start = start(link);
        int end = end(link);
        boolean isBracketed = source.charAt(start) == '<';
        if (isBracketed
                || label.isEmpty()
                || label.equals(address)
                || label.equals(MarkdownMask.unmasked(destination))) {
            edited.delete(start, end);
            edited.insertLink(start, address);
            return;
        }
        int labelStart = start + (link instanceof Image ? 2 : 1);
        Node last = link.getLastChild();
        int labelEnd = source.indexOf(']', last == null || last.getSourceSpans().isEmpty() ? labelStart : end(last));
        edited.delete(start, labelStart);
        visitChildren(link);
        edited.delete(labelEnd, end);
        if (!onlyLabel && !address.isEmpty()) {
            edited.insert(labelEnd, " (");
            edited.insertLink(labelEnd, address);
            edited.insert(labelEnd, ")");
        }
    }

    private static String address(String destination) {
        String address = MarkdownMask.unmasked(destination).replace(" ", "%20");
        return address.startsWith(MAILTO) && address.indexOf('?') < 0 ? address.substring(MAILTO.length()) : address;
    }

    private static String labelText(Node link) {
        StringBuilder label = new StringBuilder();
        link.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                label.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                label.append(code.getLiteral());
            }
        });
        return MarkdownMask.unmasked(label.toString());
    }

    /// Removes the definition of a link that shows its address.
    private void dropUsed(LinkReferenceDefinition definition) {
        if (!usedDestinations.contains(definition.getDestination())) {
            return;
        }
        int start = start(definition);
        int end = endOf(definition);
        int rest = end;
        while (rest < source.length() && Character.isWhitespace(source.charAt(rest))) {
            rest++;
        }
        if (rest < source.length()) {
            end = source.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, rest);
        } else {
            end = rest;
            start = blankBefore(start);
        }
        edited.delete(start, end);
        dropped.set(start, end);
    }

    /// Returns where a definition ends: with its address, or with a title that begins beside it. The
    /// parser's spans include lines that might have been a title and are none, and a title on a line of
    /// its own may as well be a sentence.
    private int endOf(LinkReferenceDefinition definition) {
        List<SourceSpan> lines = definition.getSourceSpans();
        int line = 0;
        int label = source.indexOf("]:", start(definition));
        while (line < lines.size() - 1 && end(lines.get(line)) <= label) {
            line++;
        }
        if (line < lines.size() - 1
                && source.substring(label + 2, end(lines.get(line))).isBlank()) {
            line++;
        }
        String address = source.substring(Math.max(label + 2, start(lines.get(line))), end(lines.get(line)));
        boolean hasTitle =
                definition.getTitle() != null && TITLE.matcher(address).find();
        return hasTitle ? end(definition) : end(lines.get(line));
    }

    /// Returns where the blank end of the text before a place begins, definitions removed before it
    /// included.
    private int blankBefore(int place) {
        int start = place;
        while (start > 0 && (Character.isWhitespace(source.charAt(start - 1)) || dropped.get(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isInTable(Node node) {
        Node parent = node.getParent();
        while (parent != null && !(parent instanceof TableCell)) {
            parent = parent.getParent();
        }
        return parent != null;
    }

    /// Returns where a line of a block begins with its mark: the span of a block within another one may
    /// begin with its indentation.
    private int mark(SourceSpan line) {
        int at = start(line);
        while (at < end(line) && isSpace(at)) {
            at++;
        }
        return at;
    }

    private boolean isSpace(int at) {
        return isSpace(source, at);
    }

    static boolean isSpace(String source, int at) {
        return source.charAt(at) == ' ' || source.charAt(at) == '\t';
    }

    static int start(Node node) {
        return start(node.getSourceSpans().getFirst());
    }

    static int end(Node node) {
        return end(node.getSourceSpans().getLast());
    }

    static int start(SourceSpan span) {
        return span.getInputIndex();
    }

    static int end(SourceSpan span) {
        return span.getInputIndex() + span.getLength();
    }
}
