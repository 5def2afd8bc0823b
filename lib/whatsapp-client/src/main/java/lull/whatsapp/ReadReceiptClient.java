package lull.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.Json;
import lull.runtime.http.BoundedHttpClient;

/// Marks customers' messages as read and shows that somebody types an answer: by AWS End User Messaging Social for the
/// numbers that it serves, else by Meta's Graph API.
public final class ReadReceiptClient {

    private final GraphSender.Options options;
    private final Optional<AwsSocialSender> social;
    private final WhatsAppMetrics metrics;
    private final BoundedHttpClient http;

    /// With connections of its own.
    ///
    /// @param social serves some business numbers
    public ReadReceiptClient(GraphSender.Options options, Optional<AwsSocialSender> social, WhatsAppMetrics metrics) {
        this.options = options;
        this.social = social;
        this.metrics = metrics;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    /// Marks a message and those before it; false where WhatsApp did not take it.
    public boolean mark(String businessNumber, String messageId) throws InterruptedException {
        return send(businessNumber, read(messageId));
    }

    /// The same, and below the message it shows for 25 seconds, or until a message comes, that somebody types.
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
        long start = System.nanoTime();
        Optional<AwsSocialSender> there = social.filter(sender -> sender.serves(businessNumber));
        boolean taken = there.isPresent()
                ? there.get().mark(businessNumber, Json.bytes(body))
                : call(businessNumber, Json.bytes(body));
        metrics.whatsAppCalled(taken ? "ok" : "refused", Duration.ofNanos(System.nanoTime() - start));
        return taken;
    }

    private boolean call(String businessNumber, byte[] body) throws InterruptedException {
        Optional<String> authorization = options.authorization(businessNumber);
        if (authorization.isEmpty()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(options.address(businessNumber, "messages"))
                .header("Authorization", authorization.get())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, options.callTimeout(), BoundedHttpClient.JSON_BYTES)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
