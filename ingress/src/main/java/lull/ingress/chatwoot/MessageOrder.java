package lull.ingress.chatwoot;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Order of messages that Chatwoot reports side by side: each is held for a moment, in which an earlier
/// one of the same conversation may arrive, and then they go one after the other by their numbers. Safe
/// for several threads, which must be virtual ones: each waits.
final class MessageOrder {

    /// How long a message waits at most for an earlier one that has arrived: Chatwoot gives up after
    /// five seconds.
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final Duration hold;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// How many requests wait with each message of each conversation.
    private final Map<Long, NavigableMap<Long, Integer>> waiting = new HashMap<>();

    /// What is done with a message.
    @FunctionalInterface
    interface Step<T> {
        T run() throws InterruptedException;
    }

    MessageOrder(Duration hold) {
        this.hold = hold;
    }

    /// Does a step after those of the earlier messages of the conversation that arrive soon enough.
    <T> T inOrder(long conversation, long message, Step<T> step) throws InterruptedException {
        enter(conversation, message);
        try {
            await(conversation, message);
            return step.run();
        } finally {
            leave(conversation, message);
        }
    }

    private void enter(long conversation, long message) {
        lock.lock();
        try {
            waiting.computeIfAbsent(conversation, _ -> new TreeMap<>()).merge(message, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    private void await(long conversation, long message) throws InterruptedException {
        lock.lock();
        try {
            long held = hold.toNanos();
            while (held > 0) {
                held = changed.awaitNanos(held);
            }
            long left = LONGEST.minus(hold).toNanos();
            while (left > 0 && !isFirst(conversation, message)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirst(long conversation, long message) {
        NavigableMap<Long, Integer> messages = waiting.get(conversation);
        return messages == null || messages.firstKey() >= message;
    }

    private void leave(long conversation, long message) {
        lock.lock();
        try {
            waiting.computeIfPresent(conversation, (_, messages) -> {
                messages.computeIfPresent(message, (_, count) -> count == 1 ? null : count - 1);
                return messages.isEmpty() ? null : messages;
            });
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
