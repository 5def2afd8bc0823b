package lull.aggregator.turn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.MessageToken;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Writer that turns an open turn into its final form: messages in the order of WhatsApp's clock (which
/// has whole seconds), then of the log; consecutive texts joined, in a group only those of one person;
/// everything else an item of its own. A reaction between texts does not separate them. If the sender
/// deleted a message before the turn ended, only a marker of it remains.
public final class TurnWriter {

    private record Logged(long offset, ParsedMessage message) {}

    private final String topic;
    private final int partition;
    private final InputPolicy policy;

    /// Creates a writer for a partition, which gives turns their ids.
    public TurnWriter(String topic, int partition, InputPolicy policy) {
        this.topic = topic;
        this.partition = partition;
        this.policy = policy;
    }

    /// The id of a turn: the position of its first message.
    static String id(String topic, int partition, OpenTurn turn) {
        return topic + "-" + partition + "-" + turn.firstOffset();
    }

    /// @param decision how its last message was judged; null if it was not
    /// @param routes decide where it goes
    Turn write(KnownTurn known, TurnCause cause, @Nullable GapDecision decision, RouteKeeper routes)
            throws UnwritableTurn {
        OpenTurn open = known.turn();
        List<Logged> inLogOrder = inLogOrder(known);
        List<ParsedMessage> ordered = inLogOrder.stream()
                .sorted(Comparator.<Logged, Instant>comparing(
                                logged -> logged.message().sentAt())
                        .thenComparingLong(Logged::offset))
                .map(Logged::message)
                .toList();
        ParsedMessage first = inLogOrder.getFirst().message();
        ParsedMessage last = inLogOrder.getLast().message();
        List<Instant> received = inLogOrder.stream()
                .map(logged -> logged.message().receivedAt())
                .sorted()
                .toList();
        TurnPolicy ofNumber = policy.of(first.conversation().businessNumber());
        List<TurnItem> items = new Items(ofNumber, ordered).write();
        return new Turn(
                id(topic, partition, open),
                first.id(),
                first.conversation(),
                last.business(),
                customer(inLogOrder),
                cause,
                Duration.ofMillis(open.gap()),
                items.stream().anyMatch(item -> ofNumber.kinds().openChat().contains(item.kind())),
                received.getFirst(),
                received.getLast(),
                items,
                decision,
                cause == TurnCause.URGENT,
                routes.route(first.conversation(), last.app()),
                null,
                routes.flags(first.conversation()));
    }

    private static List<Logged> inLogOrder(KnownTurn known) throws UnwritableTurn {
        List<ParsedMessage> messages = known.messages();
        List<Logged> logged = new ArrayList<>(known.turn().messages());
        for (OpenTurn.Frame frame : known.turn().frames()) {
            logged.add(messages.isEmpty() ? read(frame) : new Logged(frame.offset(), messages.get(logged.size())));
        }
        return logged;
    }

    /// The items of a turn while it is being written.
    private static final class Items {
        private final TurnPolicy policy;
        private final List<ParsedMessage> messages;
        private final List<Draft> items = new ArrayList<>();

        /// By the tokens of the ids of deleted messages: the messages that delete or edit them.
        private final Map<String, List<ParsedMessage>> takenBack = new HashMap<>();

        private final Set<String> folded = new HashSet<>();
        private @Nullable Draft openText;

        Items(TurnPolicy policy, List<ParsedMessage> messages) {
            this.policy = policy;
            this.messages = messages;
            if (messages.stream().noneMatch(message -> message.content() instanceof Content.Revoke)) {
                return;
            }
            Map<String, ParsedMessage> byId = new HashMap<>();
            messages.forEach(message -> byId.put(MessageToken.of(message.id()), message));
            for (ParsedMessage message : messages) {
                if (message.content() instanceof Content.Revoke(String id)
                        && concerns(byId.get(MessageToken.of(id)), message)) {
                    takenBack
                            .computeIfAbsent(MessageToken.of(id), _ -> new ArrayList<>())
                            .add(message);
                    folded.add(message.id());
                }
            }
            for (ParsedMessage message : messages) {
                if (message.content() instanceof Content.Edit edit
                        && concerns(byId.get(MessageToken.of(edit.originalMessageId())), message)) {
                    List<ParsedMessage> about = takenBack.get(MessageToken.of(edit.originalMessageId()));
                    if (about != null) {
                        about.add(message);
                        folded.add(message.id());
                    }
                }
            }
        }

        /// Whether a message refers to another message of the same person.
        private static boolean concerns(@Nullable ParsedMessage original, ParsedMessage message) {
            return original != null && !original.id().equals(message.id()) && isOf(original.customer(), message);
        }

        /// Item that may still grow.
        ///
        /// @param text null if it is no text
        private record Draft(ContentKind kind, @Nullable StringBuilder text, List<TurnMessage> parts) {}

        List<TurnItem> write() {
            for (ParsedMessage message : messages) {
                List<ParsedMessage> about = takenBack.isEmpty() ? null : takenBack.get(MessageToken.of(message.id()));
                if (about != null) {
                    List<TurnMessage> left = new ArrayList<>(List.of(marker(message, message.id())));
                    about.forEach(other -> left.add(marker(other, message.id())));
                    add(ContentKind.REVOKE, left);
                } else if (!folded.contains(message.id())) {
                    write(message);
                }
            }
            return items.stream()
                    .map(item -> new TurnItem(
                            item.kind(),
                            item.text() == null ? null : item.text().toString(),
                            item.parts(),
                            policy.kinds().hidden().contains(item.kind())))
                    .toList();
        }

        private void write(ParsedMessage message) {
            Draft open = openText;
            if (!(message.content() instanceof Content.Text(String body))) {
                add(message.content().kind(), List.of(part(message)));
            } else if (open != null && open.text() != null && continues(open, message)) {
                open.text().append(policy.joiner()).append(body);
                open.parts().add(part(message));
            } else {
                openText = new Draft(ContentKind.TEXT, new StringBuilder(body), new ArrayList<>());
                openText.parts().add(part(message));
                items.add(openText);
            }
        }

        private void add(ContentKind kind, List<TurnMessage> parts) {
            items.add(new Draft(kind, null, parts));
            if (kind != ContentKind.REACTION) {
                openText = null;
            }
        }

        /// Whether a text continues an item: in a group only if the same person wrote that item.
        private static boolean continues(Draft item, ParsedMessage message) {
            return isOf(item.parts().getLast().sender(), message);
        }
    }

    /// Returns the sender of the last message, completed with data that only earlier messages have of
    /// that person.
    private static Customer customer(List<Logged> inLogOrder) {
        Customer customer = inLogOrder.getLast().message().customer();
        if (inLogOrder.getLast().message().conversation().isGroup()) {
            return customer;
        }
        for (Logged earlier : inLogOrder.reversed()) {
            customer = customer.completedBy(earlier.message().customer());
        }
        return customer;
    }

    private static TurnMessage part(ParsedMessage message) {
        return new TurnMessage(
                message.id(),
                message.sentAt(),
                message.customer(),
                message.raw(),
                message.source().trace());
    }

    /// Returns the marker of a deleted message, or of a message about one.
    ///
    /// @param original the id of the deleted message
    private static TurnMessage marker(ParsedMessage message, String original) {
        ObjectNode raw = Json.object();
        raw.put("id", message.id()).put("type", "revoke").putObject("revoke").put("original_message_id", original);
        return new TurnMessage(
                message.id(),
                message.sentAt(),
                message.customer(),
                raw,
                message.source().trace());
    }

    /// Whether a message is from this person; outside a group there is only one person.
    private static boolean isOf(Customer sender, ParsedMessage message) {
        Customer customer = message.customer();
        return !message.conversation().isGroup()
                || (Objects.equals(sender.userId(), customer.userId())
                        && Objects.equals(sender.phone(), customer.phone()));
    }

    private static Logged read(OpenTurn.Frame frame) throws UnwritableTurn {
        try {
            if (InputEvent.of(frame.bytes()) instanceof ParsedMessage message) {
                return new Logged(frame.offset(), message);
            }
            throw new UnwritableTurn(new UnreadableJson("No message"));
        } catch (UnreadableJson e) {
            throw new UnwritableTurn(e);
        }
    }
}
