package lull.text;

import lull.text.MarkedText.Style;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;

/// Layout of tables that can be read on a phone.
///
/// @param mask the source's masked form
record TableLayout(String source, MarkdownMask mask, MarkedText edited) {

    /// Writes each row of a table as one line, with bars between its cells and its head in bold.
    void layOut(TableBlock table) {
        if (table.getSourceSpans().size() > 1) {
            edited.delete(
                    MarkdownEdits.end(table.getSourceSpans().getFirst()),
                    MarkdownEdits.end(table.getSourceSpans().get(1)));
        }
        table.accept(new AbstractVisitor() {
            @Override
            public void visit(CustomNode node) {
                if (node instanceof TableRow row) {
                    layOut(row);
                } else {
                    visitChildren(node);
                }
            }
        });
    }

    private void layOut(TableRow row) {
        int start = MarkdownEdits.start(row);
        int end = MarkdownEdits.end(row);
        if (row.getParent() instanceof TableHead) {
            edited.style(start, end, Style.BOLD);
        }
        int from = start;
        for (int at = start; at < end; at++) {
            if (mask.text().charAt(at) == '|' && !MarkdownMask.isEscaped(source, at)) {
                boolean isEdge = isBlank(start, at) || isBlank(at + 1, end);
                int before = at;
                while (before > from && MarkdownEdits.isSpace(source, before - 1)) {
                    before--;
                }
                int after = at + 1;
                while (after < end && MarkdownEdits.isSpace(source, after)) {
                    after++;
                }
                edited.replace(before, after, isEdge ? "" : " | ");
                from = after;
                at = after - 1;
            }
        }
    }

    private boolean isBlank(int start, int end) {
        return source.substring(start, end).isBlank();
    }
}
