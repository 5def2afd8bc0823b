package lull.bridge.chats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.runtime.kafka.NotAcknowledged;
import lull.text.Turns;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChatFollowerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final TopicPartition PARTITION = new TopicPartition(Topics.CHAT.name(), 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private final ChatFollower follower = new ChatFollower(consumer, book, Duration.ofSeconds(5));
    private long end;

    @BeforeEach
    void makeTopic() {
        Node[] none = new Node[0];
        consumer.updatePartitions(
                Topics.CHAT.name(), List.of(new PartitionInfo(Topics.CHAT.name(), 0, null, none, none)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void stop() {
        follower.close();
    }

    @Test
    void isReadyOnceEverythingIsReadThatWasThereAtTheStart() throws InterruptedException {
        consumer.updateEndOffsets(Map.of(PARTITION, 2L));
        follower.start();
        await().atMost(PATIENCE).until(() -> !consumer.assignment().isEmpty());
        add("c1", chat("c1"));
        await().atMost(PATIENCE).until(() -> book.byContact("c1").isPresent());
        assertThat(follower.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("still reading"));

        add("c2", chat("c2"));

        follower.awaitStart(Duration.ofSeconds(5));
        assertThat(follower.problem()).isEmpty();
        assertThat(book.byContact("c2")).isPresent();
    }

    @Test
    void anUnknownContactIsFoundAfterReadingToThePresentEnd() throws InterruptedException {
        follower.start();
        follower.awaitStart(Duration.ofSeconds(5));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
        consumer.schedulePollTask(() -> add("c1", chat("c1")));

        assertThat(book.byContact("c1", follower)).isPresent();
    }

    @Test
    void doesNotWaitForEverForTheEnd() throws InterruptedException {
        ChatFollower impatient = new ChatFollower(consumer, book, Duration.ofMillis(50));
        impatient.start();
        impatient.awaitStart(Duration.ofSeconds(5));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));

        assertThatThrownBy(impatient::toPresentEnd).isInstanceOf(NotAcknowledged.class);
        impatient.close();
    }

    @Test
    void forgetsWhatIsDeletedAndLeavesOutWhatItCannotRead() throws InterruptedException {
        follower.start();
        follower.awaitStart(Duration.ofSeconds(5));
        add("c1", chat("c1"));
        addBytes("c2", "broken".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE).until(() -> book.byContact("c1").isPresent());

        addBytes("c1", null);

        await().atMost(PATIENCE).until(() -> book.byContact("c1").isEmpty());
        assertThat(book.byContact("c2")).isEmpty();
        assertThat(follower.problem()).isEmpty();
    }

    private void add(String contact, Chat chat) {
        addBytes(contact, Json.bytes(chat));
    }

    private void addBytes(String contact, byte @Nullable [] value) {
        consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, end++, contact.getBytes(StandardCharsets.UTF_8), value));
    }

    private static Chat chat(String contact) {
        return new Chat(contact, Turns.CONVERSATION, Turns.CUSTOMER, "t-0-1", 1, Turns.NOW, "p", null, null, null);
    }
}
