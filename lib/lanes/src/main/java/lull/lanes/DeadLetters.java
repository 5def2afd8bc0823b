package lull.lanes;

import lull.contract.topic.DeadLetterReason;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Dead-letter topics for records that can never be handled.
@FunctionalInterface
public interface DeadLetters {

    /// Writes the record with its key, bytes and headers and the reason; returns after the broker has
    /// acknowledged it.
    ///
    /// @param reason what is wrong, in words
    void write(ConsumerRecord<byte[], byte[]> record, DeadLetterReason why, String reason);
}
