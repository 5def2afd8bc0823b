package lull.applications.voices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.applications.turns.Answer;
import lull.applications.turns.Application.Given;
import lull.applications.turns.TestTurns;
import org.junit.jupiter.api.Test;

final class HearingApplicationTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:05Z");

    @Test
    void theApplicationGetsWhatIsHeardWithinTheTimeForItsAnswer() throws InterruptedException {
        List<Object> seen = new ArrayList<>();
        HearingApplication application = new HearingApplication(
                (id, turn, conversation) -> {
                    seen.add(id + " " + conversation.transcripts());
                    return new Given.Taken(Answer.NONE);
                },
                (turn, until) -> {
                    seen.add(until);
                    return Map.of("1", "It rains");
                },
                Duration.ofSeconds(20),
                () -> NOW);

        assertThat(application.give("turn_1", TestTurns.text(7, "echo", "Hello"), TestTurns.FRESH))
                .isEqualTo(new Given.Taken(Answer.NONE));
        assertThat(seen).containsExactly(NOW.plusSeconds(20), "turn_1 {1=It rains}");
    }
}
