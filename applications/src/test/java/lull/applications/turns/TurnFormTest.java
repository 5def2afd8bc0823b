package lull.applications.turns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.junit.jupiter.api.Test;

final class TurnFormTest {

    private static final Customer CUSTOMER = new Customer(null, "15550001001", "Ana");
    private static final Instant SAID = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void isWhatThePageShows() {
        assertThat(new String(
                        TurnForm.bytes("turn_5a1c", TestTurns.text(7, "echo", "Hello"), Map.of()),
                        StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"type":"turn.closed","timestamp":"2026-03-01T10:00:02Z","data":{"id":"turn_5a1c",\
                        "turnId":"whatsapp.message.received-0-7","conversation":"100000000000001|15550001001",\
                        "business":{"phoneNumberId":"100000000000001","displayPhoneNumber":"15550000001"},\
                        "customer":{"phone":"15550001001","name":"Ana"},"cause":"gap","urgent":false,\
                        "firstReceivedAt":"2026-03-01T10:00:00Z","lastReceivedAt":"2026-03-01T10:00:02Z",\
                        "messageCount":1,"text":"Hello","items":[{"kind":"text","text":"Hello",\
                        "messages":[{"id":"wamid.7","sentAt":"2026-03-01T10:00:00Z"}]}]}}""");
    }

    @Test
    void aFileHasItsIdAndWhatIsNoTextHasWhatsAppsOwnObject() throws UnreadableJson {
        ObjectNode image = Json.object().put("type", "image");
        image.putObject("image")
                .put("id", "4711")
                .put("mime_type", "image/jpeg")
                .put("caption", "Look");
        ObjectNode place = Json.object().put("type", "location");
        place.putObject("location").put("latitude", 1.5).put("longitude", 2.5);
        ObjectNode answer = Json.object().put("type", "text");
        answer.putObject("text").put("body", "Yes");
        answer.putObject("context").put("id", "wamid.6");
        Turn turn = TestTurns.turn(
                7,
                "echo",
                new TurnItem(ContentKind.IMAGE, null, List.of(message("wamid.7", image))),
                new TurnItem(ContentKind.LOCATION, null, List.of(message("wamid.8", place))),
                new TurnItem(ContentKind.TEXT, "Yes", List.of(message("wamid.9", answer))));

        JsonNode data = Json.tree(TurnForm.bytes("turn_1", turn, Map.of())).path("data");

        assertThat(data.path("text").asText()).isEqualTo("Yes");
        assertThat(data.path("messageCount").asInt()).isEqualTo(3);
        assertThat(data.at("/items/0/media"))
                .isEqualTo(Json.object()
                        .put("id", "4711")
                        .put("mimeType", "image/jpeg")
                        .put("caption", "Look"));
        assertThat(data.at("/items/0/messages/0/raw")).isEqualTo(image);
        assertThat(data.at("/items/1/messages/0/raw")).hasToString(place.toString());
        assertThat(data.at("/items/2/messages/0").has("raw")).isFalse();
        assertThat(data.at("/items/2/messages/0/replyTo").asText()).isEqualTo("wamid.6");
    }

    @Test
    void aVoiceNoteHasWhatIsSaidInItIfThatIsKnown() throws UnreadableJson {
        Turn turn = TestTurns.turn(
                7,
                "echo",
                new TurnItem(ContentKind.AUDIO, null, List.of(message("wamid.7", voice("1")))),
                new TurnItem(ContentKind.AUDIO, null, List.of(message("wamid.8", voice("2")))));

        JsonNode items = Json.tree(TurnForm.bytes("turn_1", turn, Map.of("2", "It rains")))
                .at("/data/items");

        assertThat(items.at("/0/media").has("transcript")).isFalse();
        assertThat(items.at("/1/media/transcript").asText()).isEqualTo("It rains");
    }

    private static ObjectNode voice(String id) {
        ObjectNode voice = Json.object().put("type", "audio");
        voice.putObject("audio").put("id", id).put("voice", true);
        return voice;
    }

    private static TurnMessage message(String id, ObjectNode raw) {
        return new TurnMessage(id, SAID, CUSTOMER, raw);
    }
}
