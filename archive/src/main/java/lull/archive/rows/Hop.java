package lull.archive.rows;

import java.time.Instant;
import lull.archive.schema.Tables;
import lull.contract.ConversationKey;
import lull.contract.topic.DeadLetterHeaders;
import org.apache.kafka.common.header.Headers;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Step of a journey: what a record says happened, when, and to which messages, turns, chats and replies it belongs.
final class Hop {

    private final ArchiveRow.Builder row;

    private Hop(ArchiveRow.Builder row) {
        this.row = row;
    }

    /// Creates the step of a record.
    ///
    /// @param step the word for it, such as `part_accepted`
    /// @param at when it happened
    static Hop of(Place place, Headers headers, String step, Instant at) {
        Hop hop = new Hop(place.row(
                        Tables.Hop.ROWS,
                        Tables.Hop.LOG_TOPIC,
                        Tables.Hop.LOG_PARTITION,
                        Tables.Hop.LOG_OFFSET,
                        Tables.Hop.APPENDED_AT)
                .set(Tables.Hop.STEP, step)
                .set(Tables.Hop.HAPPENED_AT, StoredText.time(at)));
        DeadLetterHeaders.replayOf(headers).ifPresent(hop::deadLetter);
        return hop;
    }

    Hop detail(@Nullable String detail) {
        row.set(Tables.Hop.DETAIL, StoredText.reason(detail));
        return this;
    }

    Hop conversation(@Nullable ConversationKey conversation) {
        return id(Tables.Hop.CONVERSATION, conversation == null ? null : conversation.toString());
    }

    Hop message(@Nullable String messageId) {
        row.set(Tables.Hop.MESSAGE_ID, StoredText.messageIdOrNull(messageId));
        return this;
    }

    Hop turn(String turnId) {
        return id(Tables.Hop.TURN_ID, turnId);
    }

    Hop chat(@Nullable String contactId) {
        return id(Tables.Hop.CONTACT_ID, contactId);
    }

    Hop connect(String connectId) {
        return id(Tables.Hop.CONNECT_ID, connectId);
    }

    Hop reply(@Nullable String replyId) {
        return id(Tables.Hop.REPLY_ID, replyId);
    }

    Hop part(int part) {
        row.set(Tables.Hop.PART_NUMBER, part);
        return this;
    }

    Hop deadLetter(@Nullable String deadLetter) {
        return id(Tables.Hop.DEAD_LETTER, deadLetter);
    }

    /// Sets an id column; null leaves it out.
    Hop id(Field<String> field, @Nullable String value) {
        row.set(field, StoredText.idOrNull(value));
        return this;
    }

    ArchiveRow build() {
        return row.build();
    }
}
