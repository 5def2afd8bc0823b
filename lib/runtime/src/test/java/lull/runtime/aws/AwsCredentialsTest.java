package lull.runtime.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

final class AwsCredentialsTest {

    @TempDir
    private Path directory;

    private final Map<String, String> before = new HashMap<>();

    /// No other source of credentials than the system's properties.
    @BeforeEach
    void leaveNoSource() {
        assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_CONTAINER_CREDENTIALS_FULL_URI");
        set("aws.sharedCredentialsFile", directory.resolve("none").toString());
        set("aws.configFile", directory.resolve("none").toString());
        set("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void putBack() {
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void saysThatThereAreNone() {
        assertThat(AwsCredentials.problem(AwsCredentials.of(false))).contains("there are no AWS credentials");
    }

    @Test
    void hasNoProblemWithThoseThatTheSdkFinds() {
        set("aws.accessKeyId", "AKIDEXAMPLE");
        set("aws.secretAccessKey", "example");

        assertThat(AwsCredentials.problem(AwsCredentials.of(false))).isEmpty();
    }

    @Test
    void hasNoProblemWithAPlaceholder() {
        assertThat(AwsCredentials.problem(AwsCredentials.of(true))).isEmpty();
    }

    /// As the SDK fails if a proxy answers for AWS STS.
    @Test
    void aSourceThatFailsInAnUnexpectedWayIsAProblemToo() {
        AwsCredentialsProvider broken = () -> {
            throw new NullPointerException("credentials");
        };

        assertThat(AwsCredentials.problem(broken))
                .contains("the source of AWS credentials answers what the AWS SDK cannot read (NullPointerException):"
                        + " check its address, and proxies");
        assertThat(AwsCredentials.problem(
                        new AwsIdentity.Role("arn:aws:iam::444455556666:role/lull", Optional.empty()), broken))
                .contains(
                        "The role arn:aws:iam::444455556666:role/lull cannot be assumed: AWS STS answers what the AWS SDK"
                                + " cannot read (NullPointerException): check its address, and proxies");
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name, ""));
        System.setProperty(name, value);
    }
}
