package lull.whatsapp;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.runtime.aws.AwsClients;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.socialmessaging.SocialMessagingClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Clients of AWS End User Messaging Social, one for each Region and identity, and the business numbers that it
/// serves. Messages and files share them and their connection pool; the owner closes them.
public final class AwsSocialClients implements AutoCloseable {

    /// Half of it is for messages: the number of files transferred at a time is limited by the places
    /// of the media folder.
    private static final int MAX_CONNECTIONS = 100;

    private final Options options;
    private final AwsClients aws;
    private final Map<SocialNumber.Place, SocialMessagingClient> byPlace;

    /// How the service is called.
    ///
    /// @param numbers by `phone_number_id`
    /// @param endpoint instead of AWS's own
    /// @param placeholderCredentials dummy credentials, for a stand-in that does not check them
    /// @param callTimeout of a call that sends a message
    /// @param transferTimeout of a call in which AWS reads or writes a whole file
    public record Options(
            Map<String, SocialNumber> numbers,
            Optional<URI> endpoint,
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration callTimeout,
            Duration transferTimeout) {

        public Options {
            numbers = Map.copyOf(numbers);
        }
    }

    public AwsSocialClients(Options options) {
        this.options = options;
        // A send is not idempotent: before a retry the caller must know the result of the call before.
        this.aws = new AwsClients(AwsClients.Options.once(
                        options.placeholderCredentials(), options.connectTimeout(), options.transferTimeout())
                .withMaxConnections(MAX_CONNECTIONS));
        this.byPlace = byPlace(options, place -> create(SocialMessagingClient.builder(), place, options.endpoint()));
    }

    @Override
    public void close() {
        aws.close();
    }

    /// The business numbers that the service serves.
    public Map<String, SocialNumber> numbers() {
        return options.numbers();
    }

    /// A business number that the service serves.
    public SocialNumber number(String businessNumber) {
        return Objects.requireNonNull(options.numbers().get(businessNumber), businessNumber);
    }

    /// The timeout of a call that sends a message. A client's own is that of transfers.
    public Duration callTimeout() {
        return options.callTimeout();
    }

    /// Returns why calls for a business number cannot be signed now, in words; empty if they can, or if the
    /// process signs them.
    public Optional<String> problem(String businessNumber) {
        return number(businessNumber).identity().flatMap(aws::problem);
    }

    /// The scope of a problem with the credentials that call for a business number.
    ErrorScope credentials(String businessNumber) {
        return number(businessNumber).identity().isPresent()
                ? new ErrorScope.BusinessNumber(businessNumber)
                : new ErrorScope.Everything();
    }

    /// The client of a number.
    public SocialMessagingClient of(SocialNumber number) {
        return Objects.requireNonNull(byPlace.get(number.place()));
    }

    /// Creates clients of Amazon S3 in the same Regions, on the same connections.
    ///
    /// @param endpoint instead of AWS's own; buckets are then named in the path
    Map<SocialNumber.Place, S3Client> stores(Optional<URI> endpoint) {
        return byPlace(
                options, place -> create(S3Client.builder().forcePathStyle(endpoint.isPresent()), place, endpoint));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C create(
            B builder, SocialNumber.Place place, Optional<URI> endpoint) {
        return place.identity()
                .map(identity -> aws.create(builder, place.region(), endpoint, identity))
                .orElseGet(() -> aws.create(builder, place.region(), endpoint));
    }

    private static <T> Map<SocialNumber.Place, T> byPlace(Options options, Function<SocialNumber.Place, T> client) {
        return options.numbers().values().stream()
                .map(SocialNumber::place)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(place -> place, client));
    }
}
