package lull.applications.assistant;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import lull.runtime.BoundedMap;

/// Limits of what a process spends on a language model: turns of a conversation in an hour, and cost of
/// a day. It remembers them in memory only. Safe for several threads.
final class SpendingLimits {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_CONVERSATIONS = 10_000;

    private final int turnsPerHour;
    private final BigDecimal costPerDay;
    private final InstantSource clock;
    private final BoundedMap<String, Deque<Asked>> asked = new BoundedMap<>(MOST_CONVERSATIONS);
    private LocalDate day = LocalDate.EPOCH;
    private BigDecimal spent = BigDecimal.ZERO;

    private record Asked(String turn, Instant at) {}

    /// @param turnsPerHour of a conversation; 0 for any number
    /// @param costPerDay of this process, by UTC; 0 for any
    SpendingLimits(int turnsPerHour, BigDecimal costPerDay, InstantSource clock) {
        this.turnsPerHour = turnsPerHour;
        this.costPerDay = costPerDay;
        this.clock = clock;
    }

    /// Counts a turn, once however often it is tried; returns which limit it exceeds, if it does.
    synchronized Optional<HandOverCause> exceeded(String conversation, String turn) {
        if (costPerDay.signum() > 0 && spentToday().compareTo(costPerDay) >= 0) {
            return Optional.of(HandOverCause.COST);
        }
        if (turnsPerHour == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Deque<Asked> turns = asked.computeIfAbsent(conversation, _ -> new ArrayDeque<>());
        turns.removeIf(each -> each.at().isBefore(now.minus(HOUR)));
        if (turns.stream().anyMatch(each -> each.turn().equals(turn))) {
            return Optional.empty();
        }
        if (turns.size() >= turnsPerHour) {
            return Optional.of(HandOverCause.TURNS);
        }
        turns.add(new Asked(turn, now));
        return Optional.empty();
    }

    /// Adds what a call has cost.
    synchronized void spend(BigDecimal cost) {
        spent = spentToday().add(cost);
    }

    private BigDecimal spentToday() {
        LocalDate today = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            spent = BigDecimal.ZERO;
        }
        return spent;
    }
}
