package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.runtime.aws.AwsClients;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.model.ConflictException;
import software.amazon.awssdk.services.connectparticipant.model.ConnectionType;
import software.amazon.awssdk.services.connectparticipant.model.GetTranscriptResponse;
import software.amazon.awssdk.services.connectparticipant.model.Item;
import software.amazon.awssdk.services.connectparticipant.model.ScanDirection;
import software.amazon.awssdk.services.connectparticipant.model.SortKey;

/// [ParticipantPort] that calls the Participant Service by the AWS SDK. Another endpoint is
/// configuration only.
final class AwsParticipant implements ParticipantPort, AutoCloseable {

    private static final String EVENT = "application/vnd.amazonaws.connect.event.";
    private static final int ITEMS_OF_PAGE = 100;

    private static final Logger log = LoggerFactory.getLogger(AwsParticipant.class);
    private static final String PLAIN_TEXT = "text/plain";

    private final InstantSource clock;
    private final AwsCalls calls;
    private final ConnectParticipantClient participant;
    private final PresignedUpload uploads;

    /// @param aws of the Region of the options; its owner closes it
    AwsParticipant(AwsClients aws, ConnectOptions options, InstantSource clock, ConnectMetrics metrics) {
        this.clock = clock;
        this.calls = new AwsCalls(metrics);
        this.participant =
                aws.createUnsigned(ConnectParticipantClient.builder(), options.region(), options.participantEndpoint());
        this.uploads = new PresignedUpload(options.connectTimeout(), options.uploadTimeout());
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        return calls.ofParticipant("CreateParticipantConnection", () -> {
            var credentials = participant
                    .createParticipantConnection(request -> request.participantToken(participantToken)
                            .type(ConnectionType.CONNECTION_CREDENTIALS)
                            .connectParticipant(start))
                    .connectionCredentials();
            return new Connection(credentials.connectionToken(), instant(credentials.expiry(), Duration.ofDays(1)));
        });
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return calls.ofParticipant("SendMessage", () -> {
            var response = participant.sendMessage(request -> request.connectionToken(connectionToken)
                    .contentType(PLAIN_TEXT)
                    .content(text)
                    .clientToken(clientToken));
            return new Accepted(response.id(), instant(response.absoluteTime(), Duration.ZERO));
        });
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return calls.ofParticipant("StartAttachmentUpload", () -> {
            var response = participant.startAttachmentUpload(request -> request.connectionToken(connectionToken)
                    .contentType(file.mimeType())
                    .attachmentName(file.name())
                    .attachmentSizeInBytes(file.bytes())
                    .clientToken(clientToken));
            return new Upload(
                    response.attachmentId(),
                    URI.create(response.uploadMetadata().url()),
                    response.uploadMetadata().headersToInclude());
        });
    }

    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        long start = System.nanoTime();
        Answer<String> answer = uploads.put(upload, file);
        calls.count("PutAttachment", answer, start);
        return answer;
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return calls.ofParticipant("CompleteAttachmentUpload", () -> {
            try {
                participant.completeAttachmentUpload(request -> request.connectionToken(connectionToken)
                        .attachmentIds(attachmentId)
                        .clientToken(clientToken));
            } catch (ConflictException e) {
                log.atDebug().addKeyValue("attachmentId", attachmentId).log("Completed before");
            }
            return attachmentId;
        });
    }

    @Override
    public Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about) {
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
    public Answer<String> disconnect(String connectionToken, String clientToken) {
        return calls.ofParticipant("DisconnectParticipant", () -> {
            participant.disconnectParticipant(
                    request -> request.connectionToken(connectionToken).clientToken(clientToken));
            return clientToken;
        });
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
                        // A persistent chat also shows items of earlier chats, which were handled in
                        // those chats.
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
        uploads.close();
    }

    private Instant instant(@Nullable String iso, Duration otherwise) {
        return Optional.ofNullable(iso)
                .flatMap(Timestamps::ofIso)
                .orElseGet(() -> clock.instant().plus(otherwise));
    }

    /// Returns the item in the form in which contact streaming publishes it.
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
