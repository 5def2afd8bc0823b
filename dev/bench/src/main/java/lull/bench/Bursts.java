package lull.bench;

import java.time.Duration;
import java.util.function.Consumer;

/// Plan of who speaks when, at a constant rate: each turn is a burst of messages a second apart, and a new one
/// begins whenever there is room.
///
/// @param perTurn messages of a turn
/// @param turns how many begin
/// @param perSecond messages a second, of all turns together
record Bursts(int perTurn, int turns, double perSecond) {

    /// How far apart the messages of a turn are.
    static final Duration SPACING = Duration.ofSeconds(1);

    /// Bursts of which so many are open at once, where turns end after a gap.
    static Bursts open(int perTurn, int turns, long openTurns, Duration gap) {
        Duration open = gap.plus(SPACING.multipliedBy(perTurn - 1L));
        return new Bursts(perTurn, turns, openTurns * perTurn * 1e9 / open.toNanos());
    }

    /// A message to be said.
    ///
    /// @param turn its turn, from 0
    /// @param atNanos since the first
    record Due(int turn, long atNanos) {}

    /// How long the gap must be for so many turns to be open, once as many have begun.
    Duration gapFor(long openTurns) {
        Duration lasts = SPACING.multipliedBy(perTurn - 1L);
        return Duration.ofNanos(nanosOf(openTurns)).minus(lasts);
    }

    /// Tells every message of turns that begin, in order.
    ///
    /// @param whole whether the last turns are told to their end
    void forEach(boolean whole, Consumer<Due> message) {
        int slots = whole ? slots() : turns;
        for (int slot = 0; slot < slots; slot++) {
            for (int number = 0; number < perTurn; number++) {
                int turn = slot - number * slotsApart();
                if (turn >= 0 && turn < turns) {
                    message.accept(new Due(turn, nanosOf(slot) + nanosOf(1) * number / perTurn));
                }
            }
        }
    }

    /// How many messages come before the turn of a number begins.
    long messagesBefore(int turn) {
        long messages = 0;
        for (int number = 0; number < perTurn; number++) {
            messages += Math.max(0, turn - (long) number * slotsApart());
        }
        return messages;
    }

    /// From the first message until after the last of all.
    Duration length() {
        return Duration.ofNanos(nanosOf(slots()));
    }

    /// How many turns could begin until the last has ended.
    private int slots() {
        return turns + (perTurn - 1) * slotsApart();
    }

    /// How many turns begin before the second message of a turn is due.
    private int slotsApart() {
        return (int) Math.max(1, Math.round(SPACING.toNanos() / (double) nanosOf(1)));
    }

    private long nanosOf(long turns) {
        return Math.round(turns * 1e9 * perTurn / perSecond);
    }
}
