package lull.local.broker;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;

/// Three Kafka nodes in KRaft mode, brokers and controllers in one, each a process of its own that can be
/// killed without a last word. Nodes are counted from 1.
public final class BrokerCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int NODES = 3;

    private final Path directory;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Integer> controllerPorts = new ArrayList<>();
    private final Map<Integer, Process> running = new HashMap<>();
    private final Admin admin;

    private BrokerCluster(Path directory) throws IOException {
        this.directory = directory;
        for (int node = 1; node <= NODES; node++) {
            ports.add(FreePort.next());
            controllerPorts.add(FreePort.next());
        }
        this.admin = Admin.create(KafkaSetup.at(bootstrapServers()).admin("test"));
    }

    /// Starts all three; returns when all have joined.
    public static BrokerCluster start(Path directory) throws Exception {
        Files.createDirectories(directory);
        BrokerCluster cluster = new BrokerCluster(directory);
        String id = Uuid.randomUuid().toString();
        for (int node = 1; node <= NODES; node++) {
            Path log = directory.resolve("log" + node);
            EmbeddedBroker.format(log, node, id);
            try (Writer out = Files.newBufferedWriter(cluster.config(node))) {
                cluster.properties(node, log).store(out, null);
            }
            cluster.restart(node);
        }
        try {
            await().atMost(PATIENCE).until(() -> cluster.nodes() == NODES);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    public String bootstrapServers() {
        return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
    }

    /// The node that leads a partition.
    public int leader(String topic, int partition) throws Exception {
        return describe(topic).partitions().get(partition).leader().id();
    }

    /// Waits until each partition of a topic has a leader other than a node; returns how long that took.
    public Duration awaitLeaders(String topic, int dead) {
        long start = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(() -> describe(topic).partitions().stream()
                        .noneMatch(partition ->
                                partition.leader() == null || partition.leader().id() == dead));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Waits until each partition of every topic has all its copies in sync.
    public void awaitWhole() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> nodes() == NODES && allInSync());
    }

    /// Kills a node as a failing machine does.
    public void kill(int node) {
        Process process = running.remove(node);
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /// Starts a node that is not running and returns at once.
    public void restart(int node) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                Path.of("target", "lib") + "/*",
                "kafka.Kafka",
                config(node).toString());
        File log = directory.resolve("broker" + node + ".log").toFile();
        running.put(
                node,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .start());
    }

    @Override
    public void close() {
        admin.close();
        List.copyOf(running.keySet()).forEach(this::kill);
    }

    private int nodes() throws ExecutionException, InterruptedException {
        return admin.describeCluster().nodes().get().size();
    }

    private boolean allInSync() throws ExecutionException, InterruptedException {
        return admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(BrokerCluster::isWhole);
    }

    private static boolean isWhole(TopicPartitionInfo partition) {
        return partition.isr().size() == partition.replicas().size();
    }

    private TopicDescription describe(String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next();
    }

    private Path config(int node) {
        return directory.resolve("broker" + node + ".properties");
    }

    private Properties properties(int node, Path log) {
        Properties properties = EmbeddedBroker.properties(ports.get(node - 1), controllerPorts.get(node - 1), log);
        properties.put("node.id", Integer.toString(node));
        List<String> voters = IntStream.rangeClosed(1, NODES)
                .mapToObj(voter -> voter + "@127.0.0.1:" + controllerPorts.get(voter - 1))
                .toList();
        properties.put("controller.quorum.voters", String.join(",", voters));
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "3");
        }
        // By default 9 s: with what comes on top of it, a failover is as long as the ingress holds a webhook.
        properties.put("broker.session.timeout.ms", "6000");
        properties.put("transaction.state.log.min.isr", "2");
        properties.put("share.coordinator.state.topic.min.isr", "2");
        return properties;
    }
}
