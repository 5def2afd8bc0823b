package lull.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lull.bench.peer.TurnApplication;
import lull.bench.peer.Work;
import lull.contract.topic.Topic;
import lull.runtime.Lifecycle;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/// A job of Flink in a local cluster: event time by the broker's timestamps, watermarks by partition,
/// duplicates dropped by state that lives for seven days, session windows, and a sink that writes
/// exactly once. Like Lull, which has one thread, it has a parallelism of one.
final class FlinkApplication implements TurnApplication {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();
    private static final String MANAGED_MEMORY = "256m";
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(10);

    private final String bootstrapServers;
    private final Path folder;
    private final FlinkOptions options;

    FlinkApplication(String bootstrapServers, Path folder, FlinkOptions options) {
        this.bootstrapServers = bootstrapServers;
        this.folder = folder;
        this.options = options;
    }

    @Override
    public Started start(Work work, Lifecycle components) throws Exception {
        Path checkpoints = Files.createDirectories(folder.resolve(work.round()));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration(checkpoints));
        environment.getConfig().enableObjectReuse();
        pipeline(environment, work);
        HandledRecords handled = HandledRecords.fromNow();
        JobClient job = environment.executeAsync(work.round());
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        components.add("job", () -> cancel(job, result));
        while (job.getJobStatus().get() != JobStatus.RUNNING) {
            throwFailure(result);
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return () -> {
            throwFailure(result);
            return handled.number();
        };
    }

    private static void throwFailure(CompletableFuture<JobExecutionResult> result) throws Exception {
        if (result.isDone()) {
            result.get();
        }
    }

    private Configuration configuration(Path checkpoints) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, options.stateBackend());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse(MANAGED_MEMORY));
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpointInterval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        latest(checkpoints)
                .ifPresent(checkpoint -> configuration.set(
                        StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString()));
        return configuration;
    }

    /// The last checkpoint that is complete.
    private static Optional<Path> latest(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            List<Path> complete = files.filter(
                            file -> file.getFileName().toString().equals("_metadata"))
                    .map(Path::getParent)
                    .toList();
            return complete.stream().max(Comparator.comparingLong(FlinkApplication::modified));
        }
    }

    private static long modified(Path checkpoint) {
        return checkpoint.resolve("_metadata").toFile().lastModified();
    }

    private void pipeline(StreamExecutionEnvironment environment, Work work) {
        KafkaSource<Tuple3<String, String, byte[]>> source = KafkaSource.<Tuple3<String, String, byte[]>>builder()
                .setBootstrapServers(bootstrapServers)
                .setTopics(work.input())
                .setGroupId(work.round())
                .setClientIdPrefix(work.round())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new FlinkFunctions.MessageReader())
                .build();
        DataStream<Tuple3<String, String, byte[]>> messages = environment
                .fromSource(source, watermarks(options.idleness()), "messages")
                .keyBy(message -> message.f0)
                .process(new FlinkFirstSeen());
        // They still have the key by which they were partitioned: a second exchange would cost and change nothing.
        DataStreamUtils.reinterpretAsKeyedStream(messages, message -> message.f0)
                .window(EventTimeSessionWindows.withGap(work.gap()))
                .process(new FlinkFunctions.WindowToTurn(work.gap()))
                .sinkTo(sink(work));
    }

    private static WatermarkStrategy<Tuple3<String, String, byte[]>> watermarks(@Nullable Duration idleness) {
        WatermarkStrategy<Tuple3<String, String, byte[]>> watermarks = WatermarkStrategy.forMonotonousTimestamps();
        return idleness == null ? watermarks : watermarks.withIdleness(idleness);
    }

    private KafkaSink<Tuple2<byte[], byte[]>> sink(Work work) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        // As Lull's.
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(bootstrapServers)
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(work.round())
                .setRecordSerializer(new FlinkFunctions.TurnWriter(work.output()))
                .build();
    }

    /// The local cluster ends with its only job.
    private static void cancel(JobClient job, CompletableFuture<JobExecutionResult> result) throws Exception {
        if (!result.isDone()) {
            job.cancel().get();
            result.handle((ended, canceled) -> true).get();
        }
    }
}
