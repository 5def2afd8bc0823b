package lull.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class OutageLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(OutageLogTest.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();
    private final OutageLog log = new OutageLog(logger, "flow", "lull-turn-to-chat", now::get);

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(appender);
    }

    @Test
    void logsAnOutageOnceWithItsCauseThenOnceAMinuteAndThatItIsOver() {
        log.passed();
        for (int second = 0; second <= 130; second++) {
            log.failed(new IllegalStateException("no broker"));
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        log.passed();
        log.passed();

        assertThat(appender.list)
                .extracting(ILoggingEvent::getMessage)
                .containsExactly(
                        "Cannot read; retrying",
                        "Still cannot read; retrying",
                        "Still cannot read; retrying",
                        "Can read again");
        assertThat(appender.list)
                .extracting(event -> event.getThrowableProxy() != null)
                .containsExactly(true, false, false, false);
    }

    @Test
    void logsTheNextOutageWithItsCauseToo() {
        log.failed(new IllegalStateException("first"));
        log.passed();
        log.failed(new IllegalStateException("second"));

        assertThat(appender.list).hasSize(3);
        assertThat(appender.list.getLast().getThrowableProxy()).isNotNull();
    }
}
