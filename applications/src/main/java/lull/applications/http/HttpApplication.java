package lull.applications.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.applications.turns.TurnForm;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.CallFailure;
import lull.runtime.http.RetryAfter;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.trace.Tracing;

/// Application that gets turns over HTTP: a POST of JSON for each, with the headers of the Standard
/// Webhooks specification 1.0.0. What its answer means is in `docs/applications.md`. Redirects are not
/// followed. Safe for several threads.
public final class HttpApplication implements Application {

    private static final int GONE = 410;

    private final String name;
    private final Options options;
    private final BoundedHttpClient client;
    private final InstantSource clock;

    /// How an application is called.
    ///
    /// @param url of each request
    /// @param secrets by which a request is signed now; without any it is not. Asked by several threads
    /// @param timeout of a request, from the connection to the end of the answer
    /// @param maxBytes of a request's body
    /// @param maxAnswerBytes of an answer's body
    /// @param answers reads what is in one
    public record Options(
            URI url,
            Supplier<WebhookSecrets> secrets,
            Duration timeout,
            int maxBytes,
            int maxAnswerBytes,
            AnswerReader answers) {}

    /// @param name of the application's destination
    /// @param client which the caller closes
    public HttpApplication(String name, Options options, BoundedHttpClient client, InstantSource clock) {
        this.name = name;
        this.options = options;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) throws InterruptedException {
        byte[] body = TurnForm.bytes(id, turn, conversation.transcripts());
        if (body.length > options.maxBytes) {
            return new Given.Failed(new Outcome.Reject("The turn has " + body.length + " bytes, and destination " + name
                    + " gets at most " + options.maxBytes));
        }
        try {
            return given(client.send(request(id, body), options.timeout, options.maxAnswerBytes));
        } catch (BoundedHttpClient.TooLarge e) {
            // It has the turn: it would answer so again.
            return new Given.Taken(
                    Answer.unreadable(List.of("The body has more than " + options.maxAnswerBytes + " bytes")));
        } catch (IOException e) {
            return new Given.Failed(failure(e));
        }
    }

    private HttpRequest request(String id, byte[] body) {
        Instant now = clock.instant();
        HttpRequest.Builder request = HttpRequest.newBuilder(options.url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Lull")
                .header(WebhookSecrets.ID, id)
                .header(WebhookSecrets.TIMESTAMP, Long.toString(now.getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Tracing.current().ifPresent(span -> request.header("traceparent", span.value()));
        WebhookSecrets secrets = options.secrets.get();
        if (!secrets.isEmpty()) {
            request.header(WebhookSecrets.SIGNATURE, secrets.sign(id, now, body));
        }
        return request.build();
    }

    private Given given(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Given.Taken(options.answers.read(response.body()));
        }
        String reason = "Destination " + name + " answers " + status;
        return new Given.Failed(
                switch (status) {
                    case 408, 425, 429 -> new Outcome.Retry(retryAfter(response), reason);
                    case 400, 413, 415, 422 -> new Outcome.Reject(reason);
                    case GONE -> paused(reason + ": it wants no more turns");
                    default -> status >= 500 ? new Outcome.Retry(retryAfter(response), reason) : paused(reason);
                });
    }

    private Outcome.Failure failure(IOException e) {
        CallFailure failure = CallFailure.ofDestination(name, e, options.timeout);
        String reason = failure.reason();
        return failure.needsOperator() ? paused(reason) : Outcome.retry(reason);
    }

    private Outcome.Failure paused(String reason) {
        return new Outcome.Pause(new PauseScope("destination", name), reason);
    }

    private Duration retryAfter(HttpResponse<?> response) {
        return RetryAfter.of(response.headers(), clock.instant());
    }
}
