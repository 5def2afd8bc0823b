package lull.bridge.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.Customer;
import lull.contract.message.CustomerAlias;
import org.junit.jupiter.api.Test;

final class AliasesTest {

    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");

    private final Aliases aliases = new Aliases();

    @Test
    void followsChangesInTheOrderInWhichTheyWere() {
        change("1", "2", NOW);
        change("2", "3", NOW.plusSeconds(60));

        assertThat(aliases.now("1", NOW)).isEqualTo("3");
        assertThat(aliases.now("3", NOW)).isEqualTo("3");
        assertThat(aliases.before(List.of("3")).keySet()).containsExactlyInAnyOrder("1", "2");
        assertThat(aliases.before(List.of("1"))).isEmpty();
    }

    @Test
    void whoComesBackToTheOldNumberIsReachedThere() {
        change("1", "2", NOW);
        change("2", "1", NOW.plus(Duration.ofDays(2)));

        assertThat(aliases.now("1", NOW)).isEqualTo("1");
        assertThat(aliases.now("2", NOW.plus(Duration.ofDays(1)))).isEqualTo("1");
    }

    @Test
    void aNumberThatSomebodyElseHasNowLeadsNowhere() {
        change("1", "2", NOW);

        assertThat(aliases.now("1", NOW.plus(Duration.ofDays(90)))).isEqualTo("1");
        assertThat(Aliases.isSame(NOW.plus(Duration.ofDays(90)), NOW)).isFalse();
        assertThat(Aliases.isSame(NOW.minusSeconds(1), NOW)).isTrue();
    }

    @Test
    void theLastChangeOfAnIdCounts() {
        change("1", "2", NOW);
        change("1", "3", NOW.plusSeconds(1));

        assertThat(aliases.now("1", NOW)).isEqualTo("3");
        assertThat(aliases.before(List.of("2"))).isEmpty();

        aliases.apply("1", null);
        assertThat(aliases.now("1", NOW)).isEqualTo("1");
        assertThat(aliases.before(List.of("3"))).isEmpty();
    }

    @Test
    void aChangedUserIdWithoutANewNumberMakesTheOldNumberUseless() {
        change("US.1", "US.2", NOW);

        assertThat(aliases.now(new Customer("US.1", "1555", "Ana"), NOW)).isEqualTo(new Customer("US.2", null, "Ana"));
        change("1555", "1666", NOW);
        assertThat(aliases.now(new Customer("US.1", "1555", "Ana"), NOW))
                .isEqualTo(new Customer("US.2", "1666", "Ana"));
    }

    @Test
    void circlesEnd() {
        for (int i = 0; i < 300; i++) {
            change("n" + i, "n" + (i + 1) % 300, NOW);
        }
        assertThat(aliases.now("n0", NOW)).startsWith("n");
        assertThat(aliases.before(List.of("n0"))).hasSizeLessThanOrEqualTo(101);
    }

    private void change(String oldId, String newId, Instant at) {
        aliases.apply(oldId, new CustomerAlias(oldId, newId, "100", "m", at));
    }
}
