package lull.aggregator.turn;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.RouteSetting;
import lull.contract.message.Tick;

/// What happens to one partition: a policy and the steps, in their order. Any part of the steps is a history
/// again, so one that fails can be made smaller.
///
/// @param calm whether broker, ingresses and ticker did nothing but their work
record History(InputPolicy policy, boolean calm, List<Step> steps) {

    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    /// Something that happens.
    sealed interface Step {}

    /// A record is appended.
    static final class Appended implements Step {
        private final long at;
        private final InputRecord record;
        private final byte[] value;
        private final boolean replayed;

        /// @param at its append time in milliseconds
        /// @param replayed whether it was sent again from the dead letters
        Appended(long at, InputRecord record, boolean replayed) {
            this.at = at;
            this.record = record;
            this.value = Json.bytes(record);
            this.replayed = replayed;
        }

        long at() {
            return at;
        }

        InputRecord record() {
            return record;
        }

        byte[] value() {
            return value;
        }

        boolean replayed() {
            return replayed;
        }

        @Override
        public String toString() {
            String what = switch (record) {
                case Message message ->
                    "message " + message.id() + " of " + message.conversation() + ", received at "
                            + (message.receivedAt().toEpochMilli() - START.toEpochMilli()) + ", "
                            + message.raw().path("type").asText() + ", " + value.length + " bytes"
                            + (replayed ? ", replayed" : "");
                case Tick tick -> tick.endsTurns() ? "tick" : "probe";
                case GapSetting setting -> setting.toString();
                case Answer answer -> answer.toString();
                case Erasure erasure -> erasure.toString();
                case GapRuleSetting setting -> setting.toString();
                case RouteSetting setting -> setting.toString();
                case GapModelSetting setting -> "model " + (setting.model() == null ? "shipped" : "set");
            };
            return "at " + (at - START.toEpochMilli()) + ": " + what;
        }
    }

    /// The aggregator commits what it has done so far.
    record Committed() implements Step {}

    /// The aggregator crashes and goes on from its last commit.
    ///
    /// @param writes how many writes to its stores it still manages, of the record that comes next
    /// @param sameObject whether the same object is restored, as Kafka Streams does it when a store was
    ///     corrupted, or a new one
    record Crashed(int writes, boolean sameObject) implements Step {}

    /// The same with other steps.
    History with(List<Step> others) {
        return new History(policy, calm, others);
    }

    /// The same with silence at the end, in which every turn ends.
    History ended() {
        long last = log().mapToLong(Appended::at).reduce(START.toEpochMilli(), (_, at) -> at);
        long late = last + Duration.ofDays(10).toMillis();
        List<Step> longer = new ArrayList<>(steps);
        longer.add(new Appended(late, Tick.CLOSING, false));
        longer.add(new Appended(late + policy.hole().settle().toMillis() + 1, Tick.CLOSING, false));
        return with(longer);
    }

    /// The records. Their offsets are 0, 1, 2 ...
    Stream<Appended> log() {
        return steps.stream().filter(Appended.class::isInstance).map(Appended.class::cast);
    }

    /// What a person reads of it. Times are in milliseconds from the start.
    @Override
    public String toString() {
        return policy + (calm ? ", calm" : "") + "\n"
                + IntStream.range(0, steps.size())
                        .mapToObj(i -> "%4d  %s".formatted(i, steps.get(i)))
                        .collect(joining("\n"));
    }
}
