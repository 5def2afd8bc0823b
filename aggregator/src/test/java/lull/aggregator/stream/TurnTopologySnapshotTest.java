package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.topic.Topics;
import org.junit.jupiter.api.Test;

final class TurnTopologySnapshotTest {

    /// A changed name or shape orphans the state of running installations. If the change is meant, write down in
    /// `docs/decisions/` how they get over it, and put the new description into `expected-topology.txt`.
    @Test
    void doesNotChangeUnintentionally() throws IOException {
        TurnTopology.Options options = new TurnTopology.Options(
                Topics.MESSAGE_RECEIVED.name(),
                Topics.TURN_CLOSED.name(),
                InputPolicy.of(TurnPolicy.ofGap(Duration.ofSeconds(5))));

        String description = TurnTopology.build(options, new NoTimer(), new SimpleMeterRegistry())
                .describe()
                .toString();

        assertThat(description.strip()).isEqualTo(expected().strip());
    }

    private static final class NoTimer implements TickTimer {
        @Override
        public void due(int partition, long inMillis) {}

        @Override
        public void nothingDue(int partition) {}

        @Override
        public void read(int partition) {}

        @Override
        public void released(int partition) {}
    }

    private static String expected() throws IOException {
        try (InputStream in = TurnTopologySnapshotTest.class.getResourceAsStream("/expected-topology.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
