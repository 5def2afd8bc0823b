package lull.ingress.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import lull.contract.reply.Reply;
import lull.contract.topic.Topics;
import lull.ingress.kafka.RecordPublisher;
import lull.ingress.reply.ReplyMetrics.Outcome;
import lull.ingress.reply.ReplyReader.ReadResult;
import lull.ingress.webhook.IngressRecord;
import lull.runtime.http.InFlight;
import lull.runtime.queue.QueueMessageHandler;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reader of an SQS queue in which applications ask for replies. They stay in the queue while no ingress
/// runs. What is no request goes to `whatsapp.webhook.unparsed`, with the reason. Safe for several threads.
public final class QueuedReplies implements QueueMessageHandler {

    private static final Logger log = LoggerFactory.getLogger(QueuedReplies.class);

    private static final String DOOR = "replies-queue";

    private final ReplyReader reader;
    private final IdempotencyKeys keys;
    private final InFlight inFlight;
    private final RecordPublisher publisher;
    private final ReplyMetrics metrics;
    private final InstantSource clock;
    private final Tracing tracing;

    public QueuedReplies(
            ReplyReader reader,
            IdempotencyKeys keys,
            InFlight inFlight,
            RecordPublisher publisher,
            ReplyMetrics metrics,
            InstantSource clock,
            Tracing tracing) {
        this.reader = reader;
        this.keys = keys;
        this.inFlight = inFlight;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.tracing = tracing;
    }

    @Override
    public boolean handle(String id, String body) throws InterruptedException {
        byte[] bytes = body.getBytes(UTF_8);
        try (InFlight.Reservation reservation = inFlight.enter()) {
            // The queue's policy decides who may send to it.
            reservation.genuine();
            if (!reservation.more(bytes.length)) {
                metrics.answered(Outcome.OVERLOADED);
                return false;
            }
            return switch (reader.readQueued(id, bytes, clock.instant())) {
                case ReadResult.Asked(Reply reply) when keys.admits(reply) -> publish(reply);
                case ReadResult.Asked _ ->
                    refuse(id, bytes, Outcome.CONFLICT, List.of("The id has been used for another reply"));
                case ReadResult.Wrong(List<String> problems) -> refuse(id, bytes, Outcome.MALFORMED, problems);
            };
        }
    }

    private boolean publish(Reply reply) throws InterruptedException {
        try (Span span = tracing.begin(SpanName.REPLY_REQUEST, "", List.of())) {
            return publish(Replies.record(reply.causedBy(span.parent().stream().toList())), Outcome.ACCEPTED);
        }
    }

    private boolean refuse(String id, byte[] body, Outcome outcome, List<String> problems) throws InterruptedException {
        log.atWarn()
                .addKeyValue("messageId", id)
                .addKeyValue("problems", problems)
                .log("A message of the queue in replies.queue.url is no request for a reply; it is kept in"
                        + " whatsapp.webhook.unparsed");
        return publish(
                new IngressRecord(
                        Topics.WEBHOOK_UNPARSED.name(),
                        IngressRecord.Kind.UNPARSED,
                        null,
                        body,
                        Map.of("lull-reason", String.join("; ", problems), "lull-door", DOOR, "lull-app", "")),
                outcome);
    }

    private boolean publish(IngressRecord record, Outcome outcome) throws InterruptedException {
        boolean isWritten = publisher.publish(List.of(record));
        metrics.answered(isWritten ? outcome : Outcome.UNAVAILABLE);
        return isWritten;
    }
}
