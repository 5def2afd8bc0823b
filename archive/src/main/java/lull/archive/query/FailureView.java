package lull.archive.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Part of a reply that was refused or could not be delivered. Immutable.
///
/// @param by `lull or whatsapp` if the call was refused, `whatsapp` if a status said so
record FailureView(
        String replyId,
        int part,
        @Nullable String conversation,
        Instant at,
        @Nullable Integer code,
        @Nullable String reason,
        String by) {}
