package lull.ingress.reply.status;

import java.time.Instant;
import java.util.Optional;

/// Port to what is known of replies.
interface ReplyStatusLookup {

    /// Returns why it is incomplete or out of date, in words; empty if it is not.
    Optional<String> problem();

    /// Returns what became of a reply; empty if it is unknown. Throws [NotAcknowledged] if Kafka cannot be asked
    /// for the latest in time.
    Optional<ReplyStatus> find(String id) throws InterruptedException;

    /// Returns the time since when no reply is missing.
    Instant since();
}
