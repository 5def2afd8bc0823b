package lull.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class ClientWarningLimitTest {

    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final ClientWarningLimit limit = new ClientWarningLimit();

    @BeforeEach
    void listen() {
        written.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
        context.addTurboFilter(limit);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void writesTheFirstWarningsOfALoggerAndCountsTheOthers() {
        warn(CLIENT, 20);

        assertThat(lines()).hasSize(3);
        assertThat(limit.suppressed()).isEqualTo(17);
    }

    @Test
    void writesAsFewOfWhatStrangersMakeJettyWarnOf() {
        for (int i = 0; i < 20; i++) {
            context.getLogger("org.eclipse.jetty.http.HttpParser").warn("Host: [::" + "1".repeat(7_200));
        }

        assertThat(lines()).hasSize(3);
        assertThat(limit.suppressed()).isEqualTo(17);
    }

    @Test
    void writesAsFewOfWhatClientsThatDoNotReadMakeJavalinLog() {
        for (int i = 0; i < 20; i++) {
            context.getLogger("io.javalin.Javalin").warn("Uncaught exception", new IllegalStateException("closed"));
            context.getLogger("io.javalin.Javalin").error("Exception occurred while servicing http-request");
        }

        assertThat(lines()).hasSize(3);
        assertThat(limit.suppressed()).isEqualTo(37);
    }

    @Test
    void writesTheFirstWarningsAgainInTheNextMinute() {
        warn(CLIENT, 20);
        limit.nextMinute();
        warn(CLIENT, 20);

        assertThat(lines()).hasSize(6);
        assertThat(limit.suppressed()).isEqualTo(34);
    }

    @Test
    void countsEachLoggerByItself() {
        warn(CLIENT, 20);
        warn("org.apache.kafka.clients.consumer.internals.Fetcher", 2);

        assertThat(lines()).hasSize(5);
    }

    @Test
    void letsEverythingElsePass() {
        warn("lull.lanes.KeyedConsumer", 20);
        for (int i = 0; i < 20; i++) {
            context.getLogger(CLIENT).error("Authentication failed");
            context.getLogger(CLIENT).info("Connected");
        }

        assertThat(lines()).hasSize(60);
        assertThat(limit.suppressed()).isZero();
    }

    @Test
    void doesNotCountWhatIsNotWrittenAnyway() {
        context.getLogger("org.apache.kafka").setLevel(Level.ERROR);
        for (int i = 0; i < 20; i++) {
            assertThat(context.getLogger(CLIENT).isWarnEnabled()).isFalse();
        }
        warn(CLIENT, 20);

        assertThat(lines()).isEmpty();
        assertThat(limit.suppressed()).isZero();
    }

    private void warn(String logger, int times) {
        for (int i = 0; i < times; i++) {
            context.getLogger(logger).warn("Connection to node {} could not be established", -1);
        }
    }

    private List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
