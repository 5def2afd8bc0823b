package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.standins.http.ControlClient;
import lull.standins.http.PostBox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BillTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TEMPLATE = """
            {"messaging_product":"whatsapp","to":"491715550100","type":"template",
             "template":{"name":"hello","language":{"code":"de"}}}""";

    private final PostBox box = new PostBox();
    private int reported;

    @AfterEach
    void stop() {
        box.close();
    }

    private Line line() {
        return new Line(options -> options.withWebhook(box.uri()).withStatusDelay(Duration.ofMillis(1)));
    }

    /// Sends a message, and returns the pricing of its statuses in order.
    private List<String> sent(Line line, String body, int statuses) {
        line.sent(body);
        reported += statuses;
        await().atMost(PATIENCE).until(() -> box.letters().size() == reported);
        return box.letters().subList(reported - statuses, reported).stream()
                .map(letter -> ControlClient.json(letter.text()).at("/entry/0/changes/0/value/statuses/0"))
                .map(status -> status.path("status").asText()
                        + (status.has("pricing")
                                ? " " + status.at("/pricing/category").asText() + " "
                                        + status.at("/pricing/type").asText()
                                : ""))
                .toList();
    }

    private static List<String> types(Line line) {
        return line.control.get("/_bill").path("messages").findValuesAsText("type");
    }

    @Test
    void aDeliveredMessageIsChargedOnceAndAFailedOneNever() {
        try (Line line = line()) {
            line.control.post("/_bill", "{\"freeServiceMessages\":0}");
            line.clock.advance(Duration.between(line.clock.instant(), Instant.parse("2026-11-01T00:00:00Z")));

            assertThat(sent(line, Line.text("a"), 3))
                    .containsExactly("sent service regular", "delivered service regular", "read");
            line.control.post("/_faults", "{\"target\":\"status.reorder\"}");
            assertThat(sent(line, Line.text("b"), 3))
                    .containsExactly("read service regular", "delivered", "sent service regular");
            line.control.post("/_faults", "{\"target\":\"status.failed\"}");
            assertThat(sent(line, Line.text("c"), 1)).containsExactly("failed");

            JsonNode bill = line.control.get("/_bill").path("messages");
            assertThat(bill).hasSize(2);
            assertThat(bill.path(0).path("month").asText()).isEqualTo("2026-11");
            assertThat(bill.path(0).path("billable").asBoolean()).isTrue();
        }
    }

    @Test
    void theFirstServiceMessagesOfANumberAndMonthAreFreeAndBeforeOctoberAllWere() {
        try (Line line = line()) {
            line.control.post("/_bill", "{\"freeServiceMessages\":2}");
            line.clock.advance(Duration.between(line.clock.instant(), Instant.parse("2026-09-30T23:59:59Z")));
            for (int i = 0; i < 3; i++) {
                sent(line, Line.text("September"), 3);
            }
            assertThat(types(line)).containsOnly("free_customer_service");
            line.clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 3; i++) {
                sent(line, Line.text("October"), 3);
            }
            assertThat(types(line).subList(3, 6))
                    .containsExactly("free_customer_service", "free_customer_service", "regular");
            line.clock.advance(Duration.ofDays(31));
            sent(line, Line.text("November"), 3);
            assertThat(types(line).getLast()).isEqualTo("free_customer_service");
        }
    }

    @Test
    void utilityIsFreeInTheWindowBeforeOctoberAndAnAdMakesAllFreeForThreeDays() {
        try (Line line = line()) {
            line.clock.advance(Duration.between(line.clock.instant(), Instant.parse("2026-09-30T12:00:00Z")));
            assertThat(sent(line, TEMPLATE, 3)).startsWith("sent utility regular");
            write(line, "");
            assertThat(sent(line, TEMPLATE, 3)).startsWith("sent utility free_customer_service");
            line.clock.advance(Duration.ofHours(12));
            assertThat(sent(line, TEMPLATE, 3)).startsWith("sent utility regular");
            write(line, ",\"ad\":true");
            assertThat(sent(line, TEMPLATE, 3)).startsWith("sent utility free_entry_point");
            line.clock.advance(Duration.ofDays(3));
            assertThat(sent(line, TEMPLATE, 3)).startsWith("sent utility regular");
        }
    }

    private void write(Line line, String more) {
        line.control.post(
                "/_phone/messages",
                "{\"from\":\"491715550100\",\"phoneNumberId\":\"%s\",\"text\":\"Hi\"%s}".formatted(Line.NUMBER, more));
        reported++;
        await().atMost(PATIENCE).until(() -> box.letters().size() == reported);
    }
}
