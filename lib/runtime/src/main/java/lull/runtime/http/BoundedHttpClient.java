package lull.runtime.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanKey;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;
import org.jspecify.annotations.Nullable;

/// HTTP client for every call that a process makes by the JDK's client: with a deadline for the whole
/// exchange and a limit on the size of the answer. The JDK's own timeout ends with the headers of the
/// answer, so that a body which starts and does not end would block its caller forever. Redirects are
/// not followed. Safe for several threads.
public final class BoundedHttpClient implements AutoCloseable {

    /// The maximum size of an answer in JSON, which is far more than any has.
    public static final int JSON_BYTES = 1024 * 1024;

    private static final int FIRST_ERROR = 400;

    private final HttpClient client;

    /// Creates a client with its own connections.
    ///
    /// @param connectTimeout of a connection; a deadline may be earlier
    public BoundedHttpClient(Duration connectTimeout) {
        this.client = builder(connectTimeout).build();
    }

    /// Creates a client with its own connections.
    ///
    /// @param connectTimeout of a connection; a deadline may be earlier
    /// @param tls decides which certificates are trusted, see [TrustedCertificates]
    public BoundedHttpClient(Duration connectTimeout, SSLContext tls) {
        this.client = builder(connectTimeout).sslContext(tls).build();
    }

    private static HttpClient.Builder builder(Duration connectTimeout) {
        return HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /// Thrown if the answer is larger than the limit.
    public static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        TooLarge(int status, long maxBytes) {
            super("The response has more than " + maxBytes + " bytes");
            this.status = status;
        }

        /// The status of the answer.
        public int status() {
            return status;
        }
    }

    /// Sends a request and returns the whole answer. Throws `HttpTimeoutException` if it has not
    /// arrived by the deadline, and [TooLarge] as soon as it exceeds the maximum size.
    ///
    /// @param deadline for the whole exchange, from the connection to the last byte
    /// @param maxBytes of the answer's body
    public HttpResponse<byte[]> send(HttpRequest request, Duration deadline, int maxBytes)
            throws IOException, InterruptedException {
        return exchange(request, bounded(BodyHandlers.ofByteArray(), maxBytes), deadline);
    }

    /// Does the same, with the answer's body in a file.
    public HttpResponse<Path> download(HttpRequest request, Duration deadline, long maxBytes, Path into)
            throws IOException, InterruptedException {
        return exchange(request, bounded(BodyHandlers.ofFile(into), maxBytes), deadline);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler, Duration deadline)
            throws IOException, InterruptedException {
        try (Span span = Tracing.beginPart(SpanName.CALL, request::method)) {
            span.with(SpanKey.METHOD, request.method())
                    .with(SpanKey.SERVER, request.uri().getHost());
            try {
                HttpResponse<T> answer = answer(request, handler, deadline);
                span.with(SpanKey.HTTP_STATUS, answer.statusCode());
                if (answer.statusCode() >= FIRST_ERROR) {
                    span.failed("");
                }
                return answer;
            } catch (IOException e) {
                span.failed(e.getClass().getSimpleName());
                throw e;
            }
        }
    }

    private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> handler, Duration deadline)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw timedOut(deadline);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("The call failed: " + cause, cause);
        } finally {
            // Ends a running exchange, with its connection.
            answer.cancel(true);
        }
    }

    private static HttpTimeoutException timedOut(Duration deadline) {
        return new HttpTimeoutException("The response was incomplete after " + deadline.toMillis() + " ms");
    }

    private static <T> BodyHandler<T> bounded(BodyHandler<T> handler, long maxBytes) {
        return head -> new Bounded<>(handler.apply(head), head.statusCode(), maxBytes);
    }

    /// Passes a body on until it is too large.
    private static final class Bounded<T> implements BodySubscriber<T> {

        private final BodySubscriber<T> body;
        private final int status;
        private final long maxBytes;
        private long bytes;
        private boolean isOver;
        private Flow.@Nullable Subscription subscription;

        Bounded(BodySubscriber<T> body, int status, long maxBytes) {
            this.body = body;
            this.status = status;
            this.maxBytes = maxBytes;
        }

        @Override
        public CompletionStage<T> getBody() {
            return body.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            body.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (isOver) {
                return;
            }
            for (ByteBuffer buffer : buffers) {
                bytes += buffer.remaining();
            }
            if (bytes <= maxBytes) {
                body.onNext(buffers);
                return;
            }
            isOver = true;
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
            body.onError(new TooLarge(status, maxBytes));
        }

        @Override
        public void onError(Throwable failure) {
            if (!isOver) {
                body.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!isOver) {
                body.onComplete();
            }
        }
    }
}
