package lull.chatwoot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lull.chatwoot.Callback.Choice;
import lull.chatwoot.Callback.FileLink;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallbackReaderTest {

    private static final String SAID = """
            {"event": "message_created", "id": 4711, "content": "Good **morning**", "message_type": "outgoing",
             "private": false, "content_type": "text", "content_attributes": {}, "source_id": null,
             "created_at": "2026-11-29T10:00:00Z", "sender": {"id": 1, "name": "Ana", "type": "user"},
             "inbox": {"id": 7}, "account": {"id": 3},
             "conversation": {"id": 17, "status": "open", "contact_inbox": {"source_id": "abc"},
               "meta": {"sender": {"phone_number": "+15550001001"}},
               "messages": [{"id": 4711, "message_type": 1, "source_id": null}]}}
            """;

    private final CallbackReader reader = new CallbackReader(false);

    @Test
    void readsWhatAnAgentWrites() {
        assertThat(reader.read(callback()))
                .isEqualTo(new Callback.Said(
                        4711,
                        new Callback.Contact("abc", 17, "+15550001001"),
                        "Good **morning**",
                        List.of(),
                        List.of(),
                        null));
    }

    @Test
    void readsFilesChoicesAndTheMessageThatIsAnswered() {
        ObjectNode callback = callback();
        callback.putNull("content").put("content_type", "input_select");
        ObjectNode attributes = callback.putObject("content_attributes");
        attributes.put("in_reply_to_external_id", "wamid.1");
        attributes.putArray("items").addObject().put("title", "Red").put("value", "r");
        attributes.withArray("items").addObject().put("title", "Blue");
        attributes.withArray("items").addObject().put("title", " ");
        callback.putArray("attachments")
                .addObject()
                .put("file_type", "image")
                .put("data_url", "https://desk.example/a/my%20cat.png");
        callback.withArray("attachments")
                .addObject()
                .put("file_type", "ig_reel")
                .put("data_url", "::");
        callback.withArray("attachments").addObject().put("file_type", "location");

        assertThat(reader.read(callback)).isInstanceOfSatisfying(Callback.Said.class, said -> {
            assertThat(said.content()).isEmpty();
            assertThat(said.choices()).containsExactly(new Choice("Red", "r"), new Choice("Blue", "Blue"));
            assertThat(said.files())
                    .containsExactly(
                            new FileLink("image", "https://desk.example/a/my%20cat.png", "my cat.png"),
                            new FileLink("file", "::", null));
            assertThat(said.answered()).isEqualTo("wamid.1");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/private,             true,        private",
        "/message_type,        incoming,    not_outgoing",
        "/message_type,        activity,    not_outgoing",
        "/message_type,        template,    not_outgoing",
        "/message_type,        0,           not_outgoing",
        "/source_id,           wamid.1,     echo",
        "/event,               message_updated, event",
        "/event,               contact_created, event",
        "/event,               '',          event",
        "/content,             '  ',        empty",
        "/id,                  0,           unknown_contact",
        "/conversation,        gone,        unknown_contact",
    })
    void ignoresWhatIsNotForTheCustomer(String place, String value, String why) {
        ObjectNode callback = callback();
        String member = place.substring(1);
        switch (value) {
            case "true" -> callback.put(member, true);
            case "0" -> callback.put(member, 0);
            default -> callback.put(member, value);
        }
        assertThat(reader.read(callback)).isEqualTo(new Callback.Ignored(why));
    }

    @Test
    void ignoresWhatWasDeletedAndReadsWhatChatwootWritesOnlyIfItShould() {
        ObjectNode deleted = callback();
        deleted.putObject("content_attributes").put("deleted", true);
        assertThat(reader.read(deleted)).isEqualTo(new Callback.Ignored("deleted"));

        ObjectNode greeting = callback().put("message_type", "template");
        assertThat(new CallbackReader(true).read(greeting)).isInstanceOf(Callback.Said.class);
    }

    @Test
    void readsThatAnAgentTypesBelowTheCustomersLatestMessage() throws UnreadableJson {
        String typing = """
                {"event": "conversation_typing_on", "is_private": %s, "user": {"type": "%s"},
                 "conversation": {"id": 17, "contact_inbox": {"source_id": "abc"},
                   "messages": [{"message_type": 0, "source_id": "wamid.9"}]}}
                """;

        assertThat(reader.read(Json.tree(typing.formatted(false, "user"))))
                .isEqualTo(new Callback.Typing(new Callback.Contact("abc", 17, null), "wamid.9"));
        assertThat(reader.read(Json.tree(typing.formatted(true, "user")))).isInstanceOf(Callback.Ignored.class);
        assertThat(reader.read(Json.tree(typing.formatted(false, "contact")))).isInstanceOf(Callback.Ignored.class);
    }

    private static ObjectNode callback() {
        try {
            return (ObjectNode) Json.tree(SAID);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
