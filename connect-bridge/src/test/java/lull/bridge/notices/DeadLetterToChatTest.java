package lull.bridge.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.DeadLetterReason;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeadLetterToChatTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final String INPUT = "whatsapp.message.received.dlq";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private final List<String> notes = new ArrayList<>();
    private NoteOutcome noteOutcome = NoteOutcome.SENT;
    private int caughtUp;
    private final DeadLetterToChat flow = flow(Duration.ofHours(1));

    private DeadLetterToChat flow(Duration maxAge) {
        return new DeadLetterToChat(
                book,
                () -> caughtUp++,
                (contact, about, text) -> {
                    if (noteOutcome == NoteOutcome.SENT) {
                        notes.add(contact + ": " + text);
                    }
                    return noteOutcome;
                },
                maxAge,
                () -> NOW,
                new NoticeMetrics(registry));
    }

    @BeforeEach
    void open() {
        book.write(chat("c1", null));
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp.message.received.dlq, 100|1555, UNREADABLE, Not shown: a message of the customer",
        "whatsapp.message.received.dlq, 100|US.1, UNWRITABLE, Not shown: a message of the customer",
        "another.input.dlq, 100|1555, UNREADABLE, Not shown: a message of the customer",
        "whatsapp.turn.closed.dlq, 100|1555, UNREADABLE, Not shown: a message of the customer",
        "whatsapp.turn.closed.dlq, 100|1555, REFUSED, Not shown: a message of the customer",
        "application.turn.closed.dlq, 100|1555, UNEXPECTED, Not shown: a message of the customer",
        "application.turn.closed.dlq, 100|1555, REFUSED, Not shown: a message of the customer",
        "connect.chat.event.dlq, c1, UNREADABLE, Not delivered: something that was written in this chat",
        "whatsapp.reply.requested.dlq, 100|1555, UNREADABLE, Not delivered: a reply to the customer"
    })
    void theAgentOfTheOpenChatReadsWhatIsLost(String topic, String key, DeadLetterReason reason, String text)
            throws InterruptedException {
        assertThat(handle(letter(topic, key, reason, NOW), 0)).isEqualTo(Outcome.DONE);

        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("c1: " + text)
                .endsWith("(dead letter " + topic + "-3-17).");
        assertThat(count("noted")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "whatsapp.turn.closed.dlq, 100|1555, PART_REFUSED",
        "whatsapp.turn.closed.dlq, 100|1555, UNEXPECTED",
        "connect.chat.event.dlq, c1, REFUSED",
        "connect.chat.event.dlq, c1, UNEXPECTED",
        "whatsapp.reply.requested.dlq, 100|1555, REFUSED"
    })
    void theAgentIsNotNotifiedTwice(String topic, String key, DeadLetterReason reason) throws InterruptedException {
        assertThat(handle(letter(topic, key, reason, NOW), 0)).isEqualTo(Outcome.DONE);
        assertThat(notes).isEmpty();
        assertThat(count("known")).isOne();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "whatsapp.message.received.dlq, 100|1666",
                "whatsapp.message.received.dlq, 200|1555",
                "whatsapp.message.received.dlq, no conversation",
                "whatsapp.message.received.dlq, |",
                "whatsapp.message.received.dlq, ''",
                "whatsapp.message.received.dlq, null",
                "connect.chat.event.dlq, c2",
                "connect.chat.event.dlq, null"
            },
            nullValues = "null")
    void withoutAnOpenChatItIsCounted(String topic, @Nullable String key) throws InterruptedException {
        assertThat(handle(letter(topic, key, DeadLetterReason.UNREADABLE, NOW), 0))
                .isEqualTo(Outcome.DONE);
        assertThat(notes).isEmpty();
        assertThat(count("no_chat")).isOne();
    }

    @Test
    void ofATurnThatFailedUnexpectedlyWithoutAnOpenChatNobodyKnows() throws InterruptedException {
        handle(letter("whatsapp.turn.closed.dlq", "100|1666", DeadLetterReason.UNEXPECTED, NOW), 0);
        handle(letter("whatsapp.turn.closed.dlq", "100|1666", DeadLetterReason.PART_REFUSED, NOW), 0);

        assertThat(count("no_chat")).isOne();
        assertThat(count("known")).isOne();
    }

    @Test
    void aChatThatIsOverGetsNoNote() throws InterruptedException {
        book.write(chat("c1", NOW));
        handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW), 0);
        handle(letter("connect.chat.event.dlq", "c1", DeadLetterReason.UNREADABLE, NOW), 0);

        assertThat(notes).isEmpty();
        assertThat(count("no_chat")).isEqualTo(2);
    }

    @Test
    void ofWhatIsOldTheAgentIsNotNotified() throws InterruptedException {
        Duration hour = Duration.ofHours(1);
        handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW.minus(hour.plusMillis(1))), 0);
        assertThat(count("old")).isOne();
        handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW.minus(hour)), 0);
        assertThat(count("noted")).isOne();
    }

    @Test
    void isTriedAgainWhileConnectFailsAndNotForever() throws InterruptedException {
        noteOutcome = NoteOutcome.LATER;
        ConsumerRecord<byte[], byte[]> letter = letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW);

        assertThat(handle(letter, 0)).isInstanceOf(Outcome.Retry.class);
        assertThat(handle(letter, 5)).isEqualTo(Outcome.DONE);
        assertThat(count("not_noted")).isOne();
    }

    @ParameterizedTest
    @CsvSource({"MERGED, noted", "CHAT_OVER, no_chat", "SWITCHED_OFF, not_noted", "REFUSED, not_noted"})
    void itCountsAsNotedOnlyIfTheAgentReadsOfIt(NoteOutcome note, String exit) throws InterruptedException {
        noteOutcome = note;

        assertThat(handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW), 0))
                .isEqualTo(Outcome.DONE);

        assertThat(count(exit)).isOne();
    }

    @Test
    void noAgeTurnsTheNotesOffWhateverTheClocksSay() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> later =
                letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW.plusSeconds(60));

        flow(Duration.ZERO).handle(incoming(later, 0), () -> {});

        assertThat(notes).isEmpty();
        assertThat(count("old")).isOne();
    }

    @Test
    void readsToTheEndOfTheChatsOnlyIfItKnowsNoOpenOne() throws InterruptedException {
        handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW), 0);
        assertThat(caughtUp).isZero();
        handle(letter(INPUT, "100|1666", DeadLetterReason.UNREADABLE, NOW), 0);
        assertThat(caughtUp).isOne();
    }

    @Test
    void aDeadLetterOfKafkaStreamsIsNotified() throws InterruptedException {
        ConsumerRecord<byte[], byte[]> letter = letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW);
        letter.headers()
                .add(DeadLetterReason.HEADER, "org.apache.kafka.SomeException".getBytes(StandardCharsets.UTF_8));

        assertThat(handle(letter, 0)).isEqualTo(Outcome.DONE);
        assertThat(notes).hasSize(1);
    }

    private static Chat chat(String contact, @Nullable Instant endedAt) {
        return new Chat(
                contact,
                new ConversationKey("100", "US.1"),
                new Customer("US.1", "1555", null),
                "t-0-1",
                1,
                NOW.minusSeconds(60),
                "p",
                "c",
                NOW.plusSeconds(60),
                endedAt);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{\"kind\":\"erasure\",\"conversation\":\"100|1555\"} # no_words",
                "{\"kind\":\"answer\"} # no_words",
                "{\"kind\":\"messages\"} # no_words",
                "{\"kind\":\"message\",\"id\":7} # noted",
                "{\"kind # noted",
                "no JSON # noted"
            })
    void ofWhatNobodyHasWrittenTheAgentIsNotNotified(String value, String exit) throws InterruptedException {
        handle(letter(INPUT, "100|1555", DeadLetterReason.UNREADABLE, NOW, value.getBytes(StandardCharsets.UTF_8)), 0);

        assertThat(count(exit)).isOne();
    }

    private static ConsumerRecord<byte[], byte[]> letter(
            String topic, @Nullable String key, DeadLetterReason reason, Instant at) {
        return letter(topic, key, reason, at, null);
    }

    private static ConsumerRecord<byte[], byte[]> letter(
            String topic, @Nullable String key, DeadLetterReason reason, Instant at, byte @Nullable [] value) {
        RecordHeaders headers = new RecordHeaders();
        DeadLetterHeaders.setReason(headers, reason, "wrong", topic.replaceFirst("[.]dlq$", ""));
        return new ConsumerRecord<>(
                topic,
                3,
                17,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                headers,
                Optional.empty());
    }

    private Outcome handle(ConsumerRecord<byte[], byte[]> letter, int attempt) throws InterruptedException {
        return flow.handle(incoming(letter, attempt), () -> {});
    }

    private static Incoming<DeadLetter> incoming(ConsumerRecord<byte[], byte[]> letter, int attempt) {
        return new Incoming<>(letter.partition(), letter.offset(), 1, "", DeadLetter.of(letter), NOW, attempt);
    }

    private double count(String exit) {
        return registry.get("lull.bridge.dead.letter.notes")
                .tag("exit", exit)
                .counter()
                .count();
    }
}
