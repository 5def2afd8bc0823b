package lull.bridge.chats;

import java.time.Duration;
import java.util.Optional;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.lanes.results.TopicFollower;
import org.apache.kafka.clients.consumer.Consumer;

/// Reader of `connect.chat`, which fills the book from the topic's beginning and follows it. The book is
/// complete, as far as the start is concerned, once [#problem()] is empty.
public final class ChatFollower implements ChatBook.CatchUp, AutoCloseable {

    private final TopicFollower follower;

    /// A follower on a consumer of its own; it reads once started.
    ///
    /// @param timeout how long reading to the present end may take
    public ChatFollower(Consumer<byte[], byte[]> consumer, ChatBook book, Duration timeout) {
        this.follower = new TopicFollower(
                consumer,
                Topics.CHAT,
                (contact, value, offset) ->
                        book.apply(contact, value == null ? null : Json.read(value, Chat.class), offset),
                timeout);
    }

    /// Starts to read.
    public void start() {
        follower.start();
    }

    /// What keeps the book from being complete or up to date, in words; empty when all is well.
    public Optional<String> problem() {
        return follower.problem();
    }

    /// Records that were skipped.
    public long skipped() {
        return follower.skipped();
    }

    /// Waits until everything is read that was there at the start.
    public void awaitStart(Duration limit) throws InterruptedException {
        follower.awaitStart(limit);
    }

    @Override
    public void toPresentEnd() throws InterruptedException {
        follower.toPresentEnd();
    }

    @Override
    public void close() {
        follower.close();
    }
}
