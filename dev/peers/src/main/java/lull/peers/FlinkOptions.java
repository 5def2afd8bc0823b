package lull.peers;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a Flink job is run.
///
/// @param stateBackend `hashmap` or `rocksdb`
/// @param checkpointInterval how often it takes a checkpoint, which is when turns can be read
/// @param idleness after which time without a record a partition is not waited for; null to wait for
///     all partitions
record FlinkOptions(
        String stateBackend,
        Duration checkpointInterval,
        @Nullable Duration idleness) {

    /// Those of its JVM: what Flink's own configuration opens.
    static final List<String> JAVA = Stream.of(
                    "java.lang",
                    "java.net",
                    "java.io",
                    "java.nio",
                    "sun.nio.ch",
                    "java.lang.reflect",
                    "java.text",
                    "java.time",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();
}
