package lull.connect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsIdentity;
import software.amazon.awssdk.services.connect.ConnectClient;
import software.amazon.awssdk.services.connect.model.ChatParticipantRoleConfig;
import software.amazon.awssdk.services.connect.model.ParticipantTimerConfiguration;
import software.amazon.awssdk.services.connect.model.ParticipantTimerType;
import software.amazon.awssdk.services.connect.model.ParticipantTimerValue;
import software.amazon.awssdk.services.connect.model.RehydrationType;
import software.amazon.awssdk.services.connect.model.StartChatContactRequest;
import software.amazon.awssdk.services.connect.model.TimerEligibleParticipantRoles;
import software.amazon.awssdk.services.connect.model.UpdateParticipantRoleConfigChannelInfo;

/// [ConnectPort] that calls the Connect API by the AWS SDK. Another endpoint or other credentials are
/// configuration only.
public final class AwsConnect implements ConnectPort {

    private static final String PLAIN_TEXT = "text/plain";

    private final AwsClients aws;
    private final AwsCalls calls;
    private final ConnectClient connect;
    private final Map<String, Own> byInstance = new HashMap<>();

    /// Client of an instance that is called by an identity of its own.
    private record Own(AwsIdentity identity, ConnectClient client) {}

    /// @param aws of the Region of the options; its owner closes it
    public AwsConnect(AwsClients aws, ConnectOptions options, ConnectMetrics metrics) {
        this.aws = aws;
        this.calls = new AwsCalls(metrics);
        this.connect = aws.create(ConnectClient.builder(), options.region(), options.endpoint());
        options.identities()
                .forEach((instance, identity) -> byInstance.put(
                        instance,
                        new Own(
                                identity,
                                aws.create(ConnectClient.builder(), options.region(), options.endpoint(), identity))));
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        return call(request.instanceId(), "StartChatContact", client -> {
            var response = client.startChatContact(contactRequest(request));
            return new StartedChat(response.contactId(), response.participantToken());
        });
    }

    @Override
    public Answer<String> startStreaming(
            String instanceId, String initialContactId, String topicArn, String clientToken) {
        return call(
                instanceId,
                "StartContactStreaming",
                client -> Objects.requireNonNullElse(
                        client.startContactStreaming(request -> request.instanceId(instanceId)
                                        .contactId(initialContactId)
                                        .clientToken(clientToken)
                                        .chatStreamingConfiguration(topic -> topic.streamingEndpointArn(topicArn)))
                                .streamingId(),
                        ""));
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return call(instanceId, "DescribeContact", client -> {
            var contact = client.describeContact(
                            request -> request.instanceId(instanceId).contactId(contactId))
                    .contact();
            return new Contact(contact.disconnectTimestamp() != null, contact.disconnectReason());
        });
    }

    @Override
    public Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes) {
        return call(instanceId, "UpdateContactAttributes", client -> {
            client.updateContactAttributes(request -> request.instanceId(instanceId)
                    .initialContactId(initialContactId)
                    .attributes(attributes));
            return initialContactId;
        });
    }

    @Override
    public Answer<String> setTimers(String instanceId, String contactId, List<ParticipantTimer> timers) {
        return call(instanceId, "UpdateParticipantRoleConfig", client -> {
            client.updateParticipantRoleConfig(request -> request.instanceId(instanceId)
                    .contactId(contactId)
                    .channelConfiguration(
                            UpdateParticipantRoleConfigChannelInfo.fromChat(ChatParticipantRoleConfig.builder()
                                    .participantTimerConfigList(timers.stream()
                                            .map(AwsConnect::configuration)
                                            .toList())
                                    .build())));
            return contactId;
        });
    }

    private static ParticipantTimerConfiguration configuration(ParticipantTimer timer) {
        TimerEligibleParticipantRoles role = switch (timer.kind()) {
            case CUSTOMER_IDLE, CUSTOMER_DISCONNECT -> TimerEligibleParticipantRoles.CUSTOMER;
            case AGENT_IDLE, AGENT_DISCONNECT -> TimerEligibleParticipantRoles.AGENT;
        };
        ParticipantTimerType type = switch (timer.kind()) {
            case CUSTOMER_IDLE, AGENT_IDLE -> ParticipantTimerType.IDLE;
            case CUSTOMER_DISCONNECT, AGENT_DISCONNECT -> ParticipantTimerType.DISCONNECT_NONCUSTOMER;
        };
        return ParticipantTimerConfiguration.builder()
                .participantRole(role)
                .timerType(type)
                .timerValue(ParticipantTimerValue.fromParticipantTimerDurationInMinutes(
                        (int) timer.after().toMinutes()))
                .build();
    }

    private <T> Answer<T> call(String instanceId, String operation, Function<ConnectClient, T> call) {
        Own own = byInstance.get(instanceId);
        if (own == null) {
            return calls.ofConnect(operation, () -> call.apply(connect));
        }
        long start = System.nanoTime();
        Optional<String> problem = aws.problem(own.identity());
        if (problem.isPresent()) {
            Answer<T> answer = new Answer.Failed<>(new ConnectError.Misconfigured(Extent.INSTANCE, problem.get()));
            calls.count(operation, answer, start);
            return answer;
        }
        Answer<T> answer = calls.ofConnect(operation, () -> call.apply(own.client()));
        // Its credentials say nothing about those of other instances.
        return answer instanceof Answer.Failed<T>(ConnectError.Misconfigured(Extent _, String reason))
                ? new Answer.Failed<>(new ConnectError.Misconfigured(Extent.INSTANCE, reason))
                : answer;
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
