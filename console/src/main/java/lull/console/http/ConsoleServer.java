package lull.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.figures.Watch;
import lull.console.pages.Forms;
import lull.console.pages.Links;
import lull.console.pages.Templates;
import lull.console.signin.AttemptLimit;
import lull.console.signin.Operators;
import lull.console.signin.SignIn;
import lull.console.signin.SignIns;
import lull.console.sources.DeadLetters;
import lull.console.sources.GapAdvices;
import lull.console.sources.MonthCosts;
import lull.console.sources.MonthTotals;
import lull.console.sources.SourceClient;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;
import org.jspecify.annotations.Nullable;

/// HTTP port of the console: its pages, their forms and files. Anybody may read figures; customers' names and
/// numbers, texts and changes need an operator. Safe for several threads.
public final class ConsoleServer implements AutoCloseable {

    /// The maximum size of a form.
    public static final int MAX_FORM_BYTES = 256 * 1024;

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Guards guards;
    private final SignInParts signIns;
    private final PageWriter writer;
    private final Assets assets = Assets.load();
    private final NowRoutes now;
    private final SignInRoutes signing;
    private final ConversationRoutes conversations;
    private final BeginRoutes beginnings;
    private final LetterRoutes letters;
    private final SettingRoutes settings;
    private final AdviceRoutes advice;
    private final CostRoutes costs;
    private final AccountRoutes accounts;
    private final HttpPort server;

    /// Guards that keep the process alive regardless of who connects.
    ///
    /// @param bodies reads forms
    /// @param isHttps whether browsers send the cookie by https only
    public record Guards(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            BodyReader bodies,
            InFlight inFlight,
            boolean isHttps,
            MeterRegistry registry) {}

    /// Who may sign in, and who has.
    public record SignInParts(Operators operators, SignIns signIns, AttemptLimit attempts) {}

    /// What the pages show.
    public record Sources(
            Watch watch,
            SourceClient aggregator,
            SourceClient archive,
            SourceClient ingress,
            DeadLetters letters,
            GapAdvices advices,
            MonthTotals totals,
            MonthCosts costs) {}

    /// Handling of a request.
    @FunctionalInterface
    private interface Route {
        void answer(Visit visit) throws InterruptedException;
    }

    /// Starts the port.
    ///
    /// @param every how often open pages update themselves
    public ConsoleServer(
            Guards guards, SignInParts signIns, Sources sources, Links links, Duration every, InstantSource clock) {
        this.guards = guards;
        this.signIns = signIns;
        this.writer = new PageWriter(
                new Templates(clock, links),
                assets.version(),
                signIns.operators().isOpen(),
                every);
        ActionLog actions = new ActionLog(guards.registry());
        this.now = new NowRoutes(sources, writer, clock);
        this.signing = new SignInRoutes(signIns, writer, actions, cookie());
        this.conversations = new ConversationRoutes(sources.archive(), writer, actions, clock);
        this.beginnings = new BeginRoutes(sources.ingress(), writer, actions, every);
        this.letters = new LetterRoutes(sources.letters(), writer, actions, clock);
        this.settings = new SettingRoutes(sources.aggregator(), sources.archive(), writer, actions);
        this.advice = new AdviceRoutes(sources.aggregator(), sources.advices(), writer);
        this.costs = new CostRoutes(sources.costs(), writer);
        this.accounts = new AccountRoutes(sources.archive(), writer, clock);
        Gauge.builder("lull.console.operators", signIns.signIns(), SignIns::size)
                .description("Operators who are signed in to the console")
                .register(guards.registry());
        this.server = HttpPort.start(
                guards.options(), guards.keyStore(), guards.inFlight(), guards.registry(), this::register);
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private void register(RoutesConfig routes) {
        routes.get("/", page(now::page));
        routes.get("/now", live(now::part));
        routes.get("/turns", live(now::turns));
        routes.get("/figures", live(now::figures));
        routes.get("/assets/{name}", this::asset);
        routes.get("/sign-in", page(signing::page));
        routes.post("/sign-in", this::signIn);
        routes.post("/sign-out", change(signing::signOut));
        routes.get("/conversations", signedIn(conversations::list));
        routes.get("/conversations/{key}", signedIn(conversations::timeline));
        routes.get("/conversations/{key}/files/{sha256}", signedIn(conversations::file));
        routes.post("/conversations/{key}/texts", change(conversations::showTexts));
        routes.post("/conversations/{key}/archived", change(conversations::archive));
        routes.post("/conversations/{key}/read", change(conversations::read));
        routes.get("/begin", signedIn(beginnings::form));
        routes.post("/begin", change(beginnings::begin));
        routes.get("/begin/{id}", live(orSignIn(beginnings::status)));
        routes.get("/journeys", signedIn(conversations::journey));
        routes.get("/dead-letters", signedIn(letters::list));
        routes.post("/dead-letters", change(letters::act));
        routes.get("/dead-letters/{id}", signedIn(letters::one));
        routes.post("/dead-letters/{id}/texts", change(letters::showValue));
        routes.get("/gap-advice", page(advice::page));
        routes.get("/costs", page(costs::page));
        routes.get("/accounts", page(accounts::page));
        routes.get("/settings", page(settings::page));
        routes.post("/settings/gaps", change(settings::setGap));
        routes.post("/settings/routes", change(settings::setRoutes));
        routes.post("/settings/flags", change(settings::setFlags));
    }

    private void asset(Context context) {
        secure(context);
        assets.serve(context);
    }

    private Handler page(Route route) {
        return context -> {
            secure(context);
            route.answer(new Visit(context, signIns.signIns().of(context.cookie(cookie())), Map.of()));
        };
    }

    /// A page, or a part of one, that updates itself: it does not keep its operator signed in.
    private Handler live(Route route) {
        return context -> {
            secure(context);
            route.answer(new Visit(context, signIns.signIns().glance(context.cookie(cookie())), Map.of()));
        };
    }

    private Handler signedIn(Route route) {
        return page(orSignIn(route));
    }

    private static Route orSignIn(Route route) {
        return visit -> {
            if (visit.isSignedIn()) {
                route.answer(visit);
            } else {
                String query = visit.context().queryString();
                PageWriter.next(
                        visit,
                        "/sign-in?next=" + Forms.encoded(visit.context().path() + (query == null ? "" : "?" + query)));
            }
        };
    }

    /// A form that changes something: it must come from a page of this console, and of this operator.
    private Handler change(Route route) {
        return context -> {
            secure(context);
            form(context, visit -> {
                Optional<SignIn> signIn = visit.signIn();
                if (signIn.isEmpty()) {
                    writer.error(visit, 401, "You are not signed in any more. Sign in, and do it again.");
                } else if (!signIn.get().admits(visit.field("token"))) {
                    writer.error(visit, 403, "The form is not from this console. Open the page again, and repeat it.");
                } else {
                    route.answer(visit);
                }
            });
        };
    }

    private void signIn(Context context) throws InterruptedException {
        secure(context);
        form(context, signing::signIn);
    }

    private void form(Context context, Route route) throws InterruptedException {
        Optional<SignIn> signIn = signIns.signIns().of(context.cookie(cookie()));
        try (InFlight.Reservation hold = guards.inFlight().enter()) {
            switch (guards.bodies().read(context, hold)) {
                case Body.Refused(BodyReader.Refusal refusal, String error) ->
                    writer.error(
                            new Visit(context, signIn, Map.of()),
                            refusal.status().getCode(),
                            error);
                case Body.Complete body -> {
                    Map<String, List<String>> fields = fields(body.bytes());
                    Visit visit = new Visit(context, signIn, fields == null ? Map.of() : fields);
                    if (!isOwn(context)) {
                        writer.error(visit, 403, "Another site has sent this form, so nothing was done.");
                    } else if (fields == null) {
                        writer.error(visit, 400, "The form cannot be read.");
                    } else {
                        route.answer(visit);
                    }
                }
            }
        }
    }

    private static @Nullable Map<String, List<String>> fields(byte[] body) {
        try {
            return Forms.read(body);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// Whether a form may come from a page of this console. Browsers hide the origin of our own pages, because these
    /// send no referrer.
    private static boolean isOwn(Context context) {
        String site = context.header("Sec-Fetch-Site");
        String origin = context.header("Origin");
        boolean isOwnOrigin = origin == null || origin.equals("null") || isHost(origin, context.header("Host"));
        return isOwnOrigin && (site == null || site.equals("same-origin"));
    }

    private static boolean isHost(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String cookie() {
        return guards.isHttps() ? "__Host-lull-console" : "lull-console";
    }

    private static void secure(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
    }
}
