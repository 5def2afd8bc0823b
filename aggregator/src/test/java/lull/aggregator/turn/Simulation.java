package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lull.aggregator.turn.History.Appended;
import lull.aggregator.turn.RecordedEvents.Closing;
import lull.contract.message.Route;
import lull.contract.turn.TurnRoute;

/// Plays a history to [PartitionTurns] and checks what comes out: it is what [TurnOracle] says and has the
/// properties of [TurnProperties], and it is the same bytes wherever the aggregator crashed.
final class Simulation {

    private Simulation() {}

    /// Throws where something is not as it must be. Returns what came out, with what was counted on the way.
    static RecordedEvents check(History given) {
        History history = given.ended();
        RecordedEvents straight = PartitionPlayer.straight(history);
        assertThat(straight.unwritable).as("unwritable turns").isEmpty();
        equalsTheOracle(history, straight.closings);
        new TurnProperties(history, straight.closings).check();
        assertThat(json(PartitionPlayer.restartedAtEachRecord(history)))
                .as("turns of a partition that was restarted at each record")
                .isEqualTo(json(straight));
        assertThat(json(PartitionPlayer.crashing(history)))
                .as("turns of a partition that crashed")
                .isEqualTo(json(straight));
        return straight;
    }

    private static void equalsTheOracle(History history, List<Closing> closings) {
        TurnOracle oracle = new TurnOracle(history.policy());
        List<Appended> log = history.log().toList();
        for (int offset = 0; offset < log.size(); offset++) {
            Appended next = log.get(offset);
            oracle.read(offset, next.at(), next.record(), next.value().length, next.replayed());
        }
        List<TurnOracle.Expected> made = closings.stream()
                .map(closing -> made(
                        closing,
                        closing.offsets().stream()
                                .map(offset -> TurnProperties.message(log.get(offset.intValue()))
                                        .id())
                                .toList()))
                .toList();
        assertThat(made).as("turns").isEqualTo(oracle.closed());
    }

    private static TurnOracle.Expected made(Closing closing, List<String> ids) {
        long gap = closing.turn().gap() == null ? -1 : closing.turn().gap().toMillis();
        TurnRoute route = closing.turn().route();
        return new TurnOracle.Expected(
                closing.turn().conversation().toString(),
                closing.offsets().getFirst(),
                closing.turn().cause(),
                gap,
                ids,
                closing.by(),
                route == null ? null : route.rule(),
                route == null ? Route.CONNECT : route.destination(),
                closing.turn().flags());
    }

    private static List<String> json(RecordedEvents events) {
        return events.closings.stream().map(Closing::json).toList();
    }
}
