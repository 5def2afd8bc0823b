package lull.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import lull.contract.json.Json;

/// Client that marks customers' messages as read and shows typing indicators: by AWS End User Messaging
/// Social for the numbers that it serves, else by Meta's Graph API.
public final class ReadReceiptClient implements ReadReceiptSender, TypingIndicatorSender {

    private final GraphClient graph;
    private final Optional<AwsSocialSender> social;
    private final Set<String> elsewhere;
    private final WhatsAppMetrics metrics;

    /// @param social serves some business numbers
    /// @param elsewhere business numbers of other providers: their messages are not marked
    public ReadReceiptClient(
            GraphClient graph, Optional<AwsSocialSender> social, Set<String> elsewhere, WhatsAppMetrics metrics) {
        this.graph = graph;
        this.social = social;
        this.elsewhere = Set.copyOf(elsewhere);
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
        ObjectNode body = read(messageId);
        body.putObject("typing_indicator").put("type", "text");
        return send(businessNumber, body);
    }

    private static ObjectNode read(String messageId) {
        return Json.object()
                .put("messaging_product", "whatsapp")
                .put("status", "read")
                .put("message_id", messageId);
    }

    private boolean send(String businessNumber, ObjectNode body) throws InterruptedException {
        if (elsewhere.contains(businessNumber)) {
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
