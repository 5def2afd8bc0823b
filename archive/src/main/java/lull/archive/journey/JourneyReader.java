package lull.archive.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import lull.archive.rows.StoredText;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables;
import lull.archive.schema.Tables.Hop;
import lull.whatsapp.CallbackData;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reader of journeys. It starts with what an id names, and adds what the same message, turn, chat
/// or reply has in other topics. Safe for several threads.
public final class JourneyReader {

    /// The most steps of a journey.
    public static final int MAX_STEPS = 1000;

    private final ArchiveDatabase database;

    /// Ids that are known to belong to a journey, by what they name.
    private static final class Known {
        final Set<String> messages = new LinkedHashSet<>();
        final Set<String> turns = new LinkedHashSet<>();
        final Set<String> chats = new LinkedHashSet<>();
        final Set<String> connectIds = new LinkedHashSet<>();
        final Set<String> replies = new LinkedHashSet<>();
        final Set<String> deadLetters = new LinkedHashSet<>();
    }

    public JourneyReader(ArchiveDatabase database) {
        this.database = database;
    }

    /// Returns the journey of an id: of a message in either of its forms, a turn, a contact, chat
    /// event or part of Amazon Connect, a reply, callback data, or a dead letter. It has no steps
    /// if the archive knows no such id.
    public Journey ofId(String given) {
        Known known = new Known();
        Optional<CallbackData> callback = CallbackData.parse(given);
        String id = StoredText.id(callback.map(CallbackData::replyId).orElse(given));
        start(known, id, StoredText.messageId(given));
        follow(known);
        List<Condition> any = new ArrayList<>();
        any.add(Hop.MESSAGE_ID.in(known.messages));
        any.add(Hop.TURN_ID.in(known.turns));
        any.add(Hop.CONTACT_ID.in(known.chats));
        any.add(Hop.CONNECT_ID.in(known.connectIds));
        any.add(Hop.REPLY_ID.in(known.replies));
        any.add(Hop.DEAD_LETTER.in(known.deadLetters));
        List<Record> hops = hops(DSL.or(any));
        Set<String> letters = new LinkedHashSet<>();
        hops.forEach(hop -> add(letters, hop.get(Hop.DEAD_LETTER)));
        letters.removeAll(known.deadLetters);
        if (!letters.isEmpty()) {
            any.add(Hop.DEAD_LETTER.in(letters));
            hops = hops(DSL.or(any));
        }
        return journey(given, hops);
    }

    /// Returns everything that happened in the conversations of a customer in a time.
    ///
    /// @param customer the phone number, user id, or key of a conversation
    public Journey ofCustomer(String customer, Instant from, Instant to) {
        String id = StoredText.id(customer);
        return journey(
                customer,
                hops(Hop.CONVERSATION
                        .in(DSL.select(Tables.Conversation.CONVERSATION)
                                .from(Tables.Conversation.TABLE)
                                .where(Tables.Conversation.CONVERSATION.eq(id))
                                .or(Tables.Conversation.CUSTOMER.eq(id))
                                .or(Tables.Conversation.PHONE.eq(id))
                                .or(Tables.Conversation.USER_ID.eq(id)))
                        .and(Hop.HAPPENED_AT.between(from, to))));
    }

    /// Finds what an id names; the ids of different things differ.
    private static void start(Known known, String id, String messageId) {
        known.messages.add(messageId);
        known.turns.add(id);
        known.replies.add(id);
        known.connectIds.add(id);
        known.deadLetters.add(id);
        known.chats.add(id);
    }

    private void follow(Known known) {
        // A part that was sent twice has two messages, so the steps are asked, not the row of the part.
        // From a part to its turn, from a message to its turn or reply, from a chat to its turns.
        known.turns.addAll(values(Tables.Part.TABLE, Tables.Part.TURN_ID, Tables.Part.CONNECT_ID, known.connectIds));
        known.turns.addAll(values(
                Tables.TurnMessage.TABLE, Tables.TurnMessage.TURN_ID, Tables.TurnMessage.MESSAGE_ID, known.messages));
        known.turns.addAll(values(Tables.Part.TABLE, Tables.Part.TURN_ID, Tables.Part.CONTACT_ID, known.chats));
        known.replies.addAll(values(Hop.TABLE, Hop.REPLY_ID, Hop.MESSAGE_ID, known.messages));
        known.replies.addAll(values(Tables.Reply.TABLE, Tables.Reply.REPLY_ID, Tables.Reply.CONTACT_ID, known.chats));
        known.replies.addAll(values(Tables.Reply.TABLE, Tables.Reply.REPLY_ID, Tables.Reply.TURN_ID, known.turns));
        // From a text of an agent to the reply that joins it, and from that to all of its texts.
        known.replies.addAll(values(Hop.TABLE, Hop.REPLY_ID, Hop.CONNECT_ID, known.connectIds));
        known.connectIds.addAll(values(Hop.TABLE, Hop.CONNECT_ID, Hop.REPLY_ID, known.replies));
        // And from a turn or reply to all of its messages.
        known.messages.addAll(values(
                Tables.TurnMessage.TABLE, Tables.TurnMessage.MESSAGE_ID, Tables.TurnMessage.TURN_ID, known.turns));
        known.messages.addAll(values(Hop.TABLE, Hop.MESSAGE_ID, Hop.REPLY_ID, known.replies));
    }

    private List<String> values(Table<Record> table, Field<String> wanted, Field<String> by, Collection<String> of) {
        return database.sql()
                .selectDistinct(wanted, by)
                .from(table)
                .where(by.in(of))
                .and(wanted.isNotNull())
                .limit(MAX_STEPS)
                .fetch(Record2::value1);
    }

    private List<Record> hops(Condition condition) {
        return List.copyOf(database.sql()
                .select(
                        Hop.STEP,
                        Hop.DETAIL,
                        Hop.HAPPENED_AT,
                        Hop.LOG_TOPIC,
                        Hop.LOG_PARTITION,
                        Hop.LOG_OFFSET,
                        Hop.APPENDED_AT,
                        Hop.CONVERSATION,
                        Hop.MESSAGE_ID,
                        Hop.TURN_ID,
                        Hop.CONTACT_ID,
                        Hop.CONNECT_ID,
                        Hop.REPLY_ID,
                        Hop.PART_NUMBER,
                        Hop.DEAD_LETTER)
                .from(Hop.TABLE)
                .where(condition)
                .orderBy(Hop.HAPPENED_AT, Hop.APPENDED_AT, Hop.LOG_TOPIC, Hop.LOG_PARTITION, Hop.LOG_OFFSET)
                .limit(MAX_STEPS + 1)
                .fetch());
    }

    private static Journey journey(String id, List<Record> hops) {
        List<JourneyStep> steps = new ArrayList<>();
        Instant before = null;
        for (Record hop : hops.subList(0, Math.min(MAX_STEPS, hops.size()))) {
            Instant at = hop.get(Hop.HAPPENED_AT);
            steps.add(new JourneyStep(
                    hop.get(Hop.STEP),
                    hop.get(Hop.DETAIL),
                    at,
                    before == null ? null : Duration.between(before, at).toMillis(),
                    hop.get(Hop.LOG_TOPIC),
                    Objects.requireNonNull(hop.get(Hop.LOG_PARTITION)),
                    Objects.requireNonNull(hop.get(Hop.LOG_OFFSET)),
                    hop.get(Hop.APPENDED_AT),
                    hop.get(Hop.CONVERSATION),
                    hop.get(Hop.MESSAGE_ID),
                    hop.get(Hop.TURN_ID),
                    hop.get(Hop.CONTACT_ID),
                    hop.get(Hop.CONNECT_ID),
                    hop.get(Hop.REPLY_ID),
                    hop.get(Hop.PART_NUMBER),
                    hop.get(Hop.DEAD_LETTER)));
            before = at;
        }
        return new Journey(id, steps, hops.size() <= MAX_STEPS);
    }

    private static void add(Set<String> ids, @Nullable String id) {
        if (id != null) {
            ids.add(id);
        }
    }
}
