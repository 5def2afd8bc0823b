package lull.archive.schema;

import lull.archive.schema.Tables.Chat;
import lull.archive.schema.Tables.ConnectCharge;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Business number of a row of the ledger of Amazon Connect: its own, or that of the chat, because
/// events of a chat name only the contact. Null if the chat is not one of Lull.
public final class ChargedNumber {

    private ChargedNumber() {}

    // The values are inline, so that a statement can group by this.

    /// Returns it for a statement that has the row, without its chat.
    public static Field<String> ofRow() {
        return DSL.coalesce(
                ConnectCharge.BUSINESS_NUMBER,
                DSL.select(ofChat())
                        .from(Chat.TABLE)
                        .where(Chat.CONTACT_ID.eq(ConnectCharge.CONTACT_ID))
                        .asField());
    }

    /// Returns it for a statement that has joined the chat.
    public static Field<String> ofRowAndChat() {
        return DSL.coalesce(ConnectCharge.BUSINESS_NUMBER, ofChat());
    }

    private static Field<String> ofChat() {
        return DSL.left(
                Chat.CONVERSATION,
                DSL.position(Chat.CONVERSATION, DSL.inline("|")).minus(DSL.inline(1)));
    }
}
