package lull.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkdownTest {

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '^', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    plain text@plain text
                    **bold**@*bold*
                    __bold__@*bold*
                    *italic*@_italic_
                    _italic_@_italic_
                    ***both***@*_both_*
                    **a *b* c**@*a _b_ c*
                    ~~gone~~@~gone~
                    `**code**`@`**code**`
                    # Title@*Title*
                    ## **Title** ##@*Title*
                    * one@- one
                    + one@- one
                    - one@- one
                    > quote@> quote
                    1. one@1. one
                    [our site](https://example.org/a_b)@our site (https://example.org/a_b)
                    [https://example.org](https://example.org)@https://example.org
                    2 * 3 * 4@2 * 3 * 4
                    a*b*c@a*b*c
                    5 \\* 3@5 * 3
                    snake_case_name@snake_case_name
                    price: $5 and \\\\ back@price: $5 and \\ back
                    ** not bold **@** not bold **
                    """)
    void becomesWhatsAppsMarks(String markdown, String expected) {
        assertThat(Markdown.toWhatsApp(markdown)).isEqualTo(expected);
    }
}
