package lull.cli.erasure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lull.aggregator.turn.PartitionTurns;
import lull.contract.ConversationKey;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.CustomerAlias;
import lull.contract.message.Erasure;
import lull.contract.reply.ConversationBegun;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicScan;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Erasure of a customer from the topics of an installation: which ids the customer has, what topics
/// hold of them, and records that delete it. Topics with a retention are only read: Kafka cannot delete
/// one record. For one thread.
public final class TopicErasure implements AutoCloseable {

    /// The client id.
    static final String ID = "lull-erase";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final long PROGRESS = 1_000_000;

    /// A turn leads to what Connect accepted, this to the chat's events, and a request to its outcome.
    private static final List<String> ORDER = List.of(
            Topics.CHAT.name(),
            Topics.TURN_CLOSED.name(),
            Topics.APPLICATION_TURN_CLOSED.name(),
            Topics.CONNECT_MESSAGE_SENT.name(),
            Topics.CHAT_EVENT.name(),
            Topics.REPLY_REQUESTED.name());

    private final KafkaSetup kafka;
    private final List<String> inputs;
    private final List<Topic> topics;
    private final Consumer<String> progress;
    private @Nullable Producer<byte[], byte[]> producer;

    private final Map<String, Latest<Chat>> chats = new LinkedHashMap<>();
    private final Map<String, Latest<CustomerAlias>> aliases = new LinkedHashMap<>();
    private final Map<String, Latest<AccountFact>> facts = new LinkedHashMap<>();
    private final Map<String, Latest<ConversationBegun>> begun = new LinkedHashMap<>();

    /// The latest record of a key of a compacted topic.
    private record Latest<T>(TopicPartition partition, String key, T value) {}

    /// A contact of the customer in Amazon Connect.
    public record Contact(String id, boolean isOpen) {}

    /// What a topic holds of a customer.
    ///
    /// @param until about when Kafka deletes the newest of these records; absent: when the broker
    ///     compacts the topic
    public record Held(String topic, long records, @Nullable Instant until) {}

    /// What aggregators were asked to forget, and what they have not forgotten.
    public record Forgotten(List<Remembered> asked, List<Remembered> left) {
        public Forgotten {
            asked = List.copyOf(asked);
            left = List.copyOf(left);
        }
    }

    /// What the aggregator of an input topic remembers of a conversation.
    ///
    /// @param partition of the input topic
    public record Remembered(String input, int partition, String conversation) {
        @Override
        public String toString() {
            return "Remembered[" + input + "-" + partition + "]";
        }
    }

    /// @param topics all of the installation
    /// @param progress gets a line now and then on long reads
    public TopicErasure(KafkaSetup kafka, List<String> inputs, Collection<Topic> topics, Consumer<String> progress) {
        this.kafka = kafka;
        this.inputs = List.copyOf(inputs);
        this.topics = List.copyOf(topics);
        this.progress = progress;
    }

    /// Reads chats, aliases, what customers want and conversations that the business has begun, which
    /// the other methods use.
    public void load() {
        latest(Topics.CHAT, Chat.class, chats);
        latest(Topics.CUSTOMER_ALIAS, CustomerAlias.class, aliases);
        latest(Topics.ACCOUNT, AccountFact.class, facts);
        latest(Topics.CONVERSATION_BEGUN, ConversationBegun.class, begun);
    }

    private <T> void latest(Topic topic, Class<T> type, Map<String, Latest<T>> into) {
        into.clear();
        latest(topic, type, Map.of(), into);
    }

    /// Returns where the next read goes on.
    private <T> Map<TopicPartition, Long> latest(
            Topic topic, Class<T> type, Map<TopicPartition, Long> from, Map<String, Latest<T>> into) {
        return TopicScan.read(kafka, ID, topic.name(), from, record -> {
            String key = text(record.key());
            into.remove(key);
            byte[] value = record.value();
            if (value != null) {
                try {
                    into.put(
                            key,
                            new Latest<>(
                                    new TopicPartition(topic.name(), record.partition()), key, Json.read(value, type)));
                } catch (UnreadableJson e) {
                    progress.accept("The record at " + record.partition() + "-" + record.offset() + " of "
                            + topic.name() + " was not written by Lull, and is skipped: " + e.getMessage());
                }
            }
        });
    }

    /// Returns other ids in chats and changes of ids that have one of the given ones: they may be of
    /// the same customer, or of somebody who has one of the ids now.
    public Set<String> related(Set<String> ids) {
        Set<String> related = new TreeSet<>();
        Stream.concat(
                        aliases.values().stream()
                                .map(alias -> Set.of(
                                        alias.value().oldId(), alias.value().newId())),
                        chats.values().stream().map(chat -> idsOf(chat.value())))
                .filter(ofOne -> ofOne.stream().anyMatch(ids::contains))
                .forEach(related::addAll);
        related.removeAll(ids);
        return related;
    }

    private static Set<String> idsOf(Chat chat) {
        ConversationKey conversation = chat.conversation();
        if (conversation.isGroup()) {
            return Set.of();
        }
        Set<String> ids = new TreeSet<>(chat.formerIds());
        ids.add(conversation.customer());
        Stream.of(chat.customer().userId(), chat.customer().phone())
                .filter(Objects::nonNull)
                .forEach(ids::add);
        return ids;
    }

    /// Returns the customer's contacts of which Lull still knows.
    public List<Contact> contacts(Set<String> ids) {
        return chats.values().stream()
                .map(Latest::value)
                .filter(chat -> isOf(chat, ids))
                .map(chat -> new Contact(chat.initialContactId(), chat.open()))
                .toList();
    }

    /// Requests that the customer's open chats end, and returns when a bridge has ended them, or the
    /// time is over.
    ///
    /// @param limit how long it may take
    public void endChats(Set<String> ids, Duration limit) throws InterruptedException {
        for (Contact contact : open(ids)) {
            ChatEvent request =
                    ChatEvent.endRequested("erased-" + UUID.randomUUID(), contact.id(), Instant.now(), "erased");
            send(new ProducerRecord<>(Topics.CHAT_EVENT.name(), Json.utf8(contact.id()), Json.bytes(request)));
        }
        long end = System.nanoTime() + limit.toNanos();
        Map<TopicPartition, Long> next = Map.of();
        while (!open(ids).isEmpty() && System.nanoTime() < end) {
            next = latest(Topics.CHAT, Chat.class, next, chats);
            rest();
        }
    }

    private List<Contact> open(Set<String> ids) {
        return contacts(ids).stream().filter(Contact::isOpen).toList();
    }

    private static void rest() throws InterruptedException {
        LockSupport.parkNanos(REST.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static boolean isOf(Chat chat, Set<String> ids) {
        return ids.contains(chat.conversation().customer());
    }

    private static boolean isOf(CustomerAlias alias, Set<String> ids) {
        return ids.contains(alias.oldId()) || ids.contains(alias.newId());
    }

    private static boolean isOf(ConversationBegun begun, Set<String> ids) {
        return ids.contains(begun.conversation().customer())
                || (!begun.conversation().isGroup()
                        && Stream.of(begun.customer().userId(), begun.customer().phone())
                                .filter(Objects::nonNull)
                                .anyMatch(ids::contains));
    }

    private static boolean isOf(AccountFact fact, Set<String> ids) {
        return fact.subject() == Subject.CUSTOMER
                && ids.contains(fact.id().substring(fact.id().indexOf('|') + 1));
    }

    /// Returns the number of chats that the customer's erasure leaves although they have one of the
    /// ids, such as those of groups in which the customer wrote last.
    ///
    /// @param ofOthers ids that are of somebody else, whose chats do not count
    public long others(Set<String> ids, Set<String> ofOthers) {
        Mentions mentions = new Mentions(ids);
        return chats.values().stream()
                .map(Latest::value)
                .filter(chat -> !isOf(chat, ids) && !isOf(chat, ofOthers) && mentions.in(Json.bytes(chat)))
                .count();
    }

    /// Returns what each topic holds of the customer: records of topics with a retention, and of
    /// compacted topics those that are no longer the latest of their key.
    ///
    /// @param contacts of the customer in Amazon Connect that are known
    public List<Held> held(Set<String> ids, Set<String> contacts) {
        Trail trail = new Trail(new Mentions(ids), contacts);
        return topics.stream()
                .sorted(Comparator.comparingInt(this::order))
                .map(topic -> switch (topic.kept()) {
                    case Topic.Kept.For(Duration retention) -> retained(topic.name(), retention, trail);
                    case Topic.Kept.LatestOfEachKey _ -> replaced(topic.name(), trail);
                })
                .filter(one -> one.records() > 0)
                .toList();
    }

    /// Topics whose records lead to records of others come before these.
    private int order(Topic topic) {
        int place = ORDER.indexOf(topic.name().replaceFirst("\\.dlq$", ""));
        return inputs.contains(topic.name()) ? -1 : place < 0 ? ORDER.size() : place;
    }

    private Held retained(String topic, Duration retention, Trail trail) {
        long[] found = {0};
        long[] newest = {0};
        read(topic, record -> {
            if (trail.has(record)) {
                found[0]++;
                newest[0] = Math.max(newest[0], record.timestamp());
            }
        });
        return new Held(topic, found[0], Instant.ofEpochMilli(newest[0]).plus(retention));
    }

    /// Counts values that a later record of the same key has replaced or deleted.
    private Held replaced(String topic, Trail trail) {
        Map<String, Boolean> latest = new HashMap<>();
        long[] found = {0};
        read(topic, record -> {
            boolean isOfCustomer = record.value() != null && trail.has(record);
            Boolean before = latest.put(record.partition() + " " + text(record.key()), isOfCustomer);
            if (Boolean.TRUE.equals(before)) {
                found[0]++;
            }
        });
        return new Held(topic, found[0], null);
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long[] read = {0};
        TopicScan.read(kafka, ID, topic, Map.of(), record -> {
            if (++read[0] % PROGRESS == 0) {
                progress.accept(topic + ": " + read[0] + " records read so far ...");
            }
            each.accept(record);
        });
    }

    /// Returns what aggregators remember of the customer, open turns included.
    public List<Remembered> remembered(Set<String> ids) {
        List<Remembered> all = new ArrayList<>();
        for (String input : inputs) {
            all.addAll(new Memory(input, ids).read());
        }
        return all;
    }

    /// Deletes what compacted topics have of the customer, except open chats. Returns how many records
    /// of each topic.
    ///
    /// @param isDryRun whether nothing is deleted
    public Map<String, Long> eraseCompacted(Set<String> ids, boolean isDryRun) {
        Map<String, Long> erased = new LinkedHashMap<>();
        Stream.concat(
                        chats.values().stream()
                                .filter(chat ->
                                        isOf(chat.value(), ids) && !chat.value().open()),
                        Stream.concat(
                                aliases.values().stream().filter(alias -> isOf(alias.value(), ids)),
                                Stream.concat(
                                        facts.values().stream().filter(fact -> isOf(fact.value(), ids)),
                                        begun.values().stream().filter(one -> isOf(one.value(), ids)))))
                .forEach(one -> {
                    if (!isDryRun) {
                        delete(one);
                    }
                    erased.merge(one.partition().topic(), 1L, Long::sum);
                });
        return erased;
    }

    private void delete(Latest<?> one) {
        TopicPartition partition = one.partition();
        send(new ProducerRecord<>(partition.topic(), partition.partition(), Json.utf8(one.key()), null));
    }

    /// Asks the aggregators to forget, until they have or the time is over.
    ///
    /// @param limit how long it may take
    public Forgotten forget(Set<String> ids, Duration limit) throws InterruptedException {
        List<Memory> memories =
                inputs.stream().map(input -> new Memory(input, ids)).toList();
        List<Remembered> asked =
                memories.stream().flatMap(memory -> memory.read().stream()).toList();
        long end = System.nanoTime() + limit.toNanos();
        long next = System.nanoTime();
        while (memories.stream().anyMatch(memory -> !memory.isEmpty()) && System.nanoTime() < end) {
            if (System.nanoTime() >= next) {
                memories.stream().flatMap(memory -> memory.all().stream()).forEach(this::ask);
                next = System.nanoTime() + AGAIN.toNanos();
            }
            rest();
            memories.forEach(Memory::read);
        }
        return new Forgotten(
                asked,
                memories.stream().flatMap(memory -> memory.all().stream()).toList());
    }

    private void ask(Remembered one) {
        send(new ProducerRecord<>(
                one.input(),
                one.partition(),
                Json.utf8(one.conversation()),
                Json.bytes(new Erasure(ConversationKey.parse(one.conversation())))));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = new KafkaProducer<>(kafka.producer(ID), new ByteArraySerializer(), new ByteArraySerializer());
            producer = open;
        }
        Future<RecordMetadata> sent = open.send(record);
        try {
            sent.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted; run the command again", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CannotStart(
                    "Kafka did not accept a record for " + record.topic() + ": " + e.getMessage()
                            + ". Run the command again; what was done is not harmful twice",
                    e);
        }
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Producer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(5));
        }
    }

    /// What the stores of the aggregator of an input topic have of the customer, as their changelogs
    /// say.
    private final class Memory {

        private final String input;
        private final Set<String> ids;
        private final Map<String, Map<TopicPartition, Long>> read = new HashMap<>();
        private final Map<String, Set<Remembered>> found = new HashMap<>();

        Memory(String input, Set<String> ids) {
            this.input = input;
            this.ids = Set.copyOf(ids);
        }

        /// Reads on from where it was.
        List<Remembered> read() {
            for (String store : Topics.STORES) {
                String topic = Topics.changelog(input, store).name();
                Map<TopicPartition, Long> from = read.getOrDefault(topic, Map.of());
                read.put(topic, TopicScan.read(kafka, ID, topic, from, record -> apply(store, record)));
            }
            return all();
        }

        private void apply(String store, ConsumerRecord<byte[], byte[]> record) {
            String key = text(record.key());
            PartitionTurns.conversationOf(key)
                    .filter(conversation -> ids.contains(conversation.substring(conversation.indexOf('|') + 1)))
                    .ifPresent(conversation -> {
                        Set<Remembered> ofKey = found.computeIfAbsent(store + " " + key, _ -> new LinkedHashSet<>());
                        Remembered one = new Remembered(input, record.partition(), conversation);
                        if (record.value() == null) {
                            ofKey.remove(one);
                        } else {
                            ofKey.add(one);
                        }
                    });
        }

        boolean isEmpty() {
            return all().isEmpty();
        }

        List<Remembered> all() {
            return found.values().stream().flatMap(Set::stream).distinct().toList();
        }
    }
}
