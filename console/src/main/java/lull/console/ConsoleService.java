package lull.console;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import lull.console.figures.Watch;
import lull.console.http.ConsoleServer;
import lull.console.pages.Links;
import lull.console.signin.AttemptLimit;
import lull.console.signin.SignIns;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.BillCalculator;
import lull.console.sources.DeadLetterPort;
import lull.console.sources.DeadLetters;
import lull.console.sources.GapAdvices;
import lull.console.sources.MonthCosts;
import lull.console.sources.MonthTotals;
import lull.console.sources.SourceClient;
import lull.runtime.Periodic;
import lull.runtime.http.BoundedHttpClient;
import lull.runtime.http.CallSettings;
import lull.runtime.http.HttpSettings;
import lull.runtime.http.ListenAddress;
import lull.runtime.http.TrustedCertificates;
import lull.runtime.process.PlainContext;
import lull.runtime.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Process that shows an installation to its operators. It needs none of the others to start and to be ready: a page
/// says what it does not know.
public final class ConsoleService {

    private static final Logger log = LoggerFactory.getLogger(ConsoleService.class);

    private static final Duration LETTERS_EVERY = Duration.ofSeconds(30);
    private static final Duration TOTALS_EVERY = Duration.ofMinutes(5);

    /// The archive may start later than the console.
    private static final Duration TOTALS_AGAIN = Duration.ofSeconds(10);

    private static final Duration FIRST = Duration.ofMillis(500);

    private ConsoleService() {}

    /// Starts it in a process.
    ///
    /// @param letters access to the dead letters; empty if Kafka is not configured
    /// @param adviser calculates what other gaps would do
    /// @param bills calculates what months have cost
    public static void start(
            PlainContext context, Optional<DeadLetterPort> letters, AdviceCalculator adviser, BillCalculator bills) {
        Settings settings = context.settings();
        Watch watch = context.components()
                .add(
                        "console watch",
                        new Watch(
                                settings.get(ConsoleSettings.WATCH),
                                client(settings),
                                settings.get(ConsoleSettings.SOURCE_TIMEOUT),
                                context.clock()));
        context.components()
                .add(
                        "console visits",
                        Periodic.start(
                                "console-watch", soonThen(settings.get(ConsoleSettings.WATCH_EVERY)), watch::visit));
        DeadLetters deadLetters = new DeadLetters(letters, context.clock());
        context.components()
                .add(
                        "console dead letters",
                        Periodic.start("console-dead-letters", soonThen(LETTERS_EVERY), deadLetters::count));
        BoundedHttpClient calls = context.components().add("console calls", client(settings));
        Duration limit = settings.get(ConsoleSettings.SOURCE_TIMEOUT);
        SourceClient archive = new SourceClient(ConsoleSettings.archive(settings), calls, limit, context.clock());
        GapAdvices advices =
                context.components().add("console advice", new GapAdvices(adviser, archive, context.clock()));
        MonthTotals totals = new MonthTotals(archive, context.clock());
        if (totals.isConfigured()) {
            context.components()
                    .add(
                            "console totals",
                            Periodic.start(
                                    "console-totals",
                                    soonThen(() -> totals.latest().isKnown() ? TOTALS_EVERY : TOTALS_AGAIN),
                                    totals::count));
        }
        boolean isTls = ConsoleSettings.TLS.isSet(settings);
        ConsoleServer server = context.components()
                .addEarly(
                        "console pages",
                        new ConsoleServer(
                                new ConsoleServer.Guards(
                                        HttpSettings.options(
                                                settings,
                                                "console",
                                                ListenAddress.of(settings, ConsoleSettings.HOST, ConsoleSettings.PORT)),
                                        ConsoleSettings.TLS.keyStore(settings),
                                        HttpSettings.bodies(settings, ConsoleServer.MAX_FORM_BYTES),
                                        HttpSettings.inFlight(settings),
                                        isTls || settings.get(ConsoleSettings.HTTPS),
                                        context.metrics().registry()),
                                new ConsoleServer.SignInParts(
                                        settings.get(ConsoleSettings.OPERATORS),
                                        new SignIns(ConsoleSettings.signIns(settings), context.clock()),
                                        new AttemptLimit(context.clock())),
                                new ConsoleServer.Sources(
                                        watch,
                                        new SourceClient(
                                                ConsoleSettings.aggregator(settings), calls, limit, context.clock()),
                                        archive,
                                        new SourceClient(
                                                ConsoleSettings.ingress(settings), calls, limit, context.clock()),
                                        deadLetters,
                                        advices,
                                        totals,
                                        new MonthCosts(archive, bills, context.clock())),
                                new Links(
                                        settings.get(ConsoleSettings.RUNBOOK_URL)
                                                .map(URI::toString),
                                        settings.get(ConsoleSettings.CONNECT_URL)
                                                .map(URI::toString)),
                                settings.get(ConsoleSettings.WATCH_EVERY),
                                context.clock()));
        log.atInfo().addKeyValue("port", server.port()).log("The console is open");
    }

    /// Returns waits of which only the first is short.
    private static Supplier<Duration> soonThen(Duration every) {
        return soonThen(() -> every);
    }

    private static Supplier<Duration> soonThen(Supplier<Duration> every) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        return () -> isFirst.getAndSet(false) ? FIRST : every.get();
    }

    static BoundedHttpClient client(Settings settings) {
        return settings.get(ConsoleSettings.SOURCES_CA)
                .map(file -> new BoundedHttpClient(
                        CallSettings.CONNECT_TIMEOUT,
                        TrustedCertificates.in(ConsoleSettings.SOURCES_CA.name(), Path.of(file))))
                .orElseGet(() -> new BoundedHttpClient(CallSettings.CONNECT_TIMEOUT));
    }
}
