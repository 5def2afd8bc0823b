package lull.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reader of the turns on an output topic, put together so that they can be compared: what was said by whom in
/// which turn, not how turns are numbered.
///
/// @param digest the same for the same turns in any order
record TurnsRead(long turns, long messages, long digest) {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int PATIENCE = 40;

    /// Reads until so many turns are there, and for some time where they are not.
    ///
    /// @param nothingNew is told where a look brought nothing
    static TurnsRead of(String bootstrapServers, String output, long expected, Runnable nothingNew) {
        TurnsRead read = new TurnsRead(0, 0, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers, output)) {
            for (int patience = PATIENCE; read.turns < expected && patience > 0; patience--) {
                long before = read.turns;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LOOK)) {
                    read = read.with(record);
                }
                if (read.turns > before) {
                    patience = PATIENCE;
                } else {
                    nothingNew.run();
                }
            }
        }
        return read;
    }

    private TurnsRead with(ConsumerRecord<byte[], byte[]> record) {
        if (InputLog.isCloser(new String(record.key(), StandardCharsets.UTF_8))) {
            return this;
        }
        Turn turn = turn(record.value());
        List<String> said = turn.items().stream().map(TurnItem::text).toList();
        long one = 31L * turn.conversation().hashCode()
                + 31L * 31 * turn.messageIds().hashCode()
                + said.hashCode();
        return new TurnsRead(turns + 1, messages + turn.messageIds().size(), digest + one * one);
    }

    /// A consumer of a topic's committed records from its beginning; to be closed.
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers, String output) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaSetup.at(bootstrapServers).consumer("lull-bench"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(output).stream()
                .map(info -> new TopicPartition(output, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static Turn turn(byte[] value) {
        try {
            return Json.read(value, Turn.class);
        } catch (UnreadableJson e) {
            throw new IllegalStateException("A turn that nobody can read", e);
        }
    }
}
