package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lull.contract.json.Json;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class SpeechTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final Speech speech = new Speech(7);

    @Test
    void whatIsSaidIsAMessageOfTheInputTopicUnderItsConversation() throws Exception {
        ProducerRecord<byte[], byte[]> record = speech.say("input", 5, NOW);

        assertThat(record.timestamp()).isEqualTo(NOW.toEpochMilli());
        assertThat(new String(record.key(), StandardCharsets.UTF_8))
                .isEqualTo(Speech.conversation(5).toString());
        assertThat(record.value()).hasSizeBetween(500, 900);
        assertThat(Json.read(record.value(), InputRecord.class))
                .asInstanceOf(InstanceOfAssertFactories.type(Message.class))
                .satisfies(message -> {
                    assertThat(message.id()).isEqualTo(speech.lastId());
                    assertThat(message.conversation()).isEqualTo(Speech.conversation(5));
                    assertThat(message.receivedAt()).isEqualTo(NOW);
                });
    }

    @Test
    void theSameCustomerNeverSaysTheSameTwice() {
        speech.say("input", 5, NOW);
        String first = speech.lastId();
        speech.say("input", 5, NOW);

        assertThat(speech.lastId()).isNotEqualTo(first);
    }
}
