package lull.local.trypage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnRoute;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reader of the topics of messages, turns and statuses, from its start on.
final class TopicWatch implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Feed feed;
    private final StateWatch states;
    private final Thread thread;

    private volatile boolean open = true;

    private TopicWatch(KafkaConsumer<String, byte[]> consumer, Feed feed, StateWatch states) {
        this.consumer = consumer;
        this.feed = feed;
        this.states = states;
        this.thread = Thread.ofPlatform().name("try-page-topics").daemon().start(this::run);
    }

    static TopicWatch start(String bootstrapServers, Feed feed, StateWatch states) {
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers).consumer("lull-try-page");
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(
                        Topics.MESSAGE_RECEIVED,
                        Topics.TURN_CLOSED,
                        Topics.APPLICATION_TURN_CLOSED,
                        Topics.MESSAGE_STATUS)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return new TopicWatch(consumer, feed, states);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(STOP_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (open) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    show(record);
                }
            }
        }
    }

    private void show(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(Topics.MESSAGE_RECEIVED.name())) {
                // Ticks and settings are of no interest here.
                if (Json.read(record.value(), InputRecord.class) instanceof Message message) {
                    show(message);
                }
            } else if (record.topic().equals(Topics.MESSAGE_STATUS.name())) {
                show(Json.read(record.value(), MessageStatus.class));
            } else {
                show(Json.read(record.value(), Turn.class));
            }
        } catch (UnreadableJson e) {
            // The services keep it as a dead letter; the page has nothing to show.
        }
    }

    private void show(Message message) {
        String conversation = message.conversation().toString();
        ObjectNode json = Json.object()
                .put("id", message.id())
                .put("conversation", conversation)
                .put("customer", message.conversation().customer())
                .put("at", message.receivedAt().toString());
        json.set("raw", message.raw());
        feed.add("message", Json.text(json));
        states.opened(conversation);
    }

    private void show(Turn turn) {
        String conversation = turn.conversation().toString();
        Duration gap = turn.gap();
        TurnRoute route = turn.route();
        ObjectNode json = Json.object()
                .put("id", turn.id())
                .put("conversation", conversation)
                .put("customer", turn.conversation().customer())
                .put("cause", turn.cause().word())
                .put("gapMillis", gap == null ? 0 : gap.toMillis())
                .put("items", turn.items().size())
                .put("destination", route == null ? "" : route.destination())
                .put("at", turn.lastReceivedAt().toString());
        ArrayNode messages = json.putArray("messages");
        turn.messageIds().forEach(messages::add);
        json.putPOJO("gapDecision", turn.gapDecision());
        feed.add("turn", Json.text(json));
        states.closed(conversation);
    }

    private void show(MessageStatus status) {
        ObjectNode json = Json.object().put("messageId", status.messageId()).put("status", status.status());
        json.put("callbackData", status.callbackData());
        feed.add("status", Json.text(json));
    }
}
