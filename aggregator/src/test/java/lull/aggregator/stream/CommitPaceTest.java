package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeCount;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;

/// The context of Kafka's own test kit records what is requested and scheduled; time is what the test says.
final class CommitPaceTest {

    private static final long START = 1_764_300_000_000L;

    private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private final CommitPace pace = new CommitPace(Duration.ofMillis(50), Duration.ofSeconds(2));

    @Test
    void commitsATurnAtOnceIfTheLastCommitIsLongAgo() {
        forwarded(START, START - 10);

        assertThat(committed()).isTrue();
        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void waitsForTheIntervalAfterACommit() {
        forwarded(START, START - 10);
        committed();

        forwarded(START + 20, START + 20);

        assertThat(committed()).isFalse();
        assertThat(pending()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void commitsWhenTheIntervalIsOver() {
        forwarded(START, START);
        committed();
        forwarded(START + 20, START + 20);

        punctuate(START + 70);

        assertThat(committed()).isTrue();
        assertThat(context.scheduledPunctuators().getFirst().cancelled()).isTrue();
    }

    @Test
    void schedulesOneCommitForAllTurnsOfAnInterval() {
        forwarded(START, START);
        committed();
        forwarded(START + 20, START + 20);
        forwarded(START + 30, START + 30);
        forwarded(START + 40, START + 40);

        assertThat(context.scheduledPunctuators()).hasSize(1);
    }

    @Test
    void schedulesTheNextIntervalToo() {
        forwarded(START, START);
        forwarded(START + 20, START + 20);
        punctuate(START + 70);
        committed();

        forwarded(START + 90, START + 90);

        assertThat(committed()).isFalse();
        assertThat(context.scheduledPunctuators()).hasSize(2);
    }

    @Test
    void commitsAtOnceAfterALongSilence() {
        forwarded(START, START);
        committed();

        forwarded(START + 10_000, START + 10_000);

        assertThat(committed()).isTrue();
    }

    @Test
    void leavesItToKafkaStreamsWhileItCatchesUp() {
        forwarded(START, START - 2_001);

        assertThat(committed()).isFalse();
        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void commitsARecordOfTheFuture() {
        forwarded(START, START + 60_000);

        assertThat(committed()).isTrue();
    }

    @Test
    void countsTheIntervalFromTheEndOfACommit() {
        Sensor commits = commits();
        forwarded(START, START);
        assertThat(committed()).isTrue();

        forwarded(START + 200, START + 200);
        assertThat(committed()).isFalse();

        commits.record();
        punctuate(START + 210);
        forwarded(START + 220, START + 220);

        assertThat(committed()).isFalse();
        assertThat(pending()).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void requestsAgainIfACommitNeverComes() {
        Sensor _ = commits();
        forwarded(START, START);
        committed();

        forwarded(START + 1_001, START + 1_001);
        punctuate(START + 1_051);

        assertThat(committed()).isTrue();
    }

    @Test
    void requestsNothingIfItIsOff() {
        context.setCurrentSystemTimeMs(START);

        CommitPace.OFF.forwarded(context, START);

        assertThat(committed()).isFalse();
    }

    /// The meter of the commits of this thread.
    private Sensor commits() {
        Sensor commits = context.metrics().addSensor("commit", Sensor.RecordingLevel.INFO);
        commits.add(
                new MetricName(
                        "commit-total",
                        "stream-thread-metrics",
                        "",
                        Map.of("thread-id", Thread.currentThread().getName())),
                new CumulativeCount());
        return commits;
    }

    private void forwarded(long now, long append) {
        context.setCurrentSystemTimeMs(now);
        pace.forwarded(context, append);
    }

    private boolean committed() {
        boolean committed = context.committed();
        context.resetCommit();
        return committed;
    }

    private Duration pending() {
        return context.scheduledPunctuators().getLast().getInterval();
    }

    private void punctuate(long now) {
        context.setCurrentSystemTimeMs(now);
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(now);
    }
}
