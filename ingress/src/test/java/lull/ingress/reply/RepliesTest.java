package lull.ingress.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.KeptFile;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.ingress.webhook.IngressRecord;
import lull.media.MediaBytes;
import lull.media.MediaKeeper;
import lull.runtime.BearerTokens;
import lull.runtime.Sha256;
import lull.runtime.http.BodyReader;
import lull.runtime.http.InFlight;
import lull.runtime.trace.Tracing;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.MediaUploader;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The door over HTTP, with a topic that is a list.
final class RepliesTest {

    private static final String REQUEST =
            "{'conversation':'100|15550001001','message':{'type':'text','text':{'body':'Hi'}}}";
    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_FILE_BYTES = 20_000;
    private static final int MOST_FORM_BYTES = 24_000;

    private static final String FILE_REQUEST =
            "{'conversation':'100|15550001001','message':{'type':'image','image':{'file':'it','caption':'Look'}}}";

    private final List<IngressRecord> written = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> uploaded = new ArrayList<>();
    private MediaUploader.@Nullable Upload upload;
    private boolean hasFiles = true;
    private boolean brokerAway;
    private Javalin server = serve(List.of("first", "second"));

    @AfterEach
    void stop() {
        server.stop();
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer first", "Bearer second", "bearer second"})
    void whatIsAskedForIsOnTheTopicBeforeItIsAnswered(String authorization) throws UnreadableJson {
        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(written).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("whatsapp.reply.requested");
            assertThat(record.key()).isEqualTo("100|15550001001");
            Reply reply = Json.read(record.value(), Reply.class);
            assertThat(json(answer))
                    .isEqualTo(Json.object().put("id", reply.id()).put("status", "/replies/" + reply.id()));
        });
        assertThat(counted("accepted")).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflictAndNothingIsWritten() throws UnreadableJson {
        post(request(REQUEST).header("Authorization", "Bearer first"));
        HttpResponse<String> again = post(request(REQUEST.replace(",", ", ")).header("Authorization", "Bearer first"));
        HttpResponse<String> other =
                post(request(REQUEST.replace("Hi", "Bye")).header("Authorization", "Bearer first"));
        HttpResponse<String> elsewhere =
                post(request(REQUEST.replace("1001", "1002")).header("Authorization", "Bearer first"));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(json(other).path("error").asText())
                .isEqualTo("This Idempotency-Key has been used for another request in this conversation, so this"
                        + " request is rejected. Send a new reply with a new Idempotency-Key");
        assertThat(elsewhere.statusCode()).isEqualTo(202);
        assertThat(written).hasSize(3);
        assertThat(counted("conflict")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer third", "Bearer ", "Bearer", "Basic first", "first", "Bearer firs", "Bearer first,second"
            })
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(written).isEmpty();
        assertThat(counted("unauthorized")).isEqualTo(1);
    }

    @Test
    void noTokenIsRefusedWhateverTheBody() {
        assertThat(post(request("not json")).statusCode()).isEqualTo(401);
        assertThat(post(request("x".repeat(MOST_BYTES))).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutTokensTheDoorIsClosedAndSaysWhatOpensIt() {
        server.stop();
        server = serve(List.of());

        HttpResponse<String> answer = post(request(REQUEST).header("Authorization", "Bearer "));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).path("error").asText()).contains("replies.tokens");
        assertThat(counted("closed")).isEqualTo(1);
    }

    @Test
    void allProblemsAreTold() {
        HttpResponse<String> answer = post(allowed("{'conversation':'x','message':{'type':'fax'}}"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("error").asText()).isNotEmpty();
        assertThat(json(answer).path("problems")).hasSize(2);
        assertThat(written).isEmpty();
        assertThat(counted("malformed")).isEqualTo(1);
    }

    @Test
    void theBodyHasALimit() {
        String longest = REQUEST + " ".repeat(MOST_BYTES - REQUEST.length());

        assertThat(post(allowed(longest)).statusCode()).isEqualTo(202);
        assertThat(post(allowed(longest + " ")).statusCode()).isEqualTo(413);
        assertThat(counted("too_large")).isEqualTo(1);
    }

    @Test
    void theBodyIsNotCompressed() {
        assertThat(post(allowed(REQUEST).header("Content-Encoding", "gzip")).statusCode())
                .isEqualTo(415);
        assertThat(post(allowed(REQUEST).header("Content-Encoding", "identity")).statusCode())
                .isEqualTo(202);
        assertThat(counted("encoded")).isEqualTo(1);
    }

    @Test
    void whatTheBrokerDoesNotTakeIsToBeSentAgain() {
        brokerAway = true;

        HttpResponse<String> answer = post(allowed(REQUEST));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(counted("unavailable")).isEqualTo(1);
    }

    @Test
    void aFileIsUploadedBeforeTheReplyIsWrittenWithItsId() throws UnreadableJson {
        HttpResponse<String> answer = form(FILE_REQUEST, "image/png", "cat.png", "picture");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(uploaded).containsExactly("100 image/png cat.png picture");
        assertThat(content(0)).isEqualTo(new Media(Media.Kind.IMAGE, "media-1", null, "Look", null, null, null));
        assertThat(Json.read(written.getFirst().value(), Reply.class).file())
                .isEqualTo(new KeptFile(Sha256.hex("picture"), "image/png", 7, "cat.png"));
    }

    @Test
    void aDocumentHasTheNameOfItsFileUnlessTheRequestNamesIt() throws UnreadableJson {
        String request = "{'conversation':'100|15550001001','message':{'type':'document','document':{'file':'it'@}}}";
        form(request.replace("@", ""), "application/pdf", "bill.pdf", "one");
        form(request.replace("@", ",'filename':'other.pdf'").replace("1001", "1002"), "text/html", "bill.pdf", "two");

        assertThat(uploaded).containsExactly("100 application/pdf bill.pdf one", "100 text/plain other.pdf two");
        assertThat(((Media) content(0)).filename()).isEqualTo("bill.pdf");
        assertThat(((Media) content(1)).filename()).isEqualTo("other.pdf");
    }

    @Test
    void theSameFormAgainIsTheSameReplyAndAnotherFileIsAConflict() throws UnreadableJson {
        HttpResponse<String> first = form(FILE_REQUEST, "image/png", "cat.png", "picture");
        HttpResponse<String> again = form(FILE_REQUEST, "image/png", "cat.png", "picture");
        HttpResponse<String> other = form(FILE_REQUEST, "image/png", "cat.png", "another");

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again)).isEqualTo(json(first));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(uploaded).as("WhatsApp has a new id for each upload").hasSize(2);
        assertThat(written).hasSize(2);
        assertThat(((Media) content(1)).id()).isEqualTo("media-2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
        {'type':'image','image':{'file':'it'}} ~ image/gif ~ The file must be image/jpeg or image/png
        {'type':'sticker','sticker':{'file':'it'}} ~ image/png ~ The file must be image/webp
        {'type':'image','image':{'file':'other'}} ~ image/png ~ message.image.file must be the name of the part
        {'type':'image','image':{}} ~ image/png ~ message.image.file must be the name of the part
        {'type':'image','image':{'file':'it','link':'https://a.example/1.png'}} ~ image/png ~ does not go with id or link
        {'type':'image','image':{'file':'it','id':'1'}} ~ image/png ~ does not go with id or link
        {'type':'text','text':{'body':'Hi'}} ~ image/png ~ message must be an image
        """)
    void aFormThatIsWrongIsRefusedWithoutAnUpload(String message, String contentType, String problem) {
        HttpResponse<String> answer =
                form("{'conversation':'100|15550001001','message':" + message + "}", contentType, "cat.png", "picture");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("problems").toString()).contains(problem);
        assertThat(uploaded).isEmpty();
        assertThat(written).isEmpty();
    }

    @Test
    void aFormForAnotherChannelIsRefusedBecauseItsFilesNeedLinks() {
        HttpResponse<String> answer =
                form(FILE_REQUEST.replace("100|15550001001", "telegram.shop|70010001"), "image/png", "cat.png", "x");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("problems").toString())
                .contains("A file cannot be uploaded to the channel shop: give a link to the file in its place");
        assertThat(uploaded).isEmpty();
        assertThat(written).isEmpty();
    }

    @Test
    void whatIsNoFormOrHasNoFileOrTooManyIsRefused() {
        for (String body : List.of(
                "",
                "no form",
                part("request", "", "", FILE_REQUEST) + "--b--\r\n",
                part("it", "image/png", "cat.png", "picture") + "--b--\r\n",
                part("request", "", "", FILE_REQUEST)
                        + part("it", "image/png", "cat.png", "picture")
                        + part("that", "image/png", "cat.png", "picture")
                        + "--b--\r\n",
                part("request", "", "", FILE_REQUEST) + part("it", "image/png", "cat.png", "never ends"))) {
            HttpResponse<String> answer = postForm(body, "multipart/form-data; boundary=b");
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).path("problems")).isNotEmpty();
        }
        assertThat(postForm("--b--", "multipart/form-data").statusCode()).isEqualTo(400);
        assertThat(uploaded).isEmpty();
    }

    @Test
    void aFileHasALimit() {
        assertThat(form(FILE_REQUEST, "image/png", "cat.png", "x".repeat(MOST_FILE_BYTES))
                        .statusCode())
                .isEqualTo(202);
        assertThat(form(FILE_REQUEST, "image/png", "cat.png", "x".repeat(MOST_FILE_BYTES + 1))
                        .statusCode())
                .isEqualTo(400);
        assertThat(form(FILE_REQUEST, "image/png", "cat.png", "x".repeat(MOST_FORM_BYTES))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whatWhatsAppAnswersToTheFileIsAnswered() {
        upload = new WhatsAppError.Refused(100, "WhatsApp answered 400, code 100");
        HttpResponse<String> refused = form(FILE_REQUEST, "image/png", "cat.png", "picture");
        upload = new WhatsAppError.Misconfigured(new ErrorScope.Everything(), "There is no access token");
        HttpResponse<String> misconfigured = form(FILE_REQUEST, "image/png", "cat.png", "picture");
        upload = new WhatsAppError.Transient(Duration.ZERO, "WhatsApp cannot be reached");
        HttpResponse<String> later = form(FILE_REQUEST, "image/png", "cat.png", "picture");
        upload = null;
        HttpResponse<String> done = form(FILE_REQUEST, "image/png", "cat.png", "picture");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("error").asText()).contains("WhatsApp does not accept the file", "code 100");
        assertThat(misconfigured.statusCode()).isEqualTo(502);
        assertThat(json(misconfigured).path("error").asText()).contains("no access token");
        assertThat(later.statusCode()).isEqualTo(503);
        assertThat(later.headers().firstValue("Retry-After")).contains("5");
        assertThat(done.statusCode()).isEqualTo(202);
        assertThat(counted("file_refused")).isEqualTo(1);
        assertThat(counted("file_misconfigured")).isEqualTo(1);
        assertThat(counted("file_later")).isEqualTo(1);
    }

    @Test
    void withoutFilesAFormIsRefusedAndTheAnswerSaysWhatOpensIt() {
        server.stop();
        hasFiles = false;
        server = serve(List.of("first"));

        HttpResponse<String> answer = form(FILE_REQUEST, "image/png", "cat.png", "picture");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).path("error").asText()).contains("replies.files");
    }

    private Optional<ReplyFiles> files() {
        return hasFiles
                ? Optional.of(new ReplyFiles(
                        this::upload,
                        RepliesTest::keep,
                        new BodyReader(MOST_FORM_BYTES, Duration.ofSeconds(10)),
                        MOST_FILE_BYTES))
                : Optional.empty();
    }

    private static Optional<KeptFile> keep(MediaBytes bytes, MediaKeeper.Label label) {
        try (InputStream in = bytes.open()) {
            return Optional.of(
                    new KeptFile(Sha256.hex(in.readAllBytes()), label.contentType(), bytes.size(), label.name()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private MediaUploader.Upload upload(String number, byte[] file, String type, String name) {
        MediaUploader.Upload error = upload;
        if (error != null) {
            return error;
        }
        uploaded.add(number + " " + type + " " + name + " " + new String(file, StandardCharsets.UTF_8));
        return new MediaUploader.Upload.Done("media-" + uploaded.size());
    }

    private ReplyContent content(int index) throws UnreadableJson {
        return Json.read(written.get(index).value(), Reply.class).content();
    }

    private HttpResponse<String> form(String request, String contentType, String fileName, String file) {
        return postForm(
                part("request", "application/json", "", request.replace('\'', '"'))
                        + part("it", contentType, fileName, file) + "--b--\r\n",
                "multipart/form-data; boundary=b");
    }

    private static String part(String name, String contentType, String fileName, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\""
                + (fileName.isEmpty() ? "" : "; filename=\"" + fileName + "\"")
                + (contentType.isEmpty() ? "" : "\r\nContent-Type: " + contentType) + "\r\n\r\n" + content + "\r\n";
    }

    private HttpResponse<String> postForm(String body, String contentType) {
        return post(HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/replies"))
                .header("Idempotency-Key", "k1")
                .header("Authorization", "Bearer first")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Javalin serve(List<String> tokens) {
        Replies replies = new Replies(
                new Replies.Options(new BearerTokens(tokens), MOST_BYTES, true),
                new ReplyReader(new ReplyReader.Senders(Optional.empty(), Map.of(), Set.of("telegram.shop"))),
                new IdempotencyKeys(100),
                new BodyReader(MOST_BYTES, Duration.ofSeconds(10)),
                files(),
                new InFlight(1024 * 1024),
                records -> {
                    written.addAll(records);
                    return !brokerAway;
                },
                new ReplyMetrics(registry),
                () -> Instant.EPOCH,
                Tracing.off());
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    replies.register(config.routes);
                })
                .start(0);
    }

    private HttpRequest.Builder allowed(String body) {
        return request(body).header("Authorization", "Bearer first");
    }

    private HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/replies"))
                .header("Idempotency-Key", "k1")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private HttpResponse<String> post(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private int counted(String outcome) {
        return (int) registry.get("lull.replies.requested")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.tree(answer.body().getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
