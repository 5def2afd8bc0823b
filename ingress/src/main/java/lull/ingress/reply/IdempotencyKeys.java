package lull.ingress.reply;

import java.time.Instant;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.reply.Beginning;
import lull.contract.reply.Reply;
import lull.runtime.BoundedMap;
import lull.runtime.Sha256;

/// Memory of the latest requests of this process, by the id derived from conversation and
/// Idempotency-Key. It detects the same key with another body, which would otherwise count as a
/// duplicate and never be sent. Safe for several threads.
public final class IdempotencyKeys {

    private final Map<String, String> digests;

    /// @param most the maximum number of remembered requests
    public IdempotencyKeys(int most) {
        this.digests = new BoundedMap<>(most);
    }

    /// Whether this is the first request with its id, or the same request again. Remembers the first
    /// one.
    boolean admits(Reply reply) {
        String digest = digest(reply);
        synchronized (digests) {
            String before = digests.putIfAbsent(reply.id(), digest);
            return before == null || before.equals(digest);
        }
    }

    /// Covers the whole request except its time.
    private static String digest(Reply reply) {
        Reply timeless = new Reply(
                reply.id(),
                reply.conversation(),
                reply.customer(),
                reply.origin(),
                reply.content(),
                Instant.EPOCH,
                reply.quotedMessageId());
        Beginning beginning = reply.begins();
        return Sha256.hex(Json.bytes(beginning == null ? timeless : timeless.beginning(beginning)));
    }
}
