package lull.bridge.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;

/// WhatsApp by Meta's Graph API.
public final class GraphSender implements ReplySender {

    private final Options options;
    private final BridgeMetrics metrics;
    private final HttpClient http;

    /// Where the Graph API is and how it is called.
    ///
    /// @param version such as `v23.0`
    /// @param callTimeout of a whole call
    public record Options(
            URI endpoint, String version, String accessToken, Duration connectTimeout, Duration callTimeout) {
        /// The address of what a business number has, such as `messages`.
        URI address(String businessNumber, String what) {
            return URI.create(base(businessNumber) + "/" + what);
        }

        /// The address of a business number itself.
        ///
        /// @param fields that are asked for, separated by commas
        URI number(String businessNumber, String fields) {
            return URI.create(base(businessNumber) + "?fields=" + fields);
        }

        private String base(String businessNumber) {
            String base = endpoint.toString();
            return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/" + version + "/"
                    + URLEncoder.encode(businessNumber, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "Options[" + endpoint + "/" + version + "]";
        }
    }

    /// A sender with connections of its own.
    public GraphSender(Options options, BridgeMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.http = HttpClient.newBuilder()
                .connectTimeout(options.connectTimeout())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        long start = System.nanoTime();
        Delivery delivery = call(request(part));
        metrics.whatsAppCalled(word(delivery), Duration.ofNanos(System.nanoTime() - start));
        return delivery;
    }

    private Delivery call(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return delivery(response.statusCode(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Delivery.Again(
                    Duration.ZERO, "WhatsApp is not reached: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            return new Delivery.Unclear(
                    false, "WhatsApp does not answer: " + e.getClass().getSimpleName());
        }
    }

    private HttpRequest request(ReplyPart part) {
        return HttpRequest.newBuilder(options.address(part.conversation().businessNumber(), "messages"))
                .timeout(options.callTimeout())
                .header("Authorization", "Bearer " + options.accessToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(GraphBody.of(part))))
                .build();
    }

    private static Delivery delivery(int status, byte[] body) {
        boolean accepted = status / 100 == 2;
        JsonNode answer;
        try {
            answer = Json.tree(body);
        } catch (UnreadableJson e) {
            return accepted ? new Delivery.Accepted("") : GraphErrors.withoutCode(status);
        }
        if (accepted) {
            // Without an id no status can be matched to it; to send it again would say it twice.
            return new Delivery.Accepted(
                    answer.path("messages").path(0).path("id").asText(""));
        }
        JsonNode code = answer.path("error").path("code");
        return code.isIntegralNumber() ? GraphErrors.of(code.intValue(), status) : GraphErrors.withoutCode(status);
    }

    /// The word by which calls with this answer are counted.
    static String word(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Accepted accepted -> "ok";
            case Delivery.Unclear unclear -> "unclear";
            case Delivery.Again again -> "again";
            case Delivery.Refused refused -> "refused";
            case Delivery.Misconfigured misconfigured -> "misconfigured";
        };
    }
}
