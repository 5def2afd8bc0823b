package lull.standins.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import lull.standins.http.ControlClient;
import lull.standins.http.PostBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatusesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final PostBox box = new PostBox();

    @AfterEach
    void close() {
        box.close();
    }

    private Line line(UnaryOperator<GraphStandIn.Options> more) {
        return new Line(options -> more.apply(options.withWebhook(box.uri())
                .withStatusDelay(Duration.ofMillis(5))
                .withWebhookRetries(5, Duration.ofMillis(5))));
    }

    private List<JsonNode> values() {
        return box.letters().stream()
                .map(letter -> ControlClient.json(letter.text()).at("/entry/0/changes/0/value"))
                .toList();
    }

    private List<String> statuses() {
        return values().stream()
                .map(value -> value.at("/statuses/0/status").asText())
                .toList();
    }

    @Test
    void aMessageIsSentDeliveredAndRead() {
        try (Line line = line(options -> options)) {
            String wamid = line.sent(Line.text("Hallo"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(statuses()).containsExactly("sent", "delivered", "read"));
            JsonNode value = values().getFirst();
            assertThat(value.at("/metadata/phone_number_id").asText()).isEqualTo(Line.NUMBER);
            JsonNode status = value.at("/statuses/0");
            assertThat(status.get("id").asText()).isEqualTo(wamid);
            assertThat(status.get("recipient_id").asText()).isEqualTo("491715550100");
            assertThat(status.get("biz_opaque_callback_data").asText()).isEqualTo("1|r7|c");
            assertThat(status.get("timestamp").asText()).isEqualTo("1772359200");
        }
    }

    @Test
    void webhooksAreSignedOverTheBytesThatAreSent() {
        try (Line line = line(options -> options.withAppSecret("s3cret"))) {
            line.control.post(
                    "/_phone/messages",
                    "{\"from\":\"491715550100\",\"phoneNumberId\":\"1\",\"text\":\"Öl/Gas 😀\",\"name\":\"Jörg\"}");
            await().atMost(PATIENCE).until(() -> box.letters().size() == 1);
            PostBox.Letter letter = box.letters().getFirst();
            assertThat(letter.header("X-Hub-Signature-256"))
                    .isEqualTo(SignedWebhook.signature(letter.text().getBytes(UTF_8), "s3cret"));
            assertThat(letter.text()).contains("\\u00d6l\\/Gas \\ud83d\\ude00");
            assertThat(values().getFirst().at("/messages/0/text/body").asText()).isEqualTo("Öl/Gas 😀");
        }
    }

    @Test
    void aWebhookThatIsNotTakenIsSentAgain() {
        box.answerNext(500, 202);
        try (Line line = line(options -> options)) {
            line.sent(Line.text("Hallo"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(statuses()).containsExactly("sent", "sent", "sent", "delivered", "read"));
        }
    }

    @Test
    void faultsFailDropAndDoubleStatuses() {
        try (Line line = line(options -> options)) {
            line.control.post(
                    "/_faults", "{\"target\":\"status.failed\",\"code\":\"131026\",\"message\":\"Undeliverable\"}");
            line.sent(Line.text("a"));
            await().atMost(PATIENCE).until(() -> statuses().equals(List.of("failed")));
            assertThat(values().getFirst().at("/statuses/0/errors/0/code").asInt())
                    .isEqualTo(131026);

            line.control.post("/_faults", "{\"target\":\"status.drop\"}");
            line.control.post("/_faults", "{\"target\":\"status.duplicate\"}");
            line.sent(Line.text("b"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(statuses()).containsExactly("failed", "delivered", "delivered", "read"));
        }
    }

    @Test
    void whatIsSentWithoutATemplateArrivesAsUtilityAndEqualTextsHaveOneTemplate() {
        try (Line line = line(GraphStandIn.Options::withCareWindowChecked)) {
            direct(line, "\"allowed\":\"yes\"");
            for (String text : List.of("Your order 17 is ready", "your order 18  is ready", "Please call us")) {
                line.sent(direct(text));
            }
            await().atMost(PATIENCE).until(() -> statuses().size() == 9);
            List<JsonNode> sent = values().stream()
                    .map(value -> value.at("/statuses/0"))
                    .filter(status -> status.path("status").asText().equals("sent"))
                    .toList();
            assertThat(sent)
                    .allSatisfy(status ->
                            assertThat(status.at("/pricing/category").asText()).isEqualTo("utility"));
            assertThat(sent.stream()
                            .map(status -> status.path("template_id").asText())
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void whatIsSentWithoutATemplateIsRefusedUnlessTheAccountMaySendIt() {
        try (Line line = line(options -> options)) {
            assertThat(code(line, direct("a"))).isEqualTo(100);
            direct(line, "\"allowed\":\"yes\",\"cap\":1");
            line.sent(direct("a"));
            assertThat(code(line, direct("b"))).isEqualTo(131064);
            direct(line, "\"banned\":\"yes\"");
            assertThat(code(line, direct("c"))).isEqualTo(139200);
            direct(line, "\"banned\":\"no\",\"cap\":2");
            assertThat(code(line, direct("x".repeat(1_025)))).isEqualTo(100);
            assertThat(code(line, direct("d").replace("utility", "marketing"))).isEqualTo(100);
            line.sent(direct("d"));
        }
    }

    private static void direct(Line line, String members) {
        line.control.post("/_direct_sends", "{\"number\":\"" + Line.NUMBER + "\"," + members + "}");
    }

    private static int code(Line line, String body) {
        return ControlClient.json(line.post(body)).at("/error/code").asInt();
    }

    private static String direct(String text) {
        return """
                {"messaging_product":"whatsapp","to":"491715550100","category":"utility","type":"text",
                 "text":{"body":"%s"}}""".formatted(text);
    }

    @Test
    void outsideTheCareWindowOnlyTemplatesArrive() {
        try (Line line = line(options -> options.withCareWindowChecked().withoutStatuses())) {
            line.sent(Line.text("too early"));
            await().atMost(PATIENCE).until(() -> statuses().equals(List.of("failed")));
            assertThat(values().getFirst().at("/statuses/0/errors/0/code").asInt())
                    .isEqualTo(131047);
            line.sent("""
                    {"messaging_product":"whatsapp","to":"491715550100","type":"template",
                     "template":{"name":"hello","language":{"code":"de"}}}""");
            line.control.post(
                    "/_phone/messages",
                    "{\"from\":\"491715550100\",\"phoneNumberId\":\"%s\",\"text\":\"Hi\"}".formatted(Line.NUMBER));
            line.clock.advance(Duration.ofHours(24).minusMillis(1));
            line.sent(Line.text("in time"));
            line.clock.advance(Duration.ofMillis(1));
            line.sent(Line.text("too late"));
            assertThat(line.received().findValuesAsText("text")).containsExactly("hello", "in time");
        }
    }
}
