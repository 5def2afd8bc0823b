package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import lull.aggregator.AggregatorService;
import lull.applications.ApplicationsService;
import lull.archive.ArchiveService;
import lull.bridge.BridgeService;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topics;
import lull.ingress.IngressService;
import lull.local.broker.SecuredBroker;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;

/// A broker that grants each process exactly the rights of [KafkaAccess], with the topics of one
/// partition. A test takes away and restores single grants.
final class GrantsUnderTest implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final KafkaAccess.Scope SCOPE =
            new KafkaAccess.Scope(List.of(Topics.MESSAGE_RECEIVED.name()), List.of(Topics.TURN_CLOSED.name()));

    private final Lifecycle components = new Lifecycle();
    private final Path directory;
    private final SecuredBroker broker;
    private final Map<String, String> settings;

    /// A right of a process to do one thing.
    record Grant(KafkaAccess process, Right right, AclOperation operation) {

        String word() {
            return KafkaAccess.word(operation);
        }

        String resource() {
            return switch (right.type()) {
                        case GROUP -> "consumer group ";
                        case TRANSACTIONAL_ID -> "transactional id ";
                        default -> "topic ";
                    }
                    + right.name()
                    + (right.pattern() == PatternType.PREFIXED ? "*" : "");
        }

        @Override
        public String toString() {
            return process.word() + " without " + word() + " on the " + resource();
        }
    }

    private GrantsUnderTest(Path directory) throws Exception {
        this.directory = directory;
        Path keys = KeyStores.make(directory.resolve("keys.p12"));
        List<String> users =
                Arrays.stream(KafkaAccess.values()).map(KafkaAccess::word).toList();
        this.broker = components.add(
                "broker", SecuredBroker.start(directory.resolve("kafka"), users, keys, KeyStores.PASSWORD));
        broker.grant(SCOPE);
        LocalLull lull = LocalLull.startAround(World.options(directory), broker.administrator(), components);
        this.settings = new HashMap<>(lull.settings());
        settings.put("admin.port", "0");
        settings.put("topics.partitions", "1");
        settings.put("transcribe", "true");
    }

    static GrantsUnderTest start(Path directory) throws Exception {
        GrantsUnderTest started = new GrantsUnderTest(directory);
        // Topics of one partition, so that there is room to add some.
        started.delete(
                Topics.all(SCOPE.inputs()).stream().map(topic -> topic.name()).toList());
        assertThat(started.command(KafkaAccess.TOPICS, "topics", "create").exitCode())
                .isZero();
        return started;
    }

    /// Returns every grant of these processes.
    static Stream<Grant> of(KafkaAccess... processes) {
        return Arrays.stream(processes)
                .flatMap(process -> process.of(SCOPE).stream()
                        .flatMap(right ->
                                right.sorted().stream().map(operation -> new Grant(process, right, operation))));
    }

    SecuredBroker broker() {
        return broker;
    }

    /// Returns a copy of the settings with which a process connects as itself.
    Map<String, String> settings(KafkaAccess process) {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(broker.settings(process.word()));
        return own;
    }

    static ServiceProcess.Services service(KafkaAccess process) {
        return switch (process) {
            case INGRESS -> IngressService::start;
            case AGGREGATOR -> AggregatorService::start;
            case BRIDGE -> BridgeService::start;
            case APPLICATIONS -> ApplicationsService::start;
            case ARCHIVE -> ArchiveService::start;
            case TOPICS, DOCTOR, REPARTITION, DEAD_LETTERS, ERASE ->
                throw new IllegalArgumentException("No service: " + process);
        };
    }

    /// Runs a command as a process.
    Ran command(KafkaAccess process, String... arguments) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings(process));
        // So that the groups of applications and of Chatwoot are there for commands too. Nobody answers there.
        properties.putAll(Map.of(
                "destinations", "bot,desk",
                "destination.bot.kind", "http",
                "destination.bot.url", "http://localhost:1/turns",
                "destination.desk.kind", "chatwoot",
                "destination.desk.url", "http://localhost:1",
                "destination.desk.inbox", "desk",
                "destination.desk.token", "token",
                "destination.desk.account", "1",
                "destination.desk.callback.secrets", "secret"));
        Path file = directory.resolve(process.word() + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        return Ran.lull(all.toArray(String[]::new));
    }

    void delete(List<String> topics) throws Exception {
        try (Admin admin = administrator()) {
            admin.deleteTopics(topics).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
        }
    }

    Admin administrator() {
        return Admin.create(Map.of("bootstrap.servers", broker.administrator()));
    }

    /// Whether what is said names a missing grant and what to do.
    static void assertNamed(Grant grant, String told) {
        assertThat(told.lines()
                        .filter(line -> line.contains("Kafka denies this process ")
                                && line.contains(grant.word())
                                && line.contains(" on the " + grant.resource() + ": grant it, as docs/acls.md lists")))
                .as(told)
                .isNotEmpty();
    }

    @Override
    public void close() {
        components.close();
    }
}
