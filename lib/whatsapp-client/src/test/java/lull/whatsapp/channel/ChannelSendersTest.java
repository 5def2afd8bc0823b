package lull.whatsapp.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.provider.ProviderMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The senders of all kinds of channels against a scripted HTTP server.
final class ChannelSendersTest {

    private static final Instant NOW = Instant.parse("2026-11-26T18:00:09Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private static final String TOKEN = "123456:a-token-of-a-bot";

    private record Request(String path, Map<String, String> headers, String body) {}

    private record Scripted(int status, Map<String, String> headers, String body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Scripted> answers = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private ChannelSenders senders;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        senders = ChannelSenders.of(
                settings(address), LONG, LONG, new ChannelMetrics(registry), new ProviderMetrics(registry), () -> NOW);
    }

    @AfterEach
    void stop() {
        senders.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static Settings settings(String address) {
        Map<String, String> given = new HashMap<>();
        given.put("channels", "desk,bot,evo");
        given.put("channel.desk.url", address + "/replies");
        given.put("channel.desk.signing.secrets", SECRET);
        given.put("channel.desk.headers", "X-Key=k");
        given.put("channel.bot.kind", "telegram");
        given.put("channel.bot.url", address);
        given.put("channel.bot.token", TOKEN);
        given.put("channel.evo.kind", "evolution");
        given.put("channel.evo.url", address + "/message/{method}/i");
        List<Setting<?>> known = new ArrayList<>(AppSettings.ALL);
        known.addAll(ChannelSettings.ALL);
        List.of("desk", "bot", "evo").forEach(name -> known.addAll(ChannelSettings.ofChannel(name)));
        return Settings.of(known, given);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        requests.add(new Request(exchange.getRequestURI().toString(), headers, body));
        Scripted scripted = answers.remove();
        scripted.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        byte[] bytes = scripted.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(scripted.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void aProgramGetsASignedReplyWithItsOwnIds() throws Exception {
        answers.add(new Scripted(200, Map.of(), "{\"messageId\":\"c-1\"}"));

        Delivery delivery = send("json.desk.a1|user-7", new ReplyContent.Text("Hi"), "json.desk.a1/m-2");

        assertThat(delivery).isEqualTo(new Delivery.Accepted("json.desk.a1/c-1"));
        Request request = requests.take();
        assertThat(request.path()).isEqualTo("/replies");
        assertThat(tree(request.body())).isEqualTo(tree("""
                        {'type':'reply.requested','timestamp':'2026-11-26T18:00:09Z','data':{'id':'app-1-0','channel':'desk',
                        'account':'a1','to':'user-7','message':{'type':'text','text':{'body':'Hi'},'context':{'message_id':'m-2'}},
                        'callback':'1|app-1|json.desk.a1|user-7'}}"""));
        assertThat(request.headers()).containsEntry("webhook-id", "app-1-0").containsEntry("x-key", "k");
        assertThat(WebhookSecrets.of(List.of(SECRET))
                        .isSigned(
                                "app-1-0",
                                request.headers().get("webhook-timestamp"),
                                request.headers().get("webhook-signature"),
                                request.body().getBytes(UTF_8),
                                NOW))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "422, Refused",
        "401, Misconfigured",
        "404, Misconfigured",
        "410, Misconfigured",
        "302, Misconfigured",
        "409, Transient",
        "429, Transient",
        "408, Unclear",
        "500, Unclear",
        "503, Unclear"
    })
    void theStatusOfAProgramSaysWhatBecomesOfTheReply(int status, String error) throws Exception {
        answers.add(new Scripted(status, Map.of("Location", "http://127.0.0.1:1/"), "{}"));

        assertThat(send("json.desk|user-7", new ReplyContent.Text("Hi"), null)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(error);
    }

    @Test
    void telegramSaysHowLongToWait() throws Exception {
        answers.add(new Scripted(
                429,
                Map.of(),
                "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after 17\","
                        + "\"parameters\":{\"retry_after\":17}}"));

        assertThat(send("telegram.bot|7001", new ReplyContent.Text("Hi"), null))
                .isEqualTo(new WhatsAppError.Transient(
                        Duration.ofSeconds(17), "Telegram answered 429: Too Many Requests: retry after 17"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Refused",
        "403, Refused",
        "401, Misconfigured",
        "404, Misconfigured",
        "409, Misconfigured",
        "408, Unclear",
        "500, Unclear",
        "502, Unclear"
    })
    void theStatusOfTelegramSaysWhatBecomesOfTheReplyAndNoReasonHasTheToken(int status, String error) throws Exception {
        answers.add(new Scripted(status, Map.of(), "{\"ok\":false,\"description\":\"Forbidden\"}"));

        Delivery delivery = send("telegram.bot|7001", new ReplyContent.Text("Hi"), null);

        assertThat(delivery.getClass().getSimpleName()).isEqualTo(error);
        assertThat(delivery.toString()).doesNotContain(TOKEN);
    }

    @Test
    void aMessageOfTelegramHasTheIdOfItsChatToo() throws Exception {
        answers.add(new Scripted(200, Map.of(), "{\"ok\":true,\"result\":{\"message_id\":57,\"chat\":{\"id\":7001}}}"));
        answers.add(new Scripted(200, Map.of(), "{\"ok\":true,\"result\":true}"));
        answers.add(new Scripted(200, Map.of(), "{\"ok\":true,\"result\":true}"));

        assertThat(send("telegram.bot|7001", new ReplyContent.Text("Hi"), null))
                .isEqualTo(new Delivery.Accepted("telegram.bot/7001/57"));
        assertThat(requests.take().path()).isEqualTo("/bot" + TOKEN + "/sendMessage");
        assertThat(send("telegram.bot|7001", new ReplyContent.Reaction("telegram.bot/7001/57", "👍", null), null))
                .isEqualTo(new Delivery.Accepted(""));
        assertThat(tree(requests.take().body()).path("message_id").asInt()).isEqualTo(57);
        assertThat(senders.type("telegram.bot", "telegram.bot/7001/56")).isTrue();
        assertThat(requests.take().body()).contains("\"action\":\"typing\"");
        assertThat(senders.type("json.desk", "json.desk/m-1")).isFalse();
    }

    @Test
    void aHiddenCustomerOfWhatsAppHasTheIdThatTheProviderGave() throws Exception {
        answers.add(new Scripted(201, Map.of(), "{\"key\":{\"id\":\"3EB0\"}}"));

        assertThat(send("evolution.evo|81896604192873.lid", new ReplyContent.Text("Hi"), "evolution.evo/3EB1"))
                .isEqualTo(new Delivery.Accepted("evolution.evo/3EB0"));
        Request request = requests.take();
        assertThat(request.path()).isEqualTo("/message/sendText/i");
        assertThat(tree(request.body()))
                .isEqualTo(tree("{'number':'81896604192873@lid','text':'Hi','quoted':{'key':{'id':'3EB1'}}}"));
    }

    @Test
    void aChannelThatIsNotConfiguredPausesItsConversationsOnly() throws Exception {
        assertThat(send("telegram.gone|7001", new ReplyContent.Text("Hi"), null))
                .isEqualTo(new WhatsAppError.Misconfigured(
                        new ErrorScope.BusinessNumber("telegram.gone"), "There is no channel gone in channels"));
        assertThat(requests).isEmpty();
    }

    @Test
    void aFileForTelegramIsUploadedWithItsCaptionAndItsQuote() throws Exception {
        answers.add(new Scripted(200, Map.of(), "{\"ok\":true,\"result\":{\"message_id\":58,\"chat\":{\"id\":7001}}}"));

        assertThat(send("telegram.bot|7001", picture("Look"), "telegram.bot/7001/57", file("the bytes")))
                .isEqualTo(new Delivery.Accepted("telegram.bot/7001/58"));
        Request request = requests.take();
        assertThat(request.path()).isEqualTo("/bot" + TOKEN + "/sendPhoto");
        assertThat(request.headers().get("content-type")).startsWith("multipart/form-data");
        assertThat(request.headers()).containsKey("content-length");
        assertThat(request.body())
                .contains("name=\"chat_id\"\r\n\r\n7001\r\n")
                .contains("name=\"caption\"\r\n\r\nLook\r\n")
                .contains(
                        "name=\"reply_parameters\"\r\n\r\n{\"message_id\":57,\"allow_sending_without_reply\":true}\r\n")
                .contains("name=\"photo\"; filename=\"cat.png\"\r\nContent-Type: image/png\r\n\r\nthe bytes\r\n")
                .doesNotContain("connect-attachment");
    }

    @Test
    void aPictureThatTelegramCannotShowGoesAsADocument() throws Exception {
        answers.add(new Scripted(
                400, Map.of(), "{\"ok\":false,\"description\":\"Bad Request: PHOTO_INVALID_DIMENSIONS\"}"));
        answers.add(new Scripted(200, Map.of(), "{\"ok\":true,\"result\":{\"message_id\":58,\"chat\":{\"id\":7001}}}"));

        assertThat(send("telegram.bot|7001", picture(null), null, file("the bytes")))
                .isEqualTo(new Delivery.Accepted("telegram.bot/7001/58"));
        assertThat(requests.take().path()).endsWith("/sendPhoto");
        assertThat(requests.take().path()).endsWith("/sendDocument");
    }

    @ParameterizedTest
    @CsvSource({"400, Refused", "413, Refused", "429, Transient", "500, Unclear", "401, Misconfigured"})
    void aFileForTelegramHasTheOutcomesOfAText(int status, String error) throws Exception {
        answers.add(new Scripted(status, Map.of(), "{\"ok\":false,\"description\":\"Bad Request: no\"}"));

        assertThat(send("telegram.bot|7001", picture(null), null, file("x"))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(error);
        assertThat(requests).hasSize(1);
    }

    @Test
    void aProgramGetsAFileInItsSignedJson() throws Exception {
        answers.add(new Scripted(200, Map.of(), "{\"messageId\":\"c-1\"}"));

        assertThat(send("json.desk|user-7", picture("Look"), null, file("the bytes")))
                .isEqualTo(new Delivery.Accepted("json.desk/c-1"));
        Request request = requests.take();
        assertThat(tree(request.body()).at("/data/message")).isEqualTo(tree("""
                        {'type':'image','image':{'mime_type':'image/png','caption':'Look','filename':'cat.png',
                        'data':'dGhlIGJ5dGVz'}}"""));
        assertThat(WebhookSecrets.of(List.of(SECRET))
                        .isSigned(
                                "app-1-0",
                                request.headers().get("webhook-timestamp"),
                                request.headers().get("webhook-signature"),
                                request.body().getBytes(UTF_8),
                                NOW))
                .isTrue();
    }

    @Test
    void evolutionGetsAFileInBase64() throws Exception {
        answers.add(new Scripted(201, Map.of(), "{\"key\":{\"id\":\"3EB0\"}}"));

        assertThat(send("evolution.evo|15550001001", picture("Look"), null, file("the bytes")))
                .isEqualTo(new Delivery.Accepted("evolution.evo/3EB0"));
        Request request = requests.take();
        assertThat(request.path()).isEqualTo("/message/sendMedia/i");
        assertThat(tree(request.body())).isEqualTo(tree("""
                        {'number':'15550001001','mediatype':'image','mimetype':'image/png','media':'dGhlIGJ5dGVz',
                        'caption':'Look'}"""));
    }

    private static ReplyContent picture(@Nullable String caption) {
        return new ReplyContent.Media(
                ReplyContent.Media.Kind.IMAGE,
                "connect-attachment/c/a",
                null,
                caption,
                "cat.png",
                null,
                Json.object().put("mime_type", "image/png"));
    }

    private OutgoingFile file(String content) throws IOException {
        Path path = Files.writeString(folder.resolve("file"), content);
        return new OutgoingFile(path, content.length(), "image/png", "cat.png", LONG);
    }

    private Delivery send(String conversation, ReplyContent content, @Nullable String quoted, OutgoingFile file)
            throws InterruptedException {
        ConversationKey key = ConversationKey.parse(conversation);
        return senders.prepare(
                        new ReplyPart(
                                new Customer(key.customer(), null, null),
                                content,
                                quoted,
                                new CallbackData("app-1", 0, key)),
                        file)
                .send();
    }

    private Delivery send(String conversation, ReplyContent content, @Nullable String quoted)
            throws InterruptedException {
        ConversationKey key = ConversationKey.parse(conversation);
        return senders.send(new ReplyPart(
                new Customer(key.customer(), null, null), content, quoted, new CallbackData("app-1", 0, key)));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.replace('\'', '"'));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
