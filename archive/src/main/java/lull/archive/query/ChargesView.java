package lull.archive.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What WhatsApp and Amazon Connect charge for a time, in messages, and what turns saved.
///
/// @param whatsapp messages that were delivered in the time, by number, country, category and type
/// @param connect messages and files in chats of Amazon Connect, by number and sender
/// @param turns how many messages of customers reached Amazon Connect, and as how many; of all
///     conversations, whatever was asked for
record ChargesView(List<WhatsApp> whatsapp, List<Connect> connect, TotalsView turns) {

    ChargesView {
        whatsapp = List.copyOf(whatsapp);
        connect = List.copyOf(connect);
    }

    /// Messages to customers that were delivered.
    ///
    /// @param prefix the first four digits of the recipients' numbers, or the country of their user
    ///     ids; absent if neither is known
    /// @param category WhatsApp's word, such as `service`; absent if no status had a price
    /// @param type WhatsApp's word, such as `regular`; absent as the category
    /// @param charged whether WhatsApp charges for them; absent if its word is not known
    /// @param furtherParts how many of them are not the first part of their reply
    record WhatsApp(
            String number,
            @Nullable String prefix,
            @Nullable String category,
            @Nullable String type,
            @Nullable Boolean charged,
            long messages,
            long furtherParts) {}

    /// Messages and files in chats.
    ///
    /// @param sender `turn`, `note`, `agent` or `system`
    /// @param furtherParts how many of them are not the first part of a text of a turn
    record Connect(String number, String sender, long messages, long furtherParts) {}
}
