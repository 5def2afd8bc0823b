package lull.archive.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lull.archive.schema.Tables;
import lull.contract.ActionPerformed;
import lull.contract.ConversationKey;
import lull.contract.DeadLetterHandled;
import lull.contract.SettingChange;
import lull.contract.account.AccountFact;
import lull.contract.application.TurnHandled;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.Topic;
import lull.contract.topic.TopicLayout;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.runtime.log.FailurePlace;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Mapping of records to rows. A record that cannot be read becomes a row that says so. Pure.
public final class RecordToRows {

    private static final String DEAD_LETTERS = ".dlq";

    /// Columns by which a dead letter belongs to the journey of its record.
    private static final List<Field<String>> IDS = List.of(
            Tables.Hop.CONVERSATION,
            Tables.Hop.MESSAGE_ID,
            Tables.Hop.TURN_ID,
            Tables.Hop.CONTACT_ID,
            Tables.Hop.CONNECT_ID,
            Tables.Hop.REPLY_ID);

    private final Map<String, Topic> topics;

    /// @param topics those whose records are mapped
    public RecordToRows(List<Topic> topics) {
        Map<String, Topic> byName = new HashMap<>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        this.topics = Map.copyOf(byName);
    }

    /// Returns the topics that the archive follows: all of an installation, except the changelogs of
    /// the aggregator.
    ///
    /// @param inputs the names of the input topics
    /// @param outputs the names of the topics to which turns are written
    public static List<Topic> followed(List<String> inputs, List<String> outputs) {
        Map<String, Topic> followed = new HashMap<>();
        Topics.all(inputs).stream()
                .filter(topic ->
                        inputs.stream().noneMatch(input -> topic.name().startsWith(Topics.applicationId(input) + "-")))
                .forEach(topic -> followed.put(topic.name(), topic));
        outputs.stream().map(Topics::turns).forEach(topic -> {
            followed.putIfAbsent(topic.name(), topic);
            followed.putIfAbsent(topic.deadLetters().name(), topic.deadLetters());
        });
        return followed.values().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /// Returns the rows of a record; none for ticks and for settings in input topics.
    public List<ArchiveRow> rows(ConsumerRecord<byte[], byte[]> record) {
        Place place = Place.of(record);
        try {
            return read(record, place);
        } catch (UnreadableJson e) {
            return List.of(unreadable(place, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // A bug must not stop the archive at this record.
            return List.of(unreadable(place, "failed unexpectedly: " + FailurePlace.withCauses(e)));
        }
    }

    private static ArchiveRow unreadable(Place place, String problem) {
        return place.row(
                        Tables.UnreadableRecord.ROWS,
                        Tables.UnreadableRecord.LOG_TOPIC,
                        Tables.UnreadableRecord.LOG_PARTITION,
                        Tables.UnreadableRecord.LOG_OFFSET,
                        Tables.UnreadableRecord.APPENDED_AT)
                .set(Tables.UnreadableRecord.PROBLEM, StoredText.reason(problem))
                .build();
    }

    private List<ArchiveRow> read(ConsumerRecord<byte[], byte[]> record, Place place) throws UnreadableJson {
        Topic topic = Objects.requireNonNull(topics.get(record.topic()), record.topic());
        byte @Nullable [] value = record.value();
        if (topic.name().endsWith(DEAD_LETTERS)) {
            return deadLetter(record, place);
        }
        if (topic.equals(Topics.WEBHOOK_UNPARSED)) {
            return unparsed(record, place);
        }
        if (value == null) {
            // A compacted topic deletes a key so; what was known of it stays.
            return List.of();
        }
        return value(topic, record, value, place);
    }

    private static List<ArchiveRow> value(Topic topic, ConsumerRecord<byte[], byte[]> record, byte[] value, Place place)
            throws UnreadableJson {
        Headers headers = record.headers();
        return switch (topic.value()) {
            case "InputRecord" ->
                Json.read(value, InputRecord.class) instanceof Message message
                        ? CustomerRows.of(message, place, headers)
                        : List.of();
            case "MessageStatus" -> ReplyRows.of(Json.read(value, MessageStatus.class), place, headers);
            case "AccountEvent" -> account(Json.read(value, AccountEvent.class), place, headers);
            case "Turn" -> CustomerRows.of(Json.read(value, Turn.class), place, headers);
            case "ChatEvent" -> CustomerRows.of(Json.read(value, ChatEvent.class), place, headers);
            case "Chat" -> CustomerRows.of(Json.read(value, Chat.class), place, headers);
            case "SentPart" -> CustomerRows.of(Json.read(value, SentPart.class), place, headers);
            case "Reply" -> ReplyRows.of(Json.read(value, Reply.class), place, headers);
            case "ReplyOutcome" -> ReplyRows.of(Json.read(value, ReplyOutcome.class), place, headers);
            case "TurnHandled" -> ReplyRows.of(Json.read(value, TurnHandled.class), place, headers);
            case "CustomerAlias" -> alias(Json.read(value, CustomerAlias.class), place, headers);
            case "SettingChange" -> setting(Json.read(value, SettingChange.class), place, headers);
            case "DeadLetterHandled" -> handled(Json.read(value, DeadLetterHandled.class), place, headers);
            case "ActionPerformed" -> performed(Json.read(value, ActionPerformed.class), place, headers);
            case "AccountFact" -> fact(Json.read(value, AccountFact.class), place);
            // The reply that it is made from is archived.
            case "ConversationBegun" -> List.of();
            case "TopicLayout" -> layout(Json.read(value, TopicLayout.class), text(record.key()), place);
            default -> throw new IllegalStateException("No mapping of " + topic.value());
        };
    }

    private static List<ArchiveRow> account(AccountEvent event, Place place, Headers headers) {
        return List.of(
                place.row(
                                Tables.AccountEvent.ROWS,
                                Tables.AccountEvent.LOG_TOPIC,
                                Tables.AccountEvent.LOG_PARTITION,
                                Tables.AccountEvent.LOG_OFFSET,
                                Tables.AccountEvent.APPENDED_AT)
                        .set(Tables.AccountEvent.FIELD, StoredText.id(event.field()))
                        .set(Tables.AccountEvent.ACCOUNT_ID, StoredText.idOrNull(event.accountId()))
                        .set(
                                Tables.AccountEvent.HAPPENED_AT,
                                StoredText.time(event.at() == null ? event.receivedAt() : event.at()))
                        .set(Tables.AccountEvent.RAW, StoredText.body(Json.text(event.raw())))
                        .build(),
                Hop.of(place, headers, "account_event", event.receivedAt())
                        .detail(event.field())
                        .build());
    }

    /// Facts about customers, and about what a later version knows, are left out: somebody may have to be erased. The
    /// events that they are made from are archived, and are steps of journeys.
    private static List<ArchiveRow> fact(AccountFact fact, Place place) {
        return switch (fact.subject()) {
            case CUSTOMER, UNKNOWN -> List.of();
            case ACCOUNT, NUMBER, TEMPLATE, FLOW ->
                List.of(ArchiveRow.of(Tables.AccountFact.ROWS)
                        .set(Tables.AccountFact.FACT_KEY, StoredText.id(fact.key()))
                        .set(Tables.AccountFact.LAST_VERSION, place.version())
                        .set(Tables.AccountFact.SUBJECT, fact.subject().word())
                        .set(Tables.AccountFact.SUBJECT_ID, StoredText.id(fact.id()))
                        .set(Tables.AccountFact.NAME, StoredText.line(fact.name()))
                        .set(Tables.AccountFact.LANGUAGE, StoredText.idOrNull(fact.language()))
                        .set(Tables.AccountFact.ASPECT, StoredText.id(fact.aspect()))
                        .set(Tables.AccountFact.ASPECT_OF, StoredText.idOrNull(fact.of()))
                        .set(Tables.AccountFact.FACT_VALUE, StoredText.line(fact.value()))
                        .set(Tables.AccountFact.DETAIL, StoredText.reason(fact.detail()))
                        .set(Tables.AccountFact.URGENCY, fact.urgency().word())
                        .set(Tables.AccountFact.UNTIL_AT, StoredText.time(fact.until()))
                        .set(Tables.AccountFact.ACCOUNT_ID, StoredText.idOrNull(fact.accountId()))
                        .set(Tables.AccountFact.FIELD, StoredText.id(fact.field()))
                        .set(Tables.AccountFact.HAPPENED_AT, StoredText.time(fact.at()))
                        .build());
        };
    }

    private static List<ArchiveRow> alias(CustomerAlias alias, Place place, Headers headers) {
        return List.of(
                ArchiveRow.of(Tables.CustomerAlias.ROWS)
                        .set(Tables.CustomerAlias.BUSINESS_NUMBER, StoredText.id(alias.businessNumber()))
                        .set(Tables.CustomerAlias.OLD_ID, StoredText.id(alias.oldId()))
                        .set(Tables.CustomerAlias.LAST_VERSION, place.version())
                        .set(Tables.CustomerAlias.NEW_ID, StoredText.id(alias.newId()))
                        .set(Tables.CustomerAlias.RECEIVED_AT, StoredText.time(alias.receivedAt()))
                        .build(),
                Hop.of(place, headers, "customer_alias", alias.receivedAt())
                        .conversation(conversation(alias.businessNumber() + "|" + alias.oldId()))
                        .message(alias.messageId())
                        .build());
    }

    private static List<ArchiveRow> setting(SettingChange change, Place place, Headers headers) {
        return List.of(
                place.row(
                                Tables.SettingChange.ROWS,
                                Tables.SettingChange.LOG_TOPIC,
                                Tables.SettingChange.LOG_PARTITION,
                                Tables.SettingChange.LOG_OFFSET,
                                Tables.SettingChange.APPENDED_AT)
                        .set(Tables.SettingChange.INPUT_TOPIC, StoredText.id(change.topic()))
                        .set(Tables.SettingChange.SETTING, StoredText.id(change.setting()))
                        .set(Tables.SettingChange.BUSINESS_NUMBER, StoredText.idOrNull(change.businessNumber()))
                        .set(Tables.SettingChange.NEW_VALUE, StoredText.body(change.value()))
                        .set(Tables.SettingChange.CHANGED_BY, StoredText.line(change.changedBy()))
                        .set(Tables.SettingChange.CHANGED_AT, StoredText.time(change.changedAt()))
                        .set(
                                Tables.SettingChange.PARTITIONS,
                                change.partitions().size())
                        .set(
                                Tables.SettingChange.FAILED_PARTITIONS,
                                change.failedPartitions().size())
                        .build(),
                Hop.of(place, headers, "setting_changed", change.changedAt())
                        .detail(change.setting())
                        .build());
    }

    private static List<ArchiveRow> handled(DeadLetterHandled handled, Place place, Headers headers) {
        String id = DeadLetterHandled.id(handled.topic(), handled.partition(), handled.offset());
        String action = handled.action() == DeadLetterHandled.Action.REPLAYED ? "replayed" : "discarded";
        return List.of(
                ArchiveRow.of(Tables.DeadLetter.ROWS)
                        .set(Tables.DeadLetter.DEAD_LETTER, StoredText.id(id))
                        .set(Tables.DeadLetter.HANDLED_VERSION, place.version())
                        .set(Tables.DeadLetter.HANDLED_ACTION, action)
                        .set(Tables.DeadLetter.HANDLED_BY, StoredText.line(handled.by()))
                        .set(Tables.DeadLetter.HANDLED_AT, StoredText.time(handled.at()))
                        .set(Tables.DeadLetter.HANDLED_WHY, StoredText.reason(handled.why()))
                        .build(),
                Hop.of(place, headers, "dead_letter_" + action, handled.at())
                        .detail(handled.why())
                        .deadLetter(id)
                        .build());
    }

    /// Actions have no table of their own: the journey shows who did what.
    private static List<ArchiveRow> performed(ActionPerformed performed, Place place, Headers headers) {
        return List.of(
                Hop.of(place, headers, "action_" + performed.state().name().toLowerCase(Locale.ROOT), performed.at())
                        .detail(performed.action() + " by " + performed.by()
                                + (performed.code() == null ? "" : ", code " + performed.code()))
                        .build());
    }

    private static List<ArchiveRow> layout(TopicLayout layout, @Nullable String topic, Place place) {
        return topic == null
                ? List.of()
                : List.of(ArchiveRow.of(Tables.TopicLayout.ROWS)
                        .set(Tables.TopicLayout.TOPIC, StoredText.id(topic))
                        .set(Tables.TopicLayout.LAST_VERSION, place.version())
                        .set(Tables.TopicLayout.PARTITIONS, layout.partitions())
                        .set(Tables.TopicLayout.RECORDED_AT, StoredText.time(layout.recordedAt()))
                        .build());
    }

    private static List<ArchiveRow> unparsed(ConsumerRecord<byte[], byte[]> record, Place place) {
        Header reason = record.headers().lastHeader("lull-reason");
        byte[] value = reason == null ? null : reason.value();
        return List.of(Hop.of(place, record.headers(), "webhook_unparsed", place.appendedAt())
                .detail(value == null ? null : new String(value, StandardCharsets.UTF_8))
                .build());
    }

    private List<ArchiveRow> deadLetter(ConsumerRecord<byte[], byte[]> record, Place place) {
        Headers headers = record.headers();
        String id = DeadLetterHandled.id(place.topic(), place.partition(), place.offset());
        String of = place.topic().substring(0, place.topic().length() - DEAD_LETTERS.length());
        Optional<String> reason = DeadLetterHeaders.reason(headers);
        Hop hop = Hop.of(place, headers, "dead_letter", place.appendedAt())
                .detail(reason.orElse("")
                        + DeadLetterHeaders.message(headers).map(": "::concat).orElse(""))
                .conversation(conversation(text(record.key())));
        ids(record, of).forEach(hop::id);
        return List.of(
                ArchiveRow.of(Tables.DeadLetter.ROWS)
                        .set(Tables.DeadLetter.DEAD_LETTER, StoredText.id(id))
                        .set(Tables.DeadLetter.APPENDED_AT, place.appendedAt())
                        .set(Tables.DeadLetter.OF_TOPIC, StoredText.id(of))
                        .set(Tables.DeadLetter.RECORD_KEY, StoredText.idOrNull(text(record.key())))
                        .set(
                                Tables.DeadLetter.PLACE,
                                DeadLetterHeaders.position(headers)
                                        .map(StoredText::id)
                                        .orElse(null))
                        .set(
                                Tables.DeadLetter.PART_NUMBER,
                                DeadLetterHeaders.part(headers)
                                        .map(StoredText::id)
                                        .orElse(null))
                        .set(
                                Tables.DeadLetter.REASON,
                                reason.map(StoredText::id).orElse(null))
                        .set(
                                Tables.DeadLetter.PROBLEM,
                                StoredText.reason(
                                        DeadLetterHeaders.message(headers).orElse(null)))
                        .build(),
                hop.deadLetter(id).build());
    }

    /// Returns the ids in the record that is the dead letter, by their columns; none if it cannot be
    /// read.
    private Map<Field<String>, String> ids(ConsumerRecord<byte[], byte[]> record, String topic) {
        Topic of = topics.get(topic);
        byte @Nullable [] value = record.value();
        Map<Field<String>, String> ids = new HashMap<>();
        if (of == null || value == null) {
            return ids;
        }
        try {
            for (ArchiveRow row : new ArrayList<>(value(of, record, value, Place.of(record)))) {
                if (row.table().equals(Tables.Hop.ROWS)) {
                    IDS.forEach(field -> {
                        if (row.values().get(field) instanceof String known) {
                            ids.put(field, known);
                        }
                    });
                }
            }
        } catch (UnreadableJson e) {
            // That may be why it is a dead letter.
            return Map.of();
        }
        return ids;
    }

    private static @Nullable ConversationKey conversation(@Nullable String key) {
        try {
            return key == null ? null : ConversationKey.parse(key);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
