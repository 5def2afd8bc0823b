package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.http.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sender of signed webhooks, which repeats them until they are taken with a 200 or given up.
final class WebhookSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final BoundedHttpClient http = new BoundedHttpClient(TIMEOUT);
    private final URI webhook;
    private final String appSecret;
    private final int attempts;
    private final Duration retryDelay;

    WebhookSender(URI webhook, String appSecret, int attempts, Duration retryDelay) {
        this.webhook = webhook;
        this.appSecret = appSecret;
        this.attempts = attempts;
        this.retryDelay = retryDelay;
    }

    /// Returns when the webhook was taken, or given up after the last attempt, or the thread was interrupted.
    void send(ObjectNode body) throws InterruptedException {
        byte[] bytes = SignedWebhook.escape(Json.write(body));
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .header("Content-Type", "application/json")
                .header("User-Agent", "facebookexternalua")
                .header(SignedWebhook.HEADER, SignedWebhook.signature(bytes, appSecret))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
        for (int attempt = 1; attempt <= attempts; attempt++) {
            if (isTaken(request)) {
                return;
            }
            Thread.sleep(retryDelay);
        }
        LOG.atWarn().addKeyValue("attempts", attempts).log("Gave up a webhook");
    }

    private boolean isTaken(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, TIMEOUT, BoundedHttpClient.JSON_BYTES).statusCode() == 200;
        } catch (IOException unreachable) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
