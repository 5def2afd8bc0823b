package lull.runtime.aws;

import java.util.Optional;
import lull.runtime.admin.Dependencies;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/// Credentials that sign calls of AWS.
public final class AwsCredentials {

    /// The advice that is shown while there are none.
    private static final String ADVICE = "Calls of AWS cannot be signed, so all of them fail. Give the process a"
            + " role, or set the variables of the AWS SDK; the process recovers by itself.";

    private AwsCredentials() {}

    /// Checks continuously that there are credentials; the process is not ready without them.
    ///
    /// @param placeholder see [#of(boolean)]; dummy credentials are always there
    public static void watch(boolean placeholder, Dependencies dependencies) {
        if (placeholder) {
            return;
        }
        AwsCredentialsProvider provider = of(false);
        dependencies.check(dependencies.required("aws-credentials", ADVICE), () -> problem(provider));
    }

    /// Returns why a provider has no credentials, in words; empty if it has.
    static Optional<String> problem(AwsCredentialsProvider provider) {
        try {
            provider.resolveCredentials();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(reason("the source of AWS credentials", e));
        }
    }

    /// The SDK fails in ways of its own on answers that are none, such as those of a proxy.
    private static String reason(String source, RuntimeException failure) {
        return failure instanceof SdkException known
                ? AwsReasons.of(source, known)
                : source + " answers what the AWS SDK cannot read ("
                        + failure.getClass().getSimpleName() + "): check its address, and proxies";
    }

    /// Returns why an identity's provider has no credentials, in words; empty if it has.
    static Optional<String> problem(AwsIdentity identity, AwsCredentialsProvider provider) {
        try {
            provider.resolveCredentials();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(
                    switch (identity) {
                        case AwsIdentity.Role role ->
                            "The role " + role.arn() + " cannot be assumed: " + reason("AWS STS", e);
                        case AwsIdentity.Profile(String name) ->
                            "The profile " + name + " of the AWS SDK has no credentials";
                        case AwsIdentity.Usual _, AwsIdentity.Placeholder _ ->
                            reason("the source of AWS credentials", e);
                    });
        }
    }

    /// Returns the credentials that the AWS SDK finds.
    ///
    /// @param placeholder dummy credentials instead, for a stand-in that does not check them
    public static AwsCredentialsProvider of(boolean placeholder) {
        return placeholder
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("placeholder", "placeholder"))
                : DefaultCredentialsProvider.builder().build();
    }
}
