package lull.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import lull.bench.peer.LanePeer;
import lull.bench.peer.Peer;
import lull.bench.peer.TurnPeer;
import lull.bench.peer.WebhookPeer;
import lull.bench.peer.WebhookRoute;
import lull.bridge.BridgeService;
import lull.bridge.BridgeSettings;
import lull.contract.json.Json;
import lull.ingress.IngressService;
import lull.ingress.IngressSettings;
import lull.local.broker.EmbeddedBroker;
import lull.runtime.Lifecycle;
import lull.runtime.process.ProcessSettings;
import lull.runtime.process.ServiceProcess;
import lull.runtime.settings.Setting;
import lull.runtime.settings.SettingsLoader;
import lull.standins.connect.ConnectStandIn;
import lull.standins.whatsapp.GraphStandIn;

/// Role of a child process in a benchmark.
enum Role {
    BROKER,
    INGRESS,
    BARE,
    READING,
    LOAD,
    AGGREGATOR,
    SESSIONS,
    LANES,
    CONNECT,
    GRAPH,
    BRIDGE,
    /// Something that is measured beside Lull.
    PEER,
    /// A server that is measured beside the ingress.
    WEBHOOK_PEER;

    private static final long SEED = 1;
    private static final String ACCESS_TOKEN = "bench-token";
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC");

    /// A role that has started.
    interface StartedRole {

        /// The port it listens on; 0 where it listens to none.
        int port();

        /// Carries an order of the benchmark out; the answer is one line.
        default String answer(String order) throws Exception {
            throw new IllegalArgumentException("No order: " + order);
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What `bin/lull ingress` tells its JVM, and so what all servers are told that are compared with it.
    ///
    /// @param own what `LULL_JAVA_OPTS` says
    List<String> options(String own) {
        boolean serves = this == INGRESS || this == BARE || this == READING || this == WEBHOOK_PEER;
        return serves && !COLLECTOR.matcher(own).find() ? List.of("-XX:+UseParallelGC") : List.of();
    }

    /// Starts it.
    ///
    /// @param arguments of the broker: the folder of its data, and its port where it is not to be a free one; of
    ///     the ingress: the broker's address; of the bridge: that, Connect's address, the port for its metrics,
    ///     which is the one that it tells, and, if it has a neighbour, WhatsApp's address and the
    ///     [Neighbour]; of the load generator: how many connections and how many different requests it makes;
    ///     of the aggregator and of sessions: the [TurnForm], the broker's address and the folder of its
    ///     stores; of lanes: the [LaneForm] and the broker's address; of a peer: its name, and what its kind needs
    StartedRole start(List<String> arguments, Lifecycle components) throws Exception {
        return switch (this) {
            case BROKER -> broker(arguments, components)::port;
            case INGRESS -> ingress(arguments.getFirst(), components);
            case BARE -> components.add("bare", BaselineServer.bare())::port;
            case READING -> components.add("reading", BaselineServer.reading(Requests.SECRET))::port;
            case CONNECT -> components.add("connect", ConnectStandIn.start(ConnectStandIn.Options.defaults()))::port;
            case GRAPH ->
                components.add(
                        "graph",
                        GraphStandIn.start(GraphStandIn.Options.defaults().withAccessToken(ACCESS_TOKEN)))::port;
            case BRIDGE -> bridge(arguments, components);
            case AGGREGATOR, SESSIONS -> components.add("worker", Worker.of(arguments));
            case LANES -> components.add("worker", LanesWorker.of(arguments));
            case PEER, WEBHOOK_PEER ->
                peer(Peers.named(arguments.getFirst()), arguments.subList(1, arguments.size()), components);
            case LOAD -> load(Integer.parseInt(arguments.getFirst()), Integer.parseInt(arguments.getLast()));
        };
    }

    private static EmbeddedBroker broker(List<String> arguments, Lifecycle components) throws Exception {
        int port = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 0;
        return components.add("broker", EmbeddedBroker.start(port, Path.of(arguments.getFirst())));
    }

    /// As `lull ingress` starts it, with all defaults but addresses and secrets.
    private static StartedRole ingress(String bootstrapServers, Lifecycle components) throws Exception {
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers", bootstrapServers,
                "ingress.port", "0",
                "admin.port", "0",
                "whatsapp.app.secrets", Requests.SECRET,
                "whatsapp.verify.token", "bench-verify");
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(IngressSettings.all(List.of()));
        AtomicInteger port = new AtomicInteger();
        ServiceProcess.start(
                "ingress",
                new SettingsLoader(known).load(Map.of(), settings),
                components,
                context -> port.set(IngressService.start(context)));
        return port::get;
    }

    /// As `lull bridge` starts it, with all defaults but addresses, secrets and the pace, which the stand-in does
    /// not ask for.
    private static StartedRole bridge(List<String> arguments, Lifecycle components) throws Exception {
        ConnectStandIn.Options connect = ConnectStandIn.Options.defaults();
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", arguments.get(0));
        settings.put("connect.endpoint", arguments.get(1));
        settings.put("connect.participant.endpoint", arguments.get(1));
        settings.put("connect.credentials", "placeholder");
        settings.put("connect.instance.id", connect.instanceId());
        settings.put("connect.contact.flow.id", "queue");
        settings.put("connect.streaming.topic.arn", connect.topicArns().getFirst());
        settings.put("connect.rates", "none");
        settings.put("whatsapp.access.token", ACCESS_TOKEN);
        settings.put("bridge.port", "0");
        settings.put("connect.event.doors", "https");
        settings.put("admin.port", arguments.get(2));
        if (arguments.size() > 3) {
            settings.put("whatsapp.graph.endpoint", arguments.get(3));
            // More than the rate of any benchmark.
            settings.put("whatsapp.number.per.second", "10000");
            settings.put("whatsapp.pair.burst", "1000");
            settings.putAll(Neighbour.valueOf(arguments.get(4)).settings());
        }
        List<Setting<?>> known = new ArrayList<>(ProcessSettings.ALL);
        known.addAll(BridgeSettings.all(List.of(Neighbour.NUMBER), List.of()));
        ServiceProcess.start(
                "bridge", new SettingsLoader(known).load(Map.of(), settings), components, BridgeService::start);
        int port = Integer.parseInt(arguments.get(2));
        return () -> port;
    }

    private static StartedRole peer(Peer peer, List<String> arguments, Lifecycle components) throws Exception {
        return switch (peer) {
            case WebhookPeer server -> {
                int port = server.start(
                        new WebhookRoute(arguments.get(0), Requests.PATH, Requests.SECRET, arguments.get(1)),
                        components);
                yield () -> port;
            }
            case LanePeer lanes -> components.add("worker", LanesWorker.of(lanes, arguments));
            case TurnPeer turns -> components.add("worker", Worker.of(turns, arguments));
            default -> throw new IllegalArgumentException("No benchmark knows how to start " + peer.name());
        };
    }

    /// Its orders are loads.
    private static StartedRole load(int connections, int requestCount) {
        Requests requests = Requests.make(requestCount, SEED, Instant.now());
        return new StartedRole() {
            @Override
            public int port() {
                return 0;
            }

            @Override
            public String answer(String order) throws Exception {
                return Json.text(LoadGenerator.run(Load.parse(order), connections, requests));
            }
        };
    }
}
