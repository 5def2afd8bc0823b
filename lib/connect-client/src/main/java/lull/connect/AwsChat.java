package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.runtime.aws.AwsClients;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.model.ConnectionType;
import software.amazon.awssdk.services.connectparticipant.model.GetTranscriptResponse;
import software.amazon.awssdk.services.connectparticipant.model.Item;
import software.amazon.awssdk.services.connectparticipant.model.ScanDirection;
import software.amazon.awssdk.services.connectparticipant.model.SortKey;

/// Amazon Connect Participant by the AWS SDK.
final class AwsChat implements ChatPort, AutoCloseable {

    private static final String EVENT = "application/vnd.amazonaws.connect.event.";
    private static final int ITEMS_OF_PAGE = 100;

    private final AwsCalls calls;
    private final AwsClients aws;
    private final ConnectParticipantClient participant;

    public AwsChat(ConnectOptions options, ConnectMetrics metrics) {
        this.calls = new AwsCalls(metrics);
        this.aws = AwsCalls.clients(options);
        this.participant =
                aws.createUnsigned(ConnectParticipantClient.builder(), options.region(), options.participantEndpoint());
    }

    @Override
    public Answer<String> connect(String participantToken) {
        return calls.ofParticipant(
                "CreateParticipantConnection",
                () -> participant
                        .createParticipantConnection(request ->
                                request.participantToken(participantToken).type(ConnectionType.CONNECTION_CREDENTIALS))
                        .connectionCredentials()
                        .connectionToken());
    }

    @Override
    public Answer<String> say(String connectionToken, String text, String clientToken) {
        return calls.ofParticipant(
                "SendMessage",
                () -> participant
                        .sendMessage(request -> request.connectionToken(connectionToken)
                                .contentType("text/plain")
                                .content(text)
                                .clientToken(clientToken))
                        .id());
    }

    @Override
    public Answer<String> tell(String connectionToken, Happening happening, @Nullable String about) {
        String type = switch (happening) {
            case TYPING -> "typing";
            case DELIVERED -> "message.delivered";
            case READ -> "message.read";
        };
        return calls.ofParticipant(
                "SendEvent",
                () -> participant
                        .sendEvent(request -> {
                            request.connectionToken(connectionToken).contentType(EVENT + type);
                            if (about != null) {
                                request.content(Json.text(Map.of("messageId", about)));
                            }
                        })
                        .id());
    }

    @Override
    public Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next) {
        return calls.ofParticipant("GetTranscript", () -> {
            GetTranscriptResponse response = participant.getTranscript(request -> {
                request.connectionToken(connectionToken)
                        .maxResults(ITEMS_OF_PAGE)
                        .scanDirection(ScanDirection.FORWARD)
                        .sortOrder(SortKey.ASCENDING)
                        .startPosition(position -> position.absoluteTime(since.toString()));
                if (next != null) {
                    request.nextToken(next);
                }
            });
            return page(response);
        });
    }

    @Override
    public Answer<Page> latest(String connectionToken) {
        return calls.ofParticipant(
                "GetTranscript",
                () -> page(participant.getTranscript(request -> request.connectionToken(connectionToken)
                        .maxResults(ITEMS_OF_PAGE)
                        .scanDirection(ScanDirection.BACKWARD)
                        .sortOrder(SortKey.DESCENDING))));
    }

    private static Page page(GetTranscriptResponse response) {
        String initial = response.initialContactId();
        return new Page(
                response.transcript().stream()
                        // What a persistent chat shows of the chats before it was handled in them.
                        .filter(item -> item.relatedContactId() == null)
                        .<JsonNode>map(item -> json(item, initial))
                        .toList(),
                Optional.ofNullable(response.nextToken()));
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return calls.ofParticipant(
                "GetAttachment",
                () -> URI.create(participant
                        .getAttachment(request ->
                                request.connectionToken(connectionToken).attachmentId(attachmentId))
                        .url()));
    }

    @Override
    public void close() {
        aws.close();
    }

    /// The item in the form in which contact streaming publishes it.
    private static ObjectNode json(Item item, String initialContactId) {
        ObjectNode json = Json.object().put("InitialContactId", initialContactId);
        put(json, "AbsoluteTime", item.absoluteTime());
        put(json, "Content", item.content());
        put(json, "ContentType", item.contentType());
        put(json, "Id", item.id());
        put(json, "Type", item.typeAsString());
        put(json, "ParticipantId", item.participantId());
        put(json, "DisplayName", item.displayName());
        put(json, "ParticipantRole", item.participantRoleAsString());
        put(json, "ContactId", item.contactId());
        if (item.hasAttachments() && !item.attachments().isEmpty()) {
            ArrayNode attachments = json.putArray("Attachments");
            item.attachments().forEach(attachment -> {
                ObjectNode one = attachments.addObject();
                put(one, "AttachmentId", attachment.attachmentId());
                put(one, "AttachmentName", attachment.attachmentName());
                put(one, "ContentType", attachment.contentType());
                put(one, "Status", attachment.statusAsString());
            });
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
