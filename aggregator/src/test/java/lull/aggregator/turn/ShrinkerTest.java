package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkerTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void leavesNothingButWhatFails() {
        assertThat(Shrinker.shrink(HUNDRED, list -> list.containsAll(List.of(3, 50, 51))))
                .containsExactly(3, 50, 51);
    }

    @Test
    void leavesOutWhatIsSuperfluousOnlyWhenSomethingElseIsGone() {
        // The first may go only when the last is gone.
        assertThat(Shrinker.shrink(HUNDRED, list -> list.contains(7) && (list.contains(0) || !list.contains(99))))
                .containsExactly(7);
    }

    @Test
    void leavesAListThatFailsAsAWhole() {
        assertThat(Shrinker.shrink(HUNDRED, list -> list.size() == 100)).isEqualTo(HUNDRED);
    }
}
