package lull.ingress.reply.status;

import java.time.Instant;
import java.util.List;
import lull.ingress.reply.status.PartStatus.State;
import org.jspecify.annotations.Nullable;

/// What became of a reply, as `GET /replies/{id}` answers it. Immutable.
///
/// @param status refused or doubted if a part is, else that of the part that is furthest behind
/// @param requestedAt absent if the request is older than what this process has read
/// @param reason why the whole reply became a dead letter; absent unless it did
/// @param parts those that were tried so far, in their order: a long text has several
record ReplyStatus(
        String id,
        State status,
        @Nullable Instant requestedAt,
        @Nullable String reason,
        List<PartStatus> parts) {

    ReplyStatus {
        parts = List.copyOf(parts);
    }

    /// Returns the status of a reply by those of its parts.
    ///
    /// @param deadLetter why it is a dead letter; absent if it is none
    static ReplyStatus of(
            String id, @Nullable Instant requestedAt, @Nullable String deadLetter, List<PartStatus> parts) {
        return new ReplyStatus(id, deadLetter == null ? state(parts) : State.REFUSED, requestedAt, deadLetter, parts);
    }

    private static State state(List<PartStatus> parts) {
        List<State> states = parts.stream().map(PartStatus::status).toList();
        for (State first : List.of(State.REFUSED, State.DOUBTED, State.UNCLEAR)) {
            if (states.contains(first)) {
                return first;
            }
        }
        return states.stream().min(State::compareTo).orElse(State.REQUESTED);
    }
}
