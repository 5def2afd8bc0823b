package lull.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/// The log as people read it.
final class TextLogTest {

    private static final String CONFIGURATION = """
            <configuration>
              <include resource="logback-text.xml"/>
              <root level="INFO"><appender-ref ref="out"/></root>
            </configuration>
            """;

    @ParameterizedTest
    @ValueSource(strings = {"a\nERROR", "a\r\nERROR", "\u0000", "\u001b[31m", "a\u0085ERROR", "a\u2028ERROR"})
    void aValueDoesNotBeginALine(String value) throws JoranException {
        String line = written(value);

        assertThat(line).endsWith(System.lineSeparator());
        assertThat(line.substring(0, line.length() - System.lineSeparator().length()))
                .contains(" by=\"")
                .doesNotContainPattern("[\\p{Cc}\\p{Zl}]");
    }

    /// Commands say so in one sentence, and services once.
    @Test
    void warningsOfKafkasClientsThatABrokerIsNotReachedAreLeftOut() throws JoranException {
        LoggerContext context = configured();
        try {
            assertThat(context.getLogger("org.apache.kafka.clients.NetworkClient")
                            .isWarnEnabled())
                    .isFalse();
            assertThat(context.getLogger("org.apache.kafka.clients.consumer").isWarnEnabled())
                    .isTrue();
        } finally {
            context.stop();
        }
    }

    private static LoggerContext configured() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(CONFIGURATION.getBytes(StandardCharsets.UTF_8)));
        return context;
    }

    @SuppressWarnings("unchecked") // It is the only appender.
    private static String written(String value) throws JoranException {
        LoggerContext context = configured();
        ConsoleAppender<ILoggingEvent> out =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("out");
        LoggingEvent event = new LoggingEvent(
                TextLogTest.class.getName(), context.getLogger("lull"), Level.INFO, "Changed", null, null);
        event.addKeyValuePair(new KeyValuePair("by", value));
        try {
            return new String(out.getEncoder().encode(event), StandardCharsets.UTF_8);
        } finally {
            context.stop();
        }
    }
}
