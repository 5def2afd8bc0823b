package lull.ingress.reply.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.DeadLetterHeaders;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.runtime.kafka.TopicFollower;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reader that fills [KnownReplies] from Kafka: requests for replies, those that became dead letters, and
/// outcomes of all parts. It owns its consumer. Safe for several threads.
public final class ReplyFollower implements ReplyStatusLookup, AutoCloseable {

    /// The topics that it reads.
    public static final List<Topic> TOPICS =
            List.of(Topics.REPLY_REQUESTED, Topics.REPLY_REQUESTED.deadLetters(), Topics.REPLY_SENT);

    private static final String UNKNOWN_REASON = "It is a dead letter without a reason";

    private final KnownReplies replies;
    private final TopicFollower follower;

    /// Options of what is read.
    ///
    /// @param most the maximum number of replies that are remembered
    /// @param oldest nothing older is read at the start
    /// @param timeout how long reading to the present end of the topics may take
    public record Options(int most, Instant oldest, Duration timeout) {}

    /// Creates a follower, which reads after it was started.
    public ReplyFollower(Consumer<byte[], byte[]> consumer, Options options) {
        this.replies = new KnownReplies(options.most(), options.oldest());
        this.follower = new TopicFollower(
                consumer,
                TOPICS,
                this::take,
                // By number of records nothing is skipped: nobody would know what is missing.
                new TopicFollower.Start(Integer.MAX_VALUE, options.oldest()),
                options.timeout());
    }

    /// Starts to read.
    public void start() {
        follower.start();
    }

    @Override
    public Optional<String> problem() {
        return follower.problem();
    }

    @Override
    public Optional<ReplyStatus> find(String id) throws InterruptedException {
        Optional<ReplyStatus> known = replies.find(id);
        if (known.isPresent()) {
            return known;
        }
        // Another instance may have answered 202 a moment ago.
        follower.toPresentEnd();
        return replies.find(id);
    }

    @Override
    public Instant since() {
        return replies.since();
    }

    /// The number of replies that are remembered.
    public int size() {
        return replies.size();
    }

    /// The number of records that were skipped.
    public long skipped() {
        return follower.skipped();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson {
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        if (record.topic().equals(Topics.REPLY_SENT.name())) {
            replies.left(Json.read(value, ReplyOutcome.class));
        } else if (record.topic().equals(Topics.REPLY_REQUESTED.name())) {
            replies.requested(Json.read(value, Reply.class), record.timestamp());
        } else {
            takeDeadLetter(record, value);
        }
    }

    private void takeDeadLetter(ConsumerRecord<byte[], byte[]> record, byte[] value) {
        Reply reply;
        try {
            reply = Json.read(value, Reply.class);
        } catch (UnreadableJson e) {
            // That is why it is a dead letter. Its id is unknown.
            return;
        }
        replies.deadLetter(
                reply, DeadLetterHeaders.message(record.headers()).orElse(UNKNOWN_REASON), record.timestamp());
    }
}
