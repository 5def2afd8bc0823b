package lull.runtime.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/// Partition that Kafka's producers choose for a key.
public final class Partitions {

    private Partitions() {}

    /// Returns the partition of a key, as the Java client's default partitioner chooses it: a murmur2
    /// hash of its bytes.
    ///
    /// @param count partitions of the topic, at least 1
    public static int of(String key, int count) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
    }
}
