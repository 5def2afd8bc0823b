package lull.connect;

import java.util.Map;
import java.util.Objects;
import lull.runtime.aws.AwsClients;
import software.amazon.awssdk.services.connect.ConnectClient;
import software.amazon.awssdk.services.connect.model.RehydrationType;
import software.amazon.awssdk.services.connect.model.StartChatContactRequest;

/// [ConnectPort] that calls the Connect API by the AWS SDK. Another endpoint or other credentials are
/// configuration only.
public final class AwsConnect implements ConnectPort {

    private static final String PLAIN_TEXT = "text/plain";

    private final AwsCalls calls;
    private final ConnectClient connect;

    /// @param aws of the Region of the options; its owner closes it
    public AwsConnect(AwsClients aws, ConnectOptions options, ConnectMetrics metrics) {
        this.calls = new AwsCalls(metrics);
        this.connect = aws.create(ConnectClient.builder(), options.region(), options.endpoint());
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
    public Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes) {
        return calls.ofConnect("UpdateContactAttributes", () -> {
            connect.updateContactAttributes(request -> request.instanceId(instanceId)
                    .initialContactId(initialContactId)
                    .attributes(attributes));
            return initialContactId;
        });
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
}
