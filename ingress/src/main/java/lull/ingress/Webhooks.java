package lull.ingress;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.ingress.IngressMetrics.Outcome;
import org.jspecify.annotations.Nullable;

/// The HTTP side of webhooks: `GET /webhooks/whatsapp` is Meta's handshake, `POST` takes a webhook in.
final class Webhooks {

    static final String PATH = "/webhooks/whatsapp";

    private static final long DISCARD_BYTES = 64 * 1024;

    private final Config config;
    private final WebhookReader reader;
    private final Publisher publisher;
    private final IngressMetrics metrics;
    private final InstantSource clock;

    /// What webhooks are checked against.
    record Config(List<String> secrets, String verifyToken, int maxBodyBytes) {}

    Webhooks(Config config, WebhookReader reader, Publisher publisher, IngressMetrics metrics, InstantSource clock) {
        this.config = config;
        this.reader = reader;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(PATH, this::handshake);
        routes.post(PATH, this::receive);
    }

    private void handshake(Context context) {
        String token = context.queryParam("hub.verify_token");
        String challenge = context.queryParam("hub.challenge");
        boolean subscribes = "subscribe".equals(context.queryParam("hub.mode"));
        if (subscribes && challenge != null && isVerifyToken(token)) {
            context.contentType("text/plain").result(challenge);
        } else {
            answer(
                    context,
                    HttpStatus.FORBIDDEN,
                    "The handshake needs hub.mode=subscribe and the right hub.verify_token");
        }
    }

    private boolean isVerifyToken(@Nullable String token) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        config.verifyToken().getBytes(StandardCharsets.UTF_8));
    }

    private void receive(Context context) throws InterruptedException {
        long start = System.nanoTime();
        Optional<Signature> signature = Signature.parse(context.header(Signature.HEADER));
        if (signature.isEmpty()) {
            refuse(context, Outcome.UNSIGNED, HttpStatus.UNAUTHORIZED, "A webhook needs " + Signature.HEADER);
            return;
        }
        byte[] body;
        try (InputStream in = context.bodyInputStream()) {
            body = in.readNBytes(config.maxBodyBytes() + 1);
            if (body.length > config.maxBodyBytes()) {
                // Who is still writing when the connection closes never reads the answer, so a little more is taken.
                discard(in, config.maxBodyBytes());
            }
        } catch (IOException e) {
            refuse(context, Outcome.BROKEN, HttpStatus.BAD_REQUEST, "The body did not arrive whole");
            return;
        }
        if (body.length > config.maxBodyBytes()) {
            tooLarge(context);
        } else if (!signature.get().signs(body, config.secrets())) {
            refuse(context, Outcome.UNSIGNED, HttpStatus.UNAUTHORIZED, "The signature is not of this body");
        } else {
            accept(context, body, start);
        }
    }

    private void accept(Context context, byte[] body, long start) throws InterruptedException {
        List<Outgoing> records = reader.read(body, clock.instant());
        if (!publisher.publish(records)) {
            context.header("Retry-After", "5");
            refuse(
                    context,
                    Outcome.UNAVAILABLE,
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "The broker did not acknowledge in time; send the webhook again");
            return;
        }
        metrics.acknowledged().record(Duration.ofNanos(System.nanoTime() - start));
        records.forEach(record -> metrics.record(record.kind()));
        metrics.answered(records.isEmpty() ? Outcome.EMPTY : Outcome.ACCEPTED);
        context.status(HttpStatus.OK);
    }

    /// Reads a little more of a body that is too large, so that its sender gets to read the answer.
    static void discard(InputStream in, long limit) throws IOException {
        long left = limit;
        long skipped = in.skip(Math.min(left, DISCARD_BYTES));
        while (skipped > 0) {
            left -= skipped;
            skipped = in.skip(Math.min(left, DISCARD_BYTES));
        }
    }

    private void tooLarge(Context context) {
        refuse(
                context,
                Outcome.TOO_LARGE,
                HttpStatus.CONTENT_TOO_LARGE,
                "A webhook has at most " + config.maxBodyBytes() + " bytes");
    }

    private void refuse(Context context, Outcome outcome, HttpStatus status, String error) {
        metrics.answered(outcome);
        answer(context, status, error);
    }

    private static void answer(Context context, HttpStatus status, String error) {
        context.status(status).contentType("application/json").result(Json.bytes(Map.of("error", error)));
    }
}
