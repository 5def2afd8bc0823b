package lull.aggregator.turn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.aggregator.turn.History.Appended;
import lull.aggregator.turn.RecordedEvents.Closing;
import lull.contract.ConversationKey;
import lull.contract.message.ContentKind;
import lull.contract.message.Erasure;
import lull.contract.message.Message;
import lull.contract.message.Tick;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnMessage;

/// What must hold of the turns of any log, whatever the rules are in detail. Known is only the log and the
/// time of each record, which is the sum of the forward steps of append times.
final class TurnProperties {

    private final History history;
    private final List<Appended> log;
    private final List<Closing> closings;
    private final long[] times;

    TurnProperties(History history, List<Closing> closings) {
        this.history = history;
        this.log = history.log().toList();
        this.closings = closings;
        this.times = new long[log.size()];
        for (int i = 0; i < times.length; i++) {
            long last = i == 0 ? 0 : times[i - 1];
            times[i] = last
                    + Math.max(0, log.get(i).at() - (i == 0 ? 0 : log.get(i - 1).at()));
        }
    }

    /// Throws where one does not hold.
    void check() {
        everyMessageIsInOneTurn();
        theOrderOfTheLogIsKept();
        for (Closing closing : closings) {
            everyMessageIsOfTheConversation(closing);
            theCustomersOrderIsKept(closing);
            isNotClosedBeforeItsDeadline(closing);
            isClosedWhenALaterTimeIsRead(closing);
        }
        if (history.calm()) {
            nothingIsSplitWithinTheGap();
        }
    }

    static Message message(Appended appended) {
        if (appended.record() instanceof Message message) {
            return message;
        }
        throw new AssertionError("A turn has what is no message: " + appended);
    }

    /// In one at least; in a second one only where it was replayed, or came again when it was forgotten, by time or
    /// by an erasure.
    private void everyMessageIsInOneTurn() {
        Map<String, Integer> atMost = new HashMap<>();
        Map<String, Long> first = new HashMap<>();
        Set<String> erased = new HashSet<>();
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).record() instanceof Erasure(ConversationKey conversation)) {
                erased.add(conversation.toString());
            } else if (log.get(i).record() instanceof Message message) {
                boolean forgotten = erased.contains(message.conversation().toString())
                        || times[i] - first.getOrDefault(message.id(), times[i]) > SeenMessages.MEMORY.toMillis();
                boolean counts = forgotten || log.get(i).replayed() || !first.containsKey(message.id());
                first.putIfAbsent(message.id(), times[i]);
                atMost.merge(message.id(), counts ? 1 : 0, Integer::sum);
            }
        }
        Map<String, Integer> found = new HashMap<>();
        closings.forEach(closing -> closing.turn().messageIds().forEach(id -> found.merge(id, 1, Integer::sum)));
        assertThat(found.keySet()).as("messages in turns").isEqualTo(atMost.keySet());
        found.forEach((id, times) ->
                assertThat(times).as("turns that have %s", id).isLessThanOrEqualTo(atMost.getOrDefault(id, 0)));
    }

    private void theOrderOfTheLogIsKept() {
        Map<String, List<Long>> offsets = new HashMap<>();
        closings.forEach(
                closing -> offsets.computeIfAbsent(closing.turn().conversation().toString(), _ -> new ArrayList<>())
                        .addAll(closing.offsets()));
        offsets.forEach((conversation, all) -> assertThat(all)
                .as("offsets of %s, turn by turn", conversation)
                .isSorted()
                .doesNotHaveDuplicates());
    }

    private void everyMessageIsOfTheConversation(Closing closing) {
        List<Message> messages = closing.offsets().stream()
                .map(offset -> message(log.get(offset.intValue())))
                .toList();
        assertThat(messages)
                .allMatch(
                        message -> message.conversation().equals(closing.turn().conversation()));
        assertThat(closing.turn().messageIds())
                .as("messages of %s", closing.turn().id())
                .containsExactlyInAnyOrderElementsOf(
                        messages.stream().map(Message::id).toList());
    }

    private void theCustomersOrderIsKept(Closing closing) {
        // A reaction comes between texts without parting them, so its place tells nothing.
        List<TurnMessage> shown = closing.turn().items().stream()
                .filter(item -> item.kind() != ContentKind.REACTION)
                .flatMap(item -> item.messages().stream())
                .toList();
        assertThat(shown)
                .as("order of %s", closing.turn().id())
                .isSortedAccordingTo(Comparator.comparing(TurnMessage::sentAt));
    }

    private void isNotClosedBeforeItsDeadline(Closing closing) {
        TurnCause cause = closing.turn().cause();
        if (cause == TurnCause.GAP || cause == TurnCause.MAX_DURATION) {
            assertThat(times[(int) closing.by()])
                    .as("time when %s was closed", closing.turn().id())
                    .isEqualTo(closing.now())
                    .isGreaterThan(deadline(closing));
        }
    }

    /// A turn that stays open behind its deadline does so only because time has just jumped.
    private void isClosedWhenALaterTimeIsRead(Closing closing) {
        long deadline = deadline(closing);
        for (int i = closing.offsets().getLast().intValue(); i < closing.by(); i++) {
            if (times[i] > deadline && !isProbe(i)) {
                assertThat(hasJustJumped(i))
                        .as(
                                "%s, due at %d, is open after record %d without a hole",
                                closing.turn().id(), deadline, i)
                        .isTrue();
            }
        }
    }

    /// From one record to the next, probes left out: they end nothing, so time is looked at behind them only.
    private boolean hasJustJumped(int record) {
        long since = times[record] - history.policy().hole().settle().toMillis();
        long limit = history.policy().hole().limit().toMillis();
        long later = times[record];
        for (int i = record - 1; i >= 0 && later >= since; i--) {
            if (!isProbe(i)) {
                if (later - times[i] > limit) {
                    return true;
                }
                later = times[i];
            }
        }
        return false;
    }

    private boolean isProbe(int record) {
        return log.get(record).record() instanceof Tick tick && !tick.endsTurns();
    }

    private long deadline(Closing closing) {
        long gap = closing.turn().gap() == null ? 0 : closing.turn().gap().toMillis();
        long last = times[closing.offsets().getLast().intValue()];
        long first = times[closing.offsets().getFirst().intValue()];
        return Math.min(
                last + gap,
                first
                        + history.policy()
                                .of(closing.turn().conversation().businessNumber())
                                .maxDuration()
                                .toMillis());
    }

    /// Two messages of a conversation that were received within the gap, less what a healthy door may need to
    /// append them, are in one turn, or something else than silence has ended it.
    private void nothingIsSplitWithinTheGap() {
        Map<String, Closing> last = new HashMap<>();
        for (Closing closing : closings) {
            Closing before = last.put(closing.turn().conversation().toString(), closing);
            if (before != null && before.turn().cause() == TurnCause.GAP) {
                assertThat(apart(before.offsets().getLast(), closing.offsets().getFirst()))
                        .as(
                                "receive times apart where %s begins",
                                closing.turn().id())
                        .isGreaterThan(requireNonNull(before.turn().gap()).toMillis() - 500);
            }
        }
    }

    private long apart(long before, long after) {
        return message(log.get((int) after)).receivedAt().toEpochMilli()
                - message(log.get((int) before)).receivedAt().toEpochMilli();
    }
}
