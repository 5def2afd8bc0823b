package lull.bench;

import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;
import lull.runtime.Lifecycle;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/// A [SessionTopology] with the guarantee and the settings that the aggregator has, so that nothing but the
/// topologies differs. Only where the suppression has a use for a cache, it has one.
final class SessionApplication implements TurnApplication {

    private static final long CACHE_BYTES = 64 * 1024 * 1024;

    private final TurnForm form;
    private final String bootstrapServers;
    private final String folder;

    SessionApplication(TurnForm form, String bootstrapServers, String folder) {
        this.form = form;
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
    }

    @Override
    public Started start(Work work, Lifecycle components) throws InterruptedException {
        KafkaStreams streams = new KafkaStreams(SessionTopology.build(form, work), properties(work));
        CountDownLatch running = new CountDownLatch(1);
        streams.setStateListener((state, _) -> {
            if (state == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
        streams.start();
        components.add("sessions", streams);
        running.await();
        return new StreamsApplication(() -> -1);
    }

    private Properties properties(Work work) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, work.round());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, Path.of(folder).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, form.commitInterval().toMillis());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 1);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, form.emitsOnClose() ? 0 : CACHE_BYTES);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_MESSAGE_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
        return properties;
    }
}
