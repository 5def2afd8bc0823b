package lull.bench.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;

/// Writer of the turn that a session window of texts has become. It says what the aggregator's turn
/// says, but for its id: a window knows no offset.
///
/// @param gap the inactivity gap of the windows
public record SessionTurns(Duration gap) {

    /// The bytes of the turn.
    ///
    /// @param start the time at which the window begins
    /// @param values of the records of its messages, in the order of the log
    public byte[] write(String conversation, long start, Iterable<byte[]> values) {
        List<Message> messages = new ArrayList<>();
        values.forEach(value -> messages.add(message(value)));
        Message first = messages.getFirst();
        Message last = messages.getLast();
        // Stable, so that texts of one second stay in the order of the log.
        messages.sort(Comparator.comparing(Message::sentAt));
        String text = messages.stream().map(SessionTurns::text).collect(Collectors.joining("\n"));
        List<TurnMessage> parts = messages.stream()
                .map(message -> new TurnMessage(message.id(), message.sentAt(), message.customer(), message.raw()))
                .toList();
        List<Instant> received =
                messages.stream().map(Message::receivedAt).sorted().toList();
        return Json.bytes(new Turn(
                conversation + "@" + start,
                first.id(),
                first.conversation(),
                last.business(),
                last.customer(),
                TurnCause.GAP,
                gap,
                true,
                received.getFirst(),
                received.getLast(),
                List.of(new TurnItem(ContentKind.TEXT, text, parts))));
    }

    private static String text(Message message) {
        if (message.content() instanceof Content.Text text) {
            return text.body();
        }
        throw new IllegalStateException("The benchmark writes nothing but texts");
    }

    private static Message message(byte[] value) {
        if (read(value) instanceof Message message) {
            return message;
        }
        throw new IllegalStateException("A window has messages only");
    }

    /// Reads the value of a record of the input topic. Those that are no messages are of Lull, and no
    /// turn has them.
    public static InputRecord read(byte[] value) {
        try {
            return Json.read(value, InputRecord.class);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("The benchmark writes nothing that cannot be read", e);
        }
    }
}
