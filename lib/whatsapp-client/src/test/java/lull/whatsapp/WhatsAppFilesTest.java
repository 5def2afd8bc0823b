package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that answers as the Graph API does.
final class WhatsAppFilesTest {

    private static final byte[] FILE = "the file".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DIGEST = digest(FILE);

    @TempDir
    private Path directory = Path.of(".");

    private final List<String> asked = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private int status = 200;
    private String error = "{}";
    private String sha256 = HexFormat.of().formatHex(DIGEST);
    private long announced = FILE.length;
    private int downloadStatus = 200;
    private boolean stalls;
    private String host = "http://localhost";
    private Javalin server = Javalin.create();
    private GraphClient graph = graph(1);
    private WhatsAppFiles media = files(1_000);

    @BeforeEach
    void serve() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.routes.get("/v23.0/{id}", this::lookUp);
                    config.routes.get("/download", this::download);
                })
                .start(0);
        graph = graph(server.port());
        media = files(1_000);
    }

    @AfterEach
    void stop() {
        release.countDown();
        graph.close();
        server.stop();
    }

    @Test
    void fetchesAFileInTwoStepsWithTheAccessToken() throws InterruptedException {
        assertThat(fetch(null)).isEqualTo(new Fetched.Here("image/jpeg", FILE.length));

        assertThat(directory.resolve("file")).hasBinaryContent(FILE);
        assertThat(asked).containsExactly("/v23.0/7?phone_number_id=100 Bearer secret", "/download Bearer secret");
    }

    @Test
    void takesTheDigestInEitherSpelling() throws InterruptedException {
        assertThat(fetch(Base64.getEncoder().encodeToString(DIGEST))).isInstanceOf(Fetched.Here.class);
        sha256 = Base64.getEncoder().encodeToString(DIGEST);
        assertThat(fetch(HexFormat.of().formatHex(DIGEST))).isInstanceOf(Fetched.Here.class);
    }

    @Test
    void refusesWhatIsNotTheFileThatWasSent() throws InterruptedException {
        assertThat(fetch(Base64.getEncoder().encodeToString(new byte[32])))
                .isEqualTo(new Fetched.Refused(MediaProblem.DAMAGED));
        announced = 3;
        assertThat(fetch(null)).isEqualTo(new Fetched.Refused(MediaProblem.DAMAGED));
    }

    @Test
    void doesNotEvenDownloadWhatIsTooLarge() throws InterruptedException {
        announced = 1_001;

        assertThat(fetch(null)).isEqualTo(new Fetched.Refused(MediaProblem.TOO_LARGE));
        assertThat(asked).hasSize(1);
    }

    @Test
    void doesNotKeepMoreThanIsAllowedWhateverTheLookUpSays() throws InterruptedException {
        announced = 0;
        media = files(3);

        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class);
    }

    @Test
    void saysThatTheFolderIsTheReasonIfItIs() throws InterruptedException {
        Content.Media sent = new Content.Media(ContentKind.IMAGE, "7", null, null, null, null, false, false);
        Path gone = directory.resolve("gone");

        assertThat(media.fetch(sent, "100", gone.resolve("file")))
                .isEqualTo(new Fetched.Retry(
                        "media.folder: The directory " + gone + " cannot be used: it does not exist"));
    }

    @Test
    void tellsWhatIsGoneFromWhatMayComeLater() throws InterruptedException {
        status = 400;
        error = "{\"error\":{\"code\":100}}";
        assertThat(fetch(null)).isEqualTo(new Fetched.Refused(MediaProblem.GONE));
        status = 401;
        error = "{\"error\":{\"code\":190}}";
        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class);
        status = 500;
        error = "not JSON";
        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class);
        status = 200;
        downloadStatus = 404;
        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class);
        server.stop();
        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class);
    }

    @Test
    void aDownloadThatStallsEndsAtItsTimeout() throws InterruptedException {
        stalls = true;

        assertThat(fetch(null)).isEqualTo(new Fetched.Retry("The download of a file from WhatsApp timed out"));
    }

    @Test
    void sendsTheTokenNowhereElseWhateverTheLookUpSays() throws InterruptedException {
        host = "http://example.org";

        assertThat(fetch(null)).isInstanceOf(Fetched.Retry.class).asString().contains("whatsapp.media.hosts");
        assertThat(asked).hasSize(1);
    }

    private Fetched fetch(@Nullable String sha256) throws InterruptedException {
        Content.Media file = new Content.Media(ContentKind.IMAGE, "7", "image/jpeg", sha256, null, null, false, false);
        return media.fetch(file, "100", directory.resolve("file"));
    }

    private void lookUp(Context context) {
        note(context);
        context.status(status).contentType("application/json");
        context.result(
                status == 200
                        ? "{\"url\":\"%s:%d/download\",\"mime_type\":\"image/jpeg; x=y\",\"sha256\":\"%s\",\"file_size\":\"%d\"}"
                                .formatted(host, server.port(), sha256, announced)
                        : error);
    }

    private void download(Context context) throws Exception {
        note(context);
        if (stalls) {
            context.res().setContentLength(100);
            context.res().getOutputStream().write(FILE);
            context.res().flushBuffer();
            release.await();
        }
        context.status(downloadStatus).result(FILE);
    }

    private void note(Context context) {
        String query = context.queryString();
        asked.add(context.path() + (query == null ? "" : "?" + query) + " " + context.header("Authorization"));
    }

    private WhatsAppFiles files(long maxBytes) {
        return new WhatsAppFiles(
                graph,
                new WhatsAppFiles.Options(new TokenHosts(graph.endpoint(), List.of()), Duration.ofSeconds(2), maxBytes),
                new WhatsAppMetrics(new SimpleMeterRegistry()));
    }

    private static GraphClient graph(int port) {
        return new GraphClient(new GraphClient.Options(
                URI.create("http://localhost:" + port),
                GraphAccess.same("v23.0", "secret"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2)));
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
