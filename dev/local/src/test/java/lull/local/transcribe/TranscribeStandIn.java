package lull.local.transcribe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.json.Json;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/// A stand-in of Amazon Transcribe's streaming API, by HTTP/2 without TLS: it reads the whole stream of signed audio
/// events, and answers with what stands in the audio behind `says:`, as a partial result and as a final one. It hears
/// nothing in an audio without that, and refuses one with `noise`.
public final class TranscribeStandIn implements AutoCloseable {

    private static final String SAYS = "says:";

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Javalin javalin;
    private volatile int port;
    private volatile String rate = "";

    public TranscribeStandIn() {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.addConnector((server, http) -> {
                ServerConnector connector = new ServerConnector(
                        server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
                connector.setPort(0);
                return connector;
            });
            config.routes.post("/stream-transcription", this::listen);
        });
        javalin.start();
        port = ((ServerConnector) javalin.jettyServer().server().getConnectors()[0]).getLocalPort();
    }

    public URI uri() {
        return URI.create("http://localhost:" + port);
    }

    /// Answers the next calls with 503.
    public void failNext(int times) {
        failures.set(times);
    }

    public int calls() {
        return calls.get();
    }

    /// The sample rate that the last call told.
    String rate() {
        return rate;
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private void listen(Context context) {
        byte[] audio = audio(context.bodyAsBytes());
        calls.incrementAndGet();
        rate = String.valueOf(context.header("x-amzn-transcribe-sample-rate"));
        String text = new String(audio, UTF_8);
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            refuse(context, 503, "ServiceUnavailableException");
        } else if (text.contains("noise")) {
            refuse(context, 400, "BadRequestException");
        } else {
            answer(context, text.contains(SAYS) ? text.substring(text.indexOf(SAYS) + SAYS.length()) : "");
        }
    }

    private static void refuse(Context context, int status, String code) {
        context.status(status)
                .header("x-amzn-ErrorType", code)
                .contentType("application/json")
                .result("{}");
    }

    private static void answer(Context context, String words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!words.isEmpty()) {
            new Message(headers(), result(true, words)).encode(out);
            new Message(headers(), result(false, words)).encode(out);
        }
        context.status(200)
                .contentType("application/vnd.amazon.eventstream")
                .header("x-amzn-request-id", "1")
                .result(out.toByteArray());
    }

    private static Map<String, HeaderValue> headers() {
        return Map.of(
                ":message-type", HeaderValue.fromString("event"),
                ":event-type", HeaderValue.fromString("TranscriptEvent"),
                ":content-type", HeaderValue.fromString("application/json"));
    }

    private static byte[] result(boolean partial, String words) {
        return Json.text(Map.of(
                        "Transcript",
                        Map.of(
                                "Results",
                                List.of(Map.of(
                                        "IsPartial", partial, "Alternatives", List.of(Map.of("Transcript", words)))))))
                .getBytes(UTF_8);
    }

    /// The audio of signed events: each is a message around a message.
    private static byte[] audio(byte[] stream) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        MessageDecoder outer = new MessageDecoder(signed -> {
            if (!signed.getHeaders().containsKey(":chunk-signature")) {
                throw new IllegalArgumentException(
                        "An event is not signed: " + new String(signed.getPayload(), ISO_8859_1));
            }
            if (signed.getPayload().length > 0) {
                new MessageDecoder(event -> audio.writeBytes(event.getPayload())).feed(signed.getPayload());
            }
        });
        outer.feed(stream);
        return audio.toByteArray();
    }
}
