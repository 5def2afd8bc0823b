package lull.whatsapp;

import java.util.Optional;
import lull.contract.ConversationKey;

/// Data that is sent to WhatsApp with a part of a reply as `biz_opaque_callback_data` and returned with
/// each of its statuses: `1|<reply id>|<conversation>`, with `/<part>` after the reply id of every part
/// except the first.
///
/// @param part number of the part, from 0
public record CallbackData(String replyId, int part, ConversationKey conversation) {

    private static final String VERSION = "1";
    private static final char BEFORE_PART = '/';

    /// The maximum that WhatsApp accepts.
    public static final int MAX_CHARACTERS = 512;

    /// Parses what WhatsApp returned; empty if Lull did not write it.
    public static Optional<CallbackData> parse(String text) {
        String[] pieces = text.split("\\|", 3);
        if (pieces.length != 3 || !pieces[0].equals(VERSION) || pieces[1].isEmpty()) {
            return Optional.empty();
        }
        String id = pieces[1];
        int slash = id.lastIndexOf(BEFORE_PART);
        try {
            ConversationKey conversation = ConversationKey.parse(pieces[2]);
            return Optional.of(
                    slash < 0
                            ? new CallbackData(id, 0, conversation)
                            : new CallbackData(
                                    id.substring(0, slash), Integer.parseInt(id.substring(slash + 1)), conversation));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String text() {
        String id = part == 0 ? replyId : replyId + BEFORE_PART + part;
        return VERSION + "|" + id + "|" + conversation;
    }

    @Override
    public String toString() {
        return "CallbackData[" + replyId + "/" + part + "]";
    }
}
