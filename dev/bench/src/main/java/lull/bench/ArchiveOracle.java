package lull.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.ArchivedTable;
import lull.archive.schema.Tables;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.whatsapp.CallbackData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jooq.Record;

/// What an archive must hold, as lines of text: derived from the topics without the archive's code, and read
/// from its tables.
final class ArchiveOracle {

    private final String bootstrapServers;
    private final Set<String> facts = new TreeSet<>();

    private ArchiveOracle(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// What became of a part of a reply, in the order in which it can be.
    private static final class Fate {
        private boolean sent;
        private boolean delivered;
        private boolean read;
        private boolean failed;
        private boolean doubted;

        void reached(String status) {
            switch (status) {
                case "sent" -> sent = true;
                case "delivered" -> delivered = true;
                case "read" -> read = true;
                case "failed" -> failed = true;
                default -> {
                    // The stand-in has no other words.
                }
            }
        }

        @Override
        public String toString() {
            return "sent " + sent + ", delivered " + delivered + ", read " + read + ", failed " + failed + ", doubted "
                    + doubted;
        }
    }

    /// Returns the facts in which an archive and the topics differ; none if the archive is right.
    static List<String> differences(String bootstrapServers, ArchiveDatabase archive) {
        Set<String> expected = ofTopics(bootstrapServers);
        Set<String> found = ofTables(archive);
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> invented = new TreeSet<>(found);
        invented.removeAll(expected);
        Set<String> differences = new TreeSet<>();
        missing.forEach(fact -> differences.add("the archive lacks: " + fact));
        invented.forEach(fact -> differences.add("only the archive has: " + fact));
        return List.copyOf(differences);
    }

    /// Returns what follows from the records of the topics.
    static Set<String> ofTopics(String bootstrapServers) {
        ArchiveOracle oracle = new ArchiveOracle(bootstrapServers);
        oracle.read(Topics.MESSAGE_RECEIVED, InputRecord.class, (_, input) -> {
            if (input instanceof Message message) {
                String text = message.content() instanceof Content.Text(String body) ? body : "";
                oracle.facts.add(message(message.id(), message.conversation().toString(), "in", text));
            }
        });
        oracle.read(Topics.REPLY_REQUESTED, Reply.class, (record, reply) -> {
            oracle.step(record);
            oracle.facts.add("reply " + reply.id() + " of " + reply.conversation());
            if (!(reply.content() instanceof ReplyContent.Typing)) {
                String text = reply.content() instanceof ReplyContent.Text said ? said.body() : "";
                oracle.facts.add(message(reply.id(), reply.conversation().toString(), "out", text));
            }
        });
        for (Topic topic : List.of(Topics.TURN_CLOSED, Topics.APPLICATION_TURN_CLOSED)) {
            oracle.read(topic, Turn.class, (record, turn) -> {
                oracle.step(record);
                oracle.facts.add(turn(
                        turn.id(),
                        turn.conversation().toString(),
                        turn.cause().word(),
                        turn.messageIds().size()));
                turn.messageIds().forEach(id -> oracle.facts.add("turn " + turn.id() + " has " + id));
            });
        }
        oracle.read(Topics.CONNECT_MESSAGE_SENT, SentPart.class, (record, part) -> {
            oracle.step(record);
            oracle.facts.add(part(part.turnId(), part.item(), part.part(), part.initialContactId()));
        });
        Map<String, Chat> chats = new HashMap<>();
        oracle.read(Topics.CHAT, Chat.class, (_, chat) -> chats.put(chat.initialContactId(), chat));
        chats.values()
                .forEach(chat -> oracle.facts.add(
                        chat(chat.initialContactId(), chat.conversation().toString(), chat.endedAt() != null)));
        oracle.fates().forEach((part, fate) -> oracle.facts.add("part " + part + ": " + fate));
        return oracle.facts;
    }

    private Map<String, Fate> fates() {
        Map<String, Fate> fates = new TreeMap<>();
        read(Topics.REPLY_SENT, ReplyOutcome.class, (record, outcome) -> {
            step(record);
            Fate fate = fates.computeIfAbsent(outcome.replyId() + "/" + outcome.part(), _ -> new Fate());
            switch (outcome) {
                case ReplyOutcome.Sent _ -> fate.sent = true;
                case ReplyOutcome.Reported reported -> fate.reached(reported.status());
                case ReplyOutcome.Refused _ -> fate.failed = true;
                case ReplyOutcome.Doubted _ -> fate.doubted = true;
                case ReplyOutcome.Joined _,
                        ReplyOutcome.Intended _,
                        ReplyOutcome.NotTaken _,
                        ReplyOutcome.Unclear _ -> {
                    // Nothing has come of it yet.
                }
            }
        });
        read(Topics.MESSAGE_STATUS, MessageStatus.class, (record, status) -> {
            step(record);
            facts.add("status " + status.status() + " of " + status.messageId());
            String data = status.callbackData();
            if (data != null) {
                CallbackData part = CallbackData.parse(data).orElseThrow();
                fates.computeIfAbsent(part.replyId() + "/" + part.part(), _ -> new Fate())
                        .reached(status.status());
            }
        });
        return fates;
    }

    /// Returns the same of the tables.
    private static Set<String> ofTables(ArchiveDatabase archive) {
        Set<String> facts = new TreeSet<>();
        rows(archive, Tables.Message.ROWS, row -> {
            String direction = row.get(Tables.Message.DIRECTION);
            String id = row.get(direction.equals("in") ? Tables.Message.WHATSAPP_ID : Tables.Message.MESSAGE_ID);
            String body = row.get(Tables.Message.BODY);
            facts.add(message(id, row.get(Tables.Message.CONVERSATION), direction, body == null ? "" : body));
        });
        rows(
                archive,
                Tables.Reply.ROWS,
                row -> facts.add(
                        "reply " + row.get(Tables.Reply.REPLY_ID) + " of " + row.get(Tables.Reply.CONVERSATION)));
        rows(
                archive,
                Tables.Turn.ROWS,
                row -> facts.add(turn(
                        row.get(Tables.Turn.TURN_ID),
                        row.get(Tables.Turn.CONVERSATION),
                        row.get(Tables.Turn.CAUSE),
                        row.get(Tables.Turn.MESSAGES))));
        archive.sql()
                .select(Tables.TurnMessage.TURN_ID, Tables.Message.WHATSAPP_ID)
                .from(Tables.TurnMessage.TABLE)
                .join(Tables.Message.TABLE)
                .on(Tables.TurnMessage.MESSAGE_ID.eq(Tables.Message.MESSAGE_ID))
                .forEach(row -> facts.add("turn " + row.value1() + " has " + row.value2()));
        rows(
                archive,
                Tables.Part.ROWS,
                row -> facts.add(part(
                        row.get(Tables.Part.TURN_ID),
                        row.get(Tables.Part.ITEM_NUMBER),
                        row.get(Tables.Part.PART_NUMBER),
                        row.get(Tables.Part.CONTACT_ID))));
        rows(
                archive,
                Tables.Chat.ROWS,
                row -> facts.add(chat(
                        row.get(Tables.Chat.CONTACT_ID),
                        row.get(Tables.Chat.CONVERSATION),
                        row.get(Tables.Chat.ENDED_AT) != null)));
        rows(
                archive,
                Tables.MessageStatus.ROWS,
                row -> facts.add("status " + row.get(Tables.MessageStatus.STATUS) + " of "
                        + row.get(Tables.MessageStatus.WHATSAPP_ID)));
        rows(archive, Tables.ReplyPart.ROWS, row -> {
            Fate fate = new Fate();
            fate.sent = row.get(Tables.ReplyPart.SENT_AT) != null;
            fate.delivered = row.get(Tables.ReplyPart.DELIVERED_AT) != null;
            fate.read = row.get(Tables.ReplyPart.READ_AT) != null;
            fate.failed = row.get(Tables.ReplyPart.FAILED_AT) != null;
            fate.doubted = row.get(Tables.ReplyPart.DOUBTED_AT) != null;
            facts.add("part " + row.get(Tables.ReplyPart.REPLY_ID) + "/" + row.get(Tables.ReplyPart.PART_NUMBER) + ": "
                    + fate);
        });
        Set<String> stepped = Set.of(
                Topics.REPLY_REQUESTED.name(),
                Topics.TURN_CLOSED.name(),
                Topics.APPLICATION_TURN_CLOSED.name(),
                Topics.CONNECT_MESSAGE_SENT.name(),
                Topics.REPLY_SENT.name(),
                Topics.MESSAGE_STATUS.name());
        rows(archive, Tables.Hop.ROWS, row -> {
            if (stepped.contains(row.get(Tables.Hop.LOG_TOPIC))) {
                facts.add(step(
                        row.get(Tables.Hop.LOG_TOPIC),
                        row.get(Tables.Hop.LOG_PARTITION),
                        row.get(Tables.Hop.LOG_OFFSET)));
            }
        });
        return facts;
    }

    private static void rows(ArchiveDatabase archive, ArchivedTable table, Consumer<Record> each) {
        archive.sql().select(table.fields()).from(table.table()).forEach(each);
    }

    private static String message(String id, String conversation, String direction, String text) {
        return "message " + direction + " " + id + " of " + conversation + ": " + text;
    }

    private static String turn(String id, String conversation, String cause, int messages) {
        return "turn " + id + " of " + conversation + ", " + cause + ", " + messages;
    }

    private static String part(String turn, int item, int part, String contact) {
        return "shown " + turn + "/" + item + "/" + part + " in " + contact;
    }

    private static String chat(String contact, String conversation, boolean isEnded) {
        return "chat " + contact + " of " + conversation + (isEnded ? ", ended" : ", open");
    }

    private static String step(String topic, int partition, long offset) {
        return "step at " + topic + "-" + partition + "@" + offset;
    }

    private void step(ConsumerRecord<byte[], byte[]> record) {
        facts.add(step(record.topic(), record.partition(), record.offset()));
    }

    /// Takes a record and its value.
    private interface Each<T> {
        void take(ConsumerRecord<byte[], byte[]> record, T value);
    }

    private <T> void read(Topic topic, Class<T> type, Each<T> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = TurnsRead.consumer(bootstrapServers, topic.name())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.value() != null) {
                        each.take(record, Json.read(record.value(), type));
                    }
                }
            }
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A record that nobody can read", e);
        }
    }
}
