package lull.ingress.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import lull.contract.json.Json;

/// Webhooks in the form that Meta sends, to try out an installation. They come from one customer who
/// writes to one business number.
///
/// @param number the business number's `phone_number_id`
/// @param from the customer's number in digits
/// @param name the customer's name
public record TestWebhook(String number, String from, String name) {

    /// Returns the value of the signature header for a body.
    public static String signature(byte[] body, String secret) {
        return Signature.PREFIX
                + HexFormat.of()
                        .formatHex(new AppSecrets(List.of(secret)).digests(body).getFirst());
    }

    /// Returns the body of a webhook with one text message.
    public byte[] text(String id, String text, Instant sentAt) {
        ObjectNode message = Json.object();
        message.put("type", "text").putObject("text").put("body", text);
        return message(id, message, sentAt);
    }

    /// Returns the body of a webhook with one message of any type, of which `type` and the object of
    /// that name are given.
    public byte[] message(String id, ObjectNode message, Instant sentAt) {
        ObjectNode complete = message.deepCopy();
        complete.put("from", from).put("id", id).put("timestamp", Long.toString(sentAt.getEpochSecond()));
        ObjectNode webhook = Json.object();
        webhook.put("object", "whatsapp_business_account");
        ObjectNode entry = webhook.putArray("entry").addObject();
        ObjectNode change =
                entry.put("id", "100000000000000").putArray("changes").addObject();
        ObjectNode value = change.put("field", "messages").putObject("value");
        value.put("messaging_product", "whatsapp");
        value.putObject("metadata").put("display_phone_number", "15550000001").put("phone_number_id", number);
        ObjectNode contact = value.putArray("contacts").addObject();
        contact.put("wa_id", from).putObject("profile").put("name", name);
        value.putArray("messages").add(complete);
        return Json.bytes(webhook);
    }
}
