package lull.bridge.chats;

import java.time.Duration;
import java.util.Optional;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.kafka.TopicFollower;
import org.apache.kafka.clients.consumer.Consumer;

/// Reader of `connect.chat`, which fills the book from the topic's beginning and follows it. The start
/// may go on when [#problem()] is empty.
public final class ChatFollower implements CatchUp, AutoCloseable {

    private final TopicFollower follower;

    /// Creates a follower that owns its consumer; it reads once started.
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

    /// Returns why the book is not complete or not up to date, in words; empty if it is.
    public Optional<String> problem() {
        return follower.problem();
    }

    /// Returns the number of records that were skipped.
    public long skipped() {
        return follower.skipped();
    }

    /// Waits until everything that was there at the start has been read.
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
