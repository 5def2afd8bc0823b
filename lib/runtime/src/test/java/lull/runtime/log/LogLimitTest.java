package lull.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LogLimitTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(LogLimitTest.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;
    private final LogLimit limit = new LogLimit(log, () -> now);

    LogLimitTest() {
        log.setAdditive(false);
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void writesTheFirstOfEachEventAndCountsTheRest() {
        for (int i = 0; i < 1_000; i++) {
            limit.warn("Notification rejected", "reason " + i);
        }
        limit.warn("Something else", "why");

        assertThat(lines.list).hasSize(LogLimit.FIRST + 1);
        assertThat(lines.list.getLast().getFormattedMessage()).isEqualTo("Something else");

        now += Duration.ofMinutes(1).toNanos();
        limit.warn("Notification rejected", "again");

        assertThat(lines.list.getLast().getKeyValuePairs().toString())
                .contains("again")
                .contains("suppressed=\"" + (1_000 - LogLimit.FIRST) + "\"");
    }
}
