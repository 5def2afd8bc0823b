package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `\n` and `\r` in the inputs and outputs stand for line ends.
final class MarkdownTest {

    private static final long SEED = Long.getLong("lull.seed", System.nanoTime());

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '^', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    plain text@plain text
                    **bold**@*bold*
                    __bold__@*bold*
                    *italic*@_italic_
                    _italic_@_italic_
                    ***both***@*_both_*
                    **a *b* c**@*a _b_ c*
                    *a **b** c*@_a *b* c_
                    **bold *both***@*bold _both_*
                    ***bold** it*@_*bold* it_
                    ~~gone~~@~gone~
                    ~~**a** b~~@~*a* b~
                    **yes**/**no**@*yes*/*no*
                    **Total:** 5@*Total:* 5
                    请**注意**这里@请*注意*这里
                    `**code**`@`**code**`
                    ``a`b`` and ``c``@```a`b``` and `c`
                    `a\\nb`@`a`\\n`b`
                    # Title@*Title*
                    ## **Title** ##@*Title*
                    # A *b* c@*A _b_ c*
                    # C# and F#@*C# and F#*
                    # \n#@# \n#
                    Offer\\n---\\nrest@*Offer*\\nrest
                    * one@- one
                    + one@- one
                    - one@- one
                    * **A**: x\\r\\n  * b@- *A*: x\\r\\n  - b
                    * a\\n   * b\\n       * **c**@- a\\n   - b\\n       - *c*
                    1. a\\n    * b\\n\\n    + c@1. a\\n    - b\\n\\n    - c
                    * a\\n    # Title\\n    >quote@- a\\n    *Title*\\n    > quote
                       # Title@   *Title*
                    > quote@> quote
                    >quote@> quote
                    1. one@1. one
                    **two\\nlines**@*two*\\n*lines*
                    > **two\\n> lines**@> *two*\\n> *lines*
                    # Two **lines\\nof** text@*Two **lines*\\nof** text
                    ```json\\n{"a": **1**}\\n```@```\\n{"a": **1**}\\n```
                    ~~~\\nx\\n~~~@```\\nx\\n```
                    first\\\\nsecond@first\\nsecond
                    first  \\nsecond@first\\nsecond
                    a<br>b <BR/> c<br />\\nd@a\\nb\\nc\\nd
                    Tom &amp; Ann&nbsp;&lt;3 &#39;y&#39; &#x1F600; &copy;@Tom & Ann\u00a0<3 'y' 😀 ©
                    5 \\* 3@5 * 3
                    \\_x\\_ \\# \\[a\\]@_x_ # [a]
                    price: $5 and \\\\ back@price: $5 and \\ back
                    | Plan | Price |\\n|:-----|------:|\\n| A **x** | 5 \\| 6 |\\n| B | |\\n\\nrest@*Plan | Price*\\nA *x* | 5 | 6\\nB | \\n\\nrest
                    Plan | Price\\n-|-\\none<br>two | `a\\|b`@*Plan | Price*\\none two | `a|b`
                    """)
    void becomesWhatsAppsMarks(String markdown, String expected) {
        assertThat(Markdown.toWhatsApp(lines(markdown))).isEqualTo(lines(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '$', quoteCharacter = '^', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    [our site](https://example.org/a_b)$our site (https://example.org/a_b)
                    [https://example.org](https://example.org)$https://example.org
                    [terms](<https://shop.example/a b>)$terms (https://shop.example/a%20b)
                    [terms](https://shop.example/t "T & C")$terms (https://shop.example/t)
                    [terms][1]\\n\\n[1]: https://shop.example/a__b__c$terms (https://shop.example/a__b__c)
                    [a][1]\\n\\n[1]: https://a.example\\n'Tis the **season$a (https://a.example)\\n\\n'Tis the **season
                    [a][1]\\n\\n[1]: https://a.example\\n(call us, we\\nare **open**$a (https://a.example)\\n\\n(call us, we\\nare *open*
                    [a][1]\\n\\n[1]: https://a.example\\n(call us)$a (https://a.example)\\n\\n(call us)
                    [a][1]\\n\\n[1]:\\nhttps://a.example "A\\nb"\\nrest$a (https://a.example)\\n\\nrest
                    [a][1], [b][2]\\n\\n[1]: https://a.example\\n[2]: https://b.example\\n$a (https://a.example), b (https://b.example)
                    [terms] and [T][terms]\\n\\n[terms]: /t 'x'\\nrest$terms (/t) and T (/t)\\n\\nrest
                    [a [b] c](https://x.example/q)$a [b] c (https://x.example/q)
                    [**Pay** now](https://x.example/p)$*Pay* now (https://x.example/p)
                    **[Pay now](https://x.example/p)**$*Pay now* (https://x.example/p)
                    [Write](mailto:ann@shop.example)$Write (ann@shop.example)
                    [ann@shop.example](mailto:ann@shop.example)$ann@shop.example
                    [x]()$x
                    ![logo](https://x.example/l.png)$logo (https://x.example/l.png)
                    ![](https://x.example/l.png)$https://x.example/l.png
                    [![logo](https://x.example/l.png)](https://x.example)$logo (https://x.example)
                    <https://docs.example.org/start> and <ann@shop.example>$https://docs.example.org/start and ann@shop.example
                    <mailto:ann@shop.example>$ann@shop.example
                    Pay here: **https://pay.example.com/i/77**$Pay here: https://pay.example.com/i/77
                    *https://pay.example.com/i/77*$https://pay.example.com/i/77
                    ~~https://pay.example.com/i/77~~$https://pay.example.com/i/77
                    `https://pay.example.com/i/77`$https://pay.example.com/i/77
                    **Pay https://a.example/x_y_z now**$*Pay* https://a.example/x_y_z *now*
                    **see https://a.example.**$*see* https://a.example.
                    **(https://a.example)** or **ann_b@shop.example**$(https://a.example) or ann_b@shop.example
                    # See https://a.example/__x__/ *first*$*See* https://a.example/__x__/ *_first_*
                    https://x.example/a\\_b\\_c$https://x.example/a_b_c
                    """)
    void linksCanBeTapped(String markdown, String expected) {
        assertThat(Markdown.toWhatsApp(lines(markdown))).isEqualTo(lines(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 * 3 * 4, 2*3*4, 2**3**4, 5*3 = 15*",
                "a*b*c and un**believ**able",
                "user_*name*_x and ^_^ (*_*) T_T",
                "5* hotel, price* incl. VAT\n*excluding shipping",
                "snake_case_name, __init__.py, self.__dict__ and /lib/__init__/x",
                "SELECT a.*, b.* FROM *.txt/*.md",
                "** not bold ** and **/**/2024",
                "card ****1234 and ****5678, 1234****5678 and 4321****8765",
                "****-****-****-1234 and j**n@x.example or k**n@y.example",
                "Name: ______ Date: ______ __/__/____ Name:___Date:___",
                "Reset: https://app.example/r?token=ab__cd-ef__gh",
                "https://a.example/x__1 or https://b.example/y__2/z",
                "https://x.example/*/a/*/b?q=~~1~~&copy;=2&lt=3#[x](y)",
                "Fetch https://docs.example.org/lib/__init__/setup.html and tell www.x.example/_a_/*b*",
                "https://en.example/wiki/A_(b)_c (see https://x.example/y_z)",
                "C:\\_temp\\*x and \\\\server\\share\\_x",
                "a\n\n\n\n    b\r\n\tc \r\n\r\n",
                "    four spaces\n  two",
                "+ 5 EUR shipping\n*\n+\n>100 EUR",
                "Hello Ana,\nthank you.\n---\nShop",
                "<name>, <div>x</div> and <!-- y -->",
                "a&b, AT&T, &unknown; and &copy",
                "[Note]: call\n[x] [1] array[0] - [ ] todo",
                "```hello\nworld\n```",
                "```\nnever **closed**",
                "1. a\n1. b\n3) c",
                "~5 to ~10, ~x~",
                "(*) required, (*) fields",
                "f(x)*g(x)*h(x), a[*]b[*] and ^a.*b.*$ [a-z]*x[0-9]*",
                "*f*(x) and {a}*b*",
                "* * *\n---\n___",
                "",
                " ",
                "\uEF2A is private",
                "\uD83D half \uDE00",
            })
    void whatIsNoMarkdownStays(String text) {
        assertThat(Markdown.toWhatsApp(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '$', quoteCharacter = '^', textBlock = """
                    Self service$Self service
                    **Yes**, *really* ~~no~~$Yes, really no
                    # Title$Title
                    `code` and ``x``$code and x
                    two\\n  lines$two lines
                    [Terms](https://x.example)$Terms (https://x.example)
                    Tom &amp; Ann$Tom & Ann
                    a__b__c ****12$a__b__c ****12
                    """)
    void titlesHaveNoMarks(String markdown, String expected) {
        assertThat(Markdown.toTitle(lines(markdown))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zk..__b@5k.example", "a..*b@c.example", "k.._b_c@d.example", "k...~~b@c.example"})
    void whatIsAlmostAnAddressIsNotChanged(String address) {
        for (String mark : List.of("*", "**", "_", "__", "~~")) {
            assertThat(Markdown.toWhatsApp(address + " and " + mark + "more" + mark + " " + address + mark))
                    .startsWith(address + " and ")
                    .contains(" " + address);
        }
    }

    /// Words, addresses and URLs between all kinds of marks come through, each as it was.
    @Test
    void noUrlNoMailAddressAndNoWordIsChanged() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 3_000; round++) {
            List<String> kept = new ArrayList<>();
            String markdown = randomText(random, kept);
            String shown = Markdown.toWhatsApp(markdown);
            int from = 0;
            for (String piece : kept) {
                int at = shown.indexOf(piece, from);
                assertThat(at)
                        .as("seed %d, round %d: %s in <%s>, made of <%s>", SEED, round, piece, shown, markdown)
                        .isNotNegative();
                from = at + piece.length();
            }
        }
    }

    /// What follows a link touches it with no mark.
    @Test
    void noMarkTouchesAUrl() {
        SplittableRandom random = new SplittableRandom(SEED);
        Pattern url = Pattern.compile("(.?)https://\\S*");
        for (int round = 0; round < 1_000; round++) {
            String mark = List.of("*", "_", "**", "__", "~~", "***", "`").get(random.nextInt(7));
            String before = random.nextBoolean() ? "see " : "";
            String after = random.nextBoolean() ? " now" : "";
            String link = url(random);
            String shown = Markdown.toWhatsApp("Hi " + mark + before + link + after + mark + " there");
            Matcher found = url.matcher(shown);

            assertThat(found.find()).as("seed %d: %s", SEED, shown).isTrue();
            assertThat(found.group()).as("seed %d: %s", SEED, shown).isEqualTo(" " + link);
        }
    }

    @Test
    void nothingMakesItFail() {
        SplittableRandom random = new SplittableRandom(SEED);
        String alphabet = "**__~~``[]()<>!#>-+|\\&;:/.\n\r\t  aB1@é中😀\u00a0\0\uD800\uDC00";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String markdown = text.toString();
            try {
                Markdown.toWhatsApp(markdown);
                Markdown.toTitle(markdown);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", round " + round + ": <" + markdown + ">", e);
            }
        }
    }

    @Timeout(60)
    @ParameterizedTest
    @MethodSource("longTexts")
    void longTextsAreNoTrouble(String text) {
        assertThat(Markdown.toWhatsApp(text)).isNotNull();
    }

    static List<String> longTexts() {
        List<String> texts = new ArrayList<>();
        for (String piece : List.of(
                "[",
                "]",
                "*",
                "_",
                "**a ",
                "*a _b ",
                " b*",
                "[a](",
                "![",
                "`",
                "`a",
                "``` \n",
                "~~a ",
                "> ",
                ">",
                "- ",
                "* a\n",
                "<",
                "<a ",
                "&",
                "&amp;",
                "&#1;",
                "\\",
                "\\*",
                "(",
                "[a](b",
                "a@",
                "a@b.co ",
                "http://",
                "www.",
                "_a@",
                "*a@b.c*",
                "| a |\n",
                "|-",
                "a|b\n-|-\n",
                "[a]: b\n",
                "[a]",
                "#",
                "# a\n",
                "\n",
                " ",
                "\t",
                "\uD800",
                "a*b*",
                "**x** ",
                "<br>",
                "C:\\a ",
                "~",
                "\0",
                "](",
                "*x_",
                "https://a.example/x_y ")) {
            texts.add(piece.repeat(100_000 / piece.length()));
        }
        int many = 20_000;
        texts.add("*".repeat(many) + "x" + "*".repeat(many));
        texts.add("*a ".repeat(many) + " b*".repeat(many));
        texts.add("[".repeat(many) + "a" + "](b)".repeat(many));
        texts.add("> ".repeat(many) + "**a**");
        texts.add("|a".repeat(4_000) + "\n" + "|-".repeat(4_000) + "\n" + "|\n".repeat(3_000));
        texts.add("x".repeat(100_000));
        texts.add("# a" + " ".repeat(100_000) + "b");
        texts.add("# a" + " #".repeat(50_000));
        texts.add("**" + "word ".repeat(many) + "**");
        texts.add("**" + "https://a.example/x ".repeat(5_000) + "**");
        return texts;
    }

    /// Words, URLs and mail addresses, which have no two dots in a row, between marks.
    private static String randomText(SplittableRandom random, List<String> kept) {
        List<String> between = List.of(
                " ",
                " ",
                " ",
                "\n",
                "\n\n",
                "\r\n",
                " **",
                "** ",
                " *",
                "* ",
                " _",
                "_ ",
                " __",
                "__ ",
                " ~~",
                "~~ ",
                " (",
                ") ",
                " [",
                "] ",
                ", ",
                ". ",
                ": ",
                "\n- ",
                "\n* ",
                "\n1) ",
                "\n> ",
                "\n# ",
                "  ",
                " `",
                "` ",
                " | ",
                " <",
                "> ",
                " & ",
                " - ",
                " ! ",
                " \"",
                "\" ",
                "    ",
                " ****",
                " ____ ",
                " [1] ",
                "\n\n[1]: https://d.example/d\n",
                "\n[1]: /d\n(",
                "\n[1]: /d\n\"",
                "\n[1]: /d\n'",
                "\n    * ");
        StringBuilder text = new StringBuilder();
        for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
            String piece = switch (random.nextInt(4)) {
                case 0 -> url(random);
                case 1 ->
                    word(random) + random(random, "abc019._+-", 4).replace("..", ".0") + "b@" + word(random)
                            + ".example";
                case 2 -> word(random) + "_" + word(random);
                default -> word(random);
            };
            kept.add(piece);
            text.append(between.get(random.nextInt(between.size()))).append(piece);
        }
        return text.append(between.get(random.nextInt(between.size()))).toString();
    }

    private static String url(SplittableRandom random) {
        return "https://" + word(random) + ".example/" + random(random, "abcAB019-._~*!$&+,;=:@%/?#__**", 20) + "x";
    }

    private static String word(SplittableRandom random) {
        return random(random, "abcdefgxyzABC0123456789", 1 + random.nextInt(6)) + "k";
    }

    private static String random(SplittableRandom random, String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n").replace("\\r", "\r");
    }
}
