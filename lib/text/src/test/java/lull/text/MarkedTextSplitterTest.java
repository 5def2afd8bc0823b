package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class MarkedTextSplitterTest {

    private static final long SEED = Long.getLong("lull.seed", System.nanoTime());

    @Test
    void aShortTextIsOnePart() {
        assertThat(MarkedTextSplitter.split("*one* _two_", 100)).containsExactly("*one* _two_");
        assertThat(MarkedTextSplitter.split(" ", 100)).isEmpty();
    }

    @Test
    void whatHasNoMarksIsCutAsEver() {
        String text = "every word counts, 2 * 3 too ".repeat(20).strip();

        assertThat(MarkedTextSplitter.split(text, 100)).isEqualTo(TextSplitter.split(text, 100));
    }

    @Test
    void theCutIsPutBeforeWhatIsMarked() {
        String text = "a".repeat(80) + " *this is bold and long enough* end";

        assertThat(MarkedTextSplitter.split(text, 100))
                .containsExactly("a".repeat(80), "*this is bold and long enough* end");
    }

    @Test
    void marksThatAreTooLongForThatAreClosedAndOpenedAgain() {
        String text = "x *_" + "bold and italic ".repeat(10).strip() + "_* y";

        List<String> parts = MarkedTextSplitter.split(text, 100);

        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst()).startsWith("x *_bold").endsWith("_*");
        assertThat(parts.getLast()).startsWith("*_").endsWith("italic_* y");
        assertThat(parts).allMatch(part -> part.length() <= 100);
    }

    @Test
    void aBlockOfCodeIsABlockInEachPart() {
        String text = "```\n" + "int x = 1;\n".repeat(20) + "```";

        assertThat(MarkedTextSplitter.split(text, 100))
                .allSatisfy(part ->
                        assertThat(part).startsWith("```").endsWith("```").hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void everyPartHasItsMarksInPairsAndNothingIsLost() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> words = List.of("one ", "two ", "*bold* ", "_it_ ", "*_both of them_* ", "~gone for good~ ", "\n");
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder("*");
            for (int count = random.nextInt(200); count >= 0; count--) {
                text.append(round % 2 == 0 ? words.get(random.nextInt(words.size())) : "bold ");
            }
            String marked = round % 2 == 0 ? text.substring(1) : text.toString().strip() + "*";
            List<String> parts = MarkedTextSplitter.split(marked, 64 + random.nextInt(100));

            assertThat(letters(String.join("", parts))).as("seed %d", SEED).isEqualTo(letters(marked));
            assertThat(parts).as("seed %d", SEED).allSatisfy(part -> {
                for (char mark : List.of('*', '_', '~')) {
                    assertThat(part.chars().filter(one -> one == mark).count() % 2)
                            .as(part)
                            .isZero();
                }
            });
        }
    }

    private static String letters(String text) {
        return text.replaceAll("[^a-z]", "");
    }
}
