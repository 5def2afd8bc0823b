package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoadTest {

    @Test
    void isReadAsItIsWritten() {
        Load closed = new Load.Closed(8080, Duration.ofMillis(1500));
        Load open = new Load.Open(8080, Duration.ofMinutes(2), 1234.5678);

        assertThat(Load.parse(closed.line())).isEqualTo(closed);
        assertThat(Load.parse(open.line())).isEqualTo(open);
    }

    @Test
    void requestsOfAnOpenLoadAreDueAtAConstantRate() {
        Load.Open load = new Load.Open(8080, Duration.ofSeconds(2), 400);

        assertThat(load.arrivals()).isEqualTo(800);
        assertThat(load.due(0)).isZero();
        assertThat(load.due(1)).isEqualTo(2_500_000);
        assertThat(load.due(799)).isEqualTo(1_997_500_000L);
    }

    @Test
    void anOpenLoadHasARate() {
        assertThatThrownBy(() -> new Load.Open(8080, Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Load.parse("flood 8080 PT1S")).isInstanceOf(IllegalArgumentException.class);
    }
}
