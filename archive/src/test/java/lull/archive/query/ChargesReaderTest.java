package lull.archive.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import lull.archive.erasure.Eraser;
import lull.archive.rows.RecordToRows;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Databases;
import lull.archive.write.RowWriter;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the ledger says of statuses and chats, in whatever order and however often they were read.
final class ChargesReaderTest {

    private static final String NUMBER = "100000000000001";
    private static final Instant DAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-11-02T00:00:00Z");
    private static final String CONTACT = "1d37aca6-4317-4743-b32f-cbe067bce314";
    private static final RecordToRows MAPPING =
            new RecordToRows(RecordToRows.followed(List.of(Topics.MESSAGE_RECEIVED.name()), List.of()));

    private final Map<String, Long> next = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void chargesADeliveredMessageOnceAndAFailedOneNever(Databases.Kind kind) {
        status("a", "sent", "4915550001", 0, "free_customer_service", "service");
        status("a", "delivered", "4915550001", 1, "regular", "service");
        status("a", "delivered", "4915550001", 1, "regular", "service");
        status("a", "read", "4915550001", 90_000, "", "");
        // The notification of the delivery did not arrive.
        status("b", "sent", "4915550001", 0, "free_entry_point", "service");
        status("b", "read", "4915550001", 2, "", "");
        status("c", "sent", "4915550001", 0, "regular", "utility");
        status("c", "failed", "4915550001", 3, "", "");
        status("d", "sent", "15550001", 0, "regular", "authentication-international");
        status("d", "delivered", "15550001", 86_399, "regular", "authentication-international");
        // The next day.
        status("e", "delivered", "15550001", 86_400, "regular", "marketing");
        status("f", "delivered", "15550001", 5, "of the future", "service");
        status("g", "delivered", "15550001", 5, "", "");
        for (long seed = 0; seed < 4; seed++) {
            try (ArchiveDatabase database = kind.open()) {
                write(database, seed);

                assertThat(read(database, DAY, NEXT).whatsapp())
                        .as("seed " + seed)
                        .containsExactlyInAnyOrder(
                                new ChargesView.WhatsApp(NUMBER, "4915", "service", "regular", true, 1, 0),
                                new ChargesView.WhatsApp(NUMBER, "4915", "service", "free_entry_point", false, 1, 0),
                                new ChargesView.WhatsApp(
                                        NUMBER, "1555", "authentication_international", "regular", true, 1, 0),
                                new ChargesView.WhatsApp(NUMBER, "1555", "service", "of the future", null, 1, 0),
                                new ChargesView.WhatsApp(NUMBER, "1555", null, null, null, 1, 0));
                assertThat(read(database, NEXT, NEXT.plusSeconds(86_400)).whatsapp())
                        .containsExactly(new ChargesView.WhatsApp(NUMBER, "1555", "marketing", "regular", true, 1, 0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void chargesEachMemberOfAGroupAndOnlyWhatsApp(Databases.Kind kind) {
        for (String member : List.of("4915550001", "4915550002")) {
            add("whatsapp.message.status", NUMBER + "|group:G1", """
                    {"messageId":"g","status":"delivered","conversation":"%s|group:G1","receivedAt":"2026-11-01T00:00:09Z",
                     "source":{"door":"meta","app":"default"},"business":{"phoneNumberId":"%s"},"raw":{"timestamp":"%d",
                     "recipient_id":"G1","recipient_type":"group","recipient_participant_id":"%s",
                     "pricing":{"type":"regular","category":"group_service"}}}
                    """.formatted(
                            NUMBER, NUMBER, DAY.getEpochSecond(), member));
        }
        add("whatsapp.message.status", "telegram.shop|7", """
                {"messageId":"t","status":"delivered","conversation":"telegram.shop|7","receivedAt":"2026-11-01T00:00:09Z",
                 "source":{"door":"channel","app":"default"},"business":{"phoneNumberId":"telegram.shop"},
                 "raw":{"timestamp":"%d","pricing":{"type":"regular","category":"service"}}}
                """.formatted(DAY.getEpochSecond()));
        try (ArchiveDatabase database = kind.open()) {
            write(database, 0);

            assertThat(read(database, DAY, NEXT).whatsapp())
                    .containsExactly(new ChargesView.WhatsApp(NUMBER, "4915", "group_service", "regular", true, 2, 0));
        }
    }

    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void countsWhatAnybodySaysInTheChatsOfLull(Databases.Kind kind) {
        chat();
        try (ArchiveDatabase database = kind.open()) {
            write(database, 7);

            assertThat(read(database, DAY, NEXT).connect())
                    .containsExactly(
                            new ChargesView.Connect(NUMBER, "agent", 2, 0),
                            new ChargesView.Connect(NUMBER, "note", 1, 0),
                            new ChargesView.Connect(NUMBER, "system", 1, 0),
                            new ChargesView.Connect(NUMBER, "turn", 2, 1));
            assertThat(of(database, NUMBER + "|4915550001").connect()).hasSize(4);
            assertThat(of(database, NUMBER + "|4915550002").connect()).isEmpty();
        }
    }

    /// Such as who has begun the conversation.
    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void aPartOfNoMessageIsANote(Databases.Kind kind) {
        chat();
        add("connect.message.sent", "t-0-1", """
                {"turnId":"t-0-1","conversation":"%s|4915550001","item":1,"part":0,"initialContactId":"%s",
                 "connectMessageId":"p3","messageIds":[],"at":"2026-11-01T00:00:11Z"}
                """.formatted(NUMBER, CONTACT));
        try (ArchiveDatabase database = kind.open()) {
            write(database, 7);

            assertThat(read(database, DAY, NEXT).connect())
                    .contains(
                            new ChargesView.Connect(NUMBER, "note", 2, 0),
                            new ChargesView.Connect(NUMBER, "turn", 2, 1));
        }
    }

    /// What was charged does not change because a customer is erased, and nothing of them is left.
    @ParameterizedTest
    @MethodSource("lull.archive.schema.Databases#kinds")
    void keepsTheSumsOfErasedCustomers(Databases.Kind kind) {
        chat();
        status("a", "delivered", "4915550001", 1, "regular", "service");
        status("b", "delivered", "4915550001", 1, "regular", "service");
        try (ArchiveDatabase database = kind.open()) {
            write(database, 0);
            ChargesView before = read(database, DAY, NEXT);
            Eraser eraser = new Eraser(database, () -> NEXT);
            Eraser.Request request = new Eraser.Request(Set.of("4915550001"), false, "Ana");

            assertThat(eraser.erase(request).rows())
                    .containsEntry("whatsapp_charge", 2L)
                    .containsEntry("connect_charge", 6L);

            assertThat(String.join("\n", Databases.rows(database))).doesNotContain("4915550001", CONTACT);
            assertThat(read(database, DAY, NEXT).whatsapp()).isEqualTo(before.whatsapp());
            assertThat(read(database, DAY, NEXT).connect()).isEqualTo(before.connect());
            RowWriter writer = new RowWriter(database, MAPPING);
            writer.rewind(List.copyOf(writer.positions().keySet()));
            write(database, 3);
            assertThat(read(database, DAY, NEXT).whatsapp()).isEqualTo(before.whatsapp());
            assertThat(read(database, DAY, NEXT).connect()).isEqualTo(before.connect());
        }
    }

    private void chat() {
        add("connect.chat", CONTACT, """
                {"initialContactId":"%s","conversation":"%s|4915550001","customer":{"phone":"4915550001"},
                 "openedByTurn":"t-0-1","openedByOffset":1,"openedAt":"2026-11-01T00:00:10Z","participantToken":"t"}
                """.formatted(CONTACT, NUMBER));
        part("p1", 0, "wamid.1");
        part("p1", 0, "wamid.1");
        part("p2", 1, "wamid.1");
        said("p2", "CUSTOMER");
        said("note", "CUSTOMER");
        said("hello", "AGENT");
        said("hello", "AGENT");
        said("queue", "SYSTEM");
        // The notification of it was lost, and it was found in the transcript.
        add("whatsapp.reply.requested", NUMBER + "|4915550001", """
                {"id":"found","conversation":"%s|4915550001","customer":{"phone":"4915550001"},"origin":{"kind":"chat",
                 "initialContactId":"%s","role":"AGENT"},"content":{"type":"text","body":"Found"},
                 "requestedAt":"2026-11-01T00:00:20Z"}
                """.formatted(NUMBER, CONTACT));
        add("connect.chat.event", "foreign", """
                {"id":"foreign","initialContactId":"foreign","at":"2026-11-01T00:00:20Z","role":"AGENT",
                 "what":{"kind":"said","contentType":"text/plain","content":"Not of Lull"},"raw":{}}
                """);
    }

    private void part(String id, int part, String messageId) {
        add("connect.message.sent", "t-0-1", """
                {"turnId":"t-0-1","conversation":"%s|4915550001","item":0,"part":%d,"initialContactId":"%s",
                 "connectMessageId":"%s","messageIds":["%s"],"at":"2026-11-01T00:00:12Z"}
                """.formatted(NUMBER, part, CONTACT, id, messageId));
    }

    private void said(String id, String role) {
        add("connect.chat.event", CONTACT, """
                {"id":"%s","initialContactId":"%s","at":"2026-11-01T00:00:12Z","role":"%s",
                 "what":{"kind":"said","contentType":"text/plain","content":"Words"},"raw":{}}
                """.formatted(id, CONTACT, role));
    }

    private void status(String id, String status, String recipient, long second, String type, String category) {
        String pricing = type.isEmpty()
                ? ""
                : ",\"pricing\":{\"pricing_model\":\"PMP\",\"type\":\"%s\",\"category\":\"%s\"}"
                        .formatted(type, category);
        add("whatsapp.message.status", NUMBER + "|" + recipient, """
                {"messageId":"%s","status":"%s","conversation":"%s|%s","receivedAt":"2026-11-01T00:00:00Z",
                 "source":{"door":"meta","app":"default"},"business":{"phoneNumberId":"%s"},
                 "raw":{"timestamp":"%d","recipient_id":"%s"%s}}
                """.formatted(
                        id, status, NUMBER, recipient, NUMBER, DAY.getEpochSecond() + second, recipient, pricing));
    }

    private void add(String topic, String key, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        long offset = next.merge(topic, 1L, Long::sum) - 1;
        records.add(new ConsumerRecord<>(
                topic,
                0,
                offset,
                DAY.plusSeconds(offset).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    /// Writes each record in a transaction of its own, in an order that depends on the seed.
    private void write(ArchiveDatabase database, long seed) {
        RowWriter writer = new RowWriter(database, MAPPING);
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records);
        if (seed > 0) {
            Collections.shuffle(all, new Random(seed));
        }
        Map<TopicPartition, Long> none = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : all) {
            none.put(new TopicPartition(record.topic(), 0), 0L);
            RowWriter.Written written = writer.write(List.of(record), none);
            assertThat(written.unreadable()).as(record.topic()).isZero();
        }
    }

    private static ChargesView read(ArchiveDatabase database, Instant from, Instant to) {
        return new ChargesReader(database)
                .read(new ChargesReader.Question(from, to, Optional.of(NUMBER), Optional.empty()));
    }

    private static ChargesView of(ArchiveDatabase database, String conversation) {
        return new ChargesReader(database)
                .read(new ChargesReader.Question(DAY, NEXT, Optional.empty(), Optional.of(conversation)));
    }
}
