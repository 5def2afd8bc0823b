package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainMarkdownTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello, how are you?               | Hello, how are you?",
                "*now*                             | \\*now\\*",
                "a_b_c ~x~ `y`                     | a\\_b\\_c \\~x\\~ \\`y\\`",
                "see https://a.example/b_c*d_e ok* | see https://a.example/b_c*d_e ok\\*",
                "a_b@c.example and x_y             | a_b@c.example and x\\_y",
                "# of rooms                        | \\# of rooms",
                "room #3 > 2                       | room #3 > 2",
                "C:\\temp                          | C:\\\\temp",
                "a <b> c                           | a \\<b> c"
            })
    void isShownAsItWasWritten(String text, String markdown) {
        assertThat(PlainMarkdown.of(text)).isEqualTo(markdown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**",
                "****1234",
                "_______",
                "> quoted\n# two",
                "\\*",
                "1 * 2 * 3 = 6",
                "1. one\n2) two",
                "- a\n+ b",
                "[shop](https://evil.example)",
                "![i](x)",
                "a | b",
                "``` x ```",
                "👋_👋_"
            })
    void isReadBackByAParserOfMarkdown(String text) {
        String shown = TextContentRenderer.builder()
                .build()
                .render(Parser.builder().build().parse(PlainMarkdown.of(text)));

        assertThat(shown).isEqualTo(text);
    }

    @Test
    void startsNoHeadingInALaterLine() {
        assertThat(PlainMarkdown.of("one\n# two\n> three")).isEqualTo("one\n\\# two\n\\> three");
    }
}
