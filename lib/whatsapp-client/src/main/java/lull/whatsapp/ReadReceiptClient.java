package lull.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import lull.contract.Channel;
import lull.contract.json.Json;

/// Client that marks customers' messages as read and shows typing indicators: by AWS End User Messaging
/// Social for the numbers that it serves, else by Meta's Graph API.
public final class ReadReceiptClient implements ReadReceiptSender, TypingIndicatorSender {

    private final GraphClient graph;
    private final Optional<AwsSocialSender> social;
    private final Set<String> elsewhere;
    private final TypingIndicatorSender channels;
    private final WhatsAppMetrics metrics;

    /// @param social serves some business numbers
    /// @param elsewhere business numbers of other providers: their messages are not marked
    /// @param channels shows the indicator in other channels, whose messages are not marked either
    public ReadReceiptClient(
            GraphClient graph,
            Optional<AwsSocialSender> social,
            Set<String> elsewhere,
            TypingIndicatorSender channels,
            WhatsAppMetrics metrics) {
        this.graph = graph;
        this.social = social;
        this.elsewhere = Set.copyOf(elsewhere);
        this.channels = channels;
        this.metrics = metrics;
    }

    /// Marks a message and those before it; returns false if WhatsApp did not accept it.
    @Override
    public boolean mark(String businessNumber, String messageId) throws InterruptedException {
        return send(businessNumber, read(messageId));
    }

    /// Does the same, and shows a typing indicator below the message for 25 seconds, or until a message
    /// arrives.
    @Override
    public boolean type(String businessNumber, String messageId) throws InterruptedException {
        if (!Channel.of(businessNumber).isWhatsApp()) {
            return channels.type(businessNumber, messageId);
        }
        ObjectNode body = read(messageId);
        body.putObject("typing_indicator").put("type", "text");
        return send(businessNumber, body);
    }

    @Override
    public Duration shownFor(String businessNumber) {
        return Channel.of(businessNumber).isWhatsApp() ? USUAL : channels.shownFor(businessNumber);
    }

    private static ObjectNode read(String messageId) {
        return Json.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", messageId);
    }

    private boolean send(String businessNumber, ObjectNode body) throws InterruptedException {
        if (elsewhere.contains(businessNumber) || !Channel.of(businessNumber).isWhatsApp()) {
            return false;
        }
        long start = System.nanoTime();
        Optional<AwsSocialSender> there = social.filter(sender -> sender.serves(businessNumber));
        boolean taken = there.isPresent()
                ? there.get().mark(businessNumber, Json.bytes(body))
                : graph.post(businessNumber, "messages", body).send() instanceof GraphAnswer.Ok;
        metrics.whatsAppCalled(taken ? "ok" : "refused", Duration.ofNanos(System.nanoTime() - start));
        return taken;
    }
}
