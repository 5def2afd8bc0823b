package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import lull.cli.Configuration;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that applications upload with `POST /replies`, from the form to the customer's phone. Each test has a
/// customer of its own.
@Tag("proof")
final class ReplyFilesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BOUNDARY = "a-boundary";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;
    private static LocalLull lull;

    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        lull = LocalLull.start(
                options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "1s", "replies.files", "true"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aFileArrivesByteForByteAndOnceThoughItIsSentTwice() {
        byte[] file = bytes(3 * 1024 * 1024);
        byte[] form = form("15550050001", "image", ",'caption':'Look'", "image/jpeg", "cat.jpg", file);

        String id = accepted(post(ingress(), "twice", form));
        assertThat(accepted(post(ingress(), "twice", form))).isEqualTo(id);
        byte[] next = form("15550050001", "document", "", "application/pdf", "bill.pdf", bytes(10));
        accepted(post(ingress(), "next", next));

        await().atMost(PATIENCE)
                .until(() -> world.phone("15550050001").stream()
                        .anyMatch(message -> message.path("type").asText().equals("document")));
        assertThat(world.phone("15550050001")).hasSize(2);
        JsonNode image = world.phone("15550050001").getFirst();
        assertThat(image.path("type").asText()).isEqualTo("image");
        assertThat(image.at("/content/caption").asText()).isEqualTo("Look");
        assertThat(world.medium(image.at("/content/id").asText())).isEqualTo(file);
        assertThat(world.phone("15550050001").getLast().at("/content/filename").asText())
                .isEqualTo("bill.pdf");
    }

    @Test
    void anotherFileUnderTheSameKeyIsAConflict() {
        byte[] form = form("15550050002", "image", "", "image/png", "a.png", bytes(10));
        accepted(post(ingress(), "key", form));

        answered(409, post(ingress(), "key", form("15550050002", "image", "", "image/png", "a.png", bytes(11))));
    }

    @Test
    void whatWhatsAppRefusesIsAnsweredAndNothingIsSent() {
        world.fault(world.graph("/"), "{'target':'media','code':'100'}");

        HttpResponse<String> answer =
                post(ingress(), "key", form("15550050003", "image", "", "image/png", "a.png", bytes(10)));

        assertThat(answered(422, answer).path("error").asText()).contains("code 100");
        assertThat(world.phone("15550050003")).isEmpty();
    }

    @Test
    void refusesAsItsPageSays() {
        answered(400, post(ingress(), "k", form("15550050004", "image", "", "image/gif", "a.gif", bytes(10))));
        answered(413, post(ingress(), "k", new byte[11 * 1024 * 1024]));
        assertThat(world.phone("15550050004")).isEmpty();
    }

    @Test
    void withoutAnAccessTokenOrWithoutFilesTheAnswerSaysWhatIsMissing() throws Exception {
        byte[] form = form("15550050005", "image", "", "image/png", "a.png", bytes(10));

        URI noToken = secondIngress(Map.of("replies.files", "true", "whatsapp.access.token", ""));
        assertThat(answered(502, post(noToken, "k1", form)).path("error").asText())
                .contains("whatsapp.access.token");
        URI noFiles = secondIngress(Map.of("replies.files", "false"));
        assertThat(answered(415, post(noFiles, "k2", form)).path("error").asText())
                .contains("replies.files");
        assertThat(world.phone("15550050005")).isEmpty();
    }

    private static URI ingress() {
        return URI.create("http://localhost:" + options.ingressPort() + "/replies");
    }

    private static URI secondIngress(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.putAll(Map.of("ingress.port", "0", "admin.port", "0"));
        settings.putAll(more);
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ServiceProcess.start(
                "ingress",
                Configuration.load(Map.of(), settings),
                COMPONENTS,
                context -> port.complete(IngressService.start(context)));
        return URI.create("http://localhost:" + port.join() + "/replies");
    }

    private JsonNode answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(routes.statuses("POST", "/replies")).contains(Integer.toString(status));
        return World.tree(answer.body());
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return World.tree(answer.body()).path("id").asText();
    }

    private static HttpResponse<String> post(URI replies, String key, byte[] form) {
        return world.send(HttpRequest.newBuilder(replies)
                .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                .header("Idempotency-Key", key)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(form)));
    }

    private static byte[] form(
            String customer, String type, String more, String contentType, String name, byte[] file) {
        String request = "{'to':{'phone':'" + customer + "'},'message':{'type':'" + type + "','" + type
                + "':{'file':'it'" + more + "}}}";
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(utf8("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n"
                + request.replace('\'', '"') + "\r\n--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"it\"; filename=\"" + name + "\"\r\nContent-Type: "
                + contentType + "\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(utf8("\r\n--" + BOUNDARY + "--\r\n"));
        return form.toByteArray();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
