package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.console.figures.ProcessState;
import lull.console.figures.Sample;
import lull.console.figures.Snapshot;
import lull.console.pages.NowPage.Saved;
import lull.console.pages.NowPage.TurnRow;
import lull.console.pages.NowPage.Turns;
import lull.console.sources.AdviceCalculator.Price;
import lull.console.sources.DeadLetters;
import lull.contract.json.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopTextTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Price PRICE = new Price(0.01, "USD", "list price of a test");
    private static final DeadLetters.Count LETTERS = new DeadLetters.Count(2, NOW, "");

    @Test
    void showsWhoWaitsWhatDoesNotWorkAndWhatWasSaved() {
        List<String> lines = TopText.lines(now(12), 200);

        assertThat(lines.getFirst()).isEqualTo("Lull  2026-03-01 10:00:00 UTC  1 of 2 processes ready");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("open turns 12  longest wait 70 s"))
                .anyMatch(line -> line.contains("dead letters 2  saved 12.34 USD this month"))
                .anyMatch(line -> line.matches("  1\\|\\*\\*\\*\\*0001 +9 s +3 messages +waits for a silence of 5s"))
                .contains("WHO WAITS FOR ANOTHER ATTEMPT")
                .anyMatch(line -> line.matches("  1\\|\\*\\*\\*\\*0007 +1 min 10 s +2 records +throttled"))
                .contains("  and 2 more")
                .contains("  ingress at http://b:1 does not answer (ConnectException)")
                .anyMatch(line -> line.matches("  Turns to Amazon Connect +1 min 10 s +7 records"));
    }

    @Test
    void fitsTheWidthOfTheTerminalAndHasNoControlCharacters() {
        Turns turns = new Turns(List.of(row("name\u001B[31m of a number", 1)), 1, "", 0);
        TopText.Now now = new TopText.Now(snapshot(), turns, LETTERS, saved(""));

        assertThat(TopText.lines(now, 60)).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(60);
            assertThat(line.chars()).allMatch(character -> character >= ' ');
        });
    }

    @Test
    void saysWhatIsNotKnown() {
        TopText.Now now = new TopText.Now(
                new Snapshot(NOW, List.of(), List.of(), Map.of()),
                new Turns(List.of(), -1, "The console does not know the aggregator", 0),
                new DeadLetters.Count(-1, NOW, "no access"),
                saved("no archive"));

        assertThat(String.join("\n", TopText.lines(now, 120)))
                .contains("open turns unknown")
                .contains("dead letters unknown")
                .contains("saved unknown", "pauses unknown  open circuits unknown")
                .contains("not known: The console does not know the aggregator")
                .contains("no process is watched: set console.watch");
        assertThat(Json.text(TopText.json(now)))
                .contains("\"turnsProblem\":\"The console does not know the aggregator\"")
                .doesNotContain("openTurns", "deadLetters", "saved", "pauses", "circuits");
    }

    @Test
    void knowsNothingOfProcessesThatDoNotAnswer() {
        Snapshot dead = new Snapshot(
                NOW,
                List.of(state("unknown", "does not answer (ConnectException)", List.of(), List.of())),
                List.of(),
                Map.of());
        TopText.Now now = new TopText.Now(
                dead, new Turns(List.of(), 0, "", 0), LETTERS, new Saved(NOW, false, 0, 0, 0, PRICE, ""));

        assertThat(TopText.lines(now, Integer.MAX_VALUE))
                .contains("pauses unknown  open circuits unknown  dead letters 2  saved unknown")
                .contains("  the process at http://c:9 does not answer (ConnectException)");
        assertThat(Json.text(TopText.json(now))).doesNotContain("\"saved\"", "\"pauses\"", "\"circuits\"");
    }

    @Test
    void wrapsSentencesAndCutsThemNowhere() {
        String cause = "no partition is assigned yet: wait, or look whether another instance has all of them";
        Snapshot snapshot = new Snapshot(
                NOW,
                List.of(state(
                        "bridge",
                        null,
                        List.of(cause),
                        List.of(new ProcessState.Degraded("numbers", "100", "its token is revoked: give another")))),
                List.of(),
                Map.of());
        TopText.Now now = new TopText.Now(snapshot, new Turns(List.of(), 0, "", 0), LETTERS, saved(""));

        assertThat(TopText.lines(now, Integer.MAX_VALUE))
                .contains("  bridge at http://c:9 is not ready: " + cause)
                .contains("  bridge at http://c:9: numbers 100: its token is revoked: give another");
        assertThat(String.join(" ", TopText.lines(now, 60)).replaceAll(" +", " "))
                .contains("bridge at http://c:9 is not ready: " + cause);
        assertThat(TopText.lines(now, 60)).allMatch(line -> line.length() <= 60);
    }

    private static ProcessState state(
            String name, @Nullable String problem, List<String> problems, List<ProcessState.Degraded> degraded) {
        return new ProcessState("http://c:9", name, "1", NOW, problem, false, problems, degraded, List.of(), List.of());
    }

    @Test
    void isJsonToo() {
        assertThat(Json.text(TopText.json(now(1))))
                .startsWith("{\"at\":\"2026-03-01T10:00:00Z\",\"openTurns\":1,")
                .contains("\"messages\":3,\"why\":\"waits for a silence of 5s\"")
                .contains("\"amount\":12.34,\"currency\":\"USD\",\"price\":0.01")
                .contains("\"flow\":\"lull-turn-to-chat\",\"records\":7");
    }

    private static TopText.Now now(int open) {
        List<TurnRow> rows = new ArrayList<>();
        for (int i = 1; i <= open; i++) {
            rows.add(row("1|****000" + i, 3));
        }
        return new TopText.Now(snapshot(), new Turns(rows, open, "", 0), LETTERS, saved(""));
    }

    private static TurnRow row(String conversation, int messages) {
        return new TurnRow(
                "id", conversation, "", NOW.minusSeconds(9), NOW, NOW, messages, "waits for a silence of 5s", false);
    }

    private static Saved saved(String problem) {
        return new Saved(NOW, true, 2_000, 766, 12.34, PRICE, problem);
    }

    private static Snapshot snapshot() {
        return new Snapshot(
                NOW,
                List.of(
                        new ProcessState(
                                "http://a:1",
                                "bridge",
                                "1",
                                NOW,
                                null,
                                true,
                                List.of(),
                                List.of(),
                                List.of(new Sample("lull_kafka_lag", Map.of("group", "lull-turn-to-chat"), 7)),
                                List.of(new ProcessState.Waiting(
                                        "lull-turn-to-chat", "1|****0007", NOW.minusSeconds(70), 2, 4, "throttled"))),
                        new ProcessState(
                                "http://b:1",
                                "ingress",
                                "1",
                                NOW,
                                "does not answer (ConnectException)",
                                false,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())),
                List.of(),
                Map.of());
    }
}
