package lull.standins.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import lull.standins.http.AdjustableClock;
import lull.standins.http.ControlClient;
import lull.standins.http.Json;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.connect.ConnectClient;
import software.amazon.awssdk.services.connect.model.StartChatContactRequest;
import software.amazon.awssdk.services.connect.model.StartChatContactResponse;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.model.ConnectionType;
import software.amazon.awssdk.services.connectparticipant.model.CreateParticipantConnectionResponse;

/// A stand-in with the real AWS SDK on one side and the agent's control routes on the other.
final class Desk implements AutoCloseable {
    static final String TOPIC = ConnectStandIn.Options.defaults().topicArns().getFirst();
    static final String INSTANCE = ConnectStandIn.Options.defaults().instanceId();

    final AdjustableClock clock = new AdjustableClock();
    final ConnectStandIn standIn;
    final ConnectClient connect;
    final ConnectParticipantClient participant;
    final ControlClient control;

    Desk() {
        this(options -> options);
    }

    Desk(UnaryOperator<ConnectStandIn.Options> setUp) {
        standIn = ConnectStandIn.start(
                setUp.apply(ConnectStandIn.Options.defaults().withClock(clock)));
        connect = ConnectClient.builder()
                .endpointOverride(standIn.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        participant = participantClient(standIn.uri(), 1);
        control = new ControlClient(standIn.uri());
    }

    static ConnectParticipantClient participantClient(URI uri, int attempts) {
        return ConnectParticipantClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                        .maxAttempts(attempts)
                        .build()))
                .build();
    }

    StartChatContactResponse start(Consumer<StartChatContactRequest.Builder> more) {
        return connect.startChatContact(request -> {
            request.instanceId(INSTANCE)
                    .contactFlowId("queue")
                    .participantDetails(details -> details.displayName("Jana"));
            more.accept(request);
        });
    }

    StartChatContactResponse start() {
        return start(_ -> {});
    }

    String stream(String contactId) {
        return connect.startContactStreaming(request -> request.instanceId(INSTANCE)
                        .contactId(contactId)
                        .chatStreamingConfiguration(to -> to.streamingEndpointArn(TOPIC)))
                .streamingId();
    }

    String connectionToken(String participantToken) {
        CreateParticipantConnectionResponse answer =
                participant.createParticipantConnection(request -> request.participantToken(participantToken)
                        .type(ConnectionType.CONNECTION_CREDENTIALS)
                        .connectParticipant(true));
        return answer.connectionCredentials().connectionToken();
    }

    /// A chat that streams and whose customer is connected.
    record Connected(String contactId, String participantToken, String token) {}

    Connected connected(Consumer<StartChatContactRequest.Builder> more) {
        StartChatContactResponse started = start(more);
        stream(started.contactId());
        String token = connectionToken(started.participantToken());
        return new Connected(started.contactId(), started.participantToken(), token);
    }

    Connected connected() {
        return connected(_ -> {});
    }

    String says(Connected chat, String text) {
        return participant
                .sendMessage(request -> request.connectionToken(chat.token())
                        .contentType("text/plain")
                        .content(text))
                .id();
    }

    JsonNode act(String contactId, String action, String body) {
        return control.post("/_agent/chats/" + contactId + "/" + action, body);
    }

    JsonNode chat(String contactId) {
        return control.get("/_agent/chats/" + contactId);
    }

    /// `role: content` of messages and the last word of events' content types, in order.
    List<String> told(String contactId) {
        return StreamSupport.stream(chat(contactId).get("transcript").spliterator(), false)
                .map(Desk::told)
                .toList();
    }

    static String told(JsonNode item) {
        String role = item.path("role").asText("-");
        String type = item.path("contentType").asText("attachment");
        return role + ": "
                + (item.has("content") ? item.get("content").asText() : type.substring(type.lastIndexOf('.') + 1));
    }

    void fault(UnaryOperator<ObjectNode> fault) {
        control.post("/_faults", Json.write(fault.apply(Json.object())));
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    public void close() {
        participant.close();
        connect.close();
        control.close();
        standIn.close();
    }
}
