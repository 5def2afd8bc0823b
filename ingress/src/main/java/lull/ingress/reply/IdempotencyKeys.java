package lull.ingress.reply;

import java.time.Instant;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.runtime.BoundedMap;
import lull.runtime.Sha256;

/// The requests that this process has seen last, by the id that conversation and Idempotency-Key make, so that the same
/// key with another body is noticed: it would be taken for a repetition, and never sent. Safe for several threads.
final class IdempotencyKeys {

    private final Map<String, String> digests;

    /// @param most requests that are remembered
    IdempotencyKeys(int most) {
        this.digests = new BoundedMap<>(most);
    }

    /// Whether this is the first request with its id, or the same again. The first one is remembered.
    boolean admits(Reply reply) {
        String digest = digest(reply);
        synchronized (digests) {
            String before = digests.putIfAbsent(reply.id(), digest);
            return before == null || before.equals(digest);
        }
    }

    /// Of all that is asked, but not of when.
    private static String digest(Reply reply) {
        Reply timeless = new Reply(
                reply.id(),
                reply.conversation(),
                reply.customer(),
                reply.origin(),
                reply.content(),
                Instant.EPOCH,
                reply.quotedMessageId());
        return Sha256.hex(Json.bytes(timeless));
    }
}
