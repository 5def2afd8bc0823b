package lull.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Tick;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class JsonTest {

    private static final String MESSAGE = """
            {"kind":"message","id":"wamid.1","conversation":"1|15550001001","receivedAt":"2026-01-05T10:00:00.123Z",\
            "source":{"door":"meta","app":"default"},"business":{"phoneNumberId":"1"},"customer":{"phone":"15550001001"},\
            "raw":{"type":"location","location":{"latitude":52.520000,"longitude":1E+1},"future":{"a":[1,null,"é"]}}}""";

    @Test
    void keepsTheRawMessageDigitForDigit() throws UnreadableJson {
        InputRecord message = Json.read(bytes(MESSAGE), InputRecord.class);

        assertThat(Json.text(message)).isEqualTo(MESSAGE);
    }

    @Test
    void ignoresFieldsOfALaterVersion() throws UnreadableJson {
        String later = MESSAGE.replace("\"source\"", "\"inventedLater\":{\"x\":1},\"source\"");

        assertThat(Json.read(bytes(later), InputRecord.class)).isInstanceOfSatisfying(Message.class, message -> {
            assertThat(message.receivedAt()).isEqualTo(Instant.parse("2026-01-05T10:00:00.123Z"));
            assertThat(message.conversation().customer()).isEqualTo("15550001001");
        });
    }

    @Test
    void tellsTheKindsOfAnInputTopicApart() throws UnreadableJson {
        assertThat(Json.read(bytes("{\"kind\":\"tick\"}"), InputRecord.class)).isEqualTo(Tick.CLOSING);
        assertThat(new String(Json.bytes((InputRecord) Tick.PROBE), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"tick\",\"probe\":true}");
        assertThat(new String(Json.bytes((InputRecord) Tick.CLOSING), StandardCharsets.UTF_8))
                .isEqualTo("{\"kind\":\"tick\"}");
        assertThat(Json.read(bytes("{\"kind\":\"setting\",\"gap\":\"PT8S\"}"), InputRecord.class))
                .isEqualTo(new GapSetting(Duration.ofSeconds(8), null));
    }

    @Test
    void namesThePlaceButNeverTheContentOfWhatItCannotRead() {
        for (String bad : new String[] {
            "{\"kind\":\"message\",\"id\":\"secret\"", "{\"kind\":\"other\",\"x\":\"secret\"}", "secret", "null", ""
        }) {
            assertThatExceptionOfType(UnreadableJson.class)
                    .isThrownBy(() -> Json.read(bytes(bad), InputRecord.class))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
        }
    }

    @Test
    void refusesAMessageWithoutItsEnvelope() {
        assertThatExceptionOfType(UnreadableJson.class)
                .isThrownBy(() -> Json.read(bytes("{\"kind\":\"message\",\"id\":\"1\"}"), InputRecord.class));
    }

    @Test
    void leavesTombstonesAloneAndReportsBadBytesAsKafkaExpects() {
        JsonSerde<Tick> serde = new JsonSerde<>(Tick.class);

        assertThat(serde.deserializer().deserialize("topic", null)).isNull();
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("topic", bytes("{")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
