package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.trace.TraceParent;
import org.junit.jupiter.api.Test;

/// What is written by hand is what Jackson itself writes of the same records.
final class MessageSerializerTest {

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-21T10:15:30.123456789Z");

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .addMixIn(Message.class, ByJackson.class)
            .build();

    @JsonSerialize(using = JsonSerializer.None.class)
    private interface ByJackson {}

    @Test
    void writesEveryComponentOfEveryRecord() throws Exception {
        JsonNode contact = tree("{\"wa_id\":\"1\",\"profile\":{\"name\":\"Zoë \\\"Z\\\" 👍\"}}");
        JsonNode raw = tree("{\"id\":\"wamid.1\",\"n\":1.50,\"nothing\":null,\"list\":[1,\"\\u0000\",{}]}");
        for (Message message : List.of(
                new Message(
                        "wamid.1\n\"é\"",
                        ConversationKey.ofGroup("106", "g|1"),
                        RECEIVED_AT,
                        new Source("sns", "shop")
                                .in(TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
                        new Business("106", "+1 555", "102", "arn:aws:1"),
                        new Customer("US.1", "1650", "Zoë", "US.2", "zoe"),
                        contact,
                        raw),
                new Message(
                        "wamid.2",
                        new ConversationKey("106", "1650"),
                        Instant.EPOCH,
                        new Source("meta", "default"),
                        new Business("106", null, null),
                        new Customer(null, null, null),
                        null,
                        tree("{}")))) {
            InputRecord record = message;
            assertThat(text(Json.bytes(record))).isEqualTo(text(JACKSON.writeValueAsBytes(record)));
            assertThat(Json.read(Json.bytes(record), InputRecord.class)).isEqualTo(record);
        }
    }

    @Test
    void writesRawPartsAsTheyCame() {
        String raw = "{ \"a\":1,\"a\":1.0e0,\"b\":\"\\u00e9\" }";
        Message message = new Message(
                "wamid.1",
                new ConversationKey("106", "1650"),
                RECEIVED_AT,
                new Source("meta", "default"),
                new Business("106", null, null),
                new Customer(null, "1650", null),
                Json.verbatim("{\"wa_id\" : 1650}"),
                Json.verbatim(raw));
        assertThat(text(Json.bytes(message))).contains("\"contact\":{\"wa_id\" : 1650},\"raw\":" + raw);
    }

    private static JsonNode tree(String json) throws UnreadableJson {
        return Json.tree(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
