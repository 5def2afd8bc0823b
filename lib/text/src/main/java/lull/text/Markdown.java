package lull.text;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lull.contract.VisibleLine;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/// Converter of Markdown, as Connect's agents and bots write it, to WhatsApp's marks. It is parsed as
/// CommonMark with tables and strike-through; everything that is not Markdown stays byte for byte.
/// Pure.
public final class Markdown {

    /// Limit for tables: each row of a table gets as many cells as its head has, and each line before a
    /// table is read again and again.
    private static final int MOST_BARS_WITH_TABLES = 50;

    private static final int MOST_CHARACTERS_WITH_TABLES = 32_768;

    /// Neither indented code nor blocks of HTML: in a chat both are just text. The parser tries them in
    /// this order.
    private static final Set<Class<? extends Block>> BLOCKS = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of(BlockQuote.class, Heading.class, FencedCodeBlock.class, ThematicBreak.class, ListBlock.class)));

    private static final Parser PARSER =
            parser(StrikethroughExtension.builder().requireTwoTildes(true).build(), TablesExtension.create());
    private static final Parser WITHOUT_TABLES =
            parser(StrikethroughExtension.builder().requireTwoTildes(true).build());

    private Markdown() {}

    /// Returns the text with WhatsApp's marks.
    public static String toWhatsApp(String markdown) {
        return MarkdownMask.canMask(markdown) ? edited(markdown, true).withMarks() : markdown;
    }

    /// Returns the text without marks, for channels that show none.
    public static String toPlain(String markdown) {
        return MarkdownMask.canMask(markdown) ? edited(markdown, false).plain() : markdown;
    }

    /// Returns the text in one visible line and without marks, for texts that WhatsApp shows plain, such
    /// as titles of buttons. Empty if nothing in it is visible.
    static String toTitle(String markdown) {
        return VisibleLine.of(toPlain(markdown));
    }

    private static MarkedText edited(String markdown, boolean keepsMarks) {
        MarkdownMask mask = MarkdownMask.of(markdown);
        MarkedText edited = new MarkedText(markdown, mask.links());
        Parser parser = mayHaveTables(markdown) ? PARSER : WITHOUT_TABLES;
        new MarkdownEdits(markdown, mask, edited, keepsMarks).apply(parser.parse(mask.text()));
        return edited;
    }

    private static boolean mayHaveTables(String markdown) {
        return markdown.length() <= MOST_CHARACTERS_WITH_TABLES
                && markdown.lines()
                        .allMatch(line -> line.chars().filter(one -> one == '|').count() <= MOST_BARS_WITH_TABLES);
    }

    private static Parser parser(Extension... extensions) {
        return Parser.builder()
                .extensions(List.of(extensions))
                .enabledBlockTypes(BLOCKS)
                .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                .build();
    }
}
