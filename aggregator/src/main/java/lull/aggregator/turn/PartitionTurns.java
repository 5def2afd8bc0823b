package lull.aggregator.turn;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.Sender;
import lull.aggregator.route.RoutesInForce;
import lull.contract.message.Content;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.RouteSetting;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import org.jspecify.annotations.Nullable;

/// Rules by which the log of one partition becomes turns. Everything that decides is in the log, or
/// follows from it and is kept in the stores; memory holds only an index that [#restore()] rebuilds, and copies of
/// what the stores have. A later change must not use Kafka or a machine's clock here.
///
/// Each record is handled in this order: the clock advances; a message joins or opens a turn; the log
/// is tested for a hole; unless the log settles, due turns close. The resulting events are returned in
/// the order in which they happened. Used by one thread at a time.
public final class PartitionTurns {

    /// The key of the partition's own state among the open turns. Every conversation's key contains a
    /// `|`, so none is equal to it.
    public static final String STATE_KEY = "partition";

    private final InputPolicy policy;
    private final TurnStore turns;
    private final TurnStore duplicates;
    private final TurnWriter writer;
    private final GapKeeper gaps;
    private final RouteKeeper routes;
    private final DeadlineIndex index = new DeadlineIndex();
    private final RecentTurns recent;

    /// The events of the current record so far.
    private final List<TurnEvent> events = new ArrayList<>();

    private LogClock clock = LogClock.START;

    /// @param memory for open turns that have grown lately
    public PartitionTurns(
            InputPolicy policy, TurnStore turns, TurnStore duplicates, TurnWriter writer, MemoryBudget memory) {
        this.recent = new RecentTurns(memory);
        this.policy = policy;
        this.turns = turns;
        this.duplicates = duplicates;
        this.writer = writer;
        this.gaps = new GapKeeper(policy, duplicates);
        this.routes = new RouteKeeper(policy.routing(), duplicates);
    }

    /// Returns the conversation to which an entry of a store belongs; empty if it belongs to none, such as
    /// the partition's own state.
    public static Optional<String> conversationOf(String key) {
        return GapKeeper.senderOf(key).or(() -> Optional.of(key)).filter(it -> it.indexOf('|') > 0);
    }

    /// Whether an entry of the duplicates' store is not looked at any more.
    ///
    /// @param now the log's time
    public static boolean isForgotten(String key, byte[] value, long now) {
        return !key.equals(RouteKeeper.KEY) && GapKeeper.isForgotten(key, value, now);
    }

    /// Clears the memory and rebuilds it from the stores.
    public void restore() {
        index.clear();
        recent.clear();
        turns.forEach((key, value) -> {
            if (!key.equals(STATE_KEY)) {
                index.put(key, OpenTurn.of(value));
            }
        });
        byte[] state = turns.get(STATE_KEY);
        if (state == null) {
            clock = LogClock.START;
            gaps.restore(GapsInForce.NONE);
        } else {
            ByteBuffer in = ByteBuffer.wrap(state);
            clock = LogClock.read(in);
            gaps.restore(GapsInForce.read(in));
        }
        routes.restore();
    }

    /// Frees the memory; it is not used after that.
    public void release() {
        recent.clear();
    }

    /// Handles a message of a conversation.
    ///
    /// @param append its append time
    /// @param value its original bytes
    /// @param replayed whether it was sent again from the dead letters, and so is not a duplicate
    public List<TurnEvent> message(
            String conversation, long offset, long append, ParsedMessage message, byte[] value, boolean replayed) {
        advance(append);
        KnownTurn open = open(conversation);
        SeenMessages seen = open == null ? seen(conversation) : open.seen();
        long id = SeenMessages.hash(message.id());
        if (replayed || !(isIn(open, id) || seen.has(id, clock.now()))) {
            take(conversation, open, seen, offset, id, message, value);
        } else {
            events.add(new TurnEvent.Duplicate());
        }
        return closeDue();
    }

    /// Handles a tick: time has passed, and other writers could write.
    public List<TurnEvent> tick(long append) {
        advance(append);
        return closeDue();
    }

    /// Handles a probe: time has passed, but it is not known yet whether others could write meanwhile.
    /// The record after it finds a hole, if there was one.
    public void probe(long append) {
        clock = clock.advance(append);
        turns.put(STATE_KEY, gaps.inForce().write(clock));
    }

    /// Handles a change of the gap, which applies to the messages after it.
    public List<TurnEvent> setting(long append, GapSetting setting) {
        advance(append);
        gaps.change(setting);
        return closeDue();
    }

    /// Handles a change of what decides how long to wait, which applies to the messages after it.
    public List<TurnEvent> setting(long append, GapRuleSetting setting) {
        advance(append);
        gaps.change(setting);
        return closeDue();
    }

    /// Handles a change of the model of the adaptive gap, which applies to the messages after it.
    ///
    /// @param model the new one; null: back to the one that Lull ships
    public List<TurnEvent> model(long append, @Nullable GapModel model) {
        advance(append);
        gaps.changeModel(model);
        return closeDue();
    }

    /// Handles a change of the routes, which applies to the turns that end with it or after it.
    public List<TurnEvent> setting(long append, RouteSetting setting) {
        advance(append);
        routes.change(setting);
        return closeDue();
    }

    /// Handles an answer of the business, which changes no turn. Like a message that is a duplicate it
    /// shows that time has passed, and that the ingress could write.
    ///
    /// @param conversation the conversation in which the business answered
    /// @param sentAtMillis when, by WhatsApp's clock
    public List<TurnEvent> answer(long append, String conversation, long sentAtMillis) {
        advance(append);
        // What arrives so late tells nothing about the messages that are written now.
        if (append - sentAtMillis <= Sender.TURN_MILLIS) {
            KnownTurn open = open(conversation);
            byte[] sender = gaps.answered(conversation, open == null ? null : open.turn(), clock.now());
            if (open == null) {
                gaps.keep(conversation, sender);
            } else if (sender != null) {
                keep(conversation, open.with(open.turn().with(sender)));
            }
        }
        return closeDue();
    }

    /// Handles an erasure, which changes no turn: what is remembered of a conversation without an open turn
    /// is deleted. While one is open nothing changes, because it is added to what is remembered.
    ///
    /// @param conversation the conversation of a customer who asked to be forgotten
    public List<TurnEvent> erase(long append, String conversation) {
        advance(append);
        if (!index.has(conversation)) {
            duplicates.delete(conversation);
            gaps.forget(conversation);
        }
        return closeDue();
    }

    /// In how many milliseconds of the log's time a tick has something to close; empty if no turn is
    /// open.
    public OptionalLong dueIn() {
        long earliest = index.earliest();
        if (earliest == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        long due = clock.settling() ? Math.max(earliest, clock.settleUntil()) : earliest;
        return OptionalLong.of(Math.max(0, due - clock.now() + 1));
    }

    /// What decides how long to wait, and how well it did. Other threads may read it; its scores follow later
    /// messages, and its gaps and model do not.
    public GapState gaps() {
        return gaps.state();
    }

    /// What decides where turns go.
    public RoutesInForce routes() {
        return routes.inForce();
    }

    /// How many turns are open.
    public int open() {
        return index.size();
    }

    /// The log's time.
    public long now() {
        return clock.now();
    }

    /// Starts the handling of a record.
    private void advance(long append) {
        events.clear();
        clock = clock.advance(append);
    }

    private @Nullable KnownTurn open(String conversation) {
        return index.has(conversation) ? known(conversation) : null;
    }

    /// Returns the open turn of an entry of the index, from memory or from the stores.
    private KnownTurn known(String conversation) {
        KnownTurn known = recent.get(conversation);
        if (known != null) {
            return known;
        }
        byte[] stored = turns.get(conversation);
        if (stored == null) {
            throw new IllegalStateException("An open turn of the index is not in the store");
        }
        return KnownTurn.unread(OpenTurn.of(stored), seen(conversation));
    }

    /// Returns what a conversation has seen, without the messages of its open turn, which are added when it has ended.
    private SeenMessages seen(String conversation) {
        return SeenMessages.of(duplicates.get(conversation));
    }

    private boolean isIn(@Nullable KnownTurn open, long id) {
        return open != null && open.has(id, SeenMessages.oldest(clock.now()));
    }

    /// Stores an open turn.
    private void keep(String conversation, KnownTurn open) {
        turns.put(conversation, open.turn().toBytes());
        recent.put(conversation, open);
    }

    private void take(
            String conversation,
            @Nullable KnownTurn before,
            SeenMessages seenBefore,
            long offset,
            long id,
            ParsedMessage message,
            byte[] value) {
        TurnPolicy policy = this.policy.of(message.conversation().businessNumber());
        KnownTurn open = before;
        SeenMessages seen = seenBefore;
        long received = clock.clampReceived(
                message.receivedAt().toEpochMilli(), this.policy.ackTimeout().toMillis());
        if (open != null) {
            TurnCause ended = endedBefore(open.turn(), received, value.length, policy);
            if (ended != null) {
                seen = close(conversation, open, ended);
                open = null;
            } else if (clock.now() > open.turn().deadline()) {
                events.add(new TurnEvent.JoinedLate());
            }
        }
        TurnCause byItself = endedBy(message, policy);
        OpenTurn joins = open == null ? null : open.turn();
        GapKeeper.Wait wait = routes.gathers(message.conversation())
                ? gaps.after(conversation, message, clock.now(), joins, byItself != null, events)
                : gaps.withoutGathering(message);
        long gap = wait.millis();
        long max = policy.maxDuration().toMillis();
        byte[] sender = wait.senderBytes();
        KnownTurn grown = open == null
                ? KnownTurn.opened(
                        OpenTurn.open(offset, id, value, clock.now(), received, gap, max, sender), seen, message, id)
                : open.joined(
                        open.turn().join(offset, id, value, clock.now(), received, gap, max, sender), message, id);
        TurnCause ending = gap == 0 && byItself != TurnCause.URGENT ? TurnCause.PASS_THROUGH : byItself;
        if (ending != null) {
            close(conversation, grown, ending);
        } else {
            keep(conversation, grown);
            index.put(conversation, grown.turn());
            expect(conversation, grown, message, wait.probability());
        }
    }

    /// Tells the destination of an open turn how it will most likely end, if it wants to know.
    private void expect(String conversation, KnownTurn open, ParsedMessage last, double probability) {
        if (!routes.isEarly(last.conversation(), last.app(), probability)) {
            return;
        }
        try {
            Turn turn = writer.write(open, TurnCause.GAP, gaps.decision(conversation, open.turn()), routes);
            events.add(new TurnEvent.Expected(turn, clock.now()));
        } catch (UnwritableTurn | RuntimeException e) {
            // Nothing is lost: when the turn ends, its messages go to the dead letters with the reason.
        }
    }

    /// Returns the cause that ends an open turn before a message; null if the message joins it.
    private @Nullable TurnCause endedBefore(OpenTurn open, long received, int bytes, TurnPolicy policy) {
        if (!open.takes(clock.now(), received)) {
            return open.causeOfDeadline();
        }
        if (open.messages() >= policy.maxMessages()) {
            return TurnCause.MAX_MESSAGES;
        }
        return open.messageBytes() + bytes > policy.maxBytes() ? TurnCause.MAX_BYTES : null;
    }

    /// Returns the cause with which a message ends its own turn; null if the turn stays open.
    private static @Nullable TurnCause endedBy(ParsedMessage message, TurnPolicy policy) {
        Content content = message.content();
        if (policy.isUrgent(content)) {
            return TurnCause.URGENT;
        }
        if (policy.kinds().endTurn().contains(content.kind())) {
            return TurnCause.KIND;
        }
        return policy.flushes(content) ? TurnCause.FLUSH_WORD : null;
    }

    /// Finishes the handling of a record.
    private List<TurnEvent> closeDue() {
        LogClock before = clock;
        clock = clock.settle(index.earliest(), policy.hole());
        if (clock.settling() && clock.settleUntil() != before.settleUntil()) {
            events.add(new TurnEvent.Hole());
        }
        if (!clock.settling()) {
            String due = index.dueBefore(clock.now());
            while (due != null) {
                KnownTurn open = known(due);
                close(due, open, open.turn().causeOfDeadline());
                due = index.dueBefore(clock.now());
            }
        }
        turns.put(STATE_KEY, gaps.inForce().write(clock));
        return List.copyOf(events);
    }

    /// @return what the conversation has seen then
    private SeenMessages close(String conversation, KnownTurn closing, TurnCause cause) {
        OpenTurn open = closing.turn();
        SeenMessages seen = open.addedTo(closing.seen());
        turns.delete(conversation);
        index.remove(conversation);
        recent.remove(conversation);
        duplicates.put(conversation, seen.toBytes());
        gaps.keep(conversation, open.sender());
        TurnEvent closed = closed(conversation, closing, cause);
        events.add(closed);
        if (closed instanceof TurnEvent.Closed written) {
            TurnEvent misrouted = routes.misrouted(written.turn().route());
            if (misrouted != null) {
                events.add(misrouted);
            }
        }
        return seen;
    }

    /// Catches every failure of the writer: its cause is in the messages, and would occur again after
    /// every restart.
    private TurnEvent closed(String conversation, KnownTurn closing, TurnCause cause) {
        OpenTurn open = closing.turn();
        try {
            GapDecision decision = gaps.decision(conversation, open);
            Turn turn = writer.write(closing, cause, decision, routes);
            return new TurnEvent.Closed(turn, cause, open, clock.now());
        } catch (UnwritableTurn | RuntimeException e) {
            return new TurnEvent.Unwritable(conversation, open, String.valueOf(e.getMessage()));
        }
    }
}
