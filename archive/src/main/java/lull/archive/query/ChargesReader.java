package lull.archive.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lull.archive.rows.StoredText;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ChargedNumber;
import lull.archive.schema.Tables.Chat;
import lull.archive.schema.Tables.ConnectCharge;
import lull.archive.schema.Tables.WhatsAppCharge;
import lull.contract.chat.ParticipantRole;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Reader of the ledger. Safe for several threads. Methods throw jOOQ's `DataAccessException` if the
/// database fails.
public final class ChargesReader {

    private static final List<Field<String>> STAFF = Arrays.stream(ParticipantRole.values())
            .filter(ParticipantRole::isStaff)
            .<Field<String>>map(role -> DSL.inline(role.name()))
            .toList();

    /// The longest time of one request, so that its rows are few.
    public static final Duration MAX_SPAN = TotalsReader.MAX_SPAN;

    private final ArchiveDatabase database;
    private final TotalsReader totals;

    /// What is asked.
    ///
    /// @param to exclusive, at most [#MAX_SPAN] later
    /// @param number only of this business number
    /// @param conversation only of this one
    public record Question(Instant from, Instant to, Optional<String> number, Optional<String> conversation) {}

    public ChargesReader(ArchiveDatabase database) {
        this.database = database;
        this.totals = new TotalsReader(database);
    }

    /// Returns the charges of a time.
    public ChargesView read(Question question) {
        return new ChargesView(whatsApp(question), connect(question), totals.of(question.from(), question.to()));
    }

    private List<ChargesView.WhatsApp> whatsApp(Question question) {
        Condition is = WhatsAppCharge.DELIVERED_AT
                .ge(question.from())
                .and(WhatsAppCharge.DELIVERED_AT.lt(question.to()))
                .and(equal(WhatsAppCharge.BUSINESS_NUMBER, question.number()))
                .and(equal(WhatsAppCharge.CONVERSATION, question.conversation()));
        List<Field<?>> by = List.of(
                WhatsAppCharge.BUSINESS_NUMBER,
                WhatsAppCharge.RECIPIENT_PREFIX,
                WhatsAppCharge.CATEGORY,
                WhatsAppCharge.PRICING_TYPE,
                WhatsAppCharge.CHARGED);
        return database.sql()
                .select(
                        WhatsAppCharge.BUSINESS_NUMBER,
                        WhatsAppCharge.RECIPIENT_PREFIX,
                        WhatsAppCharge.CATEGORY,
                        WhatsAppCharge.PRICING_TYPE,
                        WhatsAppCharge.CHARGED,
                        DSL.count(),
                        further(WhatsAppCharge.PART_NUMBER))
                .from(WhatsAppCharge.TABLE)
                .where(is)
                .groupBy(by)
                .orderBy(by)
                .fetch(row -> new ChargesView.WhatsApp(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        row.value5(),
                        row.value6(),
                        row.value7()));
    }

    private List<ChargesView.Connect> connect(Question question) {
        Field<String> number = ChargedNumber.ofRowAndChat();
        Field<String> sender = DSL.when(ConnectCharge.TURN_ID.isNotNull(), DSL.inline("turn"))
                .when(ConnectCharge.SENDER.eq(DSL.inline(ParticipantRole.CUSTOMER.name())), DSL.inline("note"))
                .when(ConnectCharge.SENDER.in(STAFF), DSL.inline("agent"))
                .otherwise(DSL.inline("system"));
        Condition is = ConnectCharge.ACCEPTED_AT
                .ge(question.from())
                .and(ConnectCharge.ACCEPTED_AT.lt(question.to()))
                // Chats of others on the same instance.
                .and(number.isNotNull())
                .and(equal(number, question.number()))
                .and(equal(DSL.coalesce(ConnectCharge.CONVERSATION, Chat.CONVERSATION), question.conversation()));
        return database.sql()
                .select(number, sender, DSL.count(), further(ConnectCharge.PART_NUMBER))
                .from(ConnectCharge.TABLE)
                .leftJoin(Chat.TABLE)
                .on(Chat.CONTACT_ID.eq(ConnectCharge.CONTACT_ID))
                .where(is)
                .groupBy(number, sender)
                .orderBy(number, sender)
                .fetch(row -> new ChargesView.Connect(row.value1(), row.value2(), row.value3(), row.value4()));
    }

    private static Field<Integer> further(Field<Integer> part) {
        return DSL.count(DSL.when(part.gt(DSL.inline(0)), DSL.inline(1)));
    }

    private static Condition equal(Field<String> field, Optional<String> value) {
        return value.map(StoredText::id).<Condition>map(field::eq).orElse(DSL.noCondition());
    }
}
