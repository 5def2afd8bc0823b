package lull.connect;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import lull.contract.json.Timestamps;
import lull.runtime.aws.AwsClients;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.connect.ConnectClient;
import software.amazon.awssdk.services.connect.model.RehydrationType;
import software.amazon.awssdk.services.connect.model.StartChatContactRequest;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.model.ConflictException;
import software.amazon.awssdk.services.connectparticipant.model.ConnectionType;

/// Amazon Connect by the AWS SDK. Another endpoint or other credentials are configuration only.
public final class AwsConnect implements ConnectPort, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AwsConnect.class);
    private static final String PLAIN_TEXT = "text/plain";

    private final InstantSource clock;
    private final AwsCalls calls;
    private final AwsClients aws;
    private final ConnectClient connect;
    private final ConnectParticipantClient participant;
    private final PresignedUpload uploads;

    public AwsConnect(ConnectOptions options, InstantSource clock, ConnectMetrics metrics) {
        this.clock = clock;
        this.calls = new AwsCalls(metrics);
        this.aws = AwsCalls.clients(options);
        this.connect = aws.create(ConnectClient.builder(), options.region(), options.endpoint());
        this.participant =
                aws.createUnsigned(ConnectParticipantClient.builder(), options.region(), options.participantEndpoint());
        this.uploads = new PresignedUpload(options.connectTimeout(), options.uploadTimeout());
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        return calls.ofConnect("StartChatContact", () -> {
            var response = connect.startChatContact(contactRequest(request));
            return new StartedChat(response.contactId(), response.participantToken());
        });
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return calls.ofConnect(
                "StartContactStreaming",
                () -> Objects.requireNonNullElse(
                        connect.startContactStreaming(request -> request.instanceId(instanceId)
                                        .contactId(initialContactId)
                                        .clientToken(clientToken)
                                        .chatStreamingConfiguration(topic -> topic.streamingEndpointArn(topicArn)))
                                .streamingId(),
                        ""));
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return calls.ofConnect("DescribeContact", () -> {
            var contact = connect.describeContact(
                            request -> request.instanceId(instanceId).contactId(contactId))
                    .contact();
            return new Contact(contact.disconnectTimestamp() != null, contact.disconnectReason());
        });
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
    public void close() {
        uploads.close();
        aws.close();
    }

    private StartChatContactRequest contactRequest(ChatRequest request) {
        StartChatContactRequest.Builder builder = StartChatContactRequest.builder()
                .instanceId(request.instanceId())
                .contactFlowId(request.contactFlowId())
                .participantDetails(details -> details.displayName(request.displayName()))
                .attributes(request.attributes())
                .supportedMessagingContentTypes(request.contentTypes())
                .chatDurationInMinutes((int) request.duration().toMinutes())
                .clientToken(request.clientToken());
        String initial = request.initialMessage();
        if (initial != null) {
            builder.initialMessage(message -> message.contentType(PLAIN_TEXT).content(initial));
        }
        String continues = request.continues();
        if (continues != null) {
            builder.persistentChat(chat ->
                    chat.rehydrationType(RehydrationType.ENTIRE_PAST_SESSION).sourceContactId(continues));
        }
        return builder.build();
    }

    private Instant instant(@Nullable String iso, Duration otherwise) {
        return Optional.ofNullable(iso)
                .flatMap(Timestamps::ofIso)
                .orElseGet(() -> clock.instant().plus(otherwise));
    }
}
