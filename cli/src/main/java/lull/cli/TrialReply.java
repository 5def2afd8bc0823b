package lull.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.MessageStatus;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.runtime.CannotStart;
import lull.runtime.CheckResult;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.Durations;
import lull.whatsapp.CallbackData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Test reply that goes the whole way: by Kafka to a running bridge, to WhatsApp, and as a status to a
/// running ingress and back to Kafka. The result shows whether replies in doubt can be settled.
final class TrialReply {

    private static final String CLIENT = "lull-doctor";
    private static final String REPLY = "reply";
    private static final String STATUS = "status";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final KafkaSetup kafka;
    private final Duration patience;
    private final Reply reply;

    private boolean isTaken;
    private @Nullable String messageId;
    private ReplyOutcome.@Nullable Refused refused;
    private @Nullable MessageStatus status;

    /// @param patience maximum time to wait for a status
    TrialReply(KafkaSetup kafka, Reply reply, Duration patience) {
        this.kafka = kafka;
        this.reply = reply;
        this.patience = patience;
    }

    /// Sends it, and waits for the result.
    List<CheckResult> send() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka.consumer(CLIENT), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            goToEnd(consumer);
            long began = System.nanoTime();
            request();
            while (status == null && refused == null && System.nanoTime() - began < patience.toNanos()) {
                consumer.poll(LOOK).forEach(this::note);
            }
            return findings(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private static void goToEnd(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.REPLY_SENT.name(), Topics.MESSAGE_STATUS.name())) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Positions are looked up when they are requested, and that must be before the reply is sent.
        partitions.forEach(consumer::position);
    }

    private void request() throws InterruptedException {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.producer(CLIENT), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            Topics.REPLY_REQUESTED.name(), reply.conversation().toString(), Json.bytes(reply)))
                    .get();
        } catch (ExecutionException e) {
            throw new CannotStart("Kafka does not accept the reply: " + e.getCause(), e);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.REPLY_SENT.name())) {
                note(Json.read(record.value(), ReplyOutcome.class));
            } else {
                note(Json.read(record.value(), MessageStatus.class));
            }
        } catch (UnreadableJson e) {
            // It is another reply.
        }
    }

    private void note(ReplyOutcome outcome) {
        if (!outcome.replyId().equals(reply.id())) {
            return;
        }
        isTaken = true;
        if (outcome instanceof ReplyOutcome.Sent sent) {
            messageId = sent.messageId();
        } else if (outcome instanceof ReplyOutcome.Refused one) {
            refused = one;
        }
    }

    private void note(MessageStatus one) {
        if (one.messageId().equals(messageId) || isOurs(one)) {
            status = one;
        }
    }

    private boolean isOurs(MessageStatus one) {
        return Optional.ofNullable(one.callbackData())
                .flatMap(CallbackData::parse)
                .filter(data -> data.replyId().equals(reply.id()))
                .isPresent();
    }

    private List<CheckResult> findings(Duration took) {
        ReplyOutcome.Refused no = refused;
        MessageStatus report = status;
        if (no != null && !isGivenUp(no)) {
            return List.of(CheckResult.wrong(
                    REPLY, no.reason() + ". After the care window WhatsApp accepts only templates: use --template"));
        }
        if (report != null) {
            return List.of(CheckResult.well(REPLY, "WhatsApp has accepted it"), reported(report, took));
        }
        String within = " within " + Durations.text(patience);
        if (!isTaken) {
            return List.of(CheckResult.wrong(
                    REPLY,
                    "No bridge has handled it" + within
                            + ", and none sends it later: does a bridge run with this Kafka, and is it ready?"));
        }
        if (messageId == null) {
            return List.of(CheckResult.wrong(
                    REPLY,
                    "WhatsApp has not accepted it" + within + ", and it is not sent later: the bridge's log says why"));
        }
        return List.of(
                CheckResult.well(REPLY, "WhatsApp has accepted it"),
                CheckResult.wrong(
                        STATUS,
                        "None has arrived" + within
                                + ": is the app subscribed to the webhook field messages, and does its"
                                + " callback URL reach an ingress?"));
    }

    /// Whether the bridge got it too late to send it, such as after a pause. In that case WhatsApp has
    /// not refused it.
    private boolean isGivenUp(ReplyOutcome.Refused outcome) {
        return outcome.code() == 0 && reply.isExpired(outcome.at());
    }

    private CheckResult reported(MessageStatus report, Duration took) {
        String words = String.format(Locale.ROOT, "'%s' arrived after %.1f s", report.status(), took.toMillis() / 1e3);
        return isOurs(report)
                ? CheckResult.well(STATUS, words + " with our callback data, so doubts can be settled")
                : CheckResult.wrong(
                        STATUS,
                        words + " without our callback data: doubts cannot be settled, so doubt.chats and"
                                + " doubt.others decide");
    }
}
