package lull.bridge.outbound.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.bridge.outbound.joins.JoinItem;
import lull.bridge.outbound.joins.JoinPolicy;
import lull.bridge.outbound.joins.JoinPolicy.Decision;
import lull.contract.Channel;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.lanes.Fence;
import lull.lanes.ValueReader;
import lull.runtime.BoundedMap;

/// Gatherer of the texts that become one reply, by the [JoinPolicy]. It looks at the events that wait
/// after a text in its lane, and keeps nothing that a restart must know: a text that waits is not
/// handled, so that the next owner of its partition reads it again. Safe for several threads.
final class ReplyJoiner {

    /// How many events after a text are looked at.
    private static final int LOOK_AHEAD = 500;

    private static final ValueReader<ChatEvent> READER = ValueReader.json(ChatEvent.class);

    private final JoinPolicy policy;
    private final InstantSource clock;
    private final EventMetrics metrics;

    /// Chats whose customer has been sent something by this process.
    private final Map<String, Boolean> answered;

    /// Events that went out with an earlier one, and whose records are not handled yet.
    private final Map<SeenEvents.Id, Boolean> joined;

    /// @param remembered how many chats and events are remembered
    ReplyJoiner(JoinPolicy policy, int remembered, InstantSource clock, EventMetrics metrics) {
        this.policy = policy;
        this.clock = clock;
        this.metrics = metrics;
        this.answered = new BoundedMap<>(remembered);
        this.joined = new BoundedMap<>(remembered);
    }

    /// Events after one in its chat.
    interface Ahead {

        /// Returns the events, in the order in which they are handled.
        List<ChatEvent> events(int most);

        /// Whether a text may wait for more of them.
        boolean mayWait();

        /// Returns the events that wait in the lane.
        static Ahead inLane(Fence fence) {
            return new Ahead() {
                @Override
                public List<ChatEvent> events(int most) {
                    return fence.following(READER, most);
                }

                @Override
                public boolean mayWait() {
                    return true;
                }
            };
        }

        /// Returns events that were found in a transcript, and after them those in the lane. Whoever
        /// looks back is late already, so nothing waits.
        static Ahead found(List<ChatEvent> rest, Fence fence) {
            return new Ahead() {
                @Override
                public List<ChatEvent> events(int most) {
                    List<ChatEvent> all = new ArrayList<>(rest);
                    all.addAll(fence.following(READER, most));
                    return all;
                }

                @Override
                public boolean mayWait() {
                    return false;
                }
            };
        }
    }

    /// Whether the texts of a chat are joined. The first words of a chat are not: the customer waits
    /// for them.
    boolean joins(Chat chat) {
        return policy.isOn() && Channel.of(chat.conversation()).isWhatsApp() && isAnswered(chat.initialContactId());
    }

    /// Decides about a text.
    ///
    /// @param handled events that were handled before
    Decision decide(JoinItem.Text text, ChatEvent event, Ahead ahead, SeenEvents handled) {
        Set<SeenEvents.Id> known = new HashSet<>(Set.of(SeenEvents.Id.of(event)));
        List<JoinItem> following = ahead.events(LOOK_AHEAD).stream()
                .filter(next -> known.add(SeenEvents.Id.of(next)) && !handled.contains(next) && !isJoined(next))
                .map(JoinItem::of)
                .toList();
        Decision decision = policy.decide(text, following, clock.instant());
        return decision instanceof Decision.Wait && !ahead.mayWait()
                ? policy.decide(text, following, Instant.MAX)
                : decision;
    }

    /// Records that a message was passed on.
    ///
    /// @param texts of the message, of which the records of all but the first are still to be handled
    void passedOn(String initialContactId, List<JoinItem.Text> texts) {
        synchronized (this) {
            texts.stream()
                    .skip(1)
                    .forEach(text -> joined.put(new SeenEvents.Id(initialContactId, text.id(), ""), true));
        }
        Duration waited = Duration.between(texts.getFirst().at(), clock.instant());
        metrics.textsJoined(texts.size(), waited.isNegative() ? Duration.ZERO : waited);
    }

    /// Records that the customer of a chat is sent something.
    synchronized void answered(String initialContactId) {
        if (policy.isOn()) {
            answered.put(initialContactId, true);
        }
    }

    /// Whether an event went out with an earlier one; asked once, when its record is handled.
    synchronized boolean takeJoined(ChatEvent event) {
        return joined.remove(SeenEvents.Id.of(event)) != null;
    }

    private synchronized boolean isJoined(ChatEvent event) {
        return joined.containsKey(SeenEvents.Id.of(event));
    }

    private synchronized boolean isAnswered(String initialContactId) {
        return answered.containsKey(initialContactId);
    }
}
