package lull.archive.rows;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lull.archive.schema.Tables;
import lull.contract.ConversationKey;
import lull.contract.KeptFile;
import lull.contract.chat.SentPart;
import lull.contract.reply.Reply;
import org.jspecify.annotations.Nullable;

/// Rows of the files of messages and replies that are in the media store. Pure.
final class FileRows {

    private FileRows() {}

    /// A part that is a file shows one message.
    static Stream<ArchiveRow> of(SentPart part, Place place) {
        return of(
                part.file(),
                part.messageIds().stream().map(StoredText::messageId).distinct().toList(),
                part.conversation(),
                part.at(),
                place);
    }

    static Stream<ArchiveRow> of(Reply reply, Place place) {
        return of(reply.file(), List.of(StoredText.id(reply.id())), reply.conversation(), reply.requestedAt(), place);
    }

    private static Stream<ArchiveRow> of(
            @Nullable KeptFile file, List<String> ids, ConversationKey conversation, Instant at, Place place) {
        return file == null
                ? Stream.empty()
                : ids.stream()
                        .map(id -> ArchiveRow.of(Tables.MessageFile.ROWS)
                                .set(Tables.MessageFile.MESSAGE_ID, id)
                                .set(Tables.MessageFile.LAST_VERSION, place.version())
                                .set(Tables.MessageFile.CONVERSATION, StoredText.id(conversation.toString()))
                                .set(Tables.MessageFile.SHA256, file.sha256())
                                .set(Tables.MessageFile.MEDIA_TYPE, StoredText.id(file.contentType()))
                                .set(Tables.MessageFile.FILENAME, StoredText.line(file.name()))
                                .set(Tables.MessageFile.SIZE_BYTES, file.bytes())
                                .set(Tables.MessageFile.KEPT_AT, StoredText.time(at))
                                .build());
    }
}
