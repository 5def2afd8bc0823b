package lull.ingress.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.ingress.channel.ChannelDoor.Reading;

/// What a door makes of JSON that is written with `'` in place of `"`.
record Doors(ChannelDoor door, String kind) {

    static final Instant NOW = Instant.parse("2026-11-26T18:00:05Z");

    Reading read(String json) {
        return door.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), NOW, new Source(kind, "shop"));
    }

    Reading.Accepted accepted(String json) {
        Reading reading = read(json);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return (Reading.Accepted) reading;
    }

    /// The only message, as it is read from the topic.
    Message message(String json) {
        Reading.Accepted accepted = accepted(json);
        assertThat(accepted.ignored()).isEmpty();
        assertThat(accepted.messages()).hasSize(1);
        return fromTopic(accepted.messages().getFirst());
    }

    List<ChannelDoor.Ignored> ignored(String json) {
        Reading.Accepted accepted = accepted(json);
        assertThat(accepted.messages()).isEmpty();
        return accepted.ignored();
    }

    List<String> problems(String json) {
        Reading reading = read(json);
        assertThat(reading).isInstanceOf(Reading.Wrong.class);
        return ((Reading.Wrong) reading).problems();
    }

    private static Message fromTopic(Message message) {
        try {
            InputRecord written = message;
            return (Message) Json.read(Json.bytes(written), InputRecord.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return Json.tree(json.replace('\'', '"'));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
