package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.standins.http.ControlClient;
import lull.standins.s3.S3StandIn;
import lull.whatsapp.AwsSocialClients;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaProblem;
import lull.whatsapp.MediaUploader.Upload;
import lull.whatsapp.SocialNumber;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.WhatsAppMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of numbers of AWS End User Messaging: the bridge's side against both stand-ins, by the real AWS SDK.
final class SocialFilesTest {

    private static final String NUMBER = "100000000000006";
    private static final String SHA256_OF_HELLO = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

    @TempDir
    private Path directory;

    private final S3StandIn buckets = S3StandIn.start(0, InstantSource.system(), Set.of("files"));
    private final GraphStandIn graph = GraphStandIn.start(GraphStandIn.Options.defaults(), Optional.of(buckets));
    private final ControlClient control = new ControlClient(graph.uri());
    private AwsSocialClients clients = clients("files");
    private AwsSocialMedia media = media();

    @AfterEach
    void stop() {
        clients.close();
        control.close();
        graph.close();
        buckets.close();
    }

    @Test
    void aFileFromACustomerPassesThroughTheBucket() {
        String id = upload("hello", "audio/ogg; codecs=opus");

        assertThat(fetch(id, SHA256_OF_HELLO)).isEqualTo(new Fetched.Here("audio/ogg", 5));

        assertThat(directory.resolve("file")).hasContent("hello");
        assertThat(buckets.keys("files", "")).isEmpty();
    }

    @Test
    void whatIsNotAsItWasSentOrTooLargeOrGoneIsRefused() {
        assertThat(fetch(upload("Hello", "audio/ogg"), SHA256_OF_HELLO))
                .isEqualTo(new Fetched.Refused(MediaProblem.DAMAGED));
        assertThat(fetch(upload("x".repeat(1_001), "audio/ogg"), null))
                .isEqualTo(new Fetched.Refused(MediaProblem.TOO_LARGE));
        assertThat(fetch("999", null)).isEqualTo(new Fetched.Refused(MediaProblem.GONE));
        assertThat(buckets.keys("files", "")).isEmpty();
    }

    @Test
    void aFileToACustomerPassesThroughTheBucket() {
        assertThat(send())
                .isInstanceOfSatisfying(
                        Upload.Done.class,
                        done -> assertThat(control.get("/_phone/requests").toString())
                                .contains("/v1/whatsapp/media"));
        assertThat(buckets.keys("files", "")).isEmpty();

        fault("PostWhatsAppMessageMedia", "DependencyException");
        assertThat(send()).isInstanceOf(WhatsAppError.Transient.class);
        fault("PostWhatsAppMessageMedia", "ThrottledRequestException");
        assertThat(send())
                .isEqualTo(new WhatsAppError.Transient(
                        Duration.ofSeconds(1), "AWS answers 429, ThrottledRequestException"));
        fault("PostWhatsAppMessageMedia", "InvalidParametersException");
        assertThat(send()).isInstanceOf(WhatsAppError.Refused.class);
        assertThat(buckets.keys("files", "")).isEmpty();
    }

    @Test
    void aFileInMemoryPassesThroughTheBucketToo() {
        byte[] file = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(media.upload(NUMBER, file, "application/pdf")).isInstanceOf(Upload.Done.class);
        fault("PostWhatsAppMessageMedia", "InvalidParametersException");
        assertThat(media.upload(NUMBER, file, "application/pdf")).isInstanceOf(WhatsAppError.Refused.class);
        assertThat(buckets.keys("files", "")).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsAMisconfigurationAndAFileWaits() {
        clients.close();
        clients = clients("others");
        media = media();

        assertThat(send()).isInstanceOf(WhatsAppError.Misconfigured.class);
        assertThat(fetch(upload("hello", "audio/ogg"), null)).isInstanceOf(Fetched.Retry.class);
    }

    private Upload send() {
        try {
            Path file = Files.writeString(directory.resolve("price"), "hello");
            return media.upload(NUMBER, file, "application/pdf", "price.pdf");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Fetched fetch(String id, @Nullable String sha256) {
        return media.fetch(
                new Content.Media(ContentKind.AUDIO, id, null, sha256, null, null, false, false),
                NUMBER,
                directory.resolve("file"));
    }

    private String upload(String content, String mimeType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(graph.uri().resolve("/_phone/media"))
                .header("Content-Type", mimeType)
                .POST(HttpRequest.BodyPublishers.ofString(content));
        return ControlClient.json(control.send(request)).path("id").asText();
    }

    private void fault(String target, String code) {
        control.post("/_faults", "{\"target\":\"%s\",\"code\":\"%s\"}".formatted(target, code));
    }

    private AwsSocialClients clients(String bucket) {
        return new AwsSocialClients(new AwsSocialClients.Options(
                Map.of(
                        NUMBER,
                        new SocialNumber(
                                "phone-number-id-00000000000000000" + NUMBER,
                                "us-east-1",
                                "v23.0",
                                Optional.of(bucket),
                                Optional.empty())),
                Optional.of(graph.uri()),
                true,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10)));
    }

    private AwsSocialMedia media() {
        return new AwsSocialMedia(
                clients,
                new AwsSocialMedia.Options(Optional.of(buckets.uri()), "whatsapp/", 1_000),
                new WhatsAppMetrics(new SimpleMeterRegistry()));
    }
}
