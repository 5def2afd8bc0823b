package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextSplitterTest {

    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66";

    @Test
    void leavesShortTextAsItIs() {
        assertThat(TextSplitter.split("Hello\nyou", 1024)).containsExactly("Hello\nyou");
    }

    @Test
    void cutsFifteenHundredCharactersBetweenWordsIntoTwoParts() {
        String text = "word ".repeat(300).strip();

        List<String> parts = TextSplitter.split(text, 1024);

        assertThat(parts).hasSize(2).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(1024));
        assertThat(String.join(" ", parts)).isEqualTo(text);
    }

    @Test
    void prefersToCutBetweenLines() {
        assertThat(TextSplitter.split("one two\nthree four", 10)).containsExactly("one two", "three four");
    }

    @Test
    void cutsBetweenWordsWhereALineBreakComesTooEarly() {
        assertThat(TextSplitter.split("a\nbcd efg hij", 10)).containsExactly("a\nbcd efg", "hij");
    }

    @Test
    void breaksNoEmoji() {
        List<String> parts = TextSplitter.split(FAMILY.repeat(10), 25);

        assertThat(parts).hasSize(5).allSatisfy(part -> assertThat(part).isEqualTo(FAMILY.repeat(2)));
    }

    @Test
    void breaksNoSurrogatePairWhereACharacterIsLongerThanAPart() {
        List<String> parts = TextSplitter.split("x" + "\uD83C\uDFFB".repeat(10), 4);

        assertThat(String.join("", parts)).isEqualTo("x" + "\uD83C\uDFFB".repeat(10));
        assertThat(parts)
                .allSatisfy(part -> assertThat(part.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF))
                        .isTrue());
    }

    @Test
    void hasNoBlankParts() {
        assertThat(TextSplitter.split("", 10)).isEmpty();
        assertThat(TextSplitter.split(" \n ", 10)).isEmpty();
        assertThat(TextSplitter.split("a" + " ".repeat(50) + "b", 10))
                .hasSize(2)
                .allSatisfy(part -> assertThat(part).isNotBlank());
    }

    @Test
    void losesNothingButSpaceAndBreaksNoCharacterWhateverTheText() {
        List<String> pieces =
                List.of("a", "bc", " ", "\n", "\r\n", FAMILY, "e\u0301", "\uD83C\uDDE9\uD83C\uDDEA", "d\u0323\u0307");
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            int max = 12 + random.nextInt(40);

            List<String> parts = TextSplitter.split(text.toString(), max);

            assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(max));
            assertThat(squeezed(String.join("", parts))).as("seed %d", seed).isEqualTo(squeezed(text.toString()));
            assertThat(parts.stream().mapToInt(TextSplitterTest::characters).sum())
                    .isEqualTo(characters(squeezed(text.toString())));
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    private static int characters(String text) {
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(squeezed(text));
        int count = 0;
        while (characters.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }
}
