package lull.local;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.contract.json.JsonSerde;
import lull.contract.message.Route;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnRoute;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.Durations;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Printer of a line for each turn as it ends: who, how much and why, but not what was said.
final class TurnPrinter implements AutoCloseable {

    private final KafkaConsumer<String, Turn> consumer;
    private final PrintWriter out;
    private final Thread thread;

    private volatile boolean open = true;

    private TurnPrinter(KafkaConsumer<String, Turn> consumer, PrintWriter out) {
        this.consumer = consumer;
        this.out = out;
        this.thread = Thread.ofPlatform().name("turn-printer").daemon().start(this::run);
    }

    /// Prints turns that end from now on.
    static TurnPrinter start(String bootstrapServers, PrintWriter out) {
        Map<String, Object> properties = KafkaSetup.at(bootstrapServers).consumer("lull-turn-printer");
        KafkaConsumer<String, Turn> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new JsonSerde<>(Turn.class).deserializer());
        List<TopicPartition> partitions = Stream.of(Topics.TURN_CLOSED, Topics.APPLICATION_TURN_CLOSED)
                .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        return new TurnPrinter(consumer, out);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (open) {
            for (ConsumerRecord<String, Turn> record : consumer.poll(Duration.ofMillis(200))) {
                boolean isForApplication = record.topic().equals(Topics.APPLICATION_TURN_CLOSED.name());
                out.println(line(record.value(), isForApplication));
                out.flush();
            }
        }
        consumer.close();
    }

    /// @param isForApplication whether it is in the topic of turns for applications
    static String line(Turn turn, boolean isForApplication) {
        String who = "turn %s from %s".formatted(turn.id(), turn.conversation().masked());
        TurnRoute route = turn.route();
        if (route == null || route.destination().equals(Route.CONNECT)) {
            return ended(who, turn);
        }
        return isForApplication
                ? ended(who, turn) + ", for " + route.destination()
                : who + " goes on from " + route.destination() + " to Amazon Connect";
    }

    private static String ended(String who, Turn turn) {
        Duration gap = turn.gap();
        String wait = turn.cause() == TurnCause.GAP && gap != null ? " of " + Durations.text(gap) : "";
        return "%s ended by %s%s: %d message(s), %d item(s)"
                .formatted(
                        who,
                        turn.cause().word(),
                        wait,
                        turn.messageIds().size(),
                        turn.items().size());
    }
}
