package lull.bridge.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.message.Flag;
import lull.runtime.TokenBucket;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.TypingIndicatorSender;
import org.junit.jupiter.api.Test;

final class TypingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> shown = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Runnable> waiting = new ArrayList<>();
    private Duration shownFor = TypingIndicatorSender.USUAL;
    private Instant now = NOW;
    private boolean taken = true;
    private final Typing typing = typing(true, 10);

    @Test
    void typingIsShownBelowTheLastMessageOnceInItsTime() {
        typing.show(chat("1555"), now);
        now = NOW.plusSeconds(24);
        typing.show(chat("1555"), now);
        typing.show(chat("1666"), now);
        now = NOW.plusSeconds(25);
        typing.show(chat("1555"), now);

        assertThat(shown).containsExactly("100 w-1555", "100 w-1666", "100 w-1555");
        assertThat(count("sent")).isEqualTo(3);
        assertThat(count("shown_already")).isOne();
    }

    @Test
    void whatWasTypedLongAgoIsNotShown() {
        typing.show(chat("1555"), now.minusSeconds(11));

        assertThat(count("late")).isOne();
        assertThat(shown).isEmpty();
    }

    @Test
    void nothingIsShownAboveTheBudget() {
        Typing few = typing(true, 1);
        few.show(chat("1555"), now);
        few.show(chat("1666"), now);

        assertThat(shown).hasSize(1);
        assertThat(count("over_budget")).isOne();
    }

    @Test
    void nothingIsShownWhereItIsNotWantedOrNothingIsKnown() {
        typing(false, 10).show(chat("1555"), now);
        typing.show(
                new Chat("c1", key("1555"), new Customer(null, "1555", null), "t", 1, NOW, "p", "c", NOW, null), now);

        assertThat(count("not_wanted")).isEqualTo(2);
    }

    @Test
    void operatorsSwitchItForAChat() {
        typing.show(chat("1555").flagged(new TreeMap<>(Map.of(Flag.TYPING.word(), false))), now);
        typing(false, 10).show(chat("1666").flagged(new TreeMap<>(Map.of(Flag.TYPING.word(), true))), now);

        assertThat(shown).containsExactly("100 w-1666");
    }

    @Test
    void whatWhatsAppDoesNotTakeStopsNothing() {
        taken = false;
        typing.show(chat("1555"), now);

        assertThat(count("refused")).isOne();
    }

    @Test
    void whereItIsShownForAShortTimeItIsRepeatedUntilAMessageIsSent() {
        shownFor = Duration.ofSeconds(5);
        typing.show(chat("1555"), now);
        for (int times = 0; times < 10 && !waiting.isEmpty(); times++) {
            now = now.plusMillis(4_500);
            waiting.removeFirst().run();
        }
        assertThat(Duration.between(NOW, now)).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(25));
        assertThat(shown).hasSize(6).containsOnly("100 w-1555");

        typing.show(chat("1666"), now);
        typing.ended(key("1666"));
        waiting.removeFirst().run();
        assertThat(shown.stream().filter("100 w-1666"::equals)).hasSize(1);
        assertThat(waiting).isEmpty();
    }

    private Typing typing(boolean enabled, int perSecond) {
        TokenBucket.Rate rate = new TokenBucket.Rate(Duration.ofMillis(1), 1_000);
        TypingIndicatorSender indicator = new TypingIndicatorSender() {
            @Override
            public boolean type(String number, String id) {
                shown.add(number + " " + id);
                return taken;
            }

            @Override
            public Duration shownFor(String number) {
                return shownFor;
            }
        };
        return new Typing(
                indicator,
                enabled,
                new BestEffortLimiter(perSecond, new SendRateLimiter(rate, rate, () -> 0), () -> 0),
                Runnable::run,
                (_, task) -> waiting.add(task),
                () -> now,
                new SignalMetrics(registry));
    }

    private static Chat chat(String customer) {
        return new Chat("c1", key(customer), new Customer(null, customer, null), "t", 1, NOW, "p", "c", NOW, null)
                .heard(new LastMessage("w-" + customer, NOW, NOW.plusSeconds(86_400)));
    }

    private static ConversationKey key(String customer) {
        return new ConversationKey("100", customer);
    }

    private double count(String exit) {
        return registry.get("lull.bridge.typing").tag("exit", exit).counter().count();
    }
}
