package lull.ingress.reply.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import org.jspecify.annotations.Nullable;

/// Bounded memory of the latest replies of applications and what became of them: ids, times and reasons, no
/// content. The records of the topics may arrive in any order between topics. Safe for several threads.
final class KnownReplies {

    private final int most;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Instant since;

    /// What is known of a reply.
    private static final class Entry {

        private final List<PartStatus> parts = new ArrayList<>(1);
        private @Nullable Instant requestedAt;
        private @Nullable String deadLetter;

        /// When the latest request was written, and the latest dead letter: a request that is written again after
        /// its dead letter is handled anew.
        private long requestMillis = Long.MIN_VALUE;

        private long deadMillis = Long.MIN_VALUE;

        void apply(ReplyOutcome outcome) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).part() == outcome.part()) {
                    parts.set(i, parts.get(i).after(outcome));
                    return;
                }
            }
            parts.add(PartStatus.first(outcome.part(), outcome.at()).after(outcome));
            parts.sort((one, other) -> Integer.compare(one.part(), other.part()));
        }

        ReplyStatus status(String id) {
            return ReplyStatus.of(id, requestedAt, deadMillis >= requestMillis ? deadLetter : null, parts);
        }

        /// The latest time that is known of it, so that nothing newer than this is missing.
        Instant latest(Instant least) {
            Instant latest = requestedAt == null || requestedAt.isBefore(least) ? least : requestedAt;
            for (PartStatus part : parts) {
                latest = part.at().isAfter(latest) ? part.at() : latest;
            }
            return latest;
        }
    }

    /// @param most the maximum number of replies
    /// @param since the time of the oldest records that are read
    KnownReplies(int most, Instant since) {
        this.most = most;
        this.since = since;
    }

    /// Remembers a request; ignores those that are not of an application, and typing indicators, which are no messages.
    ///
    /// @param millis when it was written
    synchronized void requested(Reply reply, long millis) {
        if (reply.origin() instanceof ReplyOrigin.Application
                && ReplyIds.isOfApplication(reply.id())
                && !(reply.content() instanceof ReplyContent.Typing)) {
            Entry entry = entry(reply.id());
            entry.requestedAt = reply.requestedAt();
            entry.requestMillis = Math.max(entry.requestMillis, millis);
        }
    }

    /// Remembers that the request of a reply became a dead letter.
    synchronized void deadLetter(Reply reply, String reason, long millis) {
        if (ReplyIds.isOfApplication(reply.id())) {
            Entry entry = entry(reply.id());
            entry.requestedAt = reply.requestedAt();
            if (millis >= entry.deadMillis) {
                entry.deadMillis = millis;
                entry.deadLetter = PartStatus.shortened(reason);
            }
        }
    }

    /// Remembers an outcome of a part; ignores those of other replies.
    synchronized void left(ReplyOutcome outcome) {
        if (ReplyIds.isOfApplication(outcome.replyId())) {
            entry(outcome.replyId()).apply(outcome);
        }
    }

    /// Returns what is known of a reply.
    synchronized Optional<ReplyStatus> find(String id) {
        return Optional.ofNullable(entries.get(id)).map(entry -> entry.status(id));
    }

    /// The number of replies.
    synchronized int size() {
        return entries.size();
    }

    /// Returns the time since when no reply is missing.
    synchronized Instant since() {
        return since;
    }

    private Entry entry(String id) {
        Entry entry = entries.get(id);
        if (entry == null) {
            entry = new Entry();
            entries.put(id, entry);
            dropOldest();
        }
        return entry;
    }

    private void dropOldest() {
        if (entries.size() > most) {
            Iterator<Entry> oldest = entries.values().iterator();
            since = oldest.next().latest(since);
            oldest.remove();
        }
    }
}
