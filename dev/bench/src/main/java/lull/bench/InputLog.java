package lull.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The topics of a benchmark of turns, and what is said on them.
///
/// What was said in minutes is written in seconds: while it is, the topic takes the times that the records have.
/// Then it is made as the catalogue says. What stands in it keeps its times, and ticks are stamped by the broker.
final class InputLog implements AutoCloseable {

    private static final long SEED = 1;
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration CLOSER_STEP = Duration.ofMillis(400);
    private static final int FIRST_CLOSER = 200_000_000;

    private final TopicKeeper keeper;
    private final TopicKeeper.Layout layout;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Speech speech = new Speech(SEED);

    InputLog(String bootstrapServers, int partitions) throws InterruptedException {
        KafkaSetup kafka = KafkaSetup.at(bootstrapServers);
        keeper = new TopicKeeper(kafka);
        layout = new TopicKeeper.Layout(partitions, (short) 1, 1);
        admin = Admin.create(kafka.admin("lull-bench"));
        Map<String, Object> properties =
                kafka.producer("lull-bench", Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none"));
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Makes an input topic and all that its aggregator needs, but for the output.
    ///
    /// @param stamped by the producer where it is to be written with times of the past or the future
    void create(String input, Topic.Stamped stamped) throws Exception {
        Topic topic = Topics.input(input);
        // The topic has this from its first record on; a change later takes its time to reach the broker.
        keeper.create(List.of(new Topic(topic.name(), topic.key(), topic.value(), topic.kept(), stamped)), layout);
        keeper.create(topics(input), layout);
    }

    void createOutput(String output) throws InterruptedException {
        keeper.create(List.of(Topics.turns(output)), layout);
    }

    /// Writes bursts, which end at a time, to a topic that was made for it, and makes it as the catalogue says.
    ///
    /// @param customers the turn of a number is of the customer of this number modulo this
    /// @param closed whether the last turns are spoken to their end and followed by enough to close them, for
    ///     those that know no other time than that of records
    void write(String input, Bursts bursts, int customers, boolean closed, Instant end, Duration gap) throws Exception {
        Instant begin = end.minus(bursts.length());
        bursts.forEach(
                closed, due -> append(speech.say(input, due.turn() % customers, begin.plusNanos(due.atNanos()))));
        if (closed) {
            // No step of these is large enough to be taken for a hole.
            Instant last = end.plus(gap.multipliedBy(2));
            for (Instant at = end; at.isBefore(last); at = at.plus(CLOSER_STEP)) {
                close(input, at);
            }
        }
        flush();
        stampByBroker(input);
    }

    /// Has somebody who does not count write to each partition.
    void nudge(String input) {
        close(input, Instant.now());
        flush();
    }

    /// Whether a turn is of nobody who counts.
    static boolean isCloser(String conversation) {
        return conversation.compareTo(Speech.conversation(FIRST_CLOSER).toString()) >= 0;
    }

    /// Forgets what an aggregator knows of an input topic, so that it reads it anew.
    void forget(String input) throws Exception {
        admin.deleteConsumerGroups(List.of(Topics.applicationId(input))).all().get();
        List<Topic> changelogs = Topics.STORES.stream()
                .map(store -> Topics.changelog(input, store))
                .toList();
        delete(changelogs.stream().map(Topic::name).toList());
        keeper.create(changelogs, layout);
    }

    /// Deletes a topic, or all topics that an application has made for itself.
    void delete(String prefix) throws Exception {
        delete(names().stream().filter(name -> name.startsWith(prefix)).toList());
    }

    /// What a customer says now.
    ProducerRecord<byte[], byte[]> say(String input, int customer) {
        return speech.say(input, customer, Instant.now());
    }

    /// The id of the message that was said last.
    String lastId() {
        return speech.lastId();
    }

    /// Writes a record; the callback is told the broker's append time.
    @SuppressWarnings("FutureReturnValueIgnored") // The callback is told everything.
    void send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        producer.send(record, callback);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        keeper.close();
    }

    private static List<Topic> topics(String input) {
        Topic topic = Topics.input(input);
        return Stream.concat(
                        Stream.of(topic, topic.deadLetters(), Topics.SETTING_CHANGED),
                        Topics.STORES.stream().map(store -> Topics.changelog(input, store)))
                .toList();
    }

    private void close(String input, Instant at) {
        for (int partition = 0; partition < layout.partitions(); partition++) {
            ProducerRecord<byte[], byte[]> closer = speech.say(input, FIRST_CLOSER + partition, at);
            append(new ProducerRecord<>(input, partition, closer.timestamp(), closer.key(), closer.value()));
        }
    }

    private void append(ProducerRecord<byte[], byte[]> record) {
        send(record, (_, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        });
    }

    private void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("Not all messages could be written", failed);
        }
    }

    private void stampByBroker(String input) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, input);
        ConfigEntry type = new ConfigEntry("message.timestamp.type", Topic.Stamped.BY_BROKER.configValue());
        admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(type, AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void delete(Collection<String> topics) throws Exception {
        admin.deleteTopics(topics).all().get();
        Set<String> gone = new HashSet<>(topics);
        while (names().stream().anyMatch(gone::contains)) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private Set<String> names() throws InterruptedException, ExecutionException {
        return admin.listTopics().names().get();
    }
}
