package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import lull.standins.http.Json;

/// Writer of what was said as JSON: as contact streaming publishes it, as GetTranscript lists it, and for
/// people.
final class TranscriptJson {
    private static final DateTimeFormatter ABSOLUTE_TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TranscriptJson() {}

    static String absoluteTime(Instant at) {
        return ABSOLUTE_TIME.format(at);
    }

    /// The inner message of contact streaming. chat.ended names the initial contact and nobody.
    static ObjectNode streamed(TranscriptItem item) {
        ObjectNode json = common(item).put("InitialContactId", item.initialContactId());
        if (item.said().by() != null) {
            json.put("ContactId", item.contactId());
        }
        return json;
    }

    static ObjectNode listed(TranscriptItem item) {
        return common(item).put("ContactId", item.contactId());
    }

    /// The same of an item of a chat that this one goes on from.
    static ObjectNode listedOfPast(TranscriptItem item) {
        return common(item).put("RelatedContactId", item.contactId());
    }

    static ObjectNode forPeople(TranscriptItem item) {
        Said said = item.said();
        ObjectNode json = Json.object()
                .put("id", item.id())
                .put("contactId", item.contactId())
                .put("type", said.kind().name())
                .put("visibility", said.visibility().name())
                .put("absoluteTime", absoluteTime(item.at()));
        Participant by = said.by();
        if (by != null) {
            json.put("role", by.role().name()).put("displayName", by.displayName());
        }
        if (said.contentType() != null) {
            json.put("contentType", said.contentType());
        }
        if (said.content() != null) {
            json.put("content", said.content());
        }
        if (!said.attachments().isEmpty()) {
            ArrayNode attachments = json.putArray("attachments");
            for (Attachment attachment : said.attachments()) {
                attachments
                        .addObject()
                        .put("attachmentId", attachment.id())
                        .put("attachmentName", attachment.name())
                        .put("contentType", attachment.contentType())
                        .put("status", attachment.status().name());
            }
        }
        return json;
    }

    /// The message attributes that go with the streamed message; SNS does not sign them.
    static Map<String, String> attributes(TranscriptItem item, String instanceId, String topicArn) {
        Said said = item.said();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("InitialContactId", item.initialContactId());
        attributes.put("ContactId", item.contactId());
        attributes.put("InstanceId", instanceId);
        attributes.put("AccountId", topicArn.split(":", -1)[4]);
        attributes.put("Type", said.kind().name());
        if (said.contentType() != null) {
            attributes.put("ContentType", said.contentType());
        }
        Participant by = said.by();
        if (by != null) {
            attributes.put("ParticipantRole", by.role().name());
        }
        attributes.put("MessageVisibility", said.visibility().name());
        return attributes;
    }

    private static ObjectNode common(TranscriptItem item) {
        Said said = item.said();
        ObjectNode json = Json.object().put("AbsoluteTime", absoluteTime(item.at()));
        if (said.content() != null) {
            json.put("Content", said.content());
        }
        if (said.contentType() != null) {
            json.put("ContentType", said.contentType());
        }
        json.put("Id", item.id()).put("Type", said.kind().name());
        Participant by = said.by();
        if (by != null) {
            json.put("ParticipantId", by.id())
                    .put("DisplayName", by.displayName())
                    .put("ParticipantRole", by.role().name());
        }
        if (!said.attachments().isEmpty()) {
            ArrayNode attachments = json.putArray("Attachments");
            for (Attachment attachment : said.attachments()) {
                attachments
                        .addObject()
                        .put("ContentType", attachment.contentType())
                        .put("AttachmentId", attachment.id())
                        .put("AttachmentName", attachment.name())
                        .put("Status", attachment.status().name());
            }
        }
        return json;
    }
}
