package lull.peers;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.bench.peer.LaneApplication;
import lull.bench.peer.LaneHandler;
import lull.bench.peer.LaneWork;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Handles records with Confluent's parallel-consumer: ordered by key, with as many threads as Lull handles records at
/// a
/// time, and offsets committed as often.
///
/// @param bootstrapServers the broker's address
record ParallelConsumerApplication(String bootstrapServers) implements LaneApplication {

    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);

    @Override
    public void start(LaneWork work, LaneHandler handler, Lifecycle components) {
        Map<String, Object> properties =
                new HashMap<>(KafkaSetup.at(bootstrapServers).consumer("parallel-consumer"));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, work.group());
        properties.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) work.session().toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) work.session().toMillis() / 10);
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        ParallelStreamProcessor<String, byte[]> processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<String, byte[]>builder()
                        .consumer(consumer)
                        .ordering(ParallelConsumerOptions.ProcessingOrder.KEY)
                        .maxConcurrency(work.slots())
                        .commitMode(ParallelConsumerOptions.CommitMode.PERIODIC_CONSUMER_ASYNCHRONOUS)
                        .commitInterval(COMMIT_EVERY)
                        .build());
        components.add("parallel-consumer", processor::closeDrainFirst);
        processor.subscribe(List.of(work.topic()));
        processor.poll(context -> handle(context.value(), handler));
    }

    private static void handle(byte[] value, LaneHandler handler) {
        try {
            handler.handle(value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
