package lull.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.runtime.kafka.NotAcknowledged;
import lull.runtime.kafka.TopicFollower;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reader that fills [Quotes] from Kafka with the texts of recent messages and follows the topics:
/// turns, replies with their outcomes, and messages of colleagues in the WhatsApp Business app. Agents
/// can work without quotes, so nothing waits long for it, and a bridge that cannot read them is ready
/// all the same.
public final class QuoteFollower implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(QuoteFollower.class);

    private final Quotes quotes;
    private final Rendering rendering;
    private final SentReplies replies;
    private final TopicFollower follower;

    /// Options for how much is read.
    ///
    /// @param most maximum number of messages that are remembered; of each topic half as many records
    ///     are read at the start
    /// @param oldest nothing older is read at the start
    /// @param maxReplyCharacters of a message on WhatsApp
    /// @param timeout of a call to the broker
    public record Options(int most, Instant oldest, int maxReplyCharacters, Duration timeout) {}

    /// Creates a follower that owns its consumer; it reads once started.
    public QuoteFollower(Consumer<byte[], byte[]> consumer, Quotes quotes, AgentTexts texts, Options options) {
        this.quotes = quotes;
        this.rendering = new Rendering(texts);
        this.replies = new SentReplies(new ReplyLines(texts, options.maxReplyCharacters()), quotes, options.most());
        this.follower = new TopicFollower(
                consumer,
                List.of(Topics.TURN_CLOSED, Topics.REPLY_REQUESTED, Topics.REPLY_SENT, Topics.ACCOUNT_EVENT),
                this::take,
                new TopicFollower.Start(Math.max(1, options.most() / 2), options.oldest()),
                options.timeout());
    }

    /// Starts to read, and waits for a limited time until everything that was there before is read.
    public void start(Duration patience) throws InterruptedException {
        follower.start();
        try {
            follower.awaitStart(patience);
        } catch (NotAcknowledged e) {
            log.atInfo()
                    .addKeyValue("error", e.getMessage())
                    .log("Earlier messages are still being read; until then agents see some answers without quotes");
        }
    }

    /// Returns the number of records that were skipped.
    public long skipped() {
        return follower.skipped();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson {
        String topic = record.topic();
        byte @Nullable [] value = record.value();
        if (value == null) {
            return;
        }
        if (topic.equals(Topics.TURN_CLOSED.name())) {
            quotes.learn(Json.read(value, Turn.class), rendering);
        } else if (topic.equals(Topics.REPLY_REQUESTED.name())) {
            replies.requested(Json.read(value, Reply.class));
        } else if (topic.equals(Topics.REPLY_SENT.name())) {
            replies.left(Json.read(value, ReplyOutcome.class));
        } else {
            for (BusinessEcho echo : BusinessEcho.of(Json.read(value, AccountEvent.class))) {
                quotes.learn(echo.messageId(), echo.content(), rendering);
            }
        }
    }
}
