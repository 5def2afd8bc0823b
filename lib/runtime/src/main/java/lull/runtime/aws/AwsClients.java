package lull.runtime.aws;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Set-up of AWS clients: credentials, timeouts, retries, and a pool of HTTP connections that all its
/// clients share. It owns its clients: [#close] closes them, then the pool. One thread creates all
/// clients before any calls are made.
public final class AwsClients implements AutoCloseable {

    private final Options options;
    private final AwsCredentialsProvider credentials;
    private final SdkHttpClient http;
    private final Map<AwsIdentity, AwsCredentialsProvider> others = new HashMap<>();
    private final List<SdkAutoCloseable> clients = new ArrayList<>();

    /// Options of AWS calls.
    ///
    /// @param placeholderCredentials dummy credentials, for a stand-in that does not check them
    /// @param responseTimeout for which a connection may be silent
    /// @param callTimeout of a whole call, retries included
    /// @param maxConnections in the pool
    /// @param retries whether the SDK repeats calls that failed
    public record Options(
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration responseTimeout,
            Optional<Duration> callTimeout,
            int maxConnections,
            boolean retries) {

        /// The defaults of the SDK.
        private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

        private static final int MAX_CONNECTIONS = 50;

        /// Returns options for calls that the SDK never repeats, because the caller must know the
        /// result of each.
        public static Options once(boolean placeholderCredentials, Duration connectTimeout, Duration callTimeout) {
            return new Options(
                    placeholderCredentials,
                    connectTimeout,
                    callTimeout,
                    Optional.of(callTimeout),
                    MAX_CONNECTIONS,
                    false);
        }

        /// Returns options for calls that the SDK repeats by its own rules.
        public static Options repeated(boolean placeholderCredentials, Duration responseTimeout) {
            return new Options(
                    placeholderCredentials, CONNECT_TIMEOUT, responseTimeout, Optional.empty(), MAX_CONNECTIONS, true);
        }

        /// Returns the same options with a timeout of a whole call.
        public Options withCallTimeout(Duration timeout) {
            return new Options(
                    placeholderCredentials,
                    connectTimeout,
                    responseTimeout,
                    Optional.of(timeout),
                    maxConnections,
                    retries);
        }

        /// Returns the same options with another size of the pool.
        public Options withMaxConnections(int count) {
            return new Options(placeholderCredentials, connectTimeout, responseTimeout, callTimeout, count, retries);
        }
    }

    public AwsClients(Options options) {
        this.options = options;
        this.credentials = AwsCredentials.of(options.placeholderCredentials());
        this.http = ApacheHttpClient.builder()
                .connectionTimeout(options.connectTimeout())
                .socketTimeout(options.responseTimeout())
                .maxConnections(options.maxConnections())
                .connectionAcquisitionTimeout(options.responseTimeout())
                .build();
    }

    /// Creates a client that signs its calls.
    ///
    /// @param endpoint instead of AWS's own
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C create(
            B builder, String region, Optional<URI> endpoint) {
        return create(builder, region, endpoint, credentials);
    }

    /// Creates a client that signs its calls as another identity. Its owner asks [#problem] before each call.
    ///
    /// @param region also of AWS STS, if the identity is a role
    /// @param endpoint instead of AWS's own
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C create(
            B builder, String region, Optional<URI> endpoint, AwsIdentity identity) {
        AwsCredentialsProvider signer = others.get(identity);
        if (signer == null) {
            signer = provider(identity, region);
            others.put(identity, signer);
        }
        return create(builder, region, endpoint, signer);
    }

    /// Returns why calls as an identity cannot be signed now, in words; empty if they can. May call AWS STS.
    ///
    /// @param identity for which a client was created
    public Optional<String> problem(AwsIdentity identity) {
        return AwsCredentials.problem(identity, Objects.requireNonNull(others.get(identity)));
    }

    private AwsCredentialsProvider provider(AwsIdentity identity, String region) {
        return switch (identity) {
            case AwsIdentity.Usual _ -> AwsCredentials.of(false);
            case AwsIdentity.Placeholder _ -> AwsCredentials.of(true);
            case AwsIdentity.Profile(String name) ->
                ProfileCredentialsProvider.builder()
                        .profileFile(ProfileFileSupplier.defaultSupplier())
                        .profileName(name)
                        .build();
            case AwsIdentity.Role(String arn, Optional<URI> sts) ->
                StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(create(StsClient.builder(), region, sts))
                        .refreshRequest(request -> request.roleArn(arn).roleSessionName("lull"))
                        .asyncCredentialUpdateEnabled(true)
                        .build();
        };
    }

    /// Creates a client that does not sign its calls, for an API that accepts only bearer tokens. With
    /// credentials the SDK would sign, and fail if there are none.
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C createUnsigned(
            B builder, String region, Optional<URI> endpoint) {
        return create(builder, region, endpoint, AnonymousCredentialsProvider.create());
    }

    /// Configures the builder of an asynchronous client, which has its own connections and which the
    /// caller closes.
    public static <B extends AwsClientBuilder<B, C>, C> B configure(
            B builder, Options options, String region, Optional<URI> endpoint) {
        return configure(builder, options, region, endpoint, AwsCredentials.of(options.placeholderCredentials()));
    }

    @Override
    public void close() {
        others.values().stream()
                .filter(SdkAutoCloseable.class::isInstance)
                .forEach(provider -> ((SdkAutoCloseable) provider).close());
        clients.forEach(SdkAutoCloseable::close);
        http.close();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C create(
            B builder, String region, Optional<URI> endpoint, AwsCredentialsProvider signer) {
        C client = configure(builder, options, region, endpoint, signer)
                .httpClient(http)
                .build();
        clients.add(client);
        return client;
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configure(
            B builder, Options options, String region, Optional<URI> endpoint, AwsCredentialsProvider signer) {
        ClientOverrideConfiguration.Builder overrides =
                ClientOverrideConfiguration.builder().addExecutionInterceptor(new AwsCallSpans());
        options.callTimeout().ifPresent(overrides::apiCallTimeout);
        if (!options.retries()) {
            overrides.retryStrategy(AwsRetryStrategy.doNotRetry());
        }
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(Region.of(region)).credentialsProvider(signer).overrideConfiguration(overrides.build());
    }
}
