package lull.aggregator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import lull.contract.Customer;
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
import org.jspecify.annotations.Nullable;

/// Writes the turn that an open turn has become: messages in the order of WhatsApp's clock (which has whole
/// seconds), then of the log; consecutive texts joined by a newline, in a group those of one person; everything else an
/// item of its own. A
/// reaction comes between texts without parting them.
final class TurnWriter {

    private static final String JOINER = "\n";

    private record Logged(long offset, Message message) {}

    private final String topicPartition;

    /// A writer for a partition, which gives turns their ids.
    TurnWriter(String topic, int partition) {
        this.topicPartition = topic + "-" + partition + "-";
    }

    Turn write(OpenTurn open, TurnCause cause) throws UnwritableTurn {
        List<Logged> inLogOrder = new ArrayList<>(open.messages());
        for (OpenTurn.Frame frame : open.frames()) {
            inLogOrder.add(read(frame));
        }
        List<Logged> ordered = inLogOrder.stream()
                .sorted(Comparator.<Logged, Instant>comparing(
                                logged -> logged.message().sentAt())
                        .thenComparingLong(Logged::offset))
                .toList();
        Message first = inLogOrder.getFirst().message();
        Message last = inLogOrder.getLast().message();
        List<Instant> received = inLogOrder.stream()
                .map(logged -> logged.message().receivedAt())
                .sorted()
                .toList();
        List<TurnItem> items = items(ordered);
        return new Turn(
                topicPartition + open.firstOffset(),
                first.id(),
                first.conversation(),
                last.business(),
                last.customer(),
                cause,
                Duration.ofMillis(open.gap()),
                items.stream().anyMatch(item -> item.kind().opensChat()),
                received.getFirst(),
                received.getLast(),
                items);
    }

    private static List<TurnItem> items(List<Logged> ordered) {
        List<TurnItem> items = new ArrayList<>();
        int openText = -1;
        for (Logged logged : ordered) {
            Message message = logged.message();
            TurnMessage part = new TurnMessage(message.id(), message.sentAt(), message.customer(), message.raw());
            Content content = message.content();
            if (content instanceof Content.Text text) {
                if (openText >= 0 && continues(items.get(openText), message)) {
                    items.set(openText, longer(items.get(openText), text, part));
                } else {
                    openText = items.size();
                    items.add(new TurnItem(ContentKind.TEXT, text.body(), List.of(part)));
                }
            } else {
                items.add(new TurnItem(content.kind(), null, List.of(part)));
                if (content.kind() != ContentKind.REACTION) {
                    openText = -1;
                }
            }
        }
        return items;
    }

    /// Whether a text goes on where the last one ended: in a group only where the same person wrote that.
    private static boolean continues(TurnItem item, Message message) {
        if (!message.conversation().isGroup()) {
            return true;
        }
        Customer before = item.messages().getLast().sender();
        Customer now = message.customer();
        return Objects.equals(before.userId(), now.userId()) && Objects.equals(before.phone(), now.phone());
    }

    private static TurnItem longer(TurnItem item, Content.Text text, TurnMessage part) {
        List<TurnMessage> parts = new ArrayList<>(item.messages());
        parts.add(part);
        @Nullable String before = item.text();
        return new TurnItem(ContentKind.TEXT, before + JOINER + text.body(), parts);
    }

    private static Logged read(OpenTurn.Frame frame) throws UnwritableTurn {
        try {
            InputRecord record = Json.read(frame.bytes(), InputRecord.class);
            if (record instanceof Message message) {
                return new Logged(frame.offset(), message);
            }
            throw new UnwritableTurn(new UnreadableJson("No message"));
        } catch (UnreadableJson e) {
            throw new UnwritableTurn(e);
        }
    }
}
