package lull.ingress.kafka;

import java.util.List;
import lull.ingress.webhook.IngressRecord;

/// Port that writes records to Kafka, as [Publisher] does.
@FunctionalInterface
public interface RecordPublisher {

    /// Whether the broker has acknowledged all the records in time. Some may be written even if the result
    /// is false.
    boolean publish(List<IngressRecord> records) throws InterruptedException;
}
