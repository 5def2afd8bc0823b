package lull.bridge.outbound.replies;

import java.time.Instant;
import lull.runtime.BoundedMap;
import lull.whatsapp.CallbackData;
import org.jspecify.annotations.Nullable;

/// Replies that this process has announced without a call of WhatsApp, because Kafka failed or the
/// partition was lost between the two. For every other process they are in doubt; this one knows that
/// they were not sent. If there are too many, the oldest are forgotten, and are in doubt. Safe for
/// several threads.
final class UncalledReplies {

    private static final int MOST = 10_000;

    private final BoundedMap<CallbackData, Instant> announcedAt = new BoundedMap<>(MOST);

    /// Notes that a part is about to be announced.
    ///
    /// @param at the time of the announcement, which identifies it
    synchronized void add(CallbackData part, Instant at) {
        announcedAt.put(part, at);
    }

    /// Returns when a part was announced; null if it was not, or has been called.
    synchronized @Nullable Instant announcedAt(CallbackData part) {
        return announcedAt.get(part);
    }

    /// Notes that a part is called now, or that its announcement is withdrawn.
    synchronized void remove(CallbackData part) {
        announcedAt.remove(part);
    }
}
