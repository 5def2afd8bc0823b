package lull.aggregator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.turn.TurnCause;
import org.jspecify.annotations.Nullable;

/// The rules of a turn once more, as plainly as they can be said: no index, no bytes, no stores. What it expects
/// is compared with what [PartitionTurns] does.
final class Oracle {

    /// A turn as the oracle sees it: the ids in the order of the log.
    record Expected(String conversation, long firstOffset, TurnCause cause, List<String> ids) {}

    private static final class Open {
        String conversation = "";
        long firstOffset;
        long firstTime;
        long lastTime;
        long lastReceived;
        long gap;
        long deadline;
        int bytes;
        final List<String> ids = new ArrayList<>();
    }

    final List<Expected> closed = new ArrayList<>();

    private final InputPolicy policy;
    private final List<Open> open = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Duration> gaps = new HashMap<>();
    private @Nullable Long lastAppend;
    private @Nullable Long settleEnd;
    private long now;

    Oracle(InputPolicy policy) {
        this.policy = policy;
    }

    void read(long offset, History.Entry entry) {
        Long last = lastAppend;
        now = last == null ? entry.append() : now + Math.max(0, entry.append() - last);
        lastAppend = entry.append();
        if (entry.record() instanceof Message message && seen.add(message.conversation() + " " + message.id())) {
            take(offset, entry.append(), message);
        }
        if (entry.record() instanceof GapSetting setting) {
            String number = Optional.ofNullable(setting.businessNumber()).orElse("");
            Duration gap = setting.gap();
            if (gap == null) {
                gaps.remove(number);
            } else {
                gaps.put(number, gap);
            }
        }
        closeWhatIsDue();
    }

    private void take(long offset, long append, Message message) {
        String conversation = message.conversation().toString();
        int size = Json.bytes((InputRecord) message).length;
        long hold = policy.ackTimeout().toMillis() + 5_000;
        long received = Math.max(append - hold, Math.min(message.receivedAt().toEpochMilli(), append + 5_000));
        Open turn = open.stream()
                .filter(candidate -> candidate.conversation.equals(conversation))
                .findFirst()
                .orElse(null);
        if (turn != null && now > turn.deadline && received - turn.lastReceived > turn.gap) {
            close(turn, byTime(turn));
            turn = null;
        } else if (turn != null && turn.ids.size() + 1 > policy.turns().maxMessages()) {
            close(turn, TurnCause.MAX_MESSAGES);
            turn = null;
        } else if (turn != null && turn.bytes + size > policy.turns().maxBytes()) {
            close(turn, TurnCause.MAX_BYTES);
            turn = null;
        }
        if (turn == null) {
            turn = new Open();
            turn.conversation = conversation;
            turn.firstOffset = offset;
            turn.firstTime = now;
            turn.lastReceived = received;
            open.add(turn);
        }
        turn.ids.add(message.id());
        turn.bytes += size;
        turn.lastTime = now;
        turn.lastReceived = Math.max(turn.lastReceived, received);
        turn.gap = gaps.getOrDefault(
                        message.conversation().businessNumber(),
                        gaps.getOrDefault("", policy.turns().gap()))
                .toMillis();
        turn.deadline = Math.min(
                now + turn.gap, turn.firstTime + policy.turns().maxDuration().toMillis());
        if (turn.gap == 0) {
            close(turn, TurnCause.PASS_THROUGH);
        } else if (message.content().kind() == ContentKind.BUTTON_REPLY) {
            close(turn, TurnCause.KIND);
        }
    }

    private void closeWhatIsDue() {
        long limit = policy.hole().limit().toMillis();
        long settle = policy.hole().settle().toMillis();
        Long settling = open.isEmpty() ? null : settleEnd;
        if (settling != null) {
            settleEnd = now > settling + limit ? Long.valueOf(now + settle) : now > settling ? null : settling;
        } else {
            boolean hole = open.stream().anyMatch(turn -> now > turn.deadline + limit);
            settleEnd = hole ? now + settle : null;
        }
        if (settleEnd == null) {
            open.stream()
                    .filter(turn -> turn.deadline < now)
                    .sorted(Comparator.<Open>comparingLong(turn -> turn.deadline)
                            .thenComparingLong(turn -> turn.firstOffset))
                    .toList()
                    .forEach(turn -> close(turn, byTime(turn)));
        }
        if (open.isEmpty()) {
            settleEnd = null;
        }
    }

    private static TurnCause byTime(Open turn) {
        return turn.deadline < turn.lastTime + turn.gap ? TurnCause.MAX_DURATION : TurnCause.GAP;
    }

    private void close(Open turn, TurnCause cause) {
        open.remove(turn);
        closed.add(new Expected(turn.conversation, turn.firstOffset, cause, List.copyOf(turn.ids)));
    }
}
