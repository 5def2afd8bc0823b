package lull.ingress.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.topic.Topic;
import lull.contract.topic.Topics;
import lull.ingress.webhook.IngressRecord;
import lull.ingress.webhook.IngressRecord.MessageStats;

/// Records of what is in a request of a channel: the same as those of WhatsApp. Pure.
public final class ChannelRecords {

    private static final String SENT = "sent";

    private ChannelRecords() {}

    /// Returns the records of a request, in its order. What is too large for a record is kept as unparsed.
    ///
    /// @param topic the input topic of the channel's messages
    public static List<IngressRecord> of(ChannelDoor.Reading.Accepted accepted, String topic) {
        List<IngressRecord> records = new ArrayList<>();
        for (Message message : accepted.messages()) {
            IngressRecord record = message(message, topic);
            records.add(
                    isWritable(record)
                            ? record
                            : unparsed(
                                    Json.bytes(message.raw()),
                                    "Too large for a record, or too deep to be read again",
                                    message.source()));
        }
        for (MessageStatus status : accepted.statuses()) {
            String key = status.conversation().toString();
            records.add(new IngressRecord(
                    Topics.MESSAGE_STATUS.name(), IngressRecord.Kind.STATUS, key, Json.bytes(status), Map.of()));
            answer(status)
                    .ifPresent(answer -> records.add(
                            new IngressRecord(topic, IngressRecord.Kind.ANSWER, key, Json.bytes(answer), Map.of())));
        }
        return records;
    }

    /// Returns a record that keeps a request which cannot be read.
    public static IngressRecord unparsed(byte[] raw, String reason, Source source) {
        return new IngressRecord(
                Topics.WEBHOOK_UNPARSED.name(),
                IngressRecord.Kind.UNPARSED,
                null,
                raw,
                Map.of("lull-reason", reason, "lull-door", source.door(), "lull-app", source.app()));
    }

    private static IngressRecord message(Message message, String topic) {
        InputRecord value = message;
        return new IngressRecord(
                topic,
                IngressRecord.Kind.MESSAGE,
                message.conversation().toString(),
                Json.bytes(value),
                Map.of(),
                new MessageStats(message.id(), message.content().kind(), message.sentAt()));
    }

    private static boolean isWritable(IngressRecord record) {
        if (record.size() > Topic.MAX_VALUE_BYTES) {
            return false;
        }
        try {
            Json.read(record.value(), InputRecord.class);
            return true;
        } catch (UnreadableJson e) {
            return false;
        }
    }

    private static Optional<InputRecord> answer(MessageStatus status) {
        return status.status().equals(SENT)
                ? Optional.of(new Answer(status.conversation(), Message.sentAt(status.raw(), status.receivedAt())))
                : Optional.empty();
    }
}
