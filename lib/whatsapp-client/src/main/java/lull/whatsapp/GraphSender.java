package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;

/// WhatsApp by Meta's Graph API.
public final class GraphSender implements ReplySender {

    private final Options options;
    private final WhatsAppMetrics metrics;
    private final BoundedHttpClient http;

    /// Where the Graph API is and how it is called.
    ///
    /// @param callTimeout of a whole call
    public record Options(URI endpoint, GraphAccess access, Duration connectTimeout, Duration callTimeout) {

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
            return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/"
                    + access.of(businessNumber).version() + "/"
                    + URLEncoder.encode(businessNumber, StandardCharsets.UTF_8);
        }

        /// The header that a call for a business number is authorised by; empty if there is no token.
        Optional<String> authorization(String businessNumber) {
            return access.of(businessNumber).token().get().map(token -> "Bearer " + token);
        }

        /// Why calls for a business number cannot be made without a token, and what to do.
        Delivery.Misconfigured withoutToken(String businessNumber) {
            return new Delivery.Misconfigured(
                    new ErrorScope.BusinessNumber(businessNumber),
                    "There is no access token for business number " + businessNumber + ": set "
                            + access.of(businessNumber).setting());
        }
    }

    /// A sender with connections of its own.
    public GraphSender(Options options, WhatsAppMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
        this.http = new BoundedHttpClient(options.connectTimeout());
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        String number = part.conversation().businessNumber();
        Optional<HttpRequest> request =
                options.authorization(number).map(authorization -> request(part, authorization));
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = request.isEmpty() ? options.withoutToken(number) : call(number, request.get());
            metrics.whatsAppCalled(word(delivery), Duration.ofNanos(System.nanoTime() - start));
            return delivery;
        };
    }

    private Delivery call(String number, HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, options.callTimeout(), BoundedHttpClient.JSON_BYTES);
            return delivery(new GraphErrors(number, options.access()), response.statusCode(), response.body());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Delivery.Again(
                    Duration.ZERO, "WhatsApp cannot be reached: " + e.getClass().getSimpleName());
        } catch (IOException e) {
            return new Delivery.Unclear(
                    false, "WhatsApp does not answer: " + e.getClass().getSimpleName());
        }
    }

    private HttpRequest request(ReplyPart part, String authorization) {
        return HttpRequest.newBuilder(options.address(part.conversation().businessNumber(), "messages"))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(GraphBody.of(part))))
                .build();
    }

    private static Delivery delivery(GraphErrors errors, int status, byte[] body) {
        boolean accepted = status / 100 == 2;
        JsonNode answer;
        try {
            answer = Json.tree(body);
        } catch (UnreadableJson e) {
            return accepted ? new Delivery.Accepted("") : errors.withoutCode(status);
        }
        if (accepted) {
            // Without an id no status can be matched to it; to send it again would say it twice.
            return new Delivery.Accepted(
                    answer.path("messages").path(0).path("id").asText(""));
        }
        JsonNode code = answer.path("error").path("code");
        return code.isIntegralNumber() ? errors.of(code.intValue(), status) : errors.withoutCode(status);
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
