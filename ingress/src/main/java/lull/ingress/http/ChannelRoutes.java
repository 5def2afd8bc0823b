package lull.ingress.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lull.contract.Channel.Kind;
import lull.contract.json.Json;
import lull.contract.message.Source;
import lull.ingress.channel.ChannelDoor;
import lull.ingress.channel.ChannelDoor.Reading;
import lull.ingress.channel.ChannelRecords;
import lull.ingress.channel.EvolutionDoor;
import lull.ingress.channel.JsonDoor;
import lull.ingress.channel.JsonStatusDoor;
import lull.ingress.channel.TelegramDoor;
import lull.ingress.channel.ZApiDoor;
import lull.ingress.http.IngressMetrics.Outcome;
import lull.runtime.BearerTokens;
import lull.runtime.Secrets;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import lull.runtime.http.WebhookSecrets;
import lull.runtime.trace.Span;
import org.jspecify.annotations.Nullable;

/// Routes of channels besides WhatsApp. Every request is authenticated before its body is parsed, and answered 200
/// after the broker has acknowledged its records. A channel that is not configured is answered like a wrong secret, so
/// that callers cannot find out which channels exist. Safe for several threads.
public final class ChannelRoutes {

    private static final String TELEGRAM_HEADER = "X-Telegram-Bot-Api-Secret-Token";

    private final Map<Kind, Map<String, Accepting>> channels = new HashMap<>();
    private final Map<String, ChannelDoor> statuses = new HashMap<>();
    private final WebhookResponder intake;
    private final IngressMetrics metrics;
    private final InstantSource clock;

    /// A channel whose messages are accepted.
    ///
    /// @param secrets that are valid now; asked by several threads
    /// @param topic the input topic of its messages
    public record Accepting(String name, Kind kind, Supplier<List<String>> secrets, String topic) {

        Source source() {
            return new Source(kind.word(), name);
        }

        ChannelDoor door() {
            return switch (kind) {
                case JSON, WHATSAPP -> new JsonDoor(name);
                case TELEGRAM -> new TelegramDoor(name);
                case Z_API -> new ZApiDoor(name);
                case EVOLUTION -> new EvolutionDoor(name);
            };
        }

        /// Whether a text is one of the secrets. Compares with every one, so that the time it takes reveals nothing.
        boolean isSecret(@Nullable String given) {
            if (given == null) {
                return false;
            }
            boolean known = false;
            for (String secret : secrets.get()) {
                known |= Secrets.isEqual(given, secret);
            }
            return known;
        }

        /// Whether a bearer token is one of the secrets that are no secrets of signatures.
        boolean admits(@Nullable String authorization) {
            return new BearerTokens(secrets.get().stream()
                            .filter(secret -> !secret.startsWith(WebhookSecrets.PREFIX))
                            .toList())
                    .admits(authorization);
        }

        /// The secrets by which requests are signed.
        WebhookSecrets signing() {
            return WebhookSecrets.of(secrets.get().stream()
                    .filter(secret -> secret.startsWith(WebhookSecrets.PREFIX))
                    .toList());
        }
    }

    public ChannelRoutes(
            List<Accepting> accepting, WebhookResponder intake, IngressMetrics metrics, InstantSource clock) {
        for (Accepting channel : accepting) {
            channels.computeIfAbsent(channel.kind(), _ -> new HashMap<>()).put(channel.name(), channel);
            if (channel.kind() == Kind.JSON) {
                statuses.put(channel.name(), new JsonStatusDoor(channel.name()));
            }
        }
        this.intake = intake;
        this.metrics = metrics;
        this.clock = clock;
    }

    public void register(RoutesConfig routes) {
        routes.post("/channels/{channel}/messages", context -> json(context, Accepting::door));
        routes.post("/channels/{channel}/statuses", context -> json(context, channel -> statuses.get(channel.name())));
        routes.post(
                "/webhooks/telegram/{channel}",
                context -> secret(context, Kind.TELEGRAM, context.header(TELEGRAM_HEADER)));
        routes.post(
                "/webhooks/z-api/{channel}/{secret}",
                context -> secret(context, Kind.Z_API, context.pathParam("secret")));
        routes.post(
                "/webhooks/evolution/{channel}/{secret}",
                context -> secret(context, Kind.EVOLUTION, context.pathParam("secret")));
        // Evolution appends the name of the event if it is told to.
        routes.post(
                "/webhooks/evolution/{channel}/{secret}/{event}",
                context -> secret(context, Kind.EVOLUTION, context.pathParam("secret")));
    }

    /// Returns the door of a channel for a route.
    @FunctionalInterface
    private interface DoorOf {
        @Nullable
        ChannelDoor of(Accepting channel);
    }

    private Optional<Accepting> channel(Context context, Kind kind) {
        return Optional.ofNullable(channels.getOrDefault(kind, Map.of()).get(context.pathParam("channel")));
    }

    private void secret(Context context, Kind kind, @Nullable String given) throws InterruptedException {
        long start = System.nanoTime();
        if (!channels.containsKey(kind)) {
            intake.closed(context);
            return;
        }
        Optional<Accepting> channel = channel(context, kind);
        if (channel.isEmpty() || !channel.get().isSecret(given)) {
            unauthorized(context, channel, "A request needs the secret of the channel");
            return;
        }
        try (InFlight.Reservation reservation = intake.enter()) {
            switch (intake.read(context, reservation)) {
                case Body.Refused refused -> intake.refuse(context, refused);
                case Body.Complete body -> {
                    reservation.genuine();
                    take(context, channel.get(), channel.get().door(), body.bytes(), start);
                }
            }
        }
    }

    private void json(Context context, DoorOf doorOf) throws InterruptedException {
        long start = System.nanoTime();
        if (!channels.containsKey(Kind.JSON)) {
            intake.closed(context);
            return;
        }
        Optional<Accepting> channel = channel(context, Kind.JSON);
        boolean isAdmitted = channel.isPresent() && channel.get().admits(context.header("Authorization"));
        boolean isSigned = context.header(WebhookSecrets.SIGNATURE) != null;
        if (channel.isEmpty() || (!isAdmitted && !isSigned)) {
            context.header("WWW-Authenticate", "Bearer");
            unauthorized(
                    context,
                    channel,
                    "A request needs the header Authorization: Bearer <token>, or the headers of a signature by"
                            + " Standard Webhooks");
            return;
        }
        ChannelDoor door = doorOf.of(channel.get());
        try (InFlight.Reservation reservation = intake.enter()) {
            switch (intake.read(context, reservation)) {
                case Body.Refused refused -> intake.refuse(context, refused);
                case Body.Complete body -> {
                    if (door != null && (isAdmitted || isSigned(context, channel.get(), body.bytes()))) {
                        reservation.genuine();
                        take(context, channel.get(), door, body.bytes(), start);
                    } else {
                        intake.refuse(
                                context,
                                Outcome.UNSIGNED,
                                HttpStatus.UNAUTHORIZED,
                                "The signature does not match the body, or is older than five minutes");
                    }
                }
            }
        }
    }

    private boolean isSigned(Context context, Accepting channel, byte[] body) {
        return channel.signing()
                .isSigned(
                        context.header(WebhookSecrets.ID),
                        context.header(WebhookSecrets.TIMESTAMP),
                        context.header(WebhookSecrets.SIGNATURE),
                        body,
                        clock.instant());
    }

    private void unauthorized(Context context, Optional<Accepting> channel, String error) {
        intake.refuseUnread(
                context, channel.isPresent() ? Outcome.UNSIGNED : Outcome.UNKNOWN_APP, HttpStatus.UNAUTHORIZED, error);
    }

    private void take(Context context, Accepting channel, ChannelDoor door, byte[] body, long start)
            throws InterruptedException {
        Instant receivedAt = clock.instant();
        try (Span span = intake.begin(channel.source())) {
            Source source = channel.source().in(span.parent());
            switch (door.read(body, receivedAt, source)) {
                case Reading.Wrong(List<String> problems) -> {
                    metrics.answered(Outcome.MALFORMED);
                    context.status(HttpStatus.BAD_REQUEST)
                            .contentType("application/json")
                            .result(Json.bytes(Map.of("error", "The request is invalid", "problems", problems)));
                }
                case Reading.Unparsed(String reason) -> {
                    if (intake.write(span, List.of(ChannelRecords.unparsed(body, reason, source)), start)) {
                        context.status(HttpStatus.OK);
                    } else {
                        unavailable(context);
                    }
                }
                case Reading.Accepted accepted -> {
                    if (intake.write(span, ChannelRecords.of(accepted, channel.topic()), start)) {
                        accepted.ignored()
                                .forEach(why -> metrics.ignored(channel.kind().word(), why.word()));
                        answer(context, accepted);
                    } else {
                        unavailable(context);
                    }
                }
            }
        }
    }

    private static void answer(Context context, Reading.Accepted accepted) {
        context.status(HttpStatus.OK);
        if (accepted.answer() != null) {
            context.contentType("application/json").result(Json.bytes(accepted.answer()));
        }
    }

    private void unavailable(Context context) {
        intake.unavailable(
                context, Outcome.UNAVAILABLE, "The broker did not acknowledge in time; send the request again");
    }
}
