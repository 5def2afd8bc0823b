package lull.whatsapp;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.runtime.aws.AwsCredentials;
import lull.runtime.aws.AwsErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.socialmessaging.SocialMessagingClient;
import software.amazon.awssdk.services.socialmessaging.SocialMessagingClientBuilder;
import software.amazon.awssdk.services.socialmessaging.model.SendWhatsAppMessageResponse;

/// WhatsApp by AWS End User Messaging Social, for business numbers that are registered there. It takes the body that
/// the Graph API takes, and never tells WhatsApp's own error code: what WhatsApp refuses comes as a failed status.
public final class AwsSocialSender implements ReplySender, AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Options options;
    private final WhatsAppMetrics metrics;
    private final SdkHttpClient http;
    private final Map<String, SocialMessagingClient> byRegion;

    /// How the service is called.
    ///
    /// @param numbers by `phone_number_id`
    /// @param endpoint instead of AWS's own
    /// @param placeholderCredentials sign with a made-up key, for a stand-in that checks none
    public record Options(
            Map<String, SocialNumber> numbers,
            Optional<URI> endpoint,
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration callTimeout) {

        public Options {
            numbers = Map.copyOf(numbers);
        }
    }

    /// A sender with connections of its own.
    public AwsSocialSender(Options options, WhatsAppMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.http = ApacheHttpClient.builder()
                .connectionTimeout(options.connectTimeout())
                .socketTimeout(options.callTimeout())
                .build();
        this.byRegion = options.numbers().values().stream()
                .map(SocialNumber::region)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(region -> region, this::client));
    }

    private SocialMessagingClient client(String region) {
        SocialMessagingClientBuilder builder = SocialMessagingClient.builder()
                .region(Region.of(region))
                .httpClient(http)
                .credentialsProvider(AwsCredentials.of(options.placeholderCredentials()))
                // A send is not idempotent: who repeats it must know what became of the one before.
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(options.callTimeout()));
        options.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        String number = part.conversation().businessNumber();
        byte[] body = Json.bytes(GraphBody.of(part));
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = call(number, body);
            metrics.whatsAppCalled(GraphSender.word(delivery), Duration.ofNanos(System.nanoTime() - start));
            return delivery;
        };
    }

    /// Whether a business number is served here.
    boolean serves(String businessNumber) {
        return options.numbers().containsKey(businessNumber);
    }

    /// Sends a read mark or a typing indicator, in the form of the Graph API; false where it was not taken.
    boolean mark(String businessNumber, byte[] body) {
        try {
            send(businessNumber, body);
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    @Override
    public void close() {
        byRegion.values().forEach(SocialMessagingClient::close);
        http.close();
    }

    private Delivery call(String number, byte[] body) {
        try {
            return new Delivery.Accepted(String.valueOf(send(number, body).messageId()));
        } catch (AwsServiceException e) {
            return meaning(number, e);
        } catch (SdkException e) {
            String reason = "AWS does not answer: " + e.getClass().getSimpleName();
            return isNotConnected(e) ? new Delivery.Again(Duration.ZERO, reason) : new Delivery.Unclear(false, reason);
        }
    }

    private SendWhatsAppMessageResponse send(String businessNumber, byte[] body) {
        SocialNumber number = Objects.requireNonNull(options.numbers().get(businessNumber), businessNumber);
        SocialMessagingClient client = Objects.requireNonNull(byRegion.get(number.region()));
        return client.sendWhatsAppMessage(request -> request.originationPhoneNumberId(number.id())
                .metaApiVersion(number.version())
                .message(SdkBytes.fromByteArray(body)));
    }

    private static Delivery meaning(String number, AwsServiceException e) {
        int status = e.statusCode();
        String reason = "AWS answered " + status;
        return switch (status) {
            case 401 -> new Delivery.Misconfigured(new ErrorScope.Everything(), reason);
            // Permissions are given for single numbers, so that neither says anything of the others.
            case 403, 404 ->
                new Delivery.Misconfigured(
                        AwsErrors.isCredentials(e)
                                ? new ErrorScope.Everything()
                                : new ErrorScope.BusinessNumber(number),
                        reason);
            case 409, 429 -> new Delivery.Again(SOON, reason);
            default ->
                status >= 500 || status == 408
                        ? new Delivery.Unclear(true, reason)
                        : AwsErrors.isCredentials(e)
                                ? new Delivery.Misconfigured(new ErrorScope.Everything(), reason)
                                : new Delivery.Refused(status, reason);
        };
    }

    private static boolean isNotConnected(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
