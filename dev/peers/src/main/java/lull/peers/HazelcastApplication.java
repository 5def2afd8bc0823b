package lull.peers;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.aggregate.AggregateOperations;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.kafka.KafkaSinks;
import com.hazelcast.jet.kafka.KafkaSources;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.Sink;
import com.hazelcast.jet.pipeline.StreamSource;
import com.hazelcast.jet.pipeline.WindowDefinition;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import lull.bench.peer.SessionTurns;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.Work;
import lull.contract.message.Message;
import lull.contract.topic.Topic;
import lull.runtime.Lifecycle;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A job of Hazelcast Jet in an embedded member of its own: event time by the broker's timestamps,
/// duplicates dropped by a filter with state that lives for seven days, session windows, and a sink
/// that writes exactly once. Like Lull, which has one thread, it has one cooperative thread and a
/// parallelism of one.
final class HazelcastApplication implements TurnApplication {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
    private static final Duration MEMORY = Duration.ofDays(7);

    private final String bootstrapServers;
    private final Duration snapshotInterval;

    HazelcastApplication(String bootstrapServers, Duration snapshotInterval) {
        this.bootstrapServers = bootstrapServers;
        this.snapshotInterval = snapshotInterval;
    }

    /// A message of the input.
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Read(String conversation, String id, byte[] value) implements Serializable {

        /// Null, by which Jet ignores a record, if it is no message.
        static @Nullable Read of(ConsumerRecord<byte[], byte[]> record) {
            if (SessionTurns.read(record.value()) instanceof Message message) {
                return new Read(new String(record.key(), StandardCharsets.UTF_8), message.id(), record.value());
            }
            HandledRecords.count();
            return null;
        }
    }

    /// Whether a message has been seen.
    private static final class Seen implements Serializable {
        private boolean isSeen;

        boolean isFirst() {
            boolean isFirst = !isSeen;
            isSeen = true;
            HandledRecords.count();
            return isFirst;
        }
    }

    @Override
    public Started start(Work work, Lifecycle components) throws Exception {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(configuration(work));
        components.add("member", member::shutdown);
        JobConfig configuration = new JobConfig()
                .setName(work.round())
                .setProcessingGuarantee(ProcessingGuarantee.EXACTLY_ONCE)
                .setSnapshotIntervalMillis(snapshotInterval.toMillis());
        HandledRecords handled = HandledRecords.fromNow();
        Job job = member.getJet().newJob(pipeline(work), configuration);
        while (job.getStatus() != JobStatus.RUNNING) {
            throwFailure(job);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return () -> {
            throwFailure(job);
            return handled.number();
        };
    }

    private static void throwFailure(Job job) {
        if (job.getStatus() == JobStatus.FAILED) {
            job.join();
        }
    }

    private static Config configuration(Work work) {
        Config configuration = new Config();
        configuration.setClusterName(work.round());
        configuration.setProperty("hazelcast.logging.type", "slf4j");
        configuration.setProperty("hazelcast.phone.home.enabled", "false");
        configuration.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        configuration.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        configuration.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        configuration.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
        return configuration;
    }

    private Pipeline pipeline(Work work) {
        Duration gap = work.gap();
        Pipeline pipeline = Pipeline.create();
        pipeline.setPreserveOrder(true);
        pipeline.readFrom(source(work))
                .withNativeTimestamps(0)
                .setLocalParallelism(1)
                .groupingKey(Read::id)
                .filterStateful(MEMORY.toMillis(), Seen::new, (seen, _) -> seen.isFirst())
                .setLocalParallelism(1)
                .groupingKey(Read::conversation)
                .window(WindowDefinition.session(gap.toMillis()))
                .aggregate(AggregateOperations.mapping(Read::value, AggregateOperations.toList()))
                .setLocalParallelism(1)
                .map(window -> Map.entry(
                        window.key().getBytes(StandardCharsets.UTF_8),
                        new SessionTurns(gap).write(window.key(), window.start(), window.result())))
                .setLocalParallelism(1)
                .writeTo(sink(work))
                .setLocalParallelism(1);
        return pipeline;
    }

    private StreamSource<Read> source(Work work) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, work.round());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return KafkaSources.<byte[], byte[], Read>kafka(properties, Read::of, work.input());
    }

    private Sink<Map.Entry<byte[], byte[]>> sink(Work work) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        // As Lull's.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        return KafkaSinks.<Map.Entry<byte[], byte[]>>kafka(properties)
                .topic(work.output())
                .extractKeyFn(Map.Entry::getKey)
                .extractValueFn(Map.Entry::getValue)
                .exactlyOnce(true)
                .build();
    }
}
