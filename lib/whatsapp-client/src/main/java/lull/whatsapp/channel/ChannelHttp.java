package lull.whatsapp.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.http.BoundedHttpClient;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.WhatsAppError;

/// HTTP calls of channels: what a call without an answer means, and how an answer is read. Reasons never have an
/// address, which may hold a token. Safe for several threads.
final class ChannelHttp {

    private static final int MAX_ANSWER_BYTES = 256 * 1024;
    private static final Duration SOON = Duration.ofSeconds(1);

    /// A time to wait is believed up to this.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final BoundedHttpClient client;
    private final Duration timeout;

    /// @param timeout of a whole call
    ChannelHttp(BoundedHttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /// Result of a call.
    sealed interface Result {

        /// There was an answer.
        ///
        /// @param body missing if it is not JSON, or too large
        record Answered(int status, JsonNode body, Optional<String> retryAfter) implements Result {}

        /// There was none.
        record Failed(WhatsAppError error) implements Result {}
    }

    /// Sends a request.
    ///
    /// @param who is called, as the beginning of a sentence
    Result send(HttpRequest request, String businessNumber, String who) throws InterruptedException {
        return send(request, businessNumber, who, timeout);
    }

    /// Sends a request that may take longer than others.
    Result send(HttpRequest request, String businessNumber, String who, Duration within) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = client.send(request, within, MAX_ANSWER_BYTES);
            return new Result.Answered(
                    response.statusCode(),
                    tree(response.body()),
                    response.headers().firstValue("Retry-After"));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Result.Failed(
                    new WhatsAppError.Transient(Duration.ZERO, who + " cannot be reached: " + name(e)));
        } catch (SSLHandshakeException e) {
            return new Result.Failed(new WhatsAppError.Misconfigured(
                    new ErrorScope.BusinessNumber(businessNumber),
                    who + " cannot be called securely: " + e.getMessage()));
        } catch (BoundedHttpClient.TooLarge e) {
            return new Result.Answered(e.status(), MissingNode.getInstance(), Optional.empty());
        } catch (IOException e) {
            return new Result.Failed(new WhatsAppError.Unclear(false, who + " does not answer: " + name(e)));
        }
    }

    /// Returns how long to wait for a number of seconds; a second if it is none.
    static Duration seconds(String text) {
        Duration wait = text.strip().matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(text.strip())) : SOON;
        return wait.compareTo(SOON) < 0 ? SOON : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (UnreadableJson e) {
            return MissingNode.getInstance();
        }
    }

    private static String name(IOException cause) {
        return cause.getClass().getSimpleName();
    }
}
