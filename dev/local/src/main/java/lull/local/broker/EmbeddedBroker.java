package lull.local.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A single Kafka node in KRaft mode, broker and controller in one, with the feature set of production. What is
/// written stays in its folder, so that a broker started there again goes on where the last one stopped. One a
/// JVM: brokers share its JMX names.
public final class EmbeddedBroker implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int NODE = 1;

    /// Properties to which values are added.
    private static final Set<String> LISTS =
            Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

    private final KafkaRaftServer server;
    private final String host;
    private final int port;

    private volatile boolean closing;

    private EmbeddedBroker(KafkaRaftServer server, String host, int port) {
        this.host = host;
        this.server = server;
        this.port = port;
    }

    /// Starts a broker; returns when it takes connections.
    ///
    /// @param port of its clients; 0 takes a free one
    /// @param directory where its data is, made and formatted where it is not there
    public static EmbeddedBroker start(int port, Path directory) throws Exception {
        return start(HOST, port, directory);
    }

    /// The same at another address of this machine, which its clients are told; those of a broker that listens on all
    /// addresses are told 127.0.0.1.
    public static EmbeddedBroker start(String host, int port, Path directory) throws Exception {
        return start(host, port, directory, Map.of(), List.of());
    }

    /// The same with other properties and with users of SCRAM.
    ///
    /// @param more properties that go before its own, by Kafka's name
    /// @param scram users in the form of `kafka-storage format --add-scram`, such as
    ///     `SCRAM-SHA-512=[name=alice,password=secret]`; created with the data only
    static EmbeddedBroker start(String host, int port, Path directory, Map<String, String> more, List<String> scram)
            throws Exception {
        int clientPort = port == 0 ? FreePort.next() : port;
        Files.createDirectories(directory);
        Path log = directory.resolve("log");
        Properties properties = properties(host, clientPort, FreePort.next(), log);
        more.forEach((name, value) ->
                properties.merge(name, value, (own, added) -> LISTS.contains(name) ? own + "," + added : added));
        if (!Files.exists(log.resolve("meta.properties"))) {
            format(log, NODE, Uuid.randomUuid().toString(), scram);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        EmbeddedBroker broker = new EmbeddedBroker(server, advertised(host), clientPort);
        Exit.setExitProcedure(broker::exit);
        Exit.setHaltProcedure(broker::exit);
        server.startup();
        return broker;
    }

    public String bootstrapServers() {
        return host + ":" + port;
    }

    public int port() {
        return port;
    }

    /// What the broker does when a thread of it fails: it ends the JVM. While it stops, that would only hide what
    /// else runs here, such as a test.
    private void exit(int status, @Nullable String message) {
        if (closing) {
            log.atWarn().addKeyValue("error", message).log("A thread of the embedded broker failed while it stopped");
        } else {
            log.atError().addKeyValue("error", message).log("The embedded broker has failed and ends this process");
            Runtime.getRuntime().halt(status);
        }
    }

    @Override
    public void close() {
        closing = true;
        server.shutdown();
        server.awaitShutdown();
    }

    /// The properties of a node that is alone.
    static Properties properties(int port, int controllerPort, Path log) {
        return properties(HOST, port, controllerPort, log);
    }

    private static String advertised(String host) {
        return host.equals("0.0.0.0") ? HOST : host;
    }

    private static Properties properties(String host, int port, int controllerPort, Path log) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        properties.put(
                "listeners", "PLAINTEXT://" + host + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + advertised(host) + ":" + port);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("log.dirs", log.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "1");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // By default 50 partitions each: slow to make, and many files.
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.num.partitions", "4");
        // By default the cleaner takes 128 MiB of heap.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("log.segment.bytes", "16777216");
        properties.put("log.index.size.max.bytes", "1048576");
        properties.put("message.max.bytes", "8388608");
        return properties;
    }

    /// Makes a folder ready for a node of a cluster.
    static void format(Path log, int node, String clusterId) throws Exception {
        format(log, node, clusterId, List.of());
    }

    private static void format(Path log, int node, String clusterId, List<String> scram) throws Exception {
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(quiet)
                    .setNodeId(node)
                    .setClusterId(clusterId)
                    .setDirectories(List.of(log.toString()))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName("CONTROLLER")
                    .setScramArguments(scram)
                    .setIgnoreFormatted(true)
                    .run();
        }
    }
}
