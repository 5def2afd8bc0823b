package lull.applications.turns;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Collectors;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// The form in which applications get turns: the JSON that `docs/applications.md` describes. The same
/// turn with the same transcripts always has the same bytes. Pure.
public final class TurnForm {

    /// The only type of event so far.
    public static final String TYPE = "turn.closed";

    private TurnForm() {}

    /// Returns the bytes that an application gets.
    ///
    /// @param id by which an application knows a turn that it has already
    /// @param transcripts what is said in voice notes, by their media ids
    public static byte[] bytes(String id, Turn turn, Map<String, String> transcripts) {
        ObjectNode event = Json.object();
        event.put("type", TYPE);
        event.put("timestamp", turn.lastReceivedAt().toString());
        ObjectNode data = event.putObject("data");
        data.put("id", id);
        data.put("turnId", turn.id());
        data.put("conversation", turn.conversation().toString());
        ObjectNode business = data.putObject("business");
        put(business, "phoneNumberId", turn.business().phoneNumberId());
        put(business, "displayPhoneNumber", turn.business().displayPhoneNumber());
        data.set("customer", customer(turn.customer()));
        data.put("cause", turn.cause().word());
        data.put("urgent", turn.urgent());
        data.put("firstReceivedAt", turn.firstReceivedAt().toString());
        data.put("lastReceivedAt", turn.lastReceivedAt().toString());
        data.put("messageCount", turn.messageIds().size());
        data.put(
                "text",
                turn.items().stream()
                        .filter(item -> item.kind() == ContentKind.TEXT)
                        .map(item -> String.valueOf(item.text()))
                        .collect(Collectors.joining("\n")));
        ArrayNode items = data.putArray("items");
        turn.items().forEach(item -> items.add(item(item, transcripts)));
        return Json.bytes(event);
    }

    private static ObjectNode item(TurnItem item, Map<String, String> transcripts) {
        ObjectNode json = Json.object();
        json.put("kind", item.kind().word());
        if (item.text() != null) {
            json.put("text", item.text());
        }
        if (item.content() instanceof Content.Media media) {
            ObjectNode file = json.putObject("media");
            put(file, "id", media.mediaId());
            put(file, "mimeType", media.mimeType());
            put(file, "filename", media.filename());
            put(file, "sha256", media.sha256());
            put(file, "caption", media.caption());
            put(file, "transcript", transcripts.get(media.mediaId()));
        }
        ArrayNode messages = json.putArray("messages");
        for (TurnMessage message : item.messages()) {
            ObjectNode one = messages.addObject();
            one.put("id", message.id());
            one.put("sentAt", message.sentAt().toString());
            if (item.kind() != ContentKind.TEXT) {
                one.set("raw", message.raw());
            }
            message.context().ifPresent(context -> put(one, "replyTo", context.messageId()));
        }
        return json;
    }

    private static ObjectNode customer(Customer customer) {
        ObjectNode json = Json.object();
        put(json, "userId", customer.userId());
        put(json, "phone", customer.phone());
        put(json, "name", customer.name());
        put(json, "username", customer.username());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
