package lull.applications.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import lull.applications.turns.Answer;
import lull.applications.turns.AnswerReader;
import lull.applications.turns.Application;
import lull.applications.turns.TurnForm;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.trace.Tracing;

/// Application that gets turns over HTTP: a POST of JSON for each, with the headers of the Standard
/// Webhooks specification 1.0.0. What its answer means is in `docs/applications.md`. Redirects are not
/// followed. Safe for several threads.
public final class HttpApplication implements Application {

    private static final int GONE = 410;

    /// Retry-After is believed up to this.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

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
            Supplier<List<WebhookSecret>> secrets,
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
    public Given give(String id, Turn turn) throws InterruptedException {
        byte[] body = TurnForm.bytes(id, turn);
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
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        Tracing.current().ifPresent(span -> request.header("traceparent", span.value()));
        List<WebhookSecret> secrets = options.secrets.get();
        if (!secrets.isEmpty()) {
            request.header("webhook-signature", WebhookSecret.sign(secrets, id, now, body));
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
        if (e instanceof SSLException) {
            return paused("Destination " + name + " cannot be called securely: " + e.getMessage());
        }
        if (e instanceof HttpConnectTimeoutException) {
            return Outcome.retry("Destination " + name + " does not accept connections");
        }
        if (e instanceof HttpTimeoutException) {
            return Outcome.retry(
                    "Destination " + name + " did not answer within " + options.timeout.toMillis() + " ms");
        }
        if (e instanceof ConnectException && e.getCause() instanceof UnknownHostException) {
            return paused("The host of destination " + name + " is not known");
        }
        return Outcome.retry(
                e instanceof ConnectException
                        ? "Destination " + name + " cannot be reached: ConnectException"
                        : "Destination " + name + " closed the connection, or its answer was not HTTP ("
                                + e.getClass().getSimpleName() + ")");
    }

    private Outcome.Failure paused(String reason) {
        return new Outcome.Pause(new PauseScope("destination", name), reason);
    }

    /// Returns the time of the header `Retry-After`, in seconds or as a date; zero without one.
    private Duration retryAfter(HttpResponse<?> response) {
        Optional<String> header = response.headers().firstValue("Retry-After");
        if (header.isEmpty()) {
            return Duration.ZERO;
        }
        String text = header.get().strip();
        Duration wait;
        if (text.matches("[0-9]{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else {
            try {
                Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(clock.instant(), until);
            } catch (DateTimeParseException e) {
                wait = Duration.ZERO;
            }
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
