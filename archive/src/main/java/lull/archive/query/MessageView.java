package lull.archive.query;

import java.time.Instant;
import lull.contract.KeptFile;
import org.jspecify.annotations.Nullable;

/// Message or reply as the archive shows it. Immutable.
///
/// @param direction `in` from a customer, `out` to one
/// @param file its file in the media store, which `/media/{sha256}` opens; absent if it has none, or is
///     not kept
record MessageView(
        String id,
        @Nullable String whatsAppId,
        String conversation,
        String direction,
        String kind,
        @Nullable String text,
        @Nullable String mediaId,
        @Nullable String mediaType,
        @Nullable String filename,
        @Nullable KeptFile file,
        @Nullable String sender,
        @Nullable String senderName,
        @Nullable String refersTo,
        @Nullable Instant sentAt,
        Instant at) {

    @Override
    public String toString() {
        return "MessageView[" + id + "]";
    }
}
