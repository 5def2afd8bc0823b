package lull.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.outbound.events.ReceivedEvent;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.lanes.Held;
import lull.lanes.results.AcknowledgedProducer;
import lull.lanes.results.KafkaPartitionTailReader;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Memory of a bridge for its chats and for what it has done for them, filled without Kafka. All values are
/// read from JSON, as those of a bridge are, so that they share nothing.
final class BridgeMemory {

    private static final int PARTITIONS = 32;
    private static final int MAX_RECORDS = 20_000;
    private static final Duration REMEMBERED_FOR = Duration.ofHours(24);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /// The lengths of Amazon Connect's tokens.
    private static final int PARTICIPANT_TOKEN = 250;

    private static final int CONNECTION_TOKEN = 700;
    private static final long ASSIGNMENT = 1;

    private final Random random = new Random(1);
    private final ChatBook book = new ChatBook(new Unwritten(), new ChatMetrics(new SimpleMeterRegistry()));
    private final KafkaPartitionTailReader<SentPart> parts = tail(Topics.CONNECT_MESSAGE_SENT, SentPart.class);
    private final KafkaPartitionTailReader<ReplyOutcome> replies = tail(Topics.REPLY_SENT, ReplyOutcome.class);
    private final KafkaPartitionTailReader<ReplyOutcome> statuses = tail(Topics.REPLY_SENT, ReplyOutcome.class);
    private final KafkaPartitionTailReader<ReceivedEvent> events = tail(Topics.CHAT_EVENT, ReceivedEvent.class);

    private Instant now = Instant.parse("2026-01-05T10:00:00Z");

    /// Opens chats in which customer and agent take turns.
    void open(int chats, int turns) throws UnreadableJson {
        for (int i = 0; i < chats; i++) {
            openOne(i, turns);
        }
    }

    private void openOne(int number, int turns) throws UnreadableJson {
        String phone = "1555" + (10_000_000 + number);
        ConversationKey conversation = new ConversationKey("100000000000001", phone);
        String contact = id();
        Chat chat = new Chat(
                        contact,
                        conversation,
                        new Customer("DE." + (1_000_000_000_000_000L + number), phone, "Customer " + number),
                        id(),
                        number,
                        now,
                        token(PARTICIPANT_TOKEN),
                        null,
                        null,
                        null)
                .connected(token(CONNECTION_TOKEN), now.plus(REMEMBERED_FOR), now)
                .heard(new LastMessage(messageId(), now, now.plus(REMEMBERED_FOR)));
        book.write(Json.read(Json.bytes(chat), Chat.class));
        int partition = number % PARTITIONS;
        for (int turn = 0; turn < turns; turn++) {
            takeTurn(partition, conversation, contact);
        }
    }

    /// The customer writes, and the agent answers.
    private void takeTurn(int partition, ConversationKey conversation, String contact) throws UnreadableJson {
        String turn = id();
        add(
                parts,
                SentPart.class,
                partition,
                turn,
                new SentPart(turn, conversation, 0, 0, contact, id(), List.of(messageId()), now, true));
        add(
                events,
                ReceivedEvent.class,
                partition,
                contact,
                new ReceivedEvent(id(), new ReceivedEvent.What(null), "ALL"));
        add(
                events,
                ReceivedEvent.class,
                partition,
                contact,
                new ReceivedEvent(id(), new ReceivedEvent.What(null), "ALL"));
        String reply = id();
        String message = messageId();
        add(replies, ReplyOutcome.class, partition, reply, new ReplyOutcome.Intended(reply, 0, contact, now));
        add(replies, ReplyOutcome.class, partition, reply, new ReplyOutcome.Sent(reply, 0, message, now));
        add(
                statuses,
                ReplyOutcome.class,
                partition,
                reply,
                new ReplyOutcome.Reported(reply, 0, message, "delivered", now));
        add(statuses, ReplyOutcome.class, partition, reply, new ReplyOutcome.Reported(reply, 0, message, "read", now));
    }

    private static <V> void add(KafkaPartitionTailReader<V> tail, Class<V> type, int partition, String key, V value)
            throws UnreadableJson {
        tail.add(partition, ASSIGNMENT, key, Json.read(Json.bytes(value), type));
    }

    /// All chats end.
    void end() {
        book.open().forEach(chat -> book.write(chat.ended(now)));
    }

    /// What was done is too old to be remembered, and so are the chats.
    void age() {
        now = now.plus(REMEMBERED_FOR).plusSeconds(1);
        Held held = new Held(
                IntStream.range(0, PARTITIONS)
                        .boxed()
                        .collect(Collectors.toMap(partition -> partition, _ -> ASSIGNMENT)),
                ASSIGNMENT);
        List.of(parts, replies, statuses, events).forEach(tail -> tail.free(held));
        book.forget(now, REMEMBERED_FOR, REMEMBERED_FOR);
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String messageId() {
        return "wamid." + token(50);
    }

    private String token(int characters) {
        StringBuilder token = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            token.append((char) ('a' + random.nextInt(26)));
        }
        return token.toString();
    }

    private <V> KafkaPartitionTailReader<V> tail(Topic topic, Class<V> type) {
        return new KafkaPartitionTailReader<>(
                EmptyTopic::new,
                topic,
                type,
                new KafkaPartitionTailReader.Options(MAX_RECORDS, REMEMBERED_FOR, Duration.ofSeconds(1), LIMIT),
                () -> now,
                System::nanoTime);
    }

    /// A topic without records.
    private static final class EmptyTopic extends MockConsumer<byte[], byte[]> {

        EmptyTopic() {
            super("earliest");
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            return partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> 0L));
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(
                Collection<TopicPartition> partitions, Duration timeout) {
            return endOffsets(partitions, timeout);
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration timeout) {
            return Map.of();
        }
    }

    /// A producer that writes nothing.
    private static final class Unwritten implements AcknowledgedProducer {

        private final AtomicLong offset = new AtomicLong();

        @Override
        public Written append(Topic topic, String key, @Nullable Object value) {
            return new Written(0, offset.getAndIncrement());
        }

        @Override
        public Written append(Topic topic, int partition, String key, Object value) {
            return append(topic, key, value);
        }

        @Override
        public Written appendAt(Topic topic, String key, Object value, long timestampMillis) {
            return append(topic, key, value);
        }
    }
}
