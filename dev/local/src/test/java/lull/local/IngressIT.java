package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose requests the ingress accepts and whose not, and that nobody who is slow, large or odd does harm.
final class IngressIT {

    private static final String NUMBER = "100000000000001";
    private static final String SALES_NUMBER = "100000000000009";
    private static final String CUSTOMER = "15550001001";
    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:whatsapp";
    private static final String SAID = "a-word-that-is-in-no-log";
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static SnsPen sns;
    private static LinesLogged logged;
    private static IngressUnderTest ingress;

    @BeforeAll
    static void start() throws Exception {
        sns = new SnsPen();
        logged = LinesLogged.by("lull", Level.DEBUG);
        ingress = IngressUnderTest.start(
                directory,
                Map.ofEntries(
                        Map.entry("whatsapp.app.secrets", "new-secret,old-secret"),
                        Map.entry("whatsapp.apps", "shop"),
                        Map.entry("whatsapp.app.secrets.shop", "shop-secret"),
                        Map.entry("whatsapp.verify.token.shop", "shop-token"),
                        Map.entry("ingress.topic.shop", "whatsapp.shop.received"),
                        Map.entry("ingress.routes", SALES_NUMBER + "=whatsapp.sales.received"),
                        Map.entry(
                                "topics.inputs",
                                "whatsapp.message.received,whatsapp.shop.received,whatsapp.sales.received"),
                        Map.entry("ingress.max.body.bytes", Integer.toString(MAX_BODY)),
                        Map.entry("ingress.arrival.timeout", "4s"),
                        Map.entry("ingress.idle.timeout", "4s"),
                        Map.entry("eum.topic.arns", TOPIC),
                        Map.entry("sns.endpoint", sns.uri().toString())));
    }

    /// Whatever the other tests did: nothing of what was said, and nobody's number, is in the log.
    @AfterAll
    static void stop() {
        ingress.close();
        sns.close();
        logged.close();
        assertThat(logged.lines()).isNotEmpty();
        assertThat(logged.lines())
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(SAID)
                        .doesNotContain(CUSTOMER)
                        .doesNotContain("new-secret")
                        .doesNotContain("old-secret")
                        .doesNotContain("shop-secret")
                        .doesNotContain("shop-token"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', new-secret, 200",
        "'', old-secret, 200",
        "'', shop-secret, 401",
        "/default, new-secret, 200",
        "/shop, shop-secret, 200",
        "?appId=shop, shop-secret, 200",
        "/shop, new-secret, 401",
        "?appId=shop, old-secret, 401",
        "/nobody, new-secret, 401",
        "?appId=nobody, new-secret, 401"
    })
    void takesOnlyWhatTheAppsOwnSecretsHaveSigned(String app, String secret, int status) {
        assertThat(post(app, webhook(World.newId()), secret)).isEqualTo(status);
    }

    @Test
    void takesNothingWithoutSignature() {
        HttpRequest.Builder unsigned = HttpRequest.newBuilder(ingress.uri("/webhooks/whatsapp"))
                .POST(BodyPublishers.ofByteArray(webhook(World.newId())));

        assertThat(ingress.send(unsigned).statusCode()).isEqualTo(401);
        assertThat(ingress.send(unsigned.header("X-Hub-Signature-256", "sha256=" + "0".repeat(64)))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "'', subscribe, test-token, 200",
        "'', subscribe, shop-token, 403",
        "'', unsubscribe, test-token, 403",
        "/shop, subscribe, shop-token, 200",
        "/shop, subscribe, test-token, 403",
        "/nobody, subscribe, test-token, 403"
    })
    void shakesHandsWithWhoKnowsTheAppsToken(String app, String mode, String token, int status) {
        HttpResponse<String> answer = get("/webhooks/whatsapp" + app + "?hub.mode=" + mode + "&hub.verify_token="
                + token + "&hub.challenge=1158201444");

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.body()).isEqualTo("1158201444");
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        }
    }

    @Test
    void writesToTheTopicOfTheNumberElseOfTheApp() {
        String ofDefault = World.newId();
        String ofShop = World.newId();
        String ofSales = World.newId();
        String ofSalesByShop = World.newId();

        assertThat(post("", webhook(ofDefault), "new-secret")).isEqualTo(200);
        assertThat(post("/shop", webhook(ofShop), "shop-secret")).isEqualTo(200);
        assertThat(post("", webhook(SALES_NUMBER, ofSales), "new-secret")).isEqualTo(200);
        assertThat(post("/shop", webhook(SALES_NUMBER, ofSalesByShop), "shop-secret"))
                .isEqualTo(200);

        assertThat(ids(Topics.MESSAGE_RECEIVED.name())).contains(ofDefault).doesNotContain(ofShop, ofSales);
        assertThat(ids("whatsapp.shop.received")).contains(ofShop).doesNotContain(ofDefault, ofSalesByShop);
        assertThat(ids("whatsapp.sales.received")).containsOnly(ofSales, ofSalesByShop);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /webhooks/whatsapp",
        "DELETE, /webhooks/whatsapp/shop",
        "PATCH, /webhooks/whatsapp",
        "GET, /webhooks/sns",
        "PUT, /webhooks/sns"
    })
    void hasNoOtherMethods(String method, String path) {
        HttpResponse<String> answer =
                ingress.send(HttpRequest.newBuilder(ingress.uri(path)).method(method, BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains(path + " does not accept " + method);
    }

    @Test
    void doesNotSayWhatServerItIs() {
        HttpResponse<String> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"There is nothing at /\"}");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "Server", "x-powered-by", "X-Powered-By");
        assertThat(answer.body()).doesNotContainIgnoringCase("jetty").doesNotContainIgnoringCase("javalin");
    }

    @Test
    void unpacksNothing() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }

        HttpResponse<String> answer = ingress.send(signed("", packed.toByteArray(), "new-secret")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(ingress.scrape()).contains("lull_webhooks_total{outcome=\"encoded\"}");
    }

    @Test
    void takesBodiesUpToTheLimitWithAndWithoutLength() {
        byte[] largest = (" ".repeat(MAX_BODY - 2) + "{}").getBytes(StandardCharsets.UTF_8);
        byte[] tooLarge = (" ".repeat(MAX_BODY - 1) + "{}").getBytes(StandardCharsets.UTF_8);

        assertThat(post("", largest, "new-secret")).isEqualTo(200);
        assertThat(post("", tooLarge, "new-secret")).isEqualTo(413);
        assertThat(postInPieces(largest)).isEqualTo(200);
        assertThat(postInPieces(tooLarge)).isEqualTo(413);
        assertThat(ingress.records(Topics.WEBHOOK_UNPARSED.name()))
                .filteredOn(record -> record.value().length == MAX_BODY)
                .hasSize(2);
    }

    @Test
    void waitsForASlowBodyForALimitedTime() throws IOException {
        String head = "POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
                + "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n\r\n";

        assertThat(answerToDripping(head))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 408"),
                        answer -> assertThat(answer).isEmpty());
        await().atMost(SOON).until(() -> ingress.scrape().contains("lull_webhooks_total{outcome=\"slow\"} 1.0"));
        assertThat(post("", webhook(World.newId()), "new-secret")).isEqualTo(200);
    }

    @Test
    void closesAConnectionWhoseHeadDoesNotEnd() throws IOException {
        assertThat(answerToDripping("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nX-Slow: "))
                .isEmpty();
        assertThat(answerToDripping(""))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 4"),
                        answer -> assertThat(answer).isEmpty());
    }

    @Test
    void closesAnIdleConnection() throws IOException {
        try (Socket silent = connect();
                Socket once = connect()) {
            once.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(silent.getInputStream().readAllBytes()).isEmpty();
            assertThat(new String(once.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void countsABodyThatDidNotArriveWhole() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                                    + "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n\r\n{\"" + SAID)
                            .getBytes(StandardCharsets.US_ASCII));
        }

        await().atMost(SOON).until(() -> ingress.scrape().contains("lull_webhooks_total{outcome=\"broken\"} 1.0"));
    }

    @Test
    void confirmsTheSubscriptionOfATopicThatMaySend() {
        assertThat(ingress.deliver(sns.confirmation(TOPIC, "token-1")).statusCode())
                .isEqualTo(200);
        assertThat(sns.confirmed()).anyMatch(query -> query.contains("token-1"));

        assertThat(ingress.deliver(sns.confirmation(TOPIC + "-of-others", "token-2"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sns.confirmed()).noneMatch(query -> query.contains("token-2"));
    }

    @Test
    void believesOnlyWhatSnsHasSignedOfATopicThatMaySendAndNotLongAgo() {
        String id = World.newId();
        String event = "{\"whatsAppWebhookEntry\":" + Json.text(new String(webhook(id), StandardCharsets.UTF_8)) + "}";
        Instant old = Instant.now().minus(Duration.ofHours(2));

        assertThat(ingress.deliver(sns.notification(TOPIC + "-of-others", event))
                        .statusCode())
                .isEqualTo(403);
        assertThat(ingress.deliver(sns.tampered(TOPIC, event)).statusCode()).isEqualTo(403);
        assertThat(ingress.deliver(sns.notification(TOPIC, event, old)).statusCode())
                .isEqualTo(403);
        assertThat(ingress.deliver(event).statusCode()).isEqualTo(403);
        assertThat(ingress.send(HttpRequest.newBuilder(ingress.uri("/webhooks/sns"))
                                .header("x-amz-sns-rawdelivery", "true")
                                .POST(BodyPublishers.ofString(event)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(ids(Topics.MESSAGE_RECEIVED.name())).doesNotContain(id);

        assertThat(ingress.deliver(sns.notification(TOPIC, event)).statusCode()).isEqualTo(200);
        assertThat(ids(Topics.MESSAGE_RECEIVED.name())).contains(id);
    }

    @Test
    void doesNotTellStrangersWhichAppsThereAre() {
        for (String path : List.of("/nobody", "?appId=nobody", "/%20", "/..%2fshop", "/SHOP")) {
            HttpRequest.Builder unsigned = HttpRequest.newBuilder(ingress.uri("/webhooks/whatsapp" + path))
                    .POST(BodyPublishers.ofString("{}"));
            HttpRequest.Builder forged = HttpRequest.newBuilder(ingress.uri("/webhooks/whatsapp" + path))
                    .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
                    .POST(BodyPublishers.ofString("{}"));
            String handshake = "hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1";
            String joined = (path.contains("?") ? "&" : "?") + handshake;

            assertThat(told(ingress.send(unsigned))).as(path).isIn(likeKnown("/shop", false), "400");
            assertThat(told(ingress.send(forged))).as(path).isIn(likeKnown("/shop", true), "400");
            assertThat(told(get("/webhooks/whatsapp" + path + joined)))
                    .as(path)
                    .isIn(told(get("/webhooks/whatsapp/shop?" + handshake)), "400");
        }
        assertThat(ingress.scrape()).contains("lull_webhooks_total{outcome=\"unknown_app\"}");
    }

    /// What a known app answers to a webhook that its secrets have not signed.
    private static String likeKnown(String app, boolean forged) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(ingress.uri("/webhooks/whatsapp" + app)).POST(BodyPublishers.ofString("{}"));
        return told(ingress.send(forged ? request.header("X-Hub-Signature-256", "sha256=" + "0".repeat(64)) : request));
    }

    private static String told(HttpResponse<String> answer) {
        return answer.statusCode() == 400 ? "400" : answer.statusCode() + " " + answer.body();
    }

    @Test
    void logsAFewForgedNotificationsAndCountsAll() {
        double before = unsigned();
        long lines = rejections();

        for (int i = 0; i < 200; i++) {
            assertThat(ingress.deliver("{\"Type\":\"Notification\",\"n\":" + i + "}")
                            .statusCode())
                    .isEqualTo(403);
        }

        assertThat(unsigned() - before).isGreaterThanOrEqualTo(200);
        assertThat(rejections() - lines).isLessThanOrEqualTo(10);
    }

    private static long rejections() {
        return logged.events().stream()
                .filter(line -> line.getFormattedMessage().equals("Notification rejected"))
                .count();
    }

    private static double unsigned() {
        return ingress.scrape()
                .lines()
                .filter(line -> line.startsWith("lull_webhooks_total{outcome=\"unsigned\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void readsNoLargerEnvelopeThanSnsSends() {
        assertThat(ingress.deliver(" ".repeat(512 * 1024 + 1)).statusCode()).isEqualTo(413);
        assertThat(ingress.deliver(" ".repeat(512 * 1024)).statusCode()).isEqualTo(403);
    }

    /// Writes a beginning and then a byte now and then until the other side answers or closes; returns the answer.
    private static String answerToDripping(String beginning) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(1);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            await().atMost(SOON).pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    out.write('a');
                    int read = socket.getInputStream().read();
                    answer.write(read < 0 ? new byte[0] : new byte[] {(byte) read});
                    answer.write(
                            read < 0 ? new byte[0] : socket.getInputStream().readNBytes(11));
                    return true;
                } catch (SocketTimeoutException e) {
                    return false;
                } catch (SocketException e) {
                    return true;
                }
            });
            return answer.toString(StandardCharsets.US_ASCII);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket("localhost", ingress.uri("/").getPort());
        socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        return socket;
    }

    private static HttpRequest.Builder signed(String app, byte[] body, String secret) {
        return HttpRequest.newBuilder(ingress.uri("/webhooks/whatsapp" + app))
                .header("X-Hub-Signature-256", TestWebhook.signature(body, secret));
    }

    private static int post(String app, byte[] body, String secret) {
        return ingress.send(signed(app, body, secret).POST(BodyPublishers.ofByteArray(body)))
                .statusCode();
    }

    private static int postInPieces(byte[] body) {
        InputStream in = new ByteArrayInputStream(body);
        return ingress.send(signed("", body, "new-secret").POST(BodyPublishers.ofInputStream(() -> in)))
                .statusCode();
    }

    private static HttpResponse<String> get(String path) {
        return ingress.send(HttpRequest.newBuilder(ingress.uri(path)));
    }

    private static byte[] webhook(String id) {
        return webhook(NUMBER, id);
    }

    private static byte[] webhook(String number, String id) {
        return new TestWebhook(number, CUSTOMER, "Ann " + SAID).text(id, SAID, Instant.now());
    }

    private static List<String> ids(String topic) {
        return ingress.records(topic).stream()
                .map(record -> {
                    try {
                        return Json.tree(record.value()).path("id").asText();
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
