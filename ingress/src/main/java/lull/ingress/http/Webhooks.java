package lull.ingress.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lull.contract.message.Source;
import lull.ingress.http.IngressMetrics.Outcome;
import lull.ingress.webhook.WebhookReader;
import lull.runtime.Secrets;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import org.jspecify.annotations.Nullable;

/// Routes for Meta's webhooks: `GET /webhooks/whatsapp` answers the handshake, and `POST` accepts a
/// webhook. `/webhooks/whatsapp/{app}` and `?appId=` name the app; without them it is the default app.
/// An unknown app is answered like a wrong signature, so that callers cannot find out which apps exist.
/// If no app is configured, all answers are 404. Safe for several threads.
public final class Webhooks {

    private static final String PATH = "/webhooks/whatsapp";
    private static final String APP_PATH = "/webhooks/whatsapp/{app}";

    private static final String DOOR = "meta";

    private final Map<String, AppRoute> routesByApp;
    private final AppRoute unknown;
    private final String defaultApp;
    private final WebhookResponder intake;

    /// Route of an app, with the reader of its webhooks.
    ///
    /// @param refused the outcome to count for a webhook without a valid signature
    private record AppRoute(App app, WebhookReader reader, Outcome refused) {
        AppRoute(App app, Outcome refused) {
            this(app, new WebhookReader(app.routes(), new Source(DOOR, app.name())), refused);
        }
    }

    public Webhooks(Collection<App> apps, String defaultApp, WebhookResponder intake) {
        this.routesByApp = apps.stream()
                .map(app -> new AppRoute(app, Outcome.UNSIGNED))
                .collect(Collectors.toUnmodifiableMap(route -> route.app().name(), Function.identity()));
        this.unknown = new AppRoute(App.unknown(), Outcome.UNKNOWN_APP);
        this.defaultApp = defaultApp;
        this.intake = intake;
    }

    public void register(RoutesConfig routes) {
        routes.get(PATH, this::handshake);
        routes.get(APP_PATH, this::handshake);
        routes.post(PATH, this::receive);
        routes.post(APP_PATH, this::receive);
    }

    private void handshake(Context context) {
        if (routesByApp.isEmpty()) {
            intake.closed(context);
            return;
        }
        AppRoute route = route(context);
        String token = context.queryParam("hub.verify_token");
        String challenge = context.queryParam("hub.challenge");
        boolean subscribes = "subscribe".equals(context.queryParam("hub.mode"));
        if (isToken(token, route.app()) && subscribes && challenge != null) {
            context.contentType("text/plain").result(challenge);
        } else {
            intake.refuse(
                    context,
                    route.refused(),
                    HttpStatus.FORBIDDEN,
                    "The handshake needs hub.mode=subscribe and the right hub.verify_token");
        }
    }

    private static boolean isToken(@Nullable String token, App app) {
        return token != null && Secrets.isEqual(token, app.verifyToken());
    }

    private void receive(Context context) throws InterruptedException {
        long start = System.nanoTime();
        if (routesByApp.isEmpty()) {
            intake.closed(context);
            return;
        }
        AppRoute route = route(context);
        Optional<Signature> signature = Signature.parse(context.header(Signature.HEADER));
        if (signature.isEmpty()) {
            intake.refuseUnread(
                    context, route.refused(), HttpStatus.UNAUTHORIZED, "A webhook needs " + Signature.HEADER);
        } else {
            receive(context, route, signature.get(), start);
        }
    }

    private void receive(Context context, AppRoute route, Signature signature, long start) throws InterruptedException {
        try (InFlight.Reservation reservation = intake.enter()) {
            switch (intake.read(context, reservation)) {
                case Body.Refused refused -> intake.refuse(context, refused);
                case Body.Complete body -> {
                    if (signature.signs(body.bytes(), route.app().secrets())) {
                        reservation.genuine();
                        intake.take(context, route.reader(), body.bytes(), start);
                    } else {
                        intake.refuse(
                                context,
                                route.refused(),
                                HttpStatus.UNAUTHORIZED,
                                "The signature does not match the body");
                    }
                }
            }
        }
    }

    private AppRoute route(Context context) {
        String named = context.pathParamMap().get("app");
        String asked = context.queryParam("appId");
        String app = named != null ? named : asked != null ? asked : defaultApp;
        return routesByApp.getOrDefault(app, unknown);
    }
}
