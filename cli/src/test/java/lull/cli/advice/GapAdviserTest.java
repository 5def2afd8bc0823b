package lull.cli.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.GapModel;
import lull.cli.cost.ChatPrice;
import lull.console.sources.AdviceCalculator.Advice;
import lull.console.sources.AdviceCalculator.Question;
import lull.console.sources.AdviceCalculator.Row;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.Sha256;
import org.junit.jupiter.api.Test;

final class GapAdviserTest {

    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final ChatPrice PRICE = new ChatPrice(0.01, "USD", "of a test");

    /// Three messages, 4 s and 9 s apart, in each conversation.
    @Test
    void calculatesAMonthFromTheTimeSinceTheFirstMessage() throws Exception {
        List<String> progress = new ArrayList<>();

        Advice advice = adviser(1_000_000)
                .advise(
                        new Question("1", Duration.ofMillis(5_500), null),
                        (path, parameters) -> {
                            assertThat(path).isEqualTo("/timelines");
                            assertThat(parameters).containsEntry("number", "1");
                            return page(100);
                        },
                        progress::add);

        assertThat(advice.messages()).isEqualTo(300);
        assertThat(advice.turns()).isEqualTo(100);
        assertThat(advice.period()).isEqualTo(Duration.ofDays(10));
        double factor = 730.0 / 240;
        assertThat(advice.messagesAMonth()).isCloseTo(300 * factor, within(1e-6));
        Row three = row(advice, "fixed", "3s");
        assertThat(three.connect()).isCloseTo(300 * factor, within(1e-6));
        assertThat(three.cost()).isCloseTo(3 * factor, within(1e-6));
        assertThat(three.cut()).isEqualTo(1);
        assertThat(row(advice, "fixed", "9s").connect()).isCloseTo(100 * factor, within(1e-6));
        assertThat(row(advice, "fixed", "9s").cut()).isZero();
        assertThat(advice.rows()).filteredOn(Row::isAdaptive).hasSize(6);
        assertThat(advice.rows()).filteredOn(each -> !each.isAdaptive()).hasSize(61);
        assertThat(advice.rows()).filteredOn(Row::isToday).singleElement().satisfies(today -> {
            assertThat(today.gap()).isEqualTo("5500ms");
            assertThat(today.delay()).isEqualTo(5.5);
        });
        assertThat(progress).containsExactly("300 messages of the archive were read", "The gaps are being compared");
    }

    @Test
    void aGapOfTodayThatIsLongerThanTheOthersIsALineToo() throws Exception {
        Advice advice =
                adviser(1_000_000).advise(new Question("", Duration.ofSeconds(90), null), (_, _) -> page(100), _ -> {});

        assertThat(advice.rows()).filteredOn(Row::isToday).singleElement().satisfies(today -> {
            assertThat(today.gap()).isEqualTo("90s");
            assertThat(today.isAdaptive()).isFalse();
        });
    }

    @Test
    void marksTheAdaptiveRuleThatIsInForce() throws Exception {
        JsonNode rule = Json.tree("{\"policy\": \"adaptive\", \"floor\": \"PT3S\", \"lambda\": 12.5}");

        Advice own =
                adviser(1_000_000).advise(new Question("", Duration.ofSeconds(7), rule), (_, _) -> page(100), _ -> {});
        Advice like = adviser(1_000_000)
                .advise(
                        new Question(
                                "",
                                Duration.ofSeconds(10),
                                Json.tree("{\"policy\": \"adaptive\", \"floor\": \"PT2S\"}")),
                        (_, _) -> page(100),
                        _ -> {});

        assertThat(own.rows()).filteredOn(Row::isToday).singleElement().satisfies(today -> {
            assertThat(today.isAdaptive()).isTrue();
            assertThat(today.gap()).isEqualTo("7s");
        });
        assertThat(like.rows()).filteredOn(Row::isToday).singleElement().satisfies(today -> {
            assertThat(today.isAdaptive()).isTrue();
            assertThat(today.gap()).isEqualTo("10s");
        });
    }

    @Test
    void aSampleStandsForAllConversations() throws Exception {
        Advice advice = adviser(150).advise(new Question("", null, null), (_, _) -> page(100), _ -> {});

        assertThat(advice.share()).isIn(0.5, 0.25);
        assertThat(advice.messagesAMonth()).isCloseTo(advice.messages() * 730.0 / 240 / advice.share(), within(1e-6));
        assertThat(advice.rows()).noneMatch(Row::isToday);
    }

    @Test
    void saysNothingOfTooFewTurns() throws Exception {
        Advice advice = adviser(1_000).advise(new Question("", null, null), (_, _) -> page(29), _ -> {});

        assertThat(advice.rows()).isEmpty();
        assertThat(advice.turns()).isEqualTo(29);
    }

    private static Row row(Advice advice, String policy, String gap) {
        return advice.rows().stream()
                .filter(row -> row.policy().equals(policy) && row.gap().equals(gap))
                .findFirst()
                .orElseThrow();
    }

    private static GapAdviser adviser(int maxMessages) {
        return new GapAdviser(
                new GapAdviser.Options(
                        Duration.ofDays(30), maxMessages, Duration.ofSeconds(30), PRICE, GapModel.shipped()),
                () -> NOW);
    }

    private static JsonNode page(int conversations) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            Instant begin = NOW.minus(Duration.ofDays(10)).plusSeconds(i * 1_000L);
            items.add(Map.of(
                    "conversation",
                    Sha256.hex("1|" + i).substring(0, 16),
                    "businessNumber",
                    "1",
                    "messages",
                    List.of(message(begin), message(begin.plusSeconds(4)), message(begin.plusSeconds(13)))));
        }
        try {
            return Json.tree(Json.bytes(Map.of("items", items)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> message(Instant at) {
        return Map.of("at", at.toString(), "direction", "in", "kind", "text", "text", "Hello.");
    }
}
