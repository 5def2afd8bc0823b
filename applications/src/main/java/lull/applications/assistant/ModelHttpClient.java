package lull.applications.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.trace.Tracing;

/// HTTP client that langchain4j uses: with a deadline for the whole call, a limit of the answer's
/// size, and without h2c, which some model servers do not understand. What goes wrong is a
/// [CallFailed], which has what langchain4j's own exceptions lose: `Retry-After`, and the code in
/// the body.
final class ModelHttpClient implements HttpClient {

    /// Retry-After is believed up to this.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final int TOO_MANY = 429;
    private static final int FAULT = 500;

    private final String name;
    private final BoundedHttpClient client;
    private final Duration limit;
    private final int maxBytes;

    /// Thrown for every call that brought no answer.
    static final class CallFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Completion completion;

        /// It has no cause, as langchain4j would throw another exception instead for some of them.
        CallFailed(Completion completion) {
            super(completion.word());
            this.completion = completion;
        }

        Completion completion() {
            return completion;
        }
    }

    /// Thrown if the thread was interrupted.
    static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Interrupted(InterruptedException cause) {
            super(cause);
        }
    }

    /// Builder of the client for one call; langchain4j's own timeouts are not used.
    ///
    /// @param name of the destination
    /// @param limit of the whole call
    /// @param maxBytes of an answer
    record Builder(String name, BoundedHttpClient client, Duration limit, int maxBytes) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new ModelHttpClient(name, client, limit, maxBytes);
        }
    }

    private ModelHttpClient(String name, BoundedHttpClient client, Duration limit, int maxBytes) {
        this.name = name;
        this.client = client;
        this.limit = limit;
        this.maxBytes = maxBytes;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request(request), limit, maxBytes);
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        } catch (IOException e) {
            throw new CallFailed(failure(e));
        }
        JsonNode body = body(response);
        if (response.statusCode() / 100 != 2) {
            throw new CallFailed(refusal(response, body));
        }
        if (!body.isObject()) {
            throw new CallFailed(
                    new Completion.Retry(Duration.ZERO, "Destination " + name + " answers something that is not JSON"));
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(Json.text(body))
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("WhatsApp shows no partial messages, so nothing is streamed");
    }

    private static java.net.http.HttpRequest request(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method().name(),
                        request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        request.headers()
                .forEach((header, values) -> values.forEach(value -> {
                    if (!header.equalsIgnoreCase("User-Agent")) {
                        builder.header(header, value);
                    }
                }));
        builder.header("User-Agent", "Lull");
        Tracing.current().ifPresent(span -> builder.header("traceparent", span.value()));
        return builder.build();
    }

    private static JsonNode body(HttpResponse<byte[]> response) {
        try {
            return Json.tree(response.body());
        } catch (UnreadableJson e) {
            return Json.verbatim("null");
        }
    }

    private Completion refusal(HttpResponse<byte[]> response, JsonNode body) {
        int status = response.statusCode();
        String code = code(body);
        String reason = "Destination " + name + " answers " + status + (code.isEmpty() ? "" : " " + code);
        return switch (status) {
            case TOO_MANY ->
                switch (code) {
                    case "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached" ->
                        new Completion.Misconfigured(reason);
                    default -> new Completion.Retry(retryAfter(response.headers()), reason);
                };
            case 408, 409, 425 -> new Completion.Retry(retryAfter(response.headers()), reason);
            case 400, 413, 422 ->
                switch (code) {
                    case "context_length_exceeded", "string_above_max_length" -> new Completion.TooLong();
                    case "content_filter", "content_policy_violation" -> new Completion.Declined();
                    case "model_not_found", "unsupported_parameter", "unsupported_value", "invalid_api_key" ->
                        new Completion.Misconfigured(reason);
                    default -> status == 413 ? new Completion.TooLong() : new Completion.Rejected(reason);
                };
            default ->
                status >= FAULT
                        ? new Completion.Retry(retryAfter(response.headers()), reason)
                        : new Completion.Misconfigured(reason);
        };
    }

    /// Returns the code of an error, which gateways write in several ways; without anything else,
    /// as it may have words of the customer.
    private static String code(JsonNode body) {
        JsonNode error = body.path("error");
        String code = error.path("code").isTextual()
                ? error.path("code").textValue()
                : error.path("type").asText("");
        return code.matches("[a-z0-9_]{1,60}") ? code : "";
    }

    private static Duration retryAfter(HttpHeaders headers) {
        Duration wait = headers.firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private Completion failure(IOException e) {
        if (e instanceof BoundedHttpClient.TooLarge) {
            return new Completion.Retry(
                    Duration.ZERO, "Destination " + name + " answers more than " + maxBytes + " bytes");
        }
        if (e instanceof SSLException) {
            return new Completion.Misconfigured("Destination " + name + " cannot be called securely");
        }
        if (e instanceof HttpTimeoutException) {
            return new Completion.Retry(Duration.ZERO, "Destination " + name + " did not answer in time");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new Completion.Misconfigured("The host of destination " + name + " is not known");
            }
        }
        return new Completion.Retry(
                Duration.ZERO,
                e instanceof ConnectException
                        ? "Destination " + name + " cannot be reached"
                        : "Destination " + name + " closed the connection");
    }
}
