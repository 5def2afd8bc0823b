package lull.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopicFollowerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String TOPIC = Topics.CHAT.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @Test
    void aRecordThatTheSinkFailsOnIsSkippedAndCountedAndTheOthersArriveInOrder() throws Exception {
        Node[] none = new Node[0];
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, none, none)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 5L));
        consumer.schedulePollTask(() -> {
            for (String key : List.of("a", "fails", "b", "unreadable", "c")) {
                consumer.addRecord(
                        new ConsumerRecord<>(TOPIC, 0, consumer.position(PARTITION) + count++, utf8(key), utf8("{}")));
            }
        });
        try (TopicFollower follower = new TopicFollower(consumer, Topics.CHAT, this::take, Duration.ofSeconds(5))) {
            follower.start();
            follower.awaitStart(Duration.ofSeconds(10));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).containsExactly("a", "b", "c"));
            assertThat(follower.skipped()).isEqualTo(2);
            assertThat(follower.problem()).isEmpty();
        }
    }

    private long count;

    private void take(String key, byte @Nullable [] value, long offset) throws UnreadableJson {
        switch (key) {
            case "fails" -> throw new IllegalStateException("not expected");
            case "unreadable" -> throw new UnreadableJson("no JSON");
            default -> taken.add(key);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
