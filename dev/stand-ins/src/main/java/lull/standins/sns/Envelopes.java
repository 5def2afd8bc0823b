package lull.standins.sns;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import lull.standins.http.Json;

/// Writer of the signed JSON envelopes that SNS posts to its subscribers.
public final class Envelopes {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SnsSigner signer;
    private final int signatureVersion;
    private final URI base;

    public Envelopes(SnsSigner signer, int signatureVersion, URI base) {
        this.signer = signer;
        this.signatureVersion = signatureVersion;
        this.base = base;
    }

    /// The envelope of a notification. Its MessageAttributes are outside the signature, as in SNS.
    public String notification(Notification notification, String subscriptionArn, boolean tampered) {
        TreeMap<String, String> signed = new TreeMap<>(Map.of(
                "Message", notification.message(),
                "MessageId", notification.messageId(),
                "Timestamp", TIMESTAMP.format(notification.at()),
                "TopicArn", notification.topicArn(),
                "Type", "Notification"));
        String signature = sign(signed);
        if (tampered) {
            signed.put("Message", notification.message() + " ");
        }
        ObjectNode json = Json.object();
        for (String name : new String[] {"Type", "MessageId", "TopicArn", "Message", "Timestamp"}) {
            json.put(name, signed.get(name));
        }
        addSignature(json, signature);
        json.put("UnsubscribeURL", base + "/?Action=Unsubscribe&SubscriptionArn=" + subscriptionArn);
        ObjectNode attributes = json.putObject("MessageAttributes");
        notification
                .attributes()
                .forEach((name, value) ->
                        attributes.putObject(name).put("Type", "String").put("Value", value));
        return Json.write(json);
    }

    /// The envelope that asks the subscriber to confirm.
    public String confirmation(String messageId, String topicArn, String token, Instant at) {
        TreeMap<String, String> signed = new TreeMap<>(Map.of(
                "Message",
                "You have chosen to subscribe to the topic " + topicArn
                        + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.",
                "MessageId",
                messageId,
                "SubscribeURL",
                base + "/?Action=ConfirmSubscription&TopicArn=" + topicArn + "&Token=" + token,
                "Timestamp",
                TIMESTAMP.format(at),
                "Token",
                token,
                "TopicArn",
                topicArn,
                "Type",
                "SubscriptionConfirmation"));
        String signature = sign(signed);
        ObjectNode json = Json.object();
        for (String name :
                new String[] {"Type", "MessageId", "Token", "TopicArn", "Message", "SubscribeURL", "Timestamp"}) {
            json.put(name, signed.get(name));
        }
        addSignature(json, signature);
        return Json.write(json);
    }

    // What SNS signs is every signed member as "name\nvalue\n", the names in byte order.
    private String sign(NavigableMap<String, String> members) {
        StringBuilder text = new StringBuilder();
        members.forEach(
                (name, value) -> text.append(name).append('\n').append(value).append('\n'));
        return signer.sign(signatureVersion, text.toString());
    }

    private void addSignature(ObjectNode json, String signature) {
        json.put("SignatureVersion", Integer.toString(signatureVersion))
                .put("Signature", signature)
                .put("SigningCertURL", base + signer.path());
    }
}
