package lull.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterChoiceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void aTimeIsAnInstantOrHowLongAgo() {
        LetterChoice choice = choice(Map.of("since", "2h ago", "until", "2026-03-01T11:00:00Z"));

        assertThat(choice.filter().since()).isEqualTo(NOW.minus(Duration.ofHours(2)));
        assertThat(choice.filter().until()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(choice(Map.of("since", "30m")).filter().since()).isEqualTo(NOW.minus(Duration.ofMinutes(30)));
        assertThat(choice(Map.of("since", "99999999h")).filter().since()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-03-01", "-1h", "2h ago ago", "ago"})
    void anythingElseIsAProblem(String time) {
        assertThat(choice(Map.of("since", time)).problem()).contains("A time is one such as");
    }

    @Test
    void whatIsDoneWithAllIsDoneWithOpenOnesThatWereThereBefore() {
        LetterChoice choice = choice(Map.of("reason", "unreadable", "all", "true"));

        assertThat(choice.filter().withHandled()).isTrue();
        assertThat(choice.openBefore(NOW).withHandled()).isFalse();
        assertThat(choice.openBefore(NOW).until()).isEqualTo(NOW);
        assertThat(choice.openBefore(NOW).reason()).isEqualTo("unreadable");
        Instant earlier = NOW.minusSeconds(60);
        assertThat(choice(Map.of("until", earlier.toString())).openBefore(NOW).until())
                .isEqualTo(earlier);
    }

    @Test
    void aRecordOfAnActionDoesNotNameTheCustomer() {
        assertThat(choice(Map.of("topic", "in", "conversation", "15550001023")).words())
                .isEqualTo("all dead letters, topic in, of one customer");
    }

    private static LetterChoice choice(Map<String, String> fields) {
        return LetterChoice.of(name -> fields.getOrDefault(name, ""), NOW);
    }
}
