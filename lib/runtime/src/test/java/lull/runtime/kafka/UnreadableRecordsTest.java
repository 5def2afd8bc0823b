package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class UnreadableRecordsTest {

    @Test
    void warnsOfEachRecordOnceHoweverOftenItIsRead() {
        Logger logger = (Logger) LoggerFactory.getLogger(UnreadableRecordsTest.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        UnreadableRecords unreadable = new UnreadableRecords(logger);

        for (int read = 0; read < 3; read++) {
            unreadable.skipped(new ConsumerRecord<>("connect.chat", 0, 7, "key", "x"), "Not JSON");
            unreadable.skipped(new ConsumerRecord<>("connect.chat", 1, 7, "key", "x"), "Not JSON");
        }
        logger.detachAppender(appender);

        assertThat(appender.list).hasSize(2);
    }
}
