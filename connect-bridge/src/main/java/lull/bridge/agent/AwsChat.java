package lull.bridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lull.bridge.connect.Answer;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.ConnectOptions;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClientBuilder;
import software.amazon.awssdk.services.connectparticipant.model.ConnectionType;
import software.amazon.awssdk.services.connectparticipant.model.Item;
import software.amazon.awssdk.services.connectparticipant.model.ScanDirection;
import software.amazon.awssdk.services.connectparticipant.model.SortKey;

/// Amazon Connect Participant by the AWS SDK.
public final class AwsChat implements ChatPort, AutoCloseable {

    private static final String EVENT = "application/vnd.amazonaws.connect.event.";
    private static final int ITEMS_OF_PAGE = 100;

    private final BridgeMetrics metrics;
    private final SdkHttpClient http;
    private final ConnectParticipantClient participant;

    public AwsChat(ConnectOptions options, BridgeMetrics metrics) {
        this.metrics = metrics;
        this.http = ApacheHttpClient.builder()
                .connectionTimeout(options.connectTimeout())
                .socketTimeout(options.callTimeout())
                .maxConnections(options.maxConnections())
                .connectionAcquisitionTimeout(options.callTimeout())
                .build();
        // The API knows bearer tokens only; with credentials the SDK would sign, and fail where there are none.
        ConnectParticipantClientBuilder builder = ConnectParticipantClient.builder()
                .region(Region.of(options.region()))
                .httpClient(http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(options.callTimeout()));
        options.participantEndpoint().ifPresent(builder::endpointOverride);
        this.participant = builder.build();
    }

    @Override
    public Answer<String> connect(String participantToken) {
        return call(
                "CreateParticipantConnection",
                () -> participant
                        .createParticipantConnection(request ->
                                request.participantToken(participantToken).type(ConnectionType.CONNECTION_CREDENTIALS))
                        .connectionCredentials()
                        .connectionToken());
    }

    @Override
    public Answer<String> say(String connectionToken, String text, String clientToken) {
        return call(
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
        return call(
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
        return call("GetTranscript", () -> {
            var response = participant.getTranscript(request -> {
                request.connectionToken(connectionToken)
                        .maxResults(ITEMS_OF_PAGE)
                        .scanDirection(ScanDirection.FORWARD)
                        .sortOrder(SortKey.ASCENDING)
                        .startPosition(position -> position.absoluteTime(since.toString()));
                if (next != null) {
                    request.nextToken(next);
                }
            });
            String initial = response.initialContactId();
            return new Page(
                    response.transcript().stream()
                            .<JsonNode>map(item -> json(item, initial))
                            .toList(),
                    Optional.ofNullable(response.nextToken()));
        });
    }

    @Override
    public Answer<URI> attachment(String connectionToken, String attachmentId) {
        return call(
                "GetAttachment",
                () -> URI.create(participant
                        .getAttachment(request ->
                                request.connectionToken(connectionToken).attachmentId(attachmentId))
                        .url()));
    }

    @Override
    public void close() {
        participant.close();
        http.close();
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

    private <T> Answer<T> call(String operation, Supplier<T> call) {
        long start = System.nanoTime();
        Answer<T> answer = answer(call);
        metrics.connectCalled(operation, word(answer), Duration.ofNanos(System.nanoTime() - start));
        return answer;
    }

    private static <T> Answer<T> answer(Supplier<T> call) {
        try {
            return new Answer.Ok<>(call.get());
        } catch (AwsServiceException e) {
            return new Answer.Failed<>(trouble(e));
        } catch (SdkException e) {
            return new Answer.Failed<>(new Trouble.Passing(e.getClass().getSimpleName()));
        }
    }

    private static String word(Answer<?> answer) {
        return switch (answer) {
            case Answer.Ok<?> ok -> "ok";
            case Answer.Failed<?>(Trouble trouble) ->
                switch (trouble) {
                    case Trouble.AccessDenied denied -> "access_denied";
                    case Trouble.Throttled throttled -> "throttled";
                    case Trouble.Paced paced -> "paced";
                    case Trouble.QuotaReached quota -> "quota";
                    case Trouble.Passing passing -> "passing";
                    case Trouble.NotFound notFound -> "not_found";
                    case Trouble.Invalid invalid -> "invalid";
                    case Trouble.Misconfigured misconfigured -> "misconfigured";
                };
        };
    }

    private static Trouble trouble(AwsServiceException e) {
        String reason = "Connect answered " + e.statusCode();
        return switch (e.statusCode()) {
            case 403 -> new Trouble.AccessDenied();
            case 402 -> new Trouble.QuotaReached(reason);
            case 404, 410 -> new Trouble.NotFound(reason);
            case 429 -> new Trouble.Throttled(reason);
            case 401 -> new Trouble.Misconfigured(reason);
            default ->
                e.statusCode() >= 400 && e.statusCode() < 500
                        ? new Trouble.Invalid(reason)
                        : new Trouble.Passing(reason);
        };
    }
}
