package lull.whatsapp.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that Evolution gives, from a scripted HTTP server.
final class EvolutionFilesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 100_000;

    private final BoundedHttpClient client = new BoundedHttpClient(LONG);
    private final List<String> requests = new ArrayList<>();
    private int status = 201;
    private String answer = "{}";
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("apikey") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void theFileIsThatOfTheMessageAndNothingElseStays() throws Exception {
        byte[] file = new byte[MAX_BYTES];
        file[1] = 7;
        answer = "{\"buffer\":null,\"size\":{\"fileLength\":\"5\"},\"base64\":\"" + base64(file)
                + "\",\"mimetype\":\"image/jpeg; x=1\"}";

        assertThat(fetch(null)).isEqualTo(new Fetched.Here("image/jpeg", MAX_BYTES));
        assertThat(folder.resolve("file")).hasBinaryContent(file);
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(1);
        }
        assertThat(requests)
                .containsExactly("/v/chat/getBase64FromMediaMessage/shop key"
                        + " {\"message\":{\"key\":{\"id\":\"3EB0A\"}},\"convertToMp4\":false}");
    }

    @Test
    void whatTheCustomersPhoneSaysOfTheTypeCounts() throws Exception {
        answer = "{\"base64\":\"" + base64(new byte[3]) + "\",\"mimetype\":\"application/octet-stream\"}";

        assertThat(fetch("audio/ogg; codecs=opus")).isEqualTo(new Fetched.Here("audio/ogg", 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {MAX_BYTES + 1, 3 * MAX_BYTES})
    void aFileThatIsTooLargeIsNotKept(int bytes) throws Exception {
        answer = "{\"base64\":\"" + base64(new byte[bytes]) + "\"}";

        assertThat(fetch(null)).isEqualTo(new Fetched.Refused(MediaProblem.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "[]",
                "{}",
                "{\"base64\":\"\"}",
                "{\"base64\":7}",
                "{\"base64\":\"####\"}",
                "{\"base64\":\"AAAA"
            })
    void anAnswerWithoutAFileIsNoFile(String body) throws Exception {
        answer = body;

        assertThat(fetch(null)).isEqualTo(new Fetched.Refused(MediaProblem.DAMAGED));
    }

    @ParameterizedTest
    @CsvSource({"400, GONE", "404, GONE", "422, GONE", "401, ", "302, ", "429, ", "500, "})
    void theStatusSaysWhetherItIsWorthAnotherAttempt(int answered, @Nullable String problem) throws Exception {
        status = answered;

        assertThat(fetch(null))
                .isEqualTo(
                        problem == null
                                ? new Fetched.Retry("Channel evo answered the request for a file with " + answered)
                                : new Fetched.Refused(MediaProblem.valueOf(problem)));
    }

    @Test
    void anAddressOfAnotherFormIsNotCalled() throws Exception {
        EvolutionFiles files = new EvolutionFiles("evo", () -> Optional.of(address() + "/proxy/{method}"), Map::of);

        assertThat(files.fetch(client, options(), media(null), folder.resolve("file")))
                .isEqualTo(new Fetched.Refused(MediaProblem.GONE));
        assertThat(requests).isEmpty();
        assertThat(EvolutionFiles.address("https://server/message/{method}/shop"))
                .contains(URI.create("https://server/chat/getBase64FromMediaMessage/shop"));
    }

    private Fetched fetch(@Nullable String mimeType) throws IOException, InterruptedException {
        EvolutionFiles files = new EvolutionFiles(
                "evo", () -> Optional.of(address() + "/v/message/{method}/shop"), () -> Map.of("apikey", "key"));
        return files.fetch(client, options(), media(mimeType), folder.resolve("file"));
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static ChannelFiles.Options options() {
        return new ChannelFiles.Options(LONG, LONG, MAX_BYTES);
    }

    private static Content.Media media(@Nullable String mimeType) {
        return new Content.Media(ContentKind.IMAGE, "3EB0A", mimeType, null, null, null, false, false);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
