package lull.runtime;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// With what calls of AWS are signed.
public final class AwsCredentials {

    private AwsCredentials() {}

    /// As the AWS SDK finds them.
    ///
    /// @param placeholder a made-up key instead, for a stand-in that checks none
    public static AwsCredentialsProvider of(boolean placeholder) {
        return placeholder
                ? StaticCredentialsProvider.create(AwsBasicCredentials.create("placeholder", "placeholder"))
                : DefaultCredentialsProvider.builder().build();
    }
}
