package lull.cdk;

import static java.util.Objects.requireNonNull;
import static lull.cdk.Synthesized.text;
import static lull.cdk.Synthesized.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import lull.cdk.installation.ArchiveDatabaseChoice;
import lull.cdk.installation.Installation;
import lull.cdk.installation.Ports;
import lull.cli.Configuration;
import lull.cli.Lull;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The processes in the templates, held to the code, the images and the pages.
final class ProcessesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final List<String> COMMANDS = List.of("topics", "doctor", "repartition", "dlq", "erase", "gap");

    static List<Path> files() {
        return Synthesized.FILES;
    }

    /// Those of applications and of the console have forms of their own.
    private static String secret(String variable) {
        if (variable.equals("LULL_CONSOLE_OPERATORS")) {
            return "Ana:0123456789abcdef";
        }
        return variable.startsWith("LULL_DESTINATION_") ? "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX" : "a-secret";
    }

    @ParameterizedTest
    @MethodSource("files")
    void lullKnowsEveryVariableAndAcceptsItsValue(Path file) {
        Synthesized all = Synthesized.of(file);
        for (String process : all.processes()) {
            Map<String, String> environment = new HashMap<>(all.environment(process));
            all.secrets(process)
                    .forEach(name ->
                            assertThat(environment.put(name, secret(name))).isNull());
            environment.put("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");

            Settings settings = Configuration.load(environment, Map.of());

            assertThat(settings.kafka())
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("sasl.mechanism", "AWS_MSK_IAM");
            assertThat(environment).containsEntry("LULL_MSK_IAM", "true").containsEntry("LULL_LOG_FORMAT", "json");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void secretsAreNotInTheTemplate(Path file) {
        Synthesized all = Synthesized.of(file);
        Set<String> secret = run("settings", "--markdown")
                .lines()
                .filter(row -> row.matches("^\\| `.*` \\| `LULL_[A-Z_]+` \\| .* \\| yes \\| .*"))
                .map(row -> row.split("`", -1)[3])
                .collect(Collectors.toSet());

        assertThat(secret).hasSizeGreaterThan(5);
        for (String process : all.processes()) {
            assertThat(all.environment(process).keySet()).doesNotContainAnyElementsOf(secret);
            assertThat(all.secrets(process))
                    .allMatch(name -> secret.stream().anyMatch(name::startsWith)
                            || name.matches("LULL_DESTINATION_[A-Z0-9_]+_SECRETS"));
            all.container(process).path("Secrets").forEach(one -> {
                if (one.path("Name").asText().equals("LULL_ERASE_IDS")) {
                    return;
                }
                boolean isOfDatabase = one.path("Name").asText().equals("LULL_ARCHIVE_JDBC_PASSWORD");
                assertThat(text(one.path("ValueFrom")))
                        .startsWith((isOfDatabase
                                        ? databaseSecret(all)
                                        : all.installation().secret()) + ":")
                        .endsWith(isOfDatabase ? ":password::" : "::");
            });
        }
    }

    /// That of a database that the stacks create is known only later.
    private static String databaseSecret(Synthesized all) {
        return all.installation().archive().orElseThrow() instanceof ArchiveDatabaseChoice.Existing existing
                ? existing.secret()
                : "${later}";
    }

    @ParameterizedTest
    @MethodSource("files")
    void portsAreThoseThatTheProcessesListenOn(Path file) {
        Synthesized all = Synthesized.of(file);
        String settings = run("settings", "--markdown");

        assertThat(settings)
                .contains("| `ingress.port` | `LULL_INGRESS_PORT` | `" + Ports.INGRESS + "` |")
                .contains("| `aggregator.port` | `LULL_AGGREGATOR_PORT` | `" + Ports.AGGREGATOR + "` |")
                .contains("| `archive.port` | `LULL_ARCHIVE_PORT` | `" + Ports.ARCHIVE + "` |")
                .contains("| `console.port` | `LULL_CONSOLE_PORT` | `" + Ports.CONSOLE + "` |");
        assertThat(ports(all, "ingress")).containsExactly(Ports.INGRESS, Ports.ADMIN);
        assertThat(ports(all, "aggregator")).containsExactly(Ports.AGGREGATOR, Ports.ADMIN);
        assertThat(ports(all, "bridge")).containsExactly(Ports.ADMIN);
        assertThat(COMMANDS)
                .allSatisfy(command -> assertThat(ports(all, command)).isEmpty());
        assertThat(all.processes())
                .allSatisfy(process ->
                        assertThat(all.environment(process)).containsEntry("LULL_ADMIN_PORT", "" + Ports.ADMIN));
    }

    /// Each rule between security groups, as the groups' descriptions and the port.
    @ParameterizedTest
    @MethodSource("files")
    void groupsConnectByTheseRulesOnly(Path file) {
        Synthesized all = Synthesized.of(file);
        Map<String, String> names = new HashMap<>();
        all.resources("AWS::EC2::SecurityGroup")
                .forEach(group ->
                        names.put(group.id(), group.at("/GroupDescription").asText()));
        Set<String> rules = new TreeSet<>();
        all.resources("AWS::EC2::SecurityGroupIngress")
                .forEach(rule -> rules.add(group(rule.at("/SourceSecurityGroupId"), names) + " -> "
                        + group(rule.at("/GroupId"), names) + " "
                        + rule.at("/FromPort").asInt()));

        String kafka = file.endsWith("existing.yaml") ? "sg-0123456789abcdef0" : "Kafka of Lull";
        Set<String> expected = new TreeSet<>(List.of(
                "Load balancer of Lull -> Lull ingress 8080",
                "Load balancer of Lull -> Lull ingress 9090",
                "Lull aggregator -> Lull aggregator 8082",
                "Lull ingress -> " + kafka + " 9098",
                "Lull aggregator -> " + kafka + " 9098",
                "Lull bridge -> " + kafka + " 9098",
                "Lull topics -> " + kafka + " 9098",
                "Lull doctor -> " + kafka + " 9098",
                "Lull repartition -> " + kafka + " 9098",
                "Lull dlq -> " + kafka + " 9098",
                "Lull erase -> " + kafka + " 9098",
                "Lull doctor -> Lull ingress 9090",
                "Lull doctor -> Lull aggregator 9090",
                "Lull doctor -> Lull bridge 9090",
                "Lull gap -> Lull aggregator 8082"));
        if (all.services().contains("applications")) {
            expected.addAll(
                    List.of("Lull applications -> " + kafka + " 9098", "Lull doctor -> Lull applications 9090"));
        }
        if (all.services().contains("archive")) {
            String database = file.endsWith("existing.yaml") ? "sg-0123456789abcdef2" : "Database of Lull";
            expected.addAll(List.of(
                    "Lull archive -> " + kafka + " 9098",
                    "Lull archive -> " + database + " 5432",
                    "Lull doctor -> " + database + " 5432",
                    "Lull erase -> Lull archive 8084",
                    "Lull advice -> Lull archive 8084",
                    "Lull doctor -> Lull archive 8084",
                    "Lull doctor -> Lull archive 9090"));
        }
        if (all.services().contains("console")) {
            all.services().stream()
                    .filter(service -> !service.equals("console"))
                    .forEach(service -> expected.add("Lull console -> Lull " + service + " 9090"));
            expected.addAll(List.of(
                    "Lull console -> " + kafka + " 9098",
                    "Lull console -> Lull aggregator 8082",
                    "Lull console -> Lull archive 8084",
                    "Lull doctor -> Lull console 9090"));
        }
        if (file.endsWith("existing.yaml")) {
            expected.addAll(List.of(
                    "Load balancer of the console of Lull -> Lull console 8089",
                    "Load balancer of the console of Lull -> Lull console 9090"));
        }
        assertThat(rules).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aContainerFitsItsImage(Path file) throws Exception {
        Synthesized all = Synthesized.of(file);
        String dockerfile = Files.readString(ROOT.resolve("deploy/Dockerfile"));
        for (String process : all.processes()) {
            JsonNode container = all.container(process);
            String repository =
                    text(container.path("Image")).replaceFirst(".*/", "").replaceFirst(":.*", "");
            assertThat(dockerfile).contains("FROM base AS " + repository + "\n");
            boolean exec =
                    all.installation().operations().exec() && all.services().contains(process);
            assertThat(container.path("ReadonlyRootFilesystem").asBoolean()).isEqualTo(!exec);
            assertThat(texts(container.at("/LinuxParameters/Capabilities/Drop")))
                    .containsExactly("ALL");
            List<String> writable = StreamSupport.stream(
                            container.path("MountPoints").spliterator(), false)
                    .map(mount -> "\"" + mount.path("ContainerPath").asText() + "\"")
                    .sorted()
                    .toList();
            assertThat(dockerfile).contains("VOLUME [" + String.join(", ", writable) + "]");
            assertThat(container.path("StopTimeout").asLong())
                    .isGreaterThan(duration("stop.timeout").toSeconds())
                    .isLessThanOrEqualTo(120);
            assertThat(Lull.commandLine().getSubcommands())
                    .containsKey(container.path("Command").get(0).asText());
        }
        assertThat(texts(all.container("topics").path("Command"))).containsExactly("topics", "create");
        assertThat(texts(all.container("doctor").path("Command"))).containsExactly("doctor");
        assertThat(texts(all.container("repartition").path("Command"))).containsExactly("topics", "repartition");
        assertThat(texts(all.container("dlq").path("Command"))).containsExactly("dlq", "list");
        assertThat(texts(all.container("gap").path("Command"))).containsExactly("gap", "show");
        // What was not asked to delete only looks.
        assertThat(texts(all.container("erase").path("Command"))).containsExactly("erase", "--dry-run");
        assertThat(COMMANDS)
                .allSatisfy(command ->
                        assertThat(all.container(command).has("HealthCheck")).isFalse());
        assertThat(all.services())
                .allSatisfy(process -> assertThat(texts(all.container(process).at("/HealthCheck/Command")))
                        .startsWith("CMD", "/opt/lull/bin/health", "--started")
                        .hasSize(process.equals("aggregator") ? 4 : 3));
        assertThat(dockerfile).contains("/opt/image/health /opt/lull/bin/health");
        assertThat(Files.readString(ROOT.resolve("deploy/image/health"))).contains("  --started)\n");
    }

    /// Amazon ECS counts failures from the end of the start period on, and kills a task after so many. Standbys may
    /// take half of the time from the first check, which is an interval after the start.
    @ParameterizedTest
    @MethodSource("files")
    void anAggregatorHasTheTimeInTheFileToRestoreItsState(Path file) {
        Synthesized all = Synthesized.of(file);
        for (String process : all.services()) {
            JsonNode check = all.container(process).at("/HealthCheck");
            int seconds = check.path("StartPeriod").asInt()
                    + check.path("Retries").asInt() * check.path("Interval").asInt();

            assertThat(seconds)
                    .isEqualTo(60
                            * (process.equals("aggregator")
                                    ? all.installation().sizes().restoreMinutes()
                                    : 10));
            assertThat(check.path("StartPeriod").asInt()).isBetween(0, 300);
            assertThat(check.path("Retries").asInt()).isBetween(1, 10);
            assertThat(check.path("Interval").asInt()).isBetween(5, 300);
            if (process.equals("aggregator")) {
                int standbys = Integer.parseInt(text(check.path("Command").get(3)));
                assertThat(standbys).isPositive();
                assertThat(standbys + 2 * check.path("Interval").asInt()).isLessThan(seconds);
            }
        }
    }

    @Test
    void aProcessHasTheHeapAndTheDiskInTheFile() {
        Synthesized all = Synthesized.named("standard");

        assertThat(all.environment("bridge")).containsEntry("LULL_JAVA_OPTS", "-Xmx2560m");
        assertThat(all.environment("aggregator")).doesNotContainKey("LULL_JAVA_OPTS");
        assertThat(all.task("aggregator").at("/EphemeralStorage/SizeInGiB").asInt())
                .isEqualTo(100);
        assertThat(all.task("bridge").at("/EphemeralStorage").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("files")
    void bridgesLearnTheirNumberFromKafkaAndAreNotScaled(Path file) {
        Synthesized all = Synthesized.of(file);

        assertThat(all.environment("bridge")).isNotEmpty().doesNotContainKey("LULL_CONNECT_BRIDGES");
        assertThat(all.resources("AWS::ApplicationAutoScaling::ScalableTarget"))
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(target -> assertThat(target.at("/ResourceId").toString())
                        .contains("Ingress")
                        .doesNotContain("Bridge")
                        .doesNotContain("Aggregator"));
    }

    /// ECS rounds the minimum up: so many of the tasks run during a deployment.
    @ParameterizedTest
    @MethodSource("files")
    void tasksThatSharePartitionsAreReplacedOneAfterTheOther(Path file) {
        Synthesized all = Synthesized.of(file);
        for (String process : all.services().stream()
                .filter(process -> !process.equals("ingress"))
                .toList()) {
            JsonNode deployment = all.service(process).at("/DeploymentConfiguration");
            int tasks = all.service(process).at("/DesiredCount").asInt();
            assertThat(deployment.path("MaximumPercent").asInt()).isEqualTo(100);
            assertThat(all.service(process).at("/AvailabilityZoneRebalancing").asText())
                    .isEqualTo("DISABLED");
            assertThat(Math.ceilDiv(deployment.path("MinimumHealthyPercent").asInt() * tasks, 100))
                    .isEqualTo(tasks - 1);
        }
        assertThat(all.service("ingress")
                        .at("/DeploymentConfiguration/MinimumHealthyPercent")
                        .asInt())
                .isEqualTo(100);
        assertThat(all.resources("AWS::ECS::Service"))
                .allSatisfy(service -> assertThat(service.at("/DeploymentConfiguration/DeploymentCircuitBreaker")
                                .toString())
                        .isEqualTo("{\"Enable\":true,\"Rollback\":true}"));
    }

    /// A number in the template is set again at each deployment, also under load. Application Auto Scaling raises a
    /// service to the minimum when it is registered, and there is nothing to register if the number is fixed.
    @ParameterizedTest
    @MethodSource("files")
    void theIngressHasItsNumberOfTasksFromTheTemplateOrFromItsAutoscaler(Path file) {
        Synthesized all = Synthesized.of(file);
        Installation.Sizes sizes = all.installation().sizes();
        JsonNode count = all.service("ingress").at("/DesiredCount");
        List<Synthesized.Resource> targets =
                all.resources("AWS::ApplicationAutoScaling::ScalableTarget").toList();

        if (sizes.ingressMax() > sizes.ingress().tasks()) {
            assertThat(count.isMissingNode()).isTrue();
            assertThat(targets).singleElement().satisfies(target -> {
                assertThat(target.at("/MinCapacity").asInt())
                        .isEqualTo(sizes.ingress().tasks());
                assertThat(target.at("/MaxCapacity").asInt()).isEqualTo(sizes.ingressMax());
            });
        } else {
            assertThat(count.asInt()).isEqualTo(sizes.ingress().tasks());
            assertThat(targets).isEmpty();
        }
    }

    /// Amazon's agent needs a file system that can be written, a parent for what it starts, and its channels.
    @ParameterizedTest
    @MethodSource("files")
    void operatorsCanOpenSessionsOnlyIfTheFileSaysSo(Path file) {
        Synthesized all = Synthesized.of(file);
        boolean exec = all.installation().operations().exec();

        assertThat(all.resources("AWS::ECS::Service"))
                .allSatisfy(service -> assertThat(
                                service.at("/EnableExecuteCommand").asBoolean())
                        .isEqualTo(exec));
        assertThat(all.services())
                .allSatisfy(process -> assertThat(all.container(process)
                                .at("/LinuxParameters/InitProcessEnabled")
                                .asBoolean())
                        .isEqualTo(exec));
        assertThat(all.resources("AWS::ECS::Cluster")).singleElement().satisfies(cluster -> {
            JsonNode sessions = cluster.at("/Configuration/ExecuteCommandConfiguration");
            assertThat(sessions.isMissingNode()).isEqualTo(!exec);
            assertThat(sessions.path("Logging").asText()).isEqualTo(exec ? "OVERRIDE" : "");
            assertThat(sessions.has("KmsKeyId")).isEqualTo(exec);
            assertThat(sessions.at("/LogConfiguration/CloudWatchEncryptionEnabled")
                            .asBoolean())
                    .isEqualTo(exec);
        });
        assertThat(all.resources("AWS::IAM::Policy")
                        .filter(policy -> policy.node().toString().contains("ssmmessages:")))
                .hasSize(exec ? all.services().size() : 0);
    }

    /// As docs/upgrading.md says.
    @ParameterizedTest
    @MethodSource("files")
    void aNewVersionReachesTheBridgesThenTheAggregatorsThenTheIngress(Path file) {
        Synthesized all = Synthesized.of(file);

        assertThat(texts(all.service("aggregator").node().path("DependsOn")))
                .contains(all.service("bridge").id());
        assertThat(texts(all.service("ingress").node().path("DependsOn")))
                .contains(all.service("aggregator").id());
        if (all.services().contains("applications")) {
            assertThat(texts(all.service("applications").node().path("DependsOn")))
                    .contains(all.service("bridge").id());
            assertThat(texts(all.service("aggregator").node().path("DependsOn")))
                    .contains(all.service("applications").id());
        }
    }

    /// Most installations have no applications, and pay nothing for them.
    @Test
    void applicationsRunOnlyIfTheSettingsHaveAny() {
        Synthesized with = Synthesized.named("standard");
        Synthesized without = Synthesized.example();

        assertThat(with.services())
                .containsExactly("ingress", "aggregator", "bridge", "applications", "archive", "console");
        assertThat(without.services()).containsExactly("ingress", "aggregator", "bridge");
        assertThat(without.resources().map(Object::toString)).noneMatch(name -> name.contains("Applications"));
        assertThat(texts(with.container("applications").path("Command"))).containsExactly("applications");
        assertThat(ports(with, "applications")).containsExactly(Ports.ADMIN);
        assertThat(with.service("applications").at("/DesiredCount").asInt())
                .isEqualTo(with.installation().sizes().applications().tasks());
        // A function and a queue have no secrets.
        assertThat(with.secrets("applications")).containsExactly("LULL_DESTINATION_BOT_SECRETS");
        assertThat(text(with.container("applications").at("/Secrets/0/ValueFrom")))
                .endsWith(":destination-bot-secrets::");
        assertThat(with.environment("aggregator")).containsEntry("LULL_DESTINATIONS", "bot,site,crm,copy");
    }

    @Test
    void theArchiveRunsOnlyIfTheFileHasADatabaseForIt() {
        Synthesized with = Synthesized.named("standard");
        Synthesized without = Synthesized.example();

        assertThat(without.services()).doesNotContain("archive");
        assertThat(without.resources().map(Object::toString))
                .noneMatch(name -> name.contains("Archive") || name.contains("Database"));
        assertThat(without.secrets("doctor")).noneMatch(name -> name.contains("ARCHIVE"));
        assertThat(texts(with.container("archive").path("Command"))).containsExactly("archive");
        assertThat(ports(with, "archive")).containsExactly(Ports.ARCHIVE, Ports.ADMIN);
        assertThat(with.service("archive").at("/DesiredCount").asInt()).isEqualTo(2);
    }

    /// The command of a task is in AWS CloudTrail, and the value of an encrypted parameter is not.
    @ParameterizedTest
    @MethodSource("files")
    void anErasureGetsTheCustomerFromAnEncryptedParameterThatNobodyElseReads(Path file) {
        Synthesized all = Synthesized.of(file);
        String parameter = "parameter/lull/" + all.installation().name() + "/erase";

        assertThat(all.processes().stream()
                        .filter(process -> all.container(process).toString().contains(parameter)))
                .containsExactly("erase");
        assertThat(all.secrets("erase")).contains("LULL_ERASE_IDS");
        // The role by which Amazon ECS starts the task; it has no other rights on parameters.
        assertThat(all.resources("AWS::IAM::Policy")
                        .filter(policy -> policy.node().toString().contains("ssm:")))
                .filteredOn(policy -> !policy.node().toString().contains("ssmmessages:"))
                .singleElement()
                .satisfies(policy -> assertThat(policy.id()).startsWith("EraseTaskExecutionRole"));
        // The stacks create none: it is there for one run only.
        assertThat(all.resources("AWS::SSM::Parameter")).isEmpty();
    }

    @Test
    void adviceOnGapsAsksTheArchiveAndNothingElse() {
        Synthesized with = Synthesized.named("standard");

        assertThat(with.processes()).contains("advice");
        assertThat(texts(with.container("advice").path("Command"))).containsExactly("gap", "advise");
        assertThat(with.secrets("advice")).containsExactly("LULL_ARCHIVE_TOKENS");
        assertThat(Synthesized.example().processes()).doesNotContain("advice").contains("erase");
        assertThat(Synthesized.example().secrets("erase")).containsExactly("LULL_ERASE_IDS");
    }

    /// Its processes have names in the network, and only then: of those that are healthy.
    @Test
    void theConsoleRunsOnceIfTheFileHasItAndFindsAllOthers() {
        Synthesized with = Synthesized.named("standard");
        Synthesized without = Synthesized.example();

        assertThat(without.services()).doesNotContain("console");
        assertThat(without.resources().map(Object::toString)).noneMatch(name -> name.contains("Console"));
        assertThat(without.resources("AWS::ServiceDiscovery::Service")).isEmpty();
        assertThat(without.environment("bridge").keySet()).noneMatch(name -> name.contains("CONSOLE"));
        assertThat(texts(with.container("console").path("Command"))).containsExactly("console");
        assertThat(text(with.container("console").path("Image"))).contains("/cli:");
        assertThat(ports(with, "console")).containsExactly(Ports.CONSOLE, Ports.ADMIN);
        assertThat(with.service("console").at("/DesiredCount").asInt()).isEqualTo(1);
        assertThat(with.secrets("console"))
                .containsExactly(
                        "LULL_CONSOLE_OPERATORS", "LULL_CONSOLE_AGGREGATOR_TOKEN", "LULL_CONSOLE_ARCHIVE_TOKEN");
        assertThat(StreamSupport.stream(
                                with.container("console").path("Secrets").spliterator(), false)
                        .map(secret -> text(secret.path("ValueFrom")).replaceFirst(".*:([a-z-]+)::$", "$1")))
                .containsExactly("console-operators", "aggregator-tokens", "archive-tokens");
        assertThat(with.resources("AWS::ServiceDiscovery::PrivateDnsNamespace")
                        .map(namespace -> namespace.at("/Name").asText()))
                .containsExactly("acme-test.internal");
        Set<String> names = with.resources("AWS::ServiceDiscovery::Service")
                .map(service -> service.at("/Name").asText())
                .collect(Collectors.toSet());
        assertThat(names).containsExactlyInAnyOrderElementsOf(with.services());
        assertThat(with.resources("AWS::ServiceDiscovery::Service"))
                .allSatisfy(service -> assertThat(
                                service.at("/DnsConfig/DnsRecords/0/Type").asText())
                        .isEqualTo("A"));
        assertThat(with.resources("AWS::ECS::Service"))
                .allSatisfy(
                        service -> assertThat(service.at("/ServiceRegistries")).hasSize(1));
        assertThat(with.environment("console"))
                .containsEntry(
                        "LULL_CONSOLE_WATCH",
                        with.services().stream()
                                .filter(service -> !service.equals("console"))
                                .map(service -> "http://" + service + ".acme-test.internal:9090")
                                .collect(Collectors.joining(",")))
                .containsEntry("LULL_CONSOLE_AGGREGATOR_URL", "http://aggregator.acme-test.internal:8082")
                .containsEntry("LULL_CONSOLE_ARCHIVE_URL", "http://archive.acme-test.internal:8084")
                .containsEntry("LULL_CONSOLE_SOURCES_PLAIN", "true")
                .containsEntry("LULL_CONSOLE_RUNBOOK_URL", "https://git.example.com/lull/docs/runbook.md")
                .doesNotContainKey("LULL_CONSOLE_HTTPS");
    }

    /// Others would read its tokens, and its pages have names of customers.
    @Test
    void operatorsReachTheConsoleWithTlsFromTheirNetworks() {
        Synthesized all = Synthesized.named("existing");

        assertThat(all.environment("console")).containsEntry("LULL_CONSOLE_HTTPS", "true");
        assertThat(all.resources("AWS::EC2::SecurityGroup")
                        .filter(group -> group.at("/GroupDescription").asText().contains("console of Lull"))
                        .flatMap(group -> StreamSupport.stream(
                                group.at("/SecurityGroupIngress").spliterator(), false))
                        .map(rule -> rule.path("CidrIp").asText() + " "
                                + rule.path("FromPort").asInt()))
                .containsExactly("10.8.0.0/16 443", "192.168.7.0/24 443");
        assertThat(all.resources("AWS::Route53::RecordSet")
                        .map(record -> record.at("/Name").asText()))
                .containsExactly("console.example.com.");
        assertThat(balancer(all, "internal").at("/LoadBalancerAttributes").toString())
                .doesNotContain("access_logs");
        assertThat(requireNonNull(all.templates().get("services"))
                        .path("Outputs")
                        .has("ConsoleAddress"))
                .isTrue();
        assertThat(targets(all, Ports.CONSOLE).at("/HealthCheckPath").asText()).isEqualTo("/readyz");
    }

    private static Synthesized.Resource balancer(Synthesized all, String scheme) {
        return all.resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
                .filter(balancer -> balancer.at("/Scheme").asText().equals(scheme))
                .findFirst()
                .orElseThrow();
    }

    private static Synthesized.Resource targets(Synthesized all, int port) {
        return all.resources("AWS::ElasticLoadBalancingV2::TargetGroup")
                .filter(targets -> targets.at("/Port").asInt() == port)
                .findFirst()
                .orElseThrow();
    }

    /// Its password comes from the secret that Amazon RDS has, and its certificate is checked.
    @Test
    void theArchiveAndTheDoctorAloneConnectToItsDatabase() {
        Synthesized all = Synthesized.named("standard");
        for (String process : all.processes()) {
            boolean uses = List.of("archive", "doctor").contains(process);
            assertThat(all.environment(process).containsKey("LULL_ARCHIVE_JDBC_URL"))
                    .as(process)
                    .isEqualTo(uses);
            assertThat(all.secrets(process).contains("LULL_ARCHIVE_JDBC_PASSWORD"))
                    .as(process)
                    .isEqualTo(uses);
            assertThat(all.secrets(process).contains("LULL_ARCHIVE_TOKENS"))
                    .as(process)
                    .isEqualTo(uses || List.of("erase", "advice").contains(process));
        }
        assertThat(all.environment("archive"))
                .containsEntry("LULL_ARCHIVE_JDBC_USER", "lull")
                .hasEntrySatisfying(
                        "LULL_ARCHIVE_JDBC_URL",
                        url -> assertThat(url)
                                .matches(
                                        "jdbc:postgresql://\\$\\{.*}/lull\\?sslmode=verify-full&sslrootcert=/opt/lull/.*\\.pem"));
        assertThat(Synthesized.named("existing").environment("archive"))
                .containsEntry("LULL_ARCHIVE_JDBC_USER", "archive")
                .hasEntrySatisfying(
                        "LULL_ARCHIVE_JDBC_URL",
                        url -> assertThat(url).startsWith("jdbc:postgresql://db.example.com/lull?"));
    }

    @Test
    void theDatabaseIsEncryptedBackedUpAndNotUpgradedToAnotherMajorVersion() throws Exception {
        Synthesized.Resource database = database(Synthesized.named("standard"));
        String url = requireNonNull(
                Synthesized.named("standard").environment("archive").get("LULL_ARCHIVE_JDBC_URL"));

        assertThat(database.at("/StorageEncrypted").asBoolean()).isTrue();
        assertThat(database.at("/KmsKeyId").isMissingNode()).isFalse();
        assertThat(database.at("/PubliclyAccessible").asBoolean(true)).isFalse();
        assertThat(database.at("/MultiAZ").asBoolean()).isTrue();
        assertThat(database.at("/EngineVersion").asText()).isEqualTo("16");
        assertThat(database.at("/DBInstanceClass").asText()).isEqualTo("db.m7g.large");
        assertThat(database.at("/AllocatedStorage").asText()).isEqualTo("200");
        assertThat(database.at("/MaxAllocatedStorage").asInt()).isEqualTo(2000);
        assertThat(database.at("/BackupRetentionPeriod").asInt()).isEqualTo(14);
        assertThat(database.at("/AutoMinorVersionUpgrade").asBoolean()).isTrue();
        assertThat(database.at("/AllowMajorVersionUpgrade").asBoolean(true)).isFalse();
        assertThat(database.at("/DeletionProtection").asBoolean()).isTrue();
        assertThat(database.node().path("DeletionPolicy").asText()).isEqualTo("Snapshot");
        assertThat(database.node().path("UpdateReplacePolicy").asText()).isEqualTo("Snapshot");
        // The authorities of this kind, for all Regions, are in the image.
        assertThat(database.at("/CACertificateIdentifier").asText()).isEqualTo("rds-ca-rsa2048-g1");
        assertThat(Files.readString(ROOT.resolve("deploy/Dockerfile")))
                .contains("/opt/image/rds-ca.pem " + url.replaceFirst(".*sslrootcert=", ""));
        Synthesized single = Synthesized.named("regions");
        assertThat(database(single).at("/MultiAZ").asBoolean(true)).isFalse();
        assertThat(database(single).at("/DeletionProtection").asBoolean(true)).isFalse();
        assertThat(Synthesized.named("existing").resources("AWS::RDS::DBInstance"))
                .isEmpty();
    }

    @Test
    void clientsOfTheArchiveAreThoseOfTheFile() {
        assertThat(Synthesized.named("standard")
                        .resources("AWS::EC2::SecurityGroup")
                        .filter(group -> group.at("/GroupDescription").asText().equals("Lull archive"))
                        .map(group -> group.at("/SecurityGroupIngress/0/SourceSecurityGroupId")
                                        .asText() + " "
                                + group.at("/SecurityGroupIngress/0/FromPort").asInt()))
                .containsExactly("sg-0123456789abcdef1 8084");
    }

    private static Synthesized.Resource database(Synthesized all) {
        return all.resources("AWS::RDS::DBInstance").findFirst().orElseThrow();
    }

    @Test
    void applicationsAreCalledAtTheirPorts() {
        assertThat(egress(Synthesized.named("standard"), "Lull applications")).contains(443, 8443);
        assertThat(egress(Synthesized.named("standard"), "Lull doctor")).contains(443, 8443);
        assertThat(egress(Synthesized.named("standard"), "Lull bridge")).doesNotContain(8443);
    }

    @Test
    void tracesGoToTheirCollectorAtItsPort() {
        Synthesized existing = Synthesized.named("existing");
        for (String service : existing.services()) {
            assertThat(existing.environment(service))
                    .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example.com:4318")
                    .containsEntry("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
                    .containsEntry("OTEL_TRACES_SAMPLER_ARG", "0.01");
        }
        assertThat(egress(existing, "Lull bridge")).contains(4318);
        assertThat(Synthesized.example().environment("bridge"))
                .doesNotContainKeys("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER");
        assertThat(egress(Synthesized.example(), "Lull bridge")).doesNotContain(4318);
    }

    private static List<Integer> egress(Synthesized all, String group) {
        return all.resources("AWS::EC2::SecurityGroup")
                .filter(one -> one.at("/GroupDescription").asText().equals(group))
                .flatMap(one ->
                        StreamSupport.stream(one.at("/SecurityGroupEgress").spliterator(), false))
                .map(rule -> rule.path("FromPort").asInt())
                .toList();
    }

    @Test
    void ofUpToAHundredTasksAllButOneKeepRunning() {
        for (int tasks = 1; tasks <= 100; tasks++) {
            assertThat(Math.ceilDiv(LullService.allButOne(tasks) * tasks, 100)).isEqualTo(tasks - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aLoadBalancerNeverUsesAConnectionThatItsProcessCloses(Path file) {
        Synthesized all = Synthesized.of(file);
        closesLater(
                balancer(all, "internet-facing"),
                requireNonNull(all.environment("ingress").get("LULL_INGRESS_IDLE_TIMEOUT")));
        boolean hasConsoleBalancer = file.endsWith("existing.yaml");
        if (hasConsoleBalancer) {
            closesLater(
                    balancer(all, "internal"),
                    requireNonNull(all.environment("console").get("LULL_HTTP_IDLE_TIMEOUT")));
        }

        assertThat(all.resources("AWS::ElasticLoadBalancingV2::TargetGroup"))
                .hasSize(hasConsoleBalancer ? 2 : 1)
                .allSatisfy(targets -> {
                    assertThat(targets.at("/HealthCheckPort").asText()).isEqualTo("9090");
                    assertThat(targets.at("/HealthCheckPath").asText()).isEqualTo("/readyz");
                });
        assertThat(targets(all, Ports.INGRESS).at("/Protocol").asText()).isEqualTo("HTTP");
    }

    private static void closesLater(Synthesized.Resource balancer, String timeout) {
        String idle = StreamSupport.stream(
                        balancer.at("/LoadBalancerAttributes").spliterator(), false)
                .filter(one -> one.path("Key").asText().equals("idle_timeout.timeout_seconds"))
                .map(one -> one.path("Value").asText())
                .findFirst()
                .orElseThrow();

        assertThat(timeout).endsWith("s");
        assertThat(Integer.parseInt(idle)).isLessThan(Integer.parseInt(timeout.replace("s", "")));
    }

    private static Duration duration(String setting) {
        String value = run("settings", "--markdown")
                .lines()
                .filter(row -> row.startsWith("| `" + setting + "` |"))
                .map(row -> row.split("`", -1)[5])
                .findFirst()
                .orElseThrow();
        return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }

    private static List<Integer> ports(Synthesized all, String process) {
        return StreamSupport.stream(all.container(process).path("PortMappings").spliterator(), false)
                .map(port -> port.path("ContainerPort").asInt())
                .toList();
    }

    private static String group(JsonNode id, Map<String, String> names) {
        String logical = id.has("Fn::GetAtt") ? id.path("Fn::GetAtt").get(0).asText() : text(id);
        return names.getOrDefault(logical, logical);
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(Lull.commandLine().setOut(new PrintWriter(out, true)).execute(arguments))
                .isZero();
        return out.toString();
    }
}
