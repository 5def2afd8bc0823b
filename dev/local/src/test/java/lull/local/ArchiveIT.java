package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import lull.contract.topic.KafkaAccess;
import lull.contract.topic.Topics;
import lull.local.broker.FreePort;
import lull.local.broker.SecuredBroker;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive of `mvn -Pdist package`, unpacked: it runs without Maven and without the sources. Skipped where it has
/// not been built.
@Tag("own-jvm")
@Tag("proof")
final class ArchiveIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path BUILT = Path.of("..", "..", "dist", "target");

    @TempDir
    private static Path directory;

    private static Path home = Path.of("");

    private final Lifecycle components = new Lifecycle();

    @BeforeAll
    static void unpack() throws Exception {
        List<Path> archives = archives();
        assumeTrue(
                archives.size() == 1,
                "Skipped, because dist/target does not contain the archive: run 'mvn -Pdist -Dquick package' first");
        run(Map.of(), "tar", "-xzf", archives.getFirst().toAbsolutePath().toString());
        try (Stream<Path> tops = Files.list(directory).filter(Files::isDirectory)) {
            List<Path> all = tops.toList();
            assertThat(all).as("top folders of the archive").hasSize(1);
            home = all.getFirst();
        }
    }

    @AfterEach
    void stop() {
        components.close();
    }

    @Test
    void saysItsVersionAndCommit() throws Exception {
        String version = home.getFileName().toString().substring("lull-".length());

        assertThat(lull(Map.of(), "--version").lines().findFirst().orElseThrow())
                .matches("lull \\Q" + version + "\\E \\(commit ([0-9a-f]{40}(-dirty)?|unknown)\\)");
    }

    @Test
    void hasWhatAnInstallationNeedsAndSaysWhatItContains() throws Exception {
        assertThat(home.resolve("conf/lull.properties")).content().contains("kafka.bootstrap.servers=");
        for (String page : List.of(
                "README.md",
                "CHANGELOG.md",
                "SECURITY.md",
                "LICENSE",
                "docs/configuration.md",
                "deploy/README.md",
                "deploy/kubernetes/base/kustomization.yaml")) {
            assertThat(home.resolve(page)).isRegularFile();
        }
        String licences = Files.readString(home.resolve("THIRD-PARTY.txt"));
        String bom = Files.readString(home.resolve("lull.cdx.json"));
        assertThat(bom).contains("CycloneDX").doesNotContain("timestamp");
        List<String> jars = new ArrayList<>(jars("lib"));
        jars.addAll(jars("lib/local"));
        jars.addAll(jars("lib/optional"));
        assertThat(jars).hasSizeGreaterThan(150).doesNotHaveDuplicates();
        for (String jar : jars) {
            String name = jar.replaceFirst("-\\d.*", "");
            assertThat(bom).as(jar).contains("\"name\" : \"" + name + "\"");
            if (!name.startsWith("lull-")) {
                assertThat(licences).as(jar).contains(":" + name + ":");
            }
        }
    }

    @Test
    void hasEveryFileToWhichItsPagesLead() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(file -> file.toString().endsWith(".md"))
                            .flatMap(page -> PageLinks.of(home, home.relativize(page)).stream()))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(link -> assertThat(home.resolve(link.target()))
                            .as("%s, which %s names", link.target(), link.page())
                            .exists());
        }
    }

    @Test
    void givesServicesNeitherBrokerNorStandIns() throws Exception {
        assertThat(jars("lib"))
                .noneMatch(jar -> jar.matches("(kafka_|kafka-server|lull-local|lull-stand-ins|aws-msk).*"));
        assertThat(jars("lib/local")).anyMatch(jar -> jar.startsWith("kafka_"));
        assertThat(jars("lib/optional")).singleElement().asString().startsWith("aws-msk-iam-auth-");
    }

    @Test
    void hasASumThatFits() throws Exception {
        Path archive = archives().getFirst();
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));

        assertThat(BUILT.resolve("SHA256SUMS")).hasContent(sum + "  " + archive.getFileName());
    }

    @Test
    void authenticatesWithIamByItsOptionalJar() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String folder : List.of("lib", "lib/optional")) {
            for (String jar : jars(folder)) {
                urls.add(home.resolve(folder).resolve(jar).toUri().toURL());
            }
        }
        // A role to assume needs the most classes: those of sts.
        AppConfigurationEntry login = new AppConfigurationEntry(
                "software.amazon.msk.auth.iam.IAMLoginModule",
                LoginModuleControlFlag.REQUIRED,
                Map.of("awsRoleArn", "arn:aws:iam::123456789012:role/lull", "awsStsRegion", "eu-central-1"));
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass("software.amazon.msk.auth.iam.IAMClientCallbackHandler");
            Object handler = type.getConstructor().newInstance();
            Method configure = type.getMethod("configure", Map.class, String.class, List.class);

            assertThatCode(() -> configure.invoke(handler, Map.of(), "AWS_MSK_IAM", List.of(login)))
                    .as("a class of the AWS SDK that is not in the archive")
                    .doesNotThrowAnyException();

            type.getMethod("close").invoke(handler);
        }
    }

    @Test
    void addsTheOptionalJarOnlyWhenItIsChosen() throws Exception {
        String show = "-XshowSettings:properties";

        assertThat(lull(Map.of("LULL_JAVA_OPTS", show), "--version"))
                .contains("/lib/lull-cli-")
                .doesNotContain("aws-msk-iam-auth");
        assertThat(lull(Map.of("LULL_JAVA_OPTS", show, "LULL_MSK_IAM", "true"), "--version"))
                .contains("aws-msk-iam-auth");
        assertThat(lull(Map.of("LULL_MSK_IAM", "yes"), "--version"))
                .isEqualTo("LULL_MSK_IAM is 'yes', and is not true or false: set it to true to authenticate with IAM at"
                        + " Amazon MSK.\n");
    }

    @Test
    void runsTheLocalSystem() throws Exception {
        LocalOptions options = World.options(directory.resolve("local"));
        start(
                "local",
                "--data",
                options.directory().toString(),
                "--ingress-port",
                Integer.toString(options.ingressPort()),
                "--aggregator-port",
                Integer.toString(options.aggregatorPort()),
                "--bridge-port",
                Integer.toString(options.bridgePort()),
                "--admin-port",
                Integer.toString(options.adminPort()),
                "--connect-port",
                Integer.toString(options.connectPort()),
                "--graph-port",
                Integer.toString(options.graphPort()),
                "--try-port",
                Integer.toString(options.tryPort()),
                "--kafka-port",
                Integer.toString(options.kafkaPort()));
        awaitReady("local", options.adminPort());

        aTextArrivesAndAnAnswerComesBack(
                components.add("world", new World(options, "localhost:" + options.kafkaPort())), "15550008001");
    }

    @Test
    void runsTheStandInsAlone() throws Exception {
        Path settings = directory.resolve("stand-ins.properties");
        start(
                "stand-ins",
                "--connect-port",
                "0",
                "--graph-port",
                "0",
                "--files-port",
                "0",
                "--settings",
                settings.toString());
        await().atMost(PATIENCE).until(() -> Files.exists(settings));
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(settings)) {
            properties.load(in);
        }
        LocalOptions options = World.options(directory.resolve("alone"));
        World world = components.add("world", new World(options, "localhost:9"));

        assertThat(world.get(URI.create(properties.getProperty("connect.endpoint") + "/_agent/chats")))
                .isEmpty();
        assertThat(world.get(URI.create(properties.getProperty("whatsapp.graph.endpoint") + "/_phone/messages")))
                .isEmpty();
    }

    /// As in production: TLS and SCRAM to Kafka, and each process with the rights of docs/acls.md and no others.
    @Test
    void runsEachServiceAsAProcessOfItsOwnOverTlsScramAndAcls() throws Exception {
        SecuredBroker broker = securedBroker();
        Map<String, String> ofTopics = new HashMap<>(broker.settings("topics"));
        ofTopics.putAll(
                Map.of("topics.partitions", "8", "topics.replication.factor", "1", "topics.min.insync.replicas", "1"));
        String topics = file("topics", ofTopics).toString();
        assertThat(lull(Map.of(), "topics", "create", "--config", topics)).contains("created whatsapp.turn.closed");
        assertThat(lull(Map.of(), "topics", "check", "--config", topics)).contains("All topics are correct");
        LocalOptions options = World.options(directory.resolve("services"));
        LocalLull lull = LocalLull.startAround(options, broker.administrator(), components);
        World world = components.add("world", new World(options, lull.bootstrapServers()));
        String version = lull(Map.of(), "--version");
        for (String service : List.of("ingress", "aggregator", "bridge", "applications")) {
            int port = FreePort.next();
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.putAll(broker.settings(service));
            settings.put("turn.gap", "1s");
            settings.put("admin.port", Integer.toString(port));
            start(service, "--config", file(service, settings).toString());
            awaitReady(service, port);
            JsonNode info = world.get(URI.create("http://localhost:" + port + "/info"));
            assertThat(info.path("process").asText()).isEqualTo(service);
            assertThat(version)
                    .startsWith("lull " + info.path("version").asText() + " (commit "
                            + info.path("commit").asText() + ")");
        }
        await().atMost(PATIENCE).until(lull::subscribed);

        aTextArrivesAndAnAnswerComesBack(world, "15550008002");
    }

    private SecuredBroker securedBroker() throws Exception {
        List<String> users =
                Arrays.stream(KafkaAccess.values()).map(KafkaAccess::word).toList();
        SecuredBroker broker = components.add(
                "broker",
                SecuredBroker.start(
                        directory.resolve("kafka"),
                        users,
                        KeyStores.make(directory.resolve("keys.p12")),
                        KeyStores.PASSWORD));
        broker.grant(
                new KafkaAccess.Scope(List.of(Topics.MESSAGE_RECEIVED.name()), List.of(Topics.TURN_CLOSED.name())));
        return broker;
    }

    private static Path file(String name, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve(name + ".properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static void aTextArrivesAndAnAnswerComesBack(World world, String customer) {
        world.says(customer, "Hello from an archive");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        assertThat(world.customerTexts(customer)).containsExactly("Hello from an archive");

        world.agentSays(world.chats(customer).getFirst(), "Hi, I am Ana");

        await().atMost(PATIENCE).until(() -> !world.phone(customer).isEmpty());
        assertThat(world.phoneTexts(customer)).containsExactly("Hi, I am Ana");
    }

    /// Starts a command that runs until the test ends.
    private void start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/lull").toString()));
        command.addAll(List.of(arguments));
        Process process = builder(Map.of("LULL_JAVA_OPTS", "-Xmx384m -XX:TieredStopAtLevel=1"), command)
                .redirectOutput(log(arguments[0]).toFile())
                .start();
        components.add(arguments[0], () -> {
            process.destroy();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        });
    }

    private static void awaitReady(String name, int adminPort) throws Exception {
        try {
            Readiness.await(URI.create("http://localhost:" + adminPort + "/readyz"), () -> true, PATIENCE);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + Files.readString(log(name)), e);
        }
    }

    private static Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static String lull(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/lull").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        Process process = builder(environment, List.of(command)).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /// A process that does not see this build: its folder is a temporary one.
    private static ProcessBuilder builder(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("LULL_") || key.startsWith("KAFKA_"));
        builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> archives() throws IOException {
        if (!Files.isDirectory(BUILT)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.getFileName().toString().matches("lull-.*\\.tar\\.gz"))
                    .toList();
        }
    }
}
