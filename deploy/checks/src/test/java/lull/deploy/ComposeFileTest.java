package lull.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lull.applications.ApplicationsService;
import lull.cli.Configuration;
import lull.console.ConsoleSettings;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds deploy/compose.yaml to the code, without an image engine.
final class ComposeFileTest {

    private static final Set<String> SERVICE = Set.of(
            "image",
            "build",
            "command",
            "entrypoint",
            "environment",
            "env_file",
            "ports",
            "volumes",
            "secrets",
            "depends_on",
            "profiles",
            "restart",
            "init",
            "read_only",
            "tmpfs",
            "cap_drop",
            "security_opt",
            "stop_grace_period",
            "mem_limit",
            "healthcheck",
            "network_mode",
            "shm_size",
            "user");
    private static final Set<String> OWN = Set.of(
            "topics",
            "ingress",
            "aggregator",
            "bridge",
            "applications",
            "archive",
            "console",
            "doctor",
            "erase",
            "stand-ins");
    private static final Path DEMO = DeployFiles.DEPLOY.resolve("compose/demo");
    private static final Pattern INSTALLATION = Pattern.compile("\\$\\{INSTALLATION:-\\./compose/demo}");

    private final JsonNode file = DeployFiles.document(DeployFiles.DEPLOY.resolve("compose.yaml"));
    private final Map<String, JsonNode> services = services();
    private final Map<String, DeployFiles.Listed> settings = DeployFiles.settings();

    @Test
    void hasOnlyNamesThatComposeHas() {
        assertThat(DeployFiles.names(file))
                .containsExactlyInAnyOrder("name", "x-lull", "services", "volumes", "secrets");
        assertThat(services)
                .hasSize(14)
                .allSatisfy((name, service) -> assertThat(SERVICE).as(name).containsAll(DeployFiles.names(service)));
    }

    @Test
    void everyImageIsPinnedAndKafkaIsThatOfTheBuild() {
        String version = Pattern.compile("<kafka.version>(.*)</kafka.version>")
                .matcher(DeployFiles.read(DeployFiles.ROOT.resolve("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(service("kafka").path("image").asText()).isEqualTo("apache/kafka:" + version);
        services.forEach((name, service) -> {
            String image = service.path("image").asText();
            if (OWN.contains(name)) {
                String wanted =
                        service.path("build").path("args").path("SERVICE").asText();
                assertThat(image).isEqualTo("lull/" + wanted + ":${TAG:-latest}");
                assertThat(new Dockerfile().services()).contains(wanted);
                assertThat(service.path("build").path("dockerfile").asText()).isEqualTo("deploy/Dockerfile");
            } else {
                assertThat(image).matches("[a-z/]+:v?\\d+(\\.\\d+){1,2}");
            }
        });
    }

    @Test
    void everyProcessOfLullIsRestricted() {
        OWN.forEach(name -> {
            JsonNode service = service(name);
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(DeployFiles.texts(service.path("cap_drop"))).containsExactly("ALL");
            assertThat(DeployFiles.texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
            assertThat(DeployFiles.texts(service.path("tmpfs"))).containsExactly("/tmp:exec,mode=1777");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "aggregator", "bridge", "applications", "archive"})
    void everyContainerHasWhatSizingCalculates(String name) {
        String limit = service(name).path("mem_limit").asText();

        assertThat(limit).matches("\\d+m");
        SmallestSize.of(name).requireMemory(Long.parseLong(limit.substring(0, limit.length() - 1)));
    }

    @Test
    void everyPortIsOfThisMachineOnlyAndOfItsService() {
        Map<String, Set<String>> ports = Map.of(
                "kafka", Set.of("9092"),
                "ingress", Set.of(DeployFiles.defaultOf("LULL_INGRESS_PORT")),
                "aggregator", Set.of(DeployFiles.defaultOf("LULL_AGGREGATOR_PORT")),
                "bridge", Set.of("8090", "8091", "8092"),
                "archive", Set.of(DeployFiles.defaultOf("LULL_ARCHIVE_PORT")),
                "console", Set.of(DeployFiles.defaultOf("LULL_CONSOLE_PORT")),
                "prometheus", Set.of("9090"),
                "grafana", Set.of("3000"));
        services.forEach((name, service) -> {
            Set<String> inside = new HashSet<>();
            DeployFiles.texts(service.path("ports")).forEach(port -> {
                assertThat(port).startsWith("127.0.0.1:");
                inside.add(port.substring(port.lastIndexOf(':') + 1));
            });
            assertThat(inside).as(name).isEqualTo(ports.getOrDefault(name, Set.of()));
        });
        assertThat(DeployFiles.run("stand-ins", "--help")).contains("8090", "8091", "8092");
    }

    @Test
    void everyVariableIsASettingAndTheBrokersAreItsOwn() {
        OWN.stream()
                .map(this::service)
                .forEach(service ->
                        DeployFiles.names(service.path("environment")).forEach(this::requireVariable));
        assertThat(DeployFiles.names(service("kafka").path("environment")))
                .noneMatch(variable -> variable.startsWith("LULL_"));
        assertThat(service("kafka").has("env_file")).isFalse();
        for (Path env : List.of(DEMO.resolve("lull.env"), DeployFiles.DEPLOY.resolve("compose/aws/lull.env.example"))) {
            DeployFiles.env(env).keySet().stream()
                    .filter(variable -> !variable.equals("KAFKA_BOOTSTRAP_SERVERS") && !variable.startsWith("AWS_"))
                    .forEach(this::requireVariable);
        }
    }

    @Test
    void everyFileIsThere() {
        services.forEach((name, service) -> {
            DeployFiles.texts(service.path("volumes")).stream()
                    .map(volume -> volume.split(":", 2)[0])
                    .forEach(source -> assertThat(
                                    source.startsWith(".")
                                            ? Files.exists(DeployFiles.DEPLOY.resolve(source))
                                            : file.path("volumes").has(source))
                            .as("%s of %s", source, name)
                            .isTrue());
            DeployFiles.elements(service.path("env_file"))
                    .filter(env -> env.isTextual())
                    .forEach(env -> requireFile(env.asText()));
            DeployFiles.texts(service.path("secrets"))
                    .forEach(secret -> requireFile(
                            file.path("secrets").path(secret).path("file").asText()));
        });
    }

    /// An installation without applications has neither the process nor the file with the secrets of its destinations,
    /// and one without channels has no files with theirs.
    @Test
    void applicationsRunOnlyIfTheyAreAskedForAndEachProcessReadsItsOwnSecretsOnly() {
        assertThat(DeployFiles.texts(service("applications").path("profiles"))).containsExactly("applications");
        assertThat(DeployFiles.texts(service("applications").path("command"))).isEmpty();
        // The doctor asks channels and Chatwoot with the secrets of the processes that call them.
        Map<String, List<String>> own = Map.of(
                "applications",
                List.of("destinations"),
                "ingress",
                List.of("ingress"),
                "bridge",
                List.of("bridge"),
                "doctor",
                List.of("destinations", "ingress", "bridge"));
        services.forEach((name, service) -> {
            List<JsonNode> optional = DeployFiles.elements(service.path("env_file"))
                    .filter(env -> !env.isTextual())
                    .toList();
            assertThat(optional.stream().map(env -> env.path("path").asText().replaceFirst(".*/", "")))
                    .as(name)
                    .isEqualTo(own.getOrDefault(name, List.of()).stream()
                            .map(file -> file + ".env")
                            .toList());
            assertThat(optional).allSatisfy(env -> {
                assertThat(DeployFiles.names(env)).containsExactlyInAnyOrder("path", "required");
                assertThat(env.path("path").asText()).matches(INSTALLATION.pattern() + "/[a-z]+\\.env");
                assertThat(env.path("required").asBoolean(true)).isFalse();
            });
            if (!optional.isEmpty()) {
                assertThat(DeployFiles.texts(service.path("env_file")).getFirst())
                        .endsWith("/lull.env");
            }
        });
    }

    /// Its server has no port outside, and the same password and restrictions as the processes of Lull.
    @Test
    void theArchiveHasADatabaseOfItsOwn() {
        JsonNode archive = service("archive");
        JsonNode postgres = service("postgres");
        String password = "/run/secrets/archive-jdbc-password";

        assertThat(DeployFiles.texts(archive.path("profiles")))
                .isEqualTo(DeployFiles.texts(postgres.path("profiles")))
                .containsExactly("archive");
        assertThat(archive.at("/depends_on/postgres/condition").asText()).isEqualTo("service_healthy");
        assertThat(archive.at("/depends_on/topics/condition").asText()).isEqualTo("service_completed_successfully");
        assertThat(archive.at("/environment/LULL_ARCHIVE_JDBC_URL").asText())
                .isEqualTo("jdbc:postgresql://postgres/"
                        + postgres.at("/environment/POSTGRES_DB").asText());
        assertThat(archive.at("/environment/LULL_ARCHIVE_JDBC_USER").asText())
                .isEqualTo(postgres.at("/environment/POSTGRES_USER").asText());
        assertThat(archive.at("/environment/LULL_ARCHIVE_JDBC_PASSWORD_FILE").asText())
                .isEqualTo(password)
                .isEqualTo(postgres.at("/environment/POSTGRES_PASSWORD_FILE").asText());
        assertThat(DeployFiles.texts(postgres.path("secrets"))).containsExactly("archive-jdbc-password");
        assertThat(postgres.path("user").asText())
                .isEqualTo(new Dockerfile().of("base", "USER").getFirst().rest());
        assertThat(postgres.path("read_only").asBoolean()).isTrue();
        assertThat(DeployFiles.texts(postgres.path("cap_drop"))).containsExactly("ALL");
        assertThat(DeployFiles.texts(postgres.path("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(DeployFiles.texts(postgres.path("volumes")))
                .singleElement()
                .satisfies(
                        volume -> assertThat(postgres.at("/environment/PGDATA").asText())
                                .startsWith(volume.substring(volume.indexOf(':') + 1) + "/"));
        // The doctor asks both if the file .env names them.
        JsonNode doctor = service("doctor").path("environment");
        String readme = DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md"));
        assertThat(doctor.path("LULL_ARCHIVE_JDBC_URL").asText())
                .isEqualTo("${DOCTOR_DATABASE:-" + DeployFiles.defaultOf("LULL_ARCHIVE_JDBC_URL") + "}");
        assertThat(doctor.path("LULL_DOCTOR_ARCHIVE").asText()).isEqualTo("${DOCTOR_ARCHIVE:-}");
        assertThat(readme)
                .contains("DOCTOR_DATABASE="
                        + archive.at("/environment/LULL_ARCHIVE_JDBC_URL").asText())
                .contains("DOCTOR_ARCHIVE=http://archive:" + DeployFiles.defaultOf("LULL_ARCHIVE_PORT"));
        assertThat(DeployFiles.texts(postgres.at("/healthcheck/test"))).contains("pg_isready", "--host=127.0.0.1");
    }

    /// What follows `run --rm erase` are options of the command, with which nothing is kept of the container.
    @Test
    void anErasureAsksTheArchiveThatTheDoctorAsks() {
        JsonNode erase = service("erase");
        List<String> words = DeployFiles.texts(erase.path("entrypoint"));

        assertThat(words.getFirst())
                .isEqualTo(new Dockerfile()
                        .of("base", "ENTRYPOINT")
                        .getFirst()
                        .rest()
                        .replaceAll("[\\[\\]\"]", ""));
        DeployFiles.requireCommand(words.subList(1, words.size()));
        assertThat(words.get(3)).startsWith("${DOCTOR_ARCHIVE:-");
        assertThat(DeployFiles.texts(erase.path("profiles"))).containsExactly("tools");
        assertThat(erase.has("command")).isFalse();
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md"))).contains("run --rm erase --phone");
    }

    /// A newcomer opens its page. It asks the same processes as the doctor, and of an archive only what the file .env
    /// says.
    @Test
    void theConsoleIsPartOfTheDemonstrationWithAndWithoutAnArchive() {
        JsonNode console = service("console");
        JsonNode doctor = service("doctor").path("environment");

        assertThat(DeployFiles.texts(console.path("profiles"))).containsExactly("demo", "console");
        assertThat(DeployFiles.texts(console.path("command"))).containsExactly("console");
        assertThat(DeployFiles.texts(console.at("/healthcheck/test"))).containsExactly("CMD", "/opt/lull/bin/health");
        assertThat(console.path("mem_limit").asText()).isEqualTo("768m");
        assertThat(console.at("/environment/LULL_CONSOLE_WATCH").asText())
                .isEqualTo(doctor.path("LULL_DOCTOR_PROCESSES").asText());
        assertThat(console.at("/environment/LULL_CONSOLE_AGGREGATOR_URL").asText())
                .isEqualTo("http://aggregator:" + DeployFiles.defaultOf("LULL_AGGREGATOR_PORT"));
        assertThat(console.at("/environment/LULL_CONSOLE_ARCHIVE_URL").asText())
                .isEqualTo(doctor.path("LULL_DOCTOR_ARCHIVE").asText());
        // It is there whether the others are or not.
        assertThat(DeployFiles.names(console.path("depends_on"))).containsExactly("topics");
        Map<String, String> environment = new LinkedHashMap<>();
        console.path("environment").properties().forEach(variable -> {
            String value = variable.getValue().asText().replaceAll("\\$\\{[A-Z_]+:-}", "");
            environment.put(
                    variable.getKey(),
                    value.replace("/run/secrets/", DEMO.resolve("secrets").toAbsolutePath() + "/"));
        });
        environment.putAll(DeployFiles.env(DEMO.resolve("lull.env")));
        Settings settings = Configuration.load(environment, Map.of());
        assertThat(settings.get(ConsoleSettings.WATCH)).hasSize(3);
        assertThat(settings.get(ConsoleSettings.AGGREGATOR_TOKEN)).containsExactly("local-operator");
        assertThat(settings.get(ConsoleSettings.ARCHIVE_URL)).isEmpty();
        assertThat(settings.get(ConsoleSettings.SOURCES_PLAIN)).isTrue();
    }

    @Test
    void assistantsReadTheArchiveIfThereIsOne() {
        JsonNode environment = service("applications").path("environment");

        assertThat(environment.path("LULL_APPLICATIONS_ARCHIVE_URL").asText())
                .isEqualTo(
                        service("doctor").at("/environment/LULL_DOCTOR_ARCHIVE").asText());
        assertThat(environment.path("LULL_APPLICATIONS_ARCHIVE_TOKEN_FILE").asText())
                .isEqualTo("/run/secrets/archive-tokens");
        assertThat(environment.path("LULL_APPLICATIONS_ARCHIVE_PLAIN").asText()).isEqualTo("true");
        assertThat(DeployFiles.texts(service("applications").path("secrets"))).containsExactly("archive-tokens");
    }

    /// Values have no spaces, because deploy/README.md gives them to commands by `env`.
    @Test
    void theApplicationOfTheExampleCanBeUncommented() {
        Path example = DeployFiles.DEPLOY.resolve("compose/aws/lull.env.example");
        Map<String, String> env = new LinkedHashMap<>(DeployFiles.env(example));
        env.keySet().removeIf(variable -> variable.startsWith("AWS_"));
        DeployFiles.read(example)
                .lines()
                .filter(line -> line.startsWith("# LULL_"))
                .map(line -> line.substring(2).split("=", 2))
                .forEach(line -> env.put(line[0], line[1]));

        assertThat(ApplicationsService.isNeeded(Configuration.load(env, Map.of())))
                .isTrue();
        assertThat(env.values()).noneMatch(value -> value.contains(" "));
        assertThat(env.keySet()).noneMatch(variable -> variable.endsWith("_SECRETS"));
    }

    @Test
    void everySecretThatAServiceReadsIsMounted() {
        OWN.stream()
                .map(this::service)
                .forEach(service -> service.path("environment").properties().forEach(variable -> {
                    if (variable.getKey().endsWith("_FILE")) {
                        String path = variable.getValue().asText();
                        assertThat(path).startsWith("/run/secrets/");
                        assertThat(DeployFiles.texts(service.path("secrets")))
                                .contains(path.substring("/run/secrets/".length()));
                    }
                }));
    }

    @Test
    void anInstallationIsNamedInAFileThatGitIgnores() {
        assertThat(DeployFiles.read(DeployFiles.DEPLOY.resolve("README.md")))
                .contains("echo INSTALLATION=./compose/mine > deploy/.env");
        assertThat(DeployFiles.read(DeployFiles.ROOT.resolve(".gitignore")))
                .contains(
                        "/deploy/.env\n",
                        "/deploy/compose/*/lull.env\n",
                        "/deploy/compose/*/destinations.env\n",
                        "/deploy/compose/*/ingress.env\n",
                        "/deploy/compose/*/bridge.env\n",
                        "/deploy/compose/*/secrets/\n");
    }

    @Test
    void everyCommandIsThere() {
        DeployFiles.requireCommand(DeployFiles.texts(service("topics").path("command")));
        DeployFiles.requireCommand(DeployFiles.texts(service("stand-ins").path("command")));
        DeployFiles.requireCommand(DeployFiles.texts(service("doctor").path("command")));
        DeployFiles.requireCommand(DeployFiles.texts(service("console").path("command")));
    }

    /// The demonstration uses the settings that `lull local` and `lull stand-ins` use.
    @Test
    void theDemonstrationUsesTheSecretsOfTheStandIns() {
        String help = DeployFiles.run("local", "--help").replaceAll("\\s+", " ");
        for (String name : List.of(
                "whatsapp-app-secrets",
                "whatsapp-verify-token",
                "replies-tokens",
                "aggregator-tokens",
                "archive-tokens")) {
            assertThat(help).contains(DeployFiles.read(DEMO.resolve("secrets").resolve(name)));
        }
        assertThat(help)
                .contains(DeployFiles.read(DEMO.resolve("secrets/console-operators"))
                        .replaceFirst("^operator:", ""));
    }

    private JsonNode service(String name) {
        return requireNonNull(services.get(name), name);
    }

    private void requireVariable(String variable) {
        assertThat(DeployFiles.isVariable(variable, settings))
                .as("%s is a setting", variable)
                .isTrue();
    }

    private void requireFile(String path) {
        assertThat(DeployFiles.DEPLOY.resolve(INSTALLATION.matcher(path).replaceFirst("./compose/demo")))
                .isRegularFile();
    }

    /// The services with what they merge.
    private Map<String, JsonNode> services() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        file.path("services").properties().forEach(service -> {
            JsonNode own = service.getValue();
            all.put(service.getKey(), merged(own));
        });
        return all;
    }

    /// YAML's merge keys, which Jackson leaves as they are: `<<` is a reference to x-lull, or to the build of topics.
    private JsonNode merged(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        ObjectNode result = DeployFiles.YAML.createObjectNode();
        JsonNode merge = object.get("<<");
        if (merge != null) {
            JsonNode target = merge.isObject() ? merge : anchor(merge.asText());
            target.properties().forEach(entry -> result.set(entry.getKey(), merged(entry.getValue())));
        }
        object.properties().forEach(entry -> {
            if (!entry.getKey().equals("<<")) {
                JsonNode value = entry.getValue();
                result.set(
                        entry.getKey(),
                        value.isTextual() && value.asText().equals("build") ? anchor("build") : merged(value));
            }
        });
        return result;
    }

    private JsonNode anchor(String name) {
        return switch (name) {
            case "lull" -> file.path("x-lull");
            case "build" -> file.path("services").path("topics").path("build");
            default -> throw new IllegalArgumentException("No anchor " + name);
        };
    }
}
