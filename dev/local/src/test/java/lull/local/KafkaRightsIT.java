package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import lull.bridge.BridgeService;
import lull.cli.Configuration;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.KafkaAccess.Right;
import lull.contract.topic.Topics;
import lull.ingress.IngressService;
import lull.local.broker.FreePort;
import lull.local.broker.RecordingAuthorizer.Request;
import lull.local.broker.SecuredBroker;
import lull.runtime.CannotStart;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every single grant of [KafkaAccess], taken away from a process that has all others.
@Tag("own-jvm")
@Tag("proof")
final class KafkaRightsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KafkaAccess.Scope SCOPE =
            new KafkaAccess.Scope(List.of(Topics.MESSAGE_RECEIVED.name()), List.of(Topics.TURN_CLOSED.name()));
    private static final Lifecycle PARTS = new Lifecycle();

    @TempDir
    private static Path directory = Path.of(".");

    private static SecuredBroker broker;
    private static Map<String, String> settings = Map.of();

    /// One grant.
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

    @BeforeAll
    static void start() throws Exception {
        Path keys = KeyStores.make(directory.resolve("keys.p12"));
        List<String> users =
                Arrays.stream(KafkaAccess.values()).map(KafkaAccess::word).toList();
        broker = PARTS.add("broker", SecuredBroker.start(directory.resolve("kafka"), users, keys, KeyStores.PASSWORD));
        broker.grant(SCOPE);
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.startAround(options, broker.administrator(), PARTS);
        Map<String, String> all = new HashMap<>(lull.settings());
        all.put("admin.port", "0");
        all.put("topics.partitions", "1");
        all.put("transcribe", "true");
        settings = all;
        // Topics of one partition, so that there is room to add some.
        delete(Topics.all(SCOPE.inputs()).stream().map(topic -> topic.name()).toList());
        assertThat(command(KafkaAccess.TOPICS, "topics", "create").exitCode()).isZero();
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    static Stream<Grant> grants() {
        return Arrays.stream(KafkaAccess.values())
                .flatMap(process -> process.of(SCOPE).stream()
                        .flatMap(right ->
                                right.sorted().stream().map(operation -> new Grant(process, right, operation))));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void aMissingGrantIsNamedByWhatNeedsIt(Grant grant) throws Exception {
        prepare(grant);
        broker.revoke(grant.process(), grant.right(), grant.operation());
        String told;
        try {
            told = problems(grant);
        } finally {
            broker.restore(grant.process(), grant.right(), grant.operation());
        }
        if (grant.process() == KafkaAccess.TOPICS) {
            assertThat(command(KafkaAccess.TOPICS, "topics", "create").exitCode())
                    .isZero();
        }

        assertThat(told.lines()
                        .filter(line -> line.contains("Kafka denies this process ")
                                && line.contains(grant.word())
                                && line.contains(" on the " + grant.resource() + ": grant it, as docs/acls.md lists")))
                .as(told)
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"INGRESS", "AGGREGATOR", "BRIDGE"})
    void aGrantThatIsTakenAwayFromARunningProcessIsNamed(KafkaAccess process) throws Exception {
        Right right = process.of(SCOPE).stream()
                .filter(one -> one.type() == ResourceType.TOPIC
                        && one.pattern() == PatternType.LITERAL
                        && one.operations().contains(AclOperation.WRITE))
                .findFirst()
                .orElseThrow();
        Grant grant = new Grant(process, right, AclOperation.WRITE);
        int port = FreePort.next();
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(broker.settings(process.word()));
        own.put("admin.port", Integer.toString(port));
        own.put("ingress.port", "0");
        own.put("aggregator.port", "0");
        own.put("streams.state.dir", directory.resolve("state").toString());
        try (Lifecycle parts = new Lifecycle()) {
            ServiceProcess.start(process.word(), Configuration.load(Map.of(), own), parts, service(process));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(get(port, "/readyz")).contains("true").doesNotContain("rights"));

            broker.revoke(process, right, AclOperation.WRITE);
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(get(port, "/readyz"))
                                .containsPattern("Kafka denies this process (\\w+ and )*Write on the \\Q"
                                        + grant.resource() + "\\E: grant it, as docs/acls.md lists"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(get(port, "/metrics"))
                                .contains("lull_dependency_available{dependency=\"rights\"} 0"));
            } finally {
                broker.restore(process, right, AclOperation.WRITE);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(port, "/metrics"))
                            .contains("lull_dependency_available{dependency=\"rights\"} 1"));
        }
    }

    private static ServiceProcess.Services service(KafkaAccess process) {
        return switch (process) {
            case INGRESS -> IngressService::start;
            case AGGREGATOR -> AggregatorService::start;
            case BRIDGE -> BridgeService::start;
            case TOPICS, DOCTOR, REPARTITION -> throw new IllegalArgumentException("No service: " + process);
        };
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void addingPartitionsNeedsEachRightOfItsList() throws Exception {
        List<Right> rights = KafkaAccess.REPARTITION.of(SCOPE);
        List<String> topics = rights.stream()
                .filter(right -> right.operations().contains(AclOperation.ALTER))
                .map(Right::name)
                .filter(name -> Topics.partitionedAs(name).isEmpty())
                .toList();
        for (String topic : topics) {
            Ran ran = repartition(topic, 2);
            assertThat(ran.exitCode()).as(ran.out() + ran.err()).isZero();
        }
        // Only records are read.
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.administrator()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Right right : rights) {
                if (right.operations().contains(AclOperation.READ)) {
                    producer.send(new ProducerRecord<>(right.name(), new byte[] {'{'}, new byte[] {'{'}))
                            .get();
                }
            }
        }
        for (String topic : topics) {
            Ran _ = repartition(topic, 3);
        }

        List<Request> requests = broker.requests();
        assertThat(rights)
                .allSatisfy(right -> assertThat(requests.stream()
                                .filter(request -> request.user().equals("repartition")
                                        && request.name().equals(right.name())
                                        && request.allowed()
                                        && request.told())
                                .map(Request::operation))
                        .as(right.name())
                        .containsAll(right.operations()));
    }

    private static void prepare(Grant grant) throws Exception {
        if (grant.operation() == AclOperation.CREATE) {
            delete(List.of(grant.right().name()));
        } else if (grant.process() == KafkaAccess.TOPICS && grant.operation() == AclOperation.WRITE) {
            // Then the numbers of partitions are to be recorded.
            delete(List.of(grant.right().name()));
            try (Admin admin = administrator()) {
                admin.createTopics(List.of(new NewTopic(Topics.TOPIC_LAYOUT.name(), 1, (short) 1)
                                .configs(Topics.TOPIC_LAYOUT.config())))
                        .all()
                        .get();
            }
        }
    }

    /// Returns what is said by what needs the right.
    private static String problems(Grant grant) throws Exception {
        return switch (grant.process()) {
            case INGRESS -> refusal("ingress", IngressService::start);
            case AGGREGATOR -> refusal("aggregator", AggregatorService::start);
            case BRIDGE -> refusal("bridge", BridgeService::start);
            case TOPICS -> {
                boolean isOfCreate =
                        grant.operation() == AclOperation.CREATE || grant.operation() == AclOperation.WRITE;
                yield failed(command(KafkaAccess.TOPICS, "topics", isOfCreate ? "create" : "check"));
            }
            case DOCTOR ->
                failed(
                        grant.right().type() == ResourceType.TOPIC
                                ? command(KafkaAccess.DOCTOR, "doctor", "--to", "15550000001", "--patience", "1s")
                                : command(KafkaAccess.DOCTOR, "doctor"));
            case REPARTITION -> failed(repartition(grant));
        };
    }

    private static String refusal(String name, ServiceProcess.Services service) throws Exception {
        Map<String, String> own = new HashMap<>(settings);
        own.putAll(broker.settings(name));
        try (Lifecycle parts = new Lifecycle()) {
            CannotStart[] refused = {null};
            assertThatExceptionOfType(CannotStart.class)
                    .isThrownBy(() -> ServiceProcess.start(name, Configuration.load(Map.of(), own), parts, service))
                    .satisfies(e -> refused[0] = e);
            return String.valueOf(refused[0].getMessage());
        }
    }

    private static Ran repartition(Grant grant) throws IOException {
        String name = grant.right().name();
        boolean isRoot = grant.right().type() == ResourceType.TOPIC && !name.equals(Topics.TOPIC_LAYOUT.name());
        return repartition(isRoot ? Topics.partitionedAs(name).orElse(name) : Topics.ACCOUNT_EVENT.name(), 2);
    }

    private static Ran repartition(String topic, int number) throws IOException {
        return command(
                KafkaAccess.REPARTITION,
                "topics",
                "repartition",
                "--topic",
                topic,
                "--partitions",
                Integer.toString(number));
    }

    private static String failed(Ran ran) {
        assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(1);
        return ran.out() + ran.err();
    }

    private static Ran command(KafkaAccess process, String... arguments) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.putAll(broker.settings(process.word()));
        Path file = directory.resolve(process.word() + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString()));
        return Ran.lull(all.toArray(String[]::new));
    }

    private static void delete(List<String> topics) throws Exception {
        try (Admin admin = administrator()) {
            admin.deleteTopics(topics).all().get();
            await().atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(topics::contains));
        }
    }

    private static Admin administrator() {
        return Admin.create(Map.of("bootstrap.servers", broker.administrator()));
    }
}
