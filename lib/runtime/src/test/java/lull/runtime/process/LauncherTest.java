package lull.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

final class LauncherTest {

    @Test
    void endsWithCodeOneAndStopsWhatItHadStartedWhereAStartFails() {
        List<String> stopped = new ArrayList<>();

        int exitCode = Launcher.run("test", Duration.ofSeconds(20), components -> {
            components.add("first", () -> stopped.add("first"));
            throw new IllegalStateException("on purpose");
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(stopped).containsExactly("first");
    }

    @Test
    void logsOfAFailureThatNobodyExpectedWhereItIsAndNotWhatItQuotes() {
        Logger logger = (Logger) LoggerFactory.getLogger(Launcher.class);
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        logger.addAppender(written);

        int exitCode = Launcher.run("test", Duration.ofSeconds(20), _ -> {
            throw new IllegalArgumentException("Illegal character in: SECRET");
        });

        logger.detachAppender(written);
        assertThat(exitCode).isEqualTo(1);
        assertThat(written.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getFormattedMessage())
                            .startsWith("Could not start: IllegalArgumentException at lull.runtime.process.")
                            .doesNotContain("SECRET");
                    assertThat(event.getThrowableProxy()).isNull();
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            compression.type        | nonsense      | Invalid value nonsense for configuration compression.type
            max.request.size        | abc           | Invalid value abc for configuration max.request.size
            ssl.keystore.location   | pom.xml       | Failed to load SSL keystore
            ssl.truststore.location | /nonexistent  | Failed to load SSL keystore /nonexistent
            """)
    void saysInOneSentenceWhatIsWrongWithAPropertyOfKafka(String property, String value, String words) {
        Logger logger = (Logger) LoggerFactory.getLogger(Launcher.class);
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.start();
        logger.addAppender(written);
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "security.protocol",
                "SSL",
                property.replace("location", "password") + (property.contains("location") ? "" : ".password"),
                "hidden",
                property,
                value);

        int exitCode = Launcher.run(
                "test",
                Duration.ofSeconds(20),
                components -> components.add(
                        "producer",
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())));

        logger.detachAppender(written);
        assertThat(exitCode).isEqualTo(1);
        assertThat(written.list)
                .filteredOn(event -> event.getLevel() == Level.ERROR)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getFormattedMessage())
                            .startsWith("Kafka's client cannot be set up: ")
                            .contains(words)
                            .doesNotContain("hidden");
                    assertThat(event.getThrowableProxy()).isNull();
                });
    }

    @Test
    void endsWithCodeOneWhereTheConfigurationCannotBeUsed() {
        List<Setting<?>> known = List.of(Setting.number("port", 1, 0, 9, "A port"));

        int exitCode = Launcher.run("test", Duration.ofSeconds(20), _ -> Settings.of(known, Map.of("port", "10")));

        assertThat(exitCode).isEqualTo(1);
    }
}
