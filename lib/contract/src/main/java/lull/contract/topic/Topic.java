package lull.contract.topic;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Definition of a topic: its content, and how the broker keeps it. Immutable.
///
/// @param key what the record's key is, in words
/// @param value what the record's value is: the simple name of its type
/// @param kept how long or how records are kept
/// @param stamped whose clock sets the records' timestamps
public record Topic(String name, String key, String value, Kept kept, Stamped stamped) {

    /// The maximum size of a record of a topic, in bytes.
    public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

    /// The maximum size of a value that Lull writes, in bytes: leaves room for key and headers, also
    /// for those of a dead letter.
    public static final int MAX_VALUE_BYTES = MAX_MESSAGE_BYTES - 64 * 1024;

    /// The clock that sets the records' timestamps.
    public enum Stamped {
        /// The broker's, when a record is appended (`LogAppendTime`).
        BY_BROKER("LogAppendTime"),
        /// The producer's (`CreateTime`).
        BY_PRODUCER("CreateTime");

        private final String configValue;

        Stamped(String configValue) {
            this.configValue = configValue;
        }

        public String configValue() {
            return configValue;
        }
    }

    /// How records are kept.
    public sealed interface Kept {

        /// Records older than this are deleted.
        record For(Duration retention) implements Kept {}

        /// The latest record of each key is kept forever.
        ///
        /// @param segmentBytes size of a log segment; absent: the broker's default
        /// @param maxLag how long a record may stay uncompacted; absent: the broker's default
        record LatestOfEachKey(
                @Nullable Integer segmentBytes, @Nullable Duration maxLag) implements Kept {}
    }

    /// Returns its dead-letter topic.
    public Topic deadLetters() {
        return new Topic(
                name + ".dlq",
                "key of the original record",
                "bytes of the original record; the reason is in its headers",
                new Kept.For(Duration.ofDays(30)),
                Stamped.BY_PRODUCER);
    }

    /// Returns the broker's settings for it, without `min.insync.replicas`, which depends on the
    /// cluster.
    public Map<String, String> config() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        config.put("message.timestamp.type", stamped.configValue());
        switch (kept) {
            case Kept.For(Duration retention) -> {
                config.put("cleanup.policy", "delete");
                config.put("retention.ms", Long.toString(retention.toMillis()));
            }
            case Kept.LatestOfEachKey latest -> {
                config.put("cleanup.policy", "compact");
                Integer segmentBytes = latest.segmentBytes();
                if (segmentBytes != null) {
                    config.put("segment.bytes", segmentBytes.toString());
                }
                Duration maxLag = latest.maxLag();
                if (maxLag != null) {
                    config.put("max.compaction.lag.ms", Long.toString(maxLag.toMillis()));
                }
            }
        }
        return config;
    }
}
