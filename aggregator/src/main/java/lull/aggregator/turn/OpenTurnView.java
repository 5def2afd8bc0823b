package lull.aggregator.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.turn.GapDecision;
import org.jspecify.annotations.Nullable;

/// View of an open turn for operators, without anything that the customer wrote.
///
/// @param id the id that the turn will have
/// @param gap the gap in force at its last message
/// @param openFor from its first message to its last, in the log's time
/// @param closesIn how much of the log's time is left until its deadline if nothing more arrives, as of
///     the partition's latest record; zero in a log that settles after a hole
/// @param bytes the size of its messages, as they are on the topic
/// @param gapDecision how the adaptive gap judged its last message; absent where it was not asked
public record OpenTurnView(
        String topic,
        int partition,
        String id,
        String conversation,
        Duration gap,
        Duration openFor,
        @Nullable Duration closesIn,
        int bytes,
        List<Part> messages,
        @Nullable GapDecision gapDecision) {

    public OpenTurnView {
        messages = List.copyOf(messages);
    }

    /// A message of the turn.
    ///
    /// @param kind the kind of its content
    record Part(String id, String kind, long offset) {}

    /// Returns the view of a turn.
    ///
    /// @param decision as [GapState#decision] returns it
    public static OpenTurnView of(
            String topic,
            int partition,
            String conversation,
            OpenTurn turn,
            Optional<Duration> closesIn,
            Optional<GapDecision> decision) {
        List<Part> parts = new ArrayList<>();
        for (OpenTurn.Frame frame : turn.frames()) {
            parts.add(part(frame));
        }
        return new OpenTurnView(
                topic,
                partition,
                TurnWriter.id(topic, partition, turn),
                conversation,
                Duration.ofMillis(turn.gap()),
                Duration.ofMillis(turn.lastTime() - turn.firstTime()),
                closesIn.orElse(null),
                turn.messageBytes(),
                parts,
                decision.orElse(null));
    }

    private static Part part(OpenTurn.Frame frame) {
        try {
            if (Json.read(frame.bytes(), InputRecord.class) instanceof Message message) {
                return new Part(message.id(), message.content().kind().word(), frame.offset());
            }
        } catch (UnreadableJson e) {
            // Its messages go to the dead letters when the turn closes.
        }
        return new Part("", "unreadable", frame.offset());
    }
}
