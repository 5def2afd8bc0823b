package lull.cli.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.TextShape;
import lull.aggregator.gap.advice.Trace;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.Sha256;
import org.junit.jupiter.api.Test;

final class TimelinesTest {

    private static final Timelines.Wanted ALL =
            new Timelines.Wanted("", Instant.parse("2026-11-01T00:00:00Z"), Duration.ofDays(30), 1_000_000);

    @Test
    void hasShapesOfCustomersMessagesAndTheTimesOfAnswers() throws Exception {
        Timelines read = Timelines.read(_ -> Json.tree("""
                {"items": [{"conversation": "0123456789abcdef", "businessNumber": "1", "messages": [
                  {"at": "2026-10-05T10:00:00.250Z", "direction": "in", "kind": "text", "text": "And then?"},
                  {"at": "2026-10-05T10:00:02Z", "direction": "in", "kind": "button_reply", "text": "Yes"},
                  {"at": "2026-10-05T10:00:03Z", "direction": "in", "kind": "of a later version"},
                  {"at": "2026-10-05T10:00:09Z", "direction": "out", "kind": "text"}]},
                 {"conversation": "1123456789abcdef", "businessNumber": "1", "messages": [
                  {"at": "2026-10-05T10:00:09Z", "direction": "out", "kind": "text"}]}]}"""), ALL, _ -> {});

        assertThat(read.share()).isEqualTo(1);
        assertThat(read.period())
                .as("since the first message, because the archive may be younger than what is wanted")
                .isEqualTo(Duration.between(Instant.parse("2026-10-05T10:00:00.250Z"), ALL.to()));
        assertThat(read.traces()).as("of those in which a customer wrote").hasSize(1);
        Trace trace = read.traces().getFirst();
        assertThat(trace.lines()).extracting(Trace.Line::at).containsExactly(0L, 1_750L, 2_750L, 8_750L);
        assertThat(trace.lines().get(0).shape()).isEqualTo(TextShape.of("And then?"));
        assertThat(trace.lines().get(1).endsTurn()).isTrue();
        assertThat(trace.lines().get(2).isAfterBreak()).isTrue();
        assertThat(trace.lines().get(2).shape()).isEqualTo(MessageShape.MEDIA);
        assertThat(trace.turns()).hasSize(2);
        assertThat(trace.isOfCustomer(trace.lines().get(3))).isFalse();
    }

    @Test
    void dropsWholeConversationsByTheirDigestsWhenThereAreTooMany() throws Exception {
        List<String> asked = new ArrayList<>();
        Timelines read = Timelines.read(
                pages(1_000, asked),
                new Timelines.Wanted("", Instant.parse("2026-11-01T00:00:00Z"), Duration.ofDays(30), 300),
                _ -> {});

        assertThat(read.share()).isIn(0.5, 0.25, 0.125);
        List<String> expected = digests(1_000).stream()
                .filter(digest -> Integer.parseInt(digest.substring(0, 4), 16) < read.share() * 65_536)
                .toList();
        assertThat(read.traces()).extracting(Trace::id).containsExactlyElementsOf(expected);
        assertThat(expected.size() * 2).isBetween(75, 300);
        assertThat(asked).startsWith("1.0").contains("0.5");
    }

    @Test
    void refusesWhatIsNoAnswerOfAnArchive() {
        for (String wrong : List.of(
                "{\"items\": [{\"conversation\": \"1|2\"}]}",
                "{\"items\": [{\"conversation\": \"0123456789abcdef\", \"messages\": [{\"at\": \"soon\"}]}]}")) {
            assertThatExceptionOfType(UnreadableJson.class)
                    .isThrownBy(() -> Timelines.read(_ -> Json.tree(wrong), ALL, _ -> {}));
        }
    }

    /// Pages as the archive has them: fifty conversations looked through in each, with two messages.
    private static Timelines.Pages<RuntimeException> pages(int conversations, List<String> asked) {
        List<String> digests = digests(conversations);
        return parameters -> {
            asked.add(parameters.getOrDefault("share", ""));
            double share = Double.parseDouble(parameters.getOrDefault("share", ""));
            int from = Integer.parseInt("0" + parameters.getOrDefault("after", ""));
            List<Map<String, Object>> items = new ArrayList<>();
            for (String digest : digests.subList(from, from + 50)) {
                if (Integer.parseInt(digest.substring(0, 4), 16) < share * 65_536) {
                    items.add(Map.of(
                            "conversation",
                            digest,
                            "businessNumber",
                            "1",
                            "messages",
                            List.of(message(0), message(5))));
                }
            }
            Map<String, Object> page = new HashMap<>(Map.of("items", items));
            if (from + 50 < conversations) {
                page.put("next", Integer.toString(from + 50));
            }
            return tree(page);
        };
    }

    private static JsonNode tree(Object page) throws UnreadableJson {
        return Json.tree(Json.bytes(page));
    }

    private static Map<String, Object> message(int second) {
        return Map.of("at", "2026-10-05T10:00:0" + second + "Z", "direction", "in", "kind", "text", "text", "Hello");
    }

    private static List<String> digests(int conversations) {
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            digests.add(Sha256.hex("1|" + i).substring(0, 16));
        }
        return digests;
    }
}
