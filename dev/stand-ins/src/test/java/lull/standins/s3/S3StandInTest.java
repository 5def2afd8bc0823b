package lull.standins.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The real client of the AWS SDK, as it comes, against the stand-in.
final class S3StandInTest {

    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "body"));

    @TempDir
    private Path directory;

    private Duration later = Duration.ZERO;
    private final S3StandIn standIn = S3StandIn.start(0, () -> Instant.now().plus(later), Set.of("files"));
    private final S3Client s3 = S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(standIn.uri())
            .forcePathStyle(true)
            .credentialsProvider(ANYBODY)
            .httpClient(ApacheHttpClient.create())
            .build();

    @AfterEach
    void stop() {
        s3.close();
        standIn.close();
    }

    @Test
    void whatIsPutIsGotUntilItIsDeleted() throws IOException {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) '\r');
        Path file = Files.write(directory.resolve("file"), content);

        s3.putObject(
                request -> request.bucket("files").key("a/b c.bin").contentType("audio/ogg"),
                RequestBody.fromFile(file));

        assertThat(s3.getObjectAsBytes(request -> request.bucket("files").key("a/b c.bin"))
                        .asByteArray())
                .isEqualTo(content);
        assertThat(standIn.find("files", "a/b c.bin").orElseThrow().contentType())
                .isEqualTo("audio/ogg");
        s3.deleteObject(request -> request.bucket("files").key("a/b c.bin"));
        assertThatThrownBy(() ->
                        s3.getObjectAsBytes(request -> request.bucket("files").key("a/b c.bin")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(
                        () -> s3.putObject(request -> request.bucket("others").key("a"), RequestBody.fromString("x")))
                .isInstanceOf(NoSuchBucketException.class);
    }

    @Test
    void aPresignedLinkIsGoodForItsLife() throws Exception {
        s3.putObject(request -> request.bucket("files").key("a"), RequestBody.fromString("hello"));
        URI link;
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(standIn.uri())
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .credentialsProvider(ANYBODY)
                .build()) {
            link = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(request -> request.bucket("files").key("a")))
                    .url()
                    .toURI();
        }

        assertThat(get(link).body()).isEqualTo("hello");
        assertThat(get(standIn.uri().resolve("/files/a")).statusCode()).isEqualTo(403);
        later = Duration.ofMinutes(6);
        assertThat(get(link).statusCode()).isEqualTo(403);
        assertThat(get(link).body()).contains("<Code>AccessDenied</Code>");
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
        }
    }
}
