package lull.lanes.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.lanes.Incoming;
import lull.runtime.kafka.NotAcknowledged;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultLogTest {

    private static final int ADDED = 20_000;

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final MemoryPartitionTailReader<String> tail = new MemoryPartitionTailReader<>(_ -> "id", List.of());
    private final ResultLog<String> results = new ResultLog<>(Topics.REPLY_SENT, tail, producer);

    @Test
    void whatCouldNotBeWrittenIsWrittenFirstInOrderAndOnceInItsOwnPartition() {
        producer.failAfter(0);
        for (String value : List.of("same", "same")) {
            assertThatExceptionOfType(NotAcknowledged.class).isThrownBy(() -> results.add(incoming(1), "id", value));
        }
        assertThatExceptionOfType(NotAcknowledged.class).isThrownBy(() -> results.of(incoming(2), "id"));
        producer.heal();

        results.add(incoming(2), "other", "of another id");
        results.add(incoming(2), "id", "third");
        assertThat(results.of(incoming(2), "id")).containsExactly("same", "same", "of another id", "third");

        assertThat(producer.entries())
                .extracting(MemoryAcknowledgedProducer.Entry::partition, MemoryAcknowledgedProducer.Entry::value)
                .containsExactly(tuple(2, "of another id"), tuple(1, "same"), tuple(1, "same"), tuple(2, "third"));
    }

    @Test
    void twoLanesThatHaveTheSameIdAtOnceLoseNothing() throws Exception {
        List<Object> written = Collections.synchronizedList(new ArrayList<>());
        ResultLog<String> shared = new ResultLog<>(Topics.REPLY_SENT, new NoTail(), new Writing(written));

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> lanes =
                    threads.invokeAll(List.of(lane("a", shared, written), lane("b", shared, written)));
            for (Future<Boolean> lane : lanes) {
                assertThat(lane.get()).isTrue();
            }
        }

        assertThat(written).hasSize(2 * ADDED).doesNotHaveDuplicates();
        assertThat(written.stream().filter(value -> value.toString().startsWith("a")))
                .isSortedAccordingTo((one, other) -> number(one) - number(other));
    }

    /// A lane whose every value is written when the call that adds it returns.
    private static Callable<Boolean> lane(String name, ResultLog<String> results, List<Object> written) {
        return () -> {
            for (int i = 0; i < ADDED; i++) {
                results.add(incoming(0), "id", name + i);
                if (i % 100 == 0 && !written.contains(name + i)) {
                    return false;
                }
                if (i % 7 == 0) {
                    results.of(incoming(0), "id");
                }
            }
            return true;
        };
    }

    private static int number(Object value) {
        return Integer.parseInt(value.toString().substring(1));
    }

    private static Incoming<String> incoming(int partition) {
        return new Incoming<>(partition, 0, 1, "key", "value", Instant.EPOCH, 0);
    }

    private record Writing(List<Object> written) implements AcknowledgedProducer {

        @Override
        public Written append(Topic topic, String key, @Nullable Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Written append(Topic topic, int partition, String key, Object value) {
            written.add(value);
            return new Written(partition, 0);
        }

        @Override
        public Written appendAt(Topic topic, String key, Object value, long timestampMillis) {
            throw new UnsupportedOperationException();
        }
    }

    private record NoTail() implements PartitionTailReader<String> {

        @Override
        public List<String> of(int partition, long assignment, String key) {
            return List.of();
        }

        @Override
        public void refresh(int partition, long assignment) {}

        @Override
        public void add(int partition, long assignment, String key, String value) {}
    }
}
