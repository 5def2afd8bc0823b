package lull.aggregator.stream;

import java.util.Map;
import lull.contract.topic.DeadLetterReason;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handler of records that the producer rejects. Turns are measured before they are sent, so only a
/// dead letter can be too large: with the reason in its headers it is larger than its input record.
/// Such a record is counted, logged with its position, and stays in the input topic. Any other error
/// fails the thread, and with it the transaction.
///
/// Public because Kafka Streams creates it by its name.
public final class OversizedDeadLetterHandler implements ProductionExceptionHandler {

    /// The name of the property by which the handler gets the metrics of its topic.
    public static final String METRICS = "lull.metrics";

    private static final Logger log = LoggerFactory.getLogger(OversizedDeadLetterHandler.class);

    private @Nullable AggregatorMetrics metrics;

    @Override
    public void configure(Map<String, ?> configuration) {
        if (configuration.get(METRICS) instanceof AggregatorMetrics given) {
            metrics = given;
        }
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        String deadLetters = Topics.input(context.topic()).deadLetters().name();
        if (!(exception instanceof RecordTooLargeException) || !record.topic().equals(deadLetters)) {
            // The default of Kafka Streams would create a dead letter for a changelog's record, and
            // fail on it.
            return exception instanceof RetriableException ? Response.retry() : Response.fail();
        }
        AggregatorMetrics counted = metrics;
        if (counted != null) {
            counted.deadLetter(DeadLetterReason.TOO_LARGE.word());
        }
        log.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .log("A dead letter is too large for its topic; the record stays in its own topic");
        return Response.resume();
    }
}
