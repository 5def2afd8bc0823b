package lull.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrialReaderTest {

    private static final String TURN = """
            {"id":"whatsapp.message.received-0-7","firstMessageId":"wamid.1","conversation":"100|1555",
             "business":{"phoneNumberId":"100","displayPhoneNumber":"1550"},"customer":{"phone":"1555"},"cause":"gap",
             "gap":"PT3S","opensChat":true,"firstReceivedAt":"2026-01-02T00:00:00Z","lastReceivedAt":"2026-01-02T00:00:00Z",
             "items":[{"kind":"text","text":"Hi","messages":[{"id":"wamid.1","sentAt":"2026-01-02T00:00:00Z",
             "sender":{"phone":"1555"},"raw":{"type":"text","text":{"body":"Hi"}}}]}],"route":{"rule":"all","destination":"%s"}}""";

    private final TrialReader trial = new TrialReader(Set.of("shut"));

    @Test
    void aTurnOfAClosedDestinationWouldBeADeadLetterAgain() {
        assertThat(problem(Topics.APPLICATION_TURN_CLOSED, TURN.formatted("shut")))
                .startsWith("the destination shut is closed: open it, or write to the customer in another way");
        assertThat(problem(Topics.APPLICATION_TURN_CLOSED, TURN.formatted("open")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", delimiter = '|', textBlock = """
            null          | still unreadable: the record has no value
            {             | still unreadable: Not readable as Turn at line 1
            []            | still unreadable: Not readable as Turn at line 1
            """)
    void whatIsStillUnreadableSaysWhy(@Nullable String value, String problem) {
        assertThat(problem(Topics.TURN_CLOSED, value)).startsWith(problem);
    }

    private String problem(Topic topic, @Nullable String value) {
        return trial.problem(
                        topic,
                        new ConsumerRecord<>(
                                topic.deadLetters().name(),
                                0,
                                0,
                                "100|1555".getBytes(UTF_8),
                                value == null ? null : value.getBytes(UTF_8)))
                .orElse("");
    }
}
