package lull.runtime.kafka;

import lull.runtime.BoundedMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;

/// Warnings of records that cannot be read and are skipped: one for each record, however often it is
/// read. Safe for several threads.
public final class UnreadableRecords {

    private static final int MOST = 1_024;

    private final Logger log;
    private final BoundedMap<String, Boolean> warned = new BoundedMap<>(MOST);

    public UnreadableRecords(Logger log) {
        this.log = log;
    }

    /// Logs a warning for a record, unless it is one of the last for which one was logged.
    public void skipped(ConsumerRecord<?, ?> record, String reason) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        synchronized (warned) {
            if (warned.putIfAbsent(place, true) != null) {
                return;
            }
        }
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", reason)
                .log("Unreadable record skipped");
    }
}
