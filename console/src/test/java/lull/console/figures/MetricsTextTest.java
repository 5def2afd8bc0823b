package lull.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricsTextTest {

    @Test
    void readsTheMetersThatAreWantedWithTheirTags() {
        String text = """
                # HELP lull_turns_open open turns
                # TYPE lull_turns_open gauge
                lull_turns_open{topic="a"} 3.0
                lull_turns_open{topic="b \\"quoted\\", with } and \\\\",other="x"} 4
                lull_ready 1.0
                jvm_threads 7
                """;

        assertThat(MetricsText.read(text, Set.of("lull_turns_open", "lull_ready")))
                .containsExactly(
                        new Sample("lull_turns_open", Map.of("topic", "a"), 3),
                        new Sample("lull_turns_open", Map.of("topic", "b \"quoted\", with } and \\", "other", "x"), 4),
                        new Sample("lull_ready", Map.of(), 1));
    }

    @Test
    void readsWhatIsNoNumberAndSkipsWhatIsNoMeter() {
        assertThat(MetricsText.read("a NaN\na +Inf\na{x=\"1\na\na x\n\n{} 1", Set.of("a")))
                .extracting(Sample::value)
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY);
    }
}
