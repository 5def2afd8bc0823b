package lull.standins.whatsapp;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lull.standins.http.ControlRoute;
import lull.standins.http.FaultBook;
import lull.standins.http.StandInServer;
import lull.standins.s3.S3StandIn;
import org.jspecify.annotations.Nullable;

/// A stand-in of Meta's WhatsApp Cloud API on one local port, in memory: it takes messages to customers, reports
/// on them by signed webhooks, keeps media, and has control routes that show the customers' phones.
public final class GraphStandIn implements AutoCloseable {
    /// How the stand-in is set up. Start from `defaults()` and change what matters.
    ///
    /// `port` 0 is any free one. Without a `webhook` no statuses are sent; a webhook that is not taken with a 200
    /// is sent `webhookAttempts` times in all, `webhookRetryDelay` apart. `statusDelay` comes before each of
    /// sent, delivered, read.
    public record Options(
            String host,
            int port,
            InstantSource clock,
            String accessToken,
            String appSecret,
            @Nullable URI webhook,
            boolean statuses,
            Duration statusDelay,
            int webhookAttempts,
            Duration webhookRetryDelay,
            boolean checkCareWindow,
            @Nullable URI publicUri) {
        /// A free port, the system's clock, token `local-token`, secret `local-secret`, no webhook, care window
        /// unchecked.
        public static Options defaults() {
            return new Options(
                    "127.0.0.1",
                    0,
                    InstantSource.system(),
                    "local-token",
                    "local-secret",
                    null,
                    true,
                    Duration.ofMillis(100),
                    10,
                    Duration.ofSeconds(1),
                    false,
                    null);
        }

        public Options withHost(String host) {
            return new Options(
                    host,
                    port,
                    clock,
                    accessToken,
                    appSecret,
                    webhook,
                    statuses,
                    statusDelay,
                    webhookAttempts,
                    webhookRetryDelay,
                    checkCareWindow,
                    publicUri);
        }

        public Options withPort(int port) {
            return copy(port, clock, accessToken, appSecret, webhook);
        }

        public Options withClock(InstantSource clock) {
            return copy(port, clock, accessToken, appSecret, webhook);
        }

        public Options withAccessToken(String accessToken) {
            return copy(port, clock, accessToken, appSecret, webhook);
        }

        public Options withAppSecret(String appSecret) {
            return copy(port, clock, accessToken, appSecret, webhook);
        }

        public Options withWebhook(URI webhook) {
            return copy(port, clock, accessToken, appSecret, webhook);
        }

        public Options withoutStatuses() {
            return behave(false, statusDelay, webhookAttempts, webhookRetryDelay, checkCareWindow);
        }

        public Options withStatusDelay(Duration delay) {
            return behave(statuses, delay, webhookAttempts, webhookRetryDelay, checkCareWindow);
        }

        public Options withWebhookRetries(int attempts, Duration delay) {
            return behave(statuses, statusDelay, attempts, delay, checkCareWindow);
        }

        public Options withCareWindowChecked() {
            return behave(statuses, statusDelay, webhookAttempts, webhookRetryDelay, true);
        }

        public Options withPublicUri(URI publicUri) {
            return new Options(
                    host,
                    port,
                    clock,
                    accessToken,
                    appSecret,
                    webhook,
                    statuses,
                    statusDelay,
                    webhookAttempts,
                    webhookRetryDelay,
                    checkCareWindow,
                    publicUri);
        }

        private Options copy(
                int port, InstantSource clock, String accessToken, String appSecret, @Nullable URI webhook) {
            return new Options(
                    host,
                    port,
                    clock,
                    accessToken,
                    appSecret,
                    webhook,
                    statuses,
                    statusDelay,
                    webhookAttempts,
                    webhookRetryDelay,
                    checkCareWindow,
                    publicUri);
        }

        private Options behave(
                boolean statuses, Duration statusDelay, int attempts, Duration retryDelay, boolean checkCareWindow) {
            return new Options(
                    host,
                    port,
                    clock,
                    accessToken,
                    appSecret,
                    webhook,
                    statuses,
                    statusDelay,
                    attempts,
                    retryDelay,
                    checkCareWindow,
                    publicUri);
        }
    }

    private final StandInServer server;
    private final Optional<Statuses> statuses;
    private final List<ControlRoute> controlRoutes;

    private GraphStandIn(StandInServer server, Optional<Statuses> statuses, List<ControlRoute> controlRoutes) {
        this.server = server;
        this.statuses = statuses;
        this.controlRoutes = controlRoutes;
    }

    /// Serves at once.
    ///
    /// @throws lull.runtime.CannotStart if this machine does not have the address or the port
    public static GraphStandIn start(Options options) {
        return start(options, Optional.empty());
    }

    /// Serves at once.
    ///
    /// @param buckets through which files of End User Messaging pass
    /// @throws lull.runtime.CannotStart if this machine does not have the address or the port
    public static GraphStandIn start(Options options, Optional<S3StandIn> buckets) {
        FaultBook faults =
                new FaultBook(Stream.concat(GraphRoutes.FAULT_TARGETS.stream(), Statuses.FAULT_TARGETS.stream())
                        .toList());
        Phones phones = new Phones(options.clock());
        RequestLog requests = new RequestLog(options.clock());
        CompletableFuture<URI> address = new CompletableFuture<>();
        MediaShelf media = new MediaShelf(options.clock(), address::join, faults);
        SendRates rates = new SendRates(options.clock());
        Templates templates = new Templates();
        DirectSends directs = new DirectSends();
        CompletableFuture<GraphRoutes> sends = new CompletableFuture<>();
        CompletableFuture<Optional<Statuses>> sender = new CompletableFuture<>();
        LifecycleWebhooks webhooks = new LifecycleWebhooks(
                options.clock(), webhook -> sender.join().ifPresent(each -> each.deliver(webhook)));
        Business business =
                new Business(options.clock(), phones, call -> sends.join().market(call), webhooks);
        Bill bill = new Bill(options.clock(), phones, business);
        Optional<Statuses> statuses = Optional.ofNullable(options.webhook())
                .map(webhook -> new WebhookSender(
                        webhook, options.appSecret(), options.webhookAttempts(), options.webhookRetryDelay()))
                .map(posts -> new Statuses(posts, options.statusDelay(), options.clock(), faults, bill, directs));
        sender.complete(statuses);
        GraphRoutes graph = new GraphRoutes(
                options, phones, rates, templates, media, requests, faults, statuses, business, directs);
        sends.complete(graph);
        List<ControlRoute> control = new ArrayList<>(
                new PhoneRoutes(phones, media, requests, statuses, bill, webhooks, options.clock()).routes());
        control.addAll(rates.routes());
        control.addAll(bill.routes());
        control.addAll(templates.routes());
        control.addAll(directs.routes());
        control.addAll(business.routes());
        control.addAll(faults.routes());
        StandInServer server = StandInServer.start(
                options.host(),
                options.port(),
                control,
                routes -> {
                    // Before the paths of the Graph API, one of which would take `/v1/whatsapp/media` for its own.
                    new SocialRoutes(graph::take, media, buckets, requests, faults).register(routes);
                    new SocialBusiness(business::answer, media, requests).register(routes);
                    graph.register(routes);
                },
                GraphRoutes::answerUnknown);
        address.complete(Optional.ofNullable(options.publicUri()).orElse(server.uri()));
        return new GraphStandIn(server, statuses, List.copyOf(control));
    }

    public URI uri() {
        return server.uri();
    }

    public int port() {
        return server.port();
    }

    List<ControlRoute> controlRoutes() {
        return controlRoutes;
    }

    @Override
    public void close() {
        statuses.ifPresent(Statuses::close);
        server.close();
    }
}
