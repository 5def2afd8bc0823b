package lull.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reader of what is on record of replies: their customers and texts, and which were refused or sent again in
/// doubt.
///
/// @param refused ids of replies that are on record as not sent
/// @param doubted ids of replies that are on record as sent again
record RepliesRead(Map<String, Reply> requested, Set<String> refused, Set<String> doubted) {

    /// Reads all there is.
    static RepliesRead of(String bootstrapServers) {
        Map<String, Reply> requested = new HashMap<>();
        read(bootstrapServers, Topics.REPLY_REQUESTED.name(), Reply.class, reply -> requested.put(reply.id(), reply));
        Set<String> refused = new HashSet<>();
        Set<String> doubted = new HashSet<>();
        read(bootstrapServers, Topics.REPLY_SENT.name(), ReplyOutcome.class, outcome -> {
            switch (outcome) {
                case ReplyOutcome.Refused one -> refused.add(one.replyId());
                case ReplyOutcome.Doubted one
                when one.decision() == ReplyOutcome.Doubted.Decision.TOLD -> refused.add(one.replyId());
                case ReplyOutcome.Doubted one -> doubted.add(one.replyId());
                default -> {}
            }
        });
        return new RepliesRead(requested, refused, doubted);
    }

    /// The texts to a customer among these replies.
    Set<String> texts(String customer, Set<String> ids) {
        Set<String> texts = new HashSet<>();
        for (String id : ids) {
            Reply reply = requested.get(id);
            if (reply != null
                    && reply.conversation().customer().equals(customer)
                    && reply.content() instanceof ReplyContent.Text text) {
                texts.add(text.body());
            }
        }
        return texts;
    }

    /// Reads all values of a topic.
    static <T> void read(String bootstrapServers, String topic, Class<T> type, Consumer<T> each) {
        try (KafkaConsumer<byte[], byte[]> consumer = TurnsRead.consumer(bootstrapServers, topic)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    each.accept(Json.read(record.value(), type));
                }
            }
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A record that nobody can read", e);
        }
    }
}
