package lull.standins.connect;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import lull.standins.http.ControlRoute;
import lull.standins.http.FaultBook;
import lull.standins.http.Json;
import lull.standins.http.StandInServer;
import lull.standins.sns.SnsOptions;
import lull.standins.sns.SnsTopics;
import lull.standins.sns.Subscriber;
import org.jspecify.annotations.Nullable;

/// A stand-in of Amazon Connect chat on one local port, in memory: the Connect API, the Connect Participant API,
/// contact streaming over SNS, and control routes that play the agent.
///
/// Point the AWS SDK's `endpointOverride` at `uri()`.
public final class ConnectStandIn implements AutoCloseable {
    /// How the stand-in is set up. Start from `defaults()` and change what matters.
    ///
    /// `port` 0 is any free one. `flows` are the contact flows by id. Every subscriber is subscribed to every
    /// topic; `snsRetries` attempts, `snsRetryDelay` apart, follow a failed delivery. `publicUri` is the address
    /// that handed-out links begin with, where others reach this machine by another name than localhost.
    public record Options(
            String host,
            int port,
            InstantSource clock,
            String instanceId,
            Map<String, Flow> flows,
            List<String> topicArns,
            List<Subscriber> subscribers,
            int snsSignatureVersion,
            int snsRetries,
            Duration snsRetryDelay,
            Duration snsConfirmEvery,
            MessageSizes messageSizes,
            @Nullable URI publicUri) {
        public Options {
            flows = Map.copyOf(flows);
            topicArns = List.copyOf(topicArns);
            subscribers = List.copyOf(subscribers);
        }

        /// A free port, the system's clock, the flows `queue`, `closed` and `bot`, one topic, nobody subscribed, real
        /// retries.
        public static Options defaults() {
            return new Options(
                    "127.0.0.1",
                    0,
                    InstantSource.system(),
                    "11111111-2222-4333-8444-555555555555",
                    Map.of(
                            "queue", Flow.queue("An agent will be with you shortly."),
                            "closed", Flow.closed("We are closed."),
                            "bot", Flow.bot("Hello, I am a bot.")),
                    List.of("arn:aws:sns:us-east-1:123456789012:connect-chat"),
                    List.of(),
                    1,
                    3,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(2),
                    MessageSizes.LEGACY,
                    null);
        }

        public Options withHost(String host) {
            return new Options(
                    host,
                    port,
                    clock,
                    instanceId,
                    flows,
                    topicArns,
                    subscribers,
                    snsSignatureVersion,
                    snsRetries,
                    snsRetryDelay,
                    snsConfirmEvery,
                    messageSizes,
                    publicUri);
        }

        public Options withPort(int port) {
            return copy(port, clock, instanceId, flows, topicArns, subscribers, messageSizes);
        }

        public Options withClock(InstantSource clock) {
            return copy(port, clock, instanceId, flows, topicArns, subscribers, messageSizes);
        }

        public Options withInstanceId(String instanceId) {
            return copy(port, clock, instanceId, flows, topicArns, subscribers, messageSizes);
        }

        public Options withFlows(Map<String, Flow> flows) {
            return copy(port, clock, instanceId, flows, topicArns, subscribers, messageSizes);
        }

        public Options withTopics(String... topicArns) {
            return copy(port, clock, instanceId, flows, List.of(topicArns), subscribers, messageSizes);
        }

        public Options withSubscribers(URI... subscribers) {
            List<Subscriber> all =
                    Arrays.stream(subscribers).map(Subscriber::http).toList();
            return copy(port, clock, instanceId, flows, topicArns, all, messageSizes);
        }

        /// An SQS queue that is subscribed in place of whoever was, by its URL, which must lead to its server.
        public Options withQueue(URI url) {
            return copy(port, clock, instanceId, flows, topicArns, List.of(Subscriber.queue(url)), messageSizes);
        }

        public Options withMessageSizes(MessageSizes messageSizes) {
            return copy(port, clock, instanceId, flows, topicArns, subscribers, messageSizes);
        }

        public Options withPublicUri(URI publicUri) {
            return new Options(
                    host,
                    port,
                    clock,
                    instanceId,
                    flows,
                    topicArns,
                    subscribers,
                    snsSignatureVersion,
                    snsRetries,
                    snsRetryDelay,
                    snsConfirmEvery,
                    messageSizes,
                    publicUri);
        }

        /// 1 (SHA-1) or 2 (SHA-256).
        public Options withSnsSignatureVersion(int version) {
            return sns(version, snsRetries, snsRetryDelay, snsConfirmEvery);
        }

        public Options withSnsRetries(int retries, Duration delay) {
            return sns(snsSignatureVersion, retries, delay, snsConfirmEvery);
        }

        public Options withSnsConfirmEvery(Duration interval) {
            return sns(snsSignatureVersion, snsRetries, snsRetryDelay, interval);
        }

        private Options sns(int version, int retries, Duration delay, Duration confirmEvery) {
            return new Options(
                    host,
                    port,
                    clock,
                    instanceId,
                    flows,
                    topicArns,
                    subscribers,
                    version,
                    retries,
                    delay,
                    confirmEvery,
                    messageSizes,
                    publicUri);
        }

        private Options copy(
                int port,
                InstantSource clock,
                String instanceId,
                Map<String, Flow> flows,
                List<String> topicArns,
                List<Subscriber> subscribers,
                MessageSizes messageSizes) {
            return new Options(
                    host,
                    port,
                    clock,
                    instanceId,
                    flows,
                    topicArns,
                    subscribers,
                    snsSignatureVersion,
                    snsRetries,
                    snsRetryDelay,
                    snsConfirmEvery,
                    messageSizes,
                    publicUri);
        }

        private SnsOptions snsOptions() {
            return new SnsOptions(
                    clock, topicArns, subscribers, snsSignatureVersion, snsRetries, snsRetryDelay, snsConfirmEvery);
        }
    }

    private final StandInServer server;
    private final SnsTopics topics;
    private final List<ControlRoute> controlRoutes;

    private ConnectStandIn(StandInServer server, SnsTopics topics, List<ControlRoute> controlRoutes) {
        this.server = server;
        this.topics = topics;
        this.controlRoutes = controlRoutes;
    }

    /// Serves at once.
    ///
    /// @throws lull.runtime.CannotStart if this machine does not have the address or the port
    public static ConnectStandIn start(Options options) {
        FaultBook faults = new FaultBook(
                Stream.concat(Arrays.stream(Operation.values()).map(Operation::title), SnsTopics.FAULT_TARGETS.stream())
                        .toList());
        SnsTopics topics = new SnsTopics(options.snsOptions(), faults);
        Chats chats = new Chats();
        CallLog calls = new CallLog();
        Lifetimes lifetimes = new Lifetimes(options.clock());
        Quotas limits = new Quotas(options.clock());
        Scanner scanner = new Scanner();
        TokenBook tokens = new TokenBook(lifetimes);
        AttachmentShelf shelf = new AttachmentShelf(lifetimes);
        CompletableFuture<URI> address = new CompletableFuture<>();
        AttachmentApi attachments = new AttachmentApi(options, tokens, shelf, scanner, address::join);
        ApiRoutes api = new ApiRoutes(
                new ConnectApi(options, lifetimes, limits, chats, tokens, publisher(options, topics), topics::hasTopic),
                new ParticipantApi(options, tokens),
                attachments,
                new ReplayBook(options.clock()),
                tokens,
                faults,
                calls,
                options.clock(),
                limits);
        List<ControlRoute> control = new ArrayList<>();
        control.addAll(new AgentRoutes(options, chats, calls, attachments).routes());
        control.addAll(new Bill(chats).routes());
        control.addAll(topics.controlRoutes());
        control.addAll(lifetimes.routes());
        control.addAll(limits.routes());
        control.addAll(scanner.routes());
        control.addAll(faults.routes());
        StandInServer server = StandInServer.start(
                options.host(),
                options.port(),
                control,
                routes -> {
                    api.register(routes);
                    shelf.register(routes);
                    topics.register(routes);
                },
                ApiRoutes::answerUnknown);
        URI base = Optional.ofNullable(options.publicUri()).orElse(server.uri());
        address.complete(base);
        topics.start(base);
        return new ConnectStandIn(server, topics, List.copyOf(control));
    }

    private static Chat.Publisher publisher(Options options, SnsTopics topics) {
        return (Collection<String> arns, TranscriptItem item) -> {
            String message = Json.write(TranscriptJson.streamed(item));
            for (String arn : arns) {
                topics.publish(arn, message, TranscriptJson.attributes(item, options.instanceId(), arn));
            }
        };
    }

    public URI uri() {
        return server.uri();
    }

    public int port() {
        return server.port();
    }

    /// Whether every subscriber has confirmed, so that no event can be lost any more.
    public boolean subscribed() {
        return topics.allConfirmed();
    }

    List<ControlRoute> controlRoutes() {
        return controlRoutes;
    }

    @Override
    public void close() {
        topics.close();
        server.close();
    }
}
