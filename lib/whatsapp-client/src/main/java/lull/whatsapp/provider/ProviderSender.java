package lull.whatsapp.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.Base64Json;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.WhatsAppError;

/// [ReplySender] of business numbers that other providers serve: posts what the provider's template makes of
/// a part. Each call has the header `Idempotency-Key`, which is the same whenever the same part is sent
/// again. It never retries, and redirects are not followed. Safe for several threads.
public final class ProviderSender implements ReplySender, AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final Duration SOON = Duration.ofSeconds(1);

    /// Retry-After is believed up to this.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Map<String, Provider> byNumber;
    private final Duration callTimeout;
    private final BoundedHttpClient http;
    private final ProviderMetrics metrics;

    /// @param byNumber the providers by business number
    /// @param callTimeout of a whole call
    public ProviderSender(
            Map<String, Provider> byNumber, Duration connectTimeout, Duration callTimeout, ProviderMetrics metrics) {
        this.byNumber = Map.copyOf(byNumber);
        this.callTimeout = callTimeout;
        this.http = new BoundedHttpClient(connectTimeout);
        this.metrics = metrics;
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public boolean reportsStatus(String businessNumber) {
        return false;
    }

    @Override
    public Delivery send(ReplyPart part) throws InterruptedException {
        return prepare(part).send();
    }

    @Override
    public Call prepare(ReplyPart part) {
        String number = part.conversation().businessNumber();
        Provider provider = Objects.requireNonNull(byNumber.get(number), number);
        Call call = switch (provider.template().fill(part)) {
            case ProviderTemplate.Filled.Impossible(WhatsAppError.Refused why) -> () -> why;
            case ProviderTemplate.Filled.Request(String method, ObjectNode body) ->
                call(number, provider, method, part, BodyPublishers.ofByteArray(Json.bytes(body)), callTimeout);
        };
        return measured(provider, call);
    }

    /// The file is in the request in base64, in the place of a link.
    @Override
    public Call prepare(ReplyPart part, OutgoingFile file) {
        String number = part.conversation().businessNumber();
        Provider provider = Objects.requireNonNull(byNumber.get(number), number);
        ProviderTemplate template = provider.template();
        Call call = switch (template.fill(part, file, "")) {
            case ProviderTemplate.Filled.Impossible(WhatsAppError.Refused why) -> () -> why;
            case ProviderTemplate.Filled.Request(String method, ObjectNode _) ->
                call(
                        number,
                        provider,
                        method,
                        part,
                        Base64Json.of(file, place -> body(template.fill(part, file, place)))
                                .publisher(),
                        file.timeout());
        };
        return measured(provider, call);
    }

    private static ObjectNode body(ProviderTemplate.Filled filled) {
        return filled instanceof ProviderTemplate.Filled.Request(String _, ObjectNode body) ? body : Json.object();
    }

    private Call measured(Provider provider, Call call) {
        return () -> {
            long start = System.nanoTime();
            Delivery delivery = call.send();
            metrics.called(provider.app(), delivery.word(), Duration.ofNanos(System.nanoTime() - start));
            return delivery;
        };
    }

    private Call call(
            String number, Provider provider, String method, ReplyPart part, BodyPublisher body, Duration timeout) {
        ErrorScope scope = new ErrorScope.BusinessNumber(number);
        Optional<String> url = provider.url().get();
        if (url.isEmpty()) {
            return () -> new WhatsAppError.Misconfigured(scope, name(provider) + " has no address");
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(url.get().replace(Provider.METHOD, method)))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "Lull")
                .header(
                        "Idempotency-Key",
                        part.callback().replyId() + "/" + part.callback().part())
                .POST(body);
        provider.headers().get().forEach(builder::setHeader);
        HttpRequest ready = builder.build();
        return () -> {
            try {
                return delivery(scope, provider, http.send(ready, timeout, MAX_ANSWER_BYTES));
            } catch (ConnectException | HttpConnectTimeoutException e) {
                return new WhatsAppError.Transient(Duration.ZERO, name(provider) + " cannot be reached: " + name(e));
            } catch (SSLHandshakeException e) {
                return new WhatsAppError.Misconfigured(
                        scope, name(provider) + " cannot be called securely: " + e.getMessage());
            } catch (BoundedHttpClient.TooLarge e) {
                // What it has answered to is sent, whatever it says; anything else may be, too.
                return e.status() / 100 == 2
                        ? new Delivery.Accepted(provider.template().messageId(MissingNode.getInstance()))
                        : new WhatsAppError.Unclear(
                                true, name(provider) + " answered " + e.status() + ", and too much");
            } catch (IOException e) {
                return new WhatsAppError.Unclear(false, name(provider) + " does not answer: " + name(e));
            }
        };
    }

    private static Delivery delivery(ErrorScope scope, Provider provider, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode answer = tree(response.body());
        // Without an id it is not sent again either, because the customer would get it twice.
        if (status / 100 == 2) {
            return new Delivery.Accepted(provider.template().messageId(answer));
        }
        String reason = name(provider) + " answered " + status;
        if (provider.template().isDoubt(status, answer)) {
            return new WhatsAppError.Unclear(true, reason);
        }
        return switch (status) {
            case 409, 425, 429 -> new WhatsAppError.Transient(retryAfter(response), reason);
            case 400, 413, 415, 422 ->
                new WhatsAppError.Refused(
                        status, isNobody(answer) ? reason + ": the customer's number is not on WhatsApp" : reason);
            default ->
                status == 408 || status >= 500
                        // A proxy that times out does not take back a request that it has forwarded.
                        ? new WhatsAppError.Unclear(true, reason)
                        : new WhatsAppError.Misconfigured(scope, reason);
        };
    }

    /// Whether an answer says that the number has no account of WhatsApp, as Evolution does. Other texts of providers
    /// may quote the customer, so they are not shown.
    private static boolean isNobody(JsonNode answer) {
        JsonNode exists = answer.findValue("exists");
        return exists != null && exists.isBoolean() && !exists.booleanValue();
    }

    /// Returns the seconds of the header `Retry-After`; a second without one, or with a date.
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(wait -> wait.compareTo(SOON) > 0)
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .orElse(SOON);
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UnreadableJson e) {
            return MissingNode.getInstance();
        }
    }

    private static String name(Provider provider) {
        return "The provider of app " + provider.app();
    }

    private static String name(IOException cause) {
        return cause.getClass().getSimpleName();
    }
}
