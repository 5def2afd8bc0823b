package lull.bridge.chat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lull.bridge.journal.JournalUnavailable;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all of `connect.chat` from its beginning into the book, and follows it. The book is complete, as far as
/// the start is concerned, once [#problem()] is empty.
public final class ChatFollower implements ChatBook.CatchUp, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChatFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final ChatBook book;
    private final Duration timeout;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final List<Target> targets = new ArrayList<>();
    private final CompletableFuture<Void> start = new CompletableFuture<>();
    private volatile @Nullable String failure;

    private record Target(Map<TopicPartition, Long> ends, CompletableFuture<Void> reached) {}

    /// A follower on a consumer of its own; it reads once started.
    ///
    /// @param timeout how long reading to the present end may take
    public ChatFollower(Consumer<byte[], byte[]> consumer, ChatBook book, Duration timeout) {
        this.consumer = consumer;
        this.book = book;
        this.timeout = timeout;
        this.thread = Thread.ofPlatform().name("follow-chats").unstarted(this::follow);
    }

    /// Starts to read.
    public void start() {
        asked.add(start);
        thread.start();
    }

    /// What keeps the book from being complete or up to date, in words; empty when all is well.
    public Optional<String> problem() {
        String failure = this.failure;
        if (failure != null) {
            return Optional.of(failure);
        }
        return start.isDone() ? Optional.empty() : Optional.of("still reading " + Topics.CHAT.name());
    }

    /// Waits until everything is read that was there at the start.
    public void awaitStart(Duration limit) throws InterruptedException {
        await(start, limit);
    }

    @Override
    public void toPresentEnd() throws InterruptedException {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        asked.add(reached);
        consumer.wakeup();
        await(reached, timeout);
    }

    @Override
    public void close() {
        closing.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            if (!thread.join(timeout)) {
                log.warn("The chats' reader does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CompletableFuture<Void> reached, Duration limit) throws InterruptedException {
        try {
            reached.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new JournalUnavailable(Topics.CHAT.name(), e);
        }
    }

    private void follow() {
        while (closing.getCount() > 0) {
            try {
                if (consumer.assignment().isEmpty()) {
                    assign();
                }
                round();
                failure = null;
            } catch (WakeupException e) {
                log.debug("Woken to look again");
            } catch (RuntimeException e) {
                failure = "cannot read " + Topics.CHAT.name() + ": " + e.getMessage();
                log.atWarn()
                        .addKeyValue("topic", Topics.CHAT.name())
                        .setCause(e)
                        .log("A round has failed, going on");
                pause();
            }
        }
        consumer.close();
    }

    private void assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CHAT.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void round() {
        for (CompletableFuture<Void> next = asked.peek(); next != null; next = asked.peek()) {
            targets.add(new Target(Map.copyOf(consumer.endOffsets(consumer.assignment())), next));
            asked.remove();
        }
        consumer.poll(POLL).forEach(this::take);
        targets.removeIf(target -> {
            boolean isReached = target.ends().entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (isReached) {
                target.reached().complete(null);
            }
            return isReached;
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null) {
            return;
        }
        String contact = new String(key, StandardCharsets.UTF_8);
        byte[] value = record.value();
        try {
            book.apply(contact, value == null ? null : Json.read(value, Chat.class), record.offset());
        } catch (UnreadableJson e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", e.getMessage())
                    .log("Not readable, left out");
        }
    }

    private void pause() {
        try {
            closing.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
