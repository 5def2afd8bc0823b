package lull.cli.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.contract.DeadLetterHandled;
import lull.contract.DeadLetterHandled.Action;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// The dead-letter topics of an installation. Kafka cannot delete one record, so what was done with each is in
/// `lull.dead.letter.handled`. A record is sent again in the same transaction that says so, and the transactions of
/// two operators exclude each other: it is sent again once, whatever crashes. For one thread.
public final class DeadLetterStore implements AutoCloseable {

    /// The transactional id, and the client id.
    static final String ID = "lull-dlq";

    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaSetup kafka;
    private final TrialReader trial;
    private final InstantSource clock;
    private final Map<Topic, Topic> topics = new LinkedHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Producer<byte[], byte[]> producer;

    /// @param all topics of the installation
    /// @param trial what services would make of dead letters
    public DeadLetterStore(KafkaSetup kafka, Collection<Topic> all, TrialReader trial, InstantSource clock) {
        this.kafka = kafka;
        this.trial = trial;
        this.clock = clock;
        Map<String, Topic> byName = all.stream().collect(Collectors.toMap(Topic::name, topic -> topic));
        for (Topic topic : all) {
            Topic letters = byName.get(topic.deadLetters().name());
            if (letters != null) {
                topics.put(topic, letters);
            }
        }
        this.consumer =
                new KafkaConsumer<>(kafka.consumer(ID), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Excludes others from sending dead letters again, until this is closed or another one does the same. Must come
    /// before [#forEach] if [#handle] comes after it.
    public void begin() {
        Producer<byte[], byte[]> begun = new KafkaProducer<>(
                kafka.producer(ID, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ID)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer = begun;
        begun.initTransactions();
    }

    /// Whether the installation has a topic with dead letters.
    ///
    /// @param name with or without `.dlq`
    public boolean hasTopic(String name) {
        return topics.entrySet().stream()
                .anyMatch(topic -> topic.getKey().name().equals(name)
                        || topic.getValue().name().equals(name));
    }

    /// Returns why a dead letter would be one again, or must not be sent again; empty if neither is known.
    public Optional<String> problem(DeadLetter letter) {
        return trial.problem(topicOf(letter), letter.record());
    }

    /// Passes every dead letter that is chosen and was there at the start, topic by topic, oldest first in each
    /// partition.
    public void forEach(DeadLetterFilter filter, Consumer<DeadLetter> each) {
        Map<String, DeadLetterHandled> handled = handled();
        topics.forEach((topic, letters) -> {
            if (filter.mayHave(letters.name(), topic.name())) {
                read(letters.name(), filter, record -> {
                    DeadLetter letter = new DeadLetter(
                            record,
                            topic.name(),
                            handled.get(DeadLetterHandled.id(record.topic(), record.partition(), record.offset())));
                    if (filter.has(letter)) {
                        each.accept(letter);
                    }
                });
            }
        });
    }

    /// Returns the topic of a dead letter.
    private Topic topicOf(DeadLetter letter) {
        return topics.keySet().stream()
                .filter(topic -> topic.name().equals(letter.topic()))
                .findFirst()
                .orElseThrow();
    }

    /// Handles dead letters in one transaction: all of them, or none.
    ///
    /// @param by the author
    public void handle(List<DeadLetter> letters, Action action, String by, @Nullable String why) {
        Producer<byte[], byte[]> begun = producer;
        if (begun == null) {
            throw new IllegalStateException("begin() comes first");
        }
        try {
            begun.beginTransaction();
            for (DeadLetter letter : letters) {
                if (action == Action.REPLAYED) {
                    Future<RecordMetadata> _ = begun.send(again(letter));
                }
                Future<RecordMetadata> _ = begun.send(new ProducerRecord<>(
                        Topics.DEAD_LETTER_HANDLED.name(),
                        Json.utf8(letter.id()),
                        Json.bytes(new DeadLetterHandled(
                                letter.record().topic(),
                                letter.record().partition(),
                                letter.record().offset(),
                                action,
                                by,
                                clock.instant(),
                                why))));
            }
            begun.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new CannotStart(
                    "Another `bin/lull dlq` has begun to handle dead letters, so this one stops: see with"
                            + " `bin/lull dlq list` what is left",
                    e);
        } catch (KafkaException e) {
            throw new CannotStart(
                    "Kafka did not accept the last transaction: " + e.getMessage()
                            + ". Run the command again; what was done is not done twice",
                    e);
        }
    }

    /// By its key it goes to the partition in which its conversation is.
    private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
        return new ProducerRecord<>(
                letter.topic(),
                null,
                null,
                letter.record().key(),
                letter.record().value(),
                DeadLetterHeaders.replayed(letter.record().headers(), letter.id()));
    }

    private Map<String, DeadLetterHandled> handled() {
        Map<String, DeadLetterHandled> handled = new HashMap<>();
        read(Topics.DEAD_LETTER_HANDLED.name(), DeadLetterFilter.ALL, record -> {
            try {
                DeadLetterHandled read = Json.read(record.value(), DeadLetterHandled.class);
                handled.put(DeadLetterHandled.id(read.topic(), read.partition(), read.offset()), read);
            } catch (UnreadableJson e) {
                throw new CannotStart(
                        "The record at " + record.partition() + "-" + record.offset() + " of " + record.topic()
                                + " was not written by Lull: " + e.getMessage(),
                        e);
            }
        });
        return handled;
    }

    /// Passes the records of a topic up to its present end, in the order of each partition.
    private void read(String topic, DeadLetterFilter filter, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<Integer, LongSummaryStatistics> offsets = filter.offsets(topic);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(PartitionInfo::partition)
                .filter(partition -> offsets.isEmpty() || offsets.containsKey(partition))
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Instant since = filter.since();
        if (!offsets.isEmpty()) {
            offsets.forEach((partition, these) -> {
                TopicPartition here = new TopicPartition(topic, partition);
                ends.computeIfPresent(here, (_, end) -> Math.min(end, these.getMax() + 1));
                if (partitions.contains(here)) {
                    consumer.seek(here, Math.min(these.getMin(), end(ends, here)));
                }
            });
        } else if (since == null) {
            consumer.seekToBeginning(partitions);
        } else {
            seek(partitions, since);
        }
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < end(ends, partition))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end(ends, new TopicPartition(topic, record.partition()))) {
                    each.accept(record);
                }
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private void seek(List<TopicPartition> partitions, Instant since) {
        Map<TopicPartition, Long> times = partitions.stream()
                .collect(Collectors.toMap(Function.identity(), _ -> Math.max(0, since.toEpochMilli())));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> begun = producer;
        if (begun != null) {
            begun.close(Duration.ofSeconds(5));
        }
        consumer.close();
    }
}
