package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.deploy.Dockerfile.Instruction;
import org.junit.jupiter.api.Test;

/// Holds deploy/Dockerfile to the code, without an image engine.
final class DockerfileTest {

    private static final Set<String> WORDS = Set.of(
            "ARG",
            "FROM",
            "WORKDIR",
            "COPY",
            "RUN",
            "ENV",
            "USER",
            "VOLUME",
            "STOPSIGNAL",
            "ENTRYPOINT",
            "EXPOSE",
            "HEALTHCHECK",
            "CMD",
            "LABEL");
    private static final Pattern FROM_STAGE = Pattern.compile("--from=(\\S+) (.*)");
    private static final Pattern SCRIPT = Pattern.compile("(?:deploy|/opt)/image/([a-z.-]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Dockerfile dockerfile = new Dockerfile();
    private final Map<String, DeployFiles.Listed> settings = DeployFiles.settings();

    @Test
    void hasOnlyInstructionsThatThereAre() {
        assertThat(dockerfile.all())
                .hasSizeGreaterThan(40)
                .allSatisfy(instruction -> assertThat(WORDS).contains(instruction.word()));
    }

    @Test
    void everyStageIsThereBeforeItIsUsed() {
        Set<String> stages = new HashSet<>();
        for (Instruction instruction : dockerfile.all()) {
            if (instruction.word().equals("FROM")) {
                String image = instruction.rest().split(" ", 2)[0];
                assertThat(stages.contains(image)
                                || List.of("${BUILD_IMAGE}", "${RUN_IMAGE}", "${SERVICE}")
                                        .contains(image))
                        .as(instruction.rest())
                        .isTrue();
                stages.add(instruction.stage());
            }
            var from = FROM_STAGE.matcher(instruction.rest());
            if (instruction.word().equals("COPY") && from.matches()) {
                assertThat(stages).contains(from.group(1));
            }
        }
        assertThat(dockerfile.services())
                .containsExactlyInAnyOrder(
                        "ingress", "aggregator", "connect-bridge", "applications", "archive", "cli", "stand-ins");
    }

    @Test
    void imagesHaveTags() {
        assertThat(dockerfile.all("ARG").stream()
                        .filter(argument -> argument.rest().contains("_IMAGE="))
                        .map(Instruction::rest))
                .hasSize(2)
                .allMatch(
                        argument -> argument.matches("[A-Z_]+=[a-z./-]+:[a-z0-9.-]+") && !argument.endsWith(":latest"));
    }

    @Test
    void everyFileAndScriptIsThere() throws IOException {
        for (Instruction instruction : dockerfile.all()) {
            SCRIPT.matcher(instruction.rest())
                    .results()
                    .map(found -> found.group(1))
                    .forEach(name -> assertThat(
                                    DeployFiles.DEPLOY.resolve("image").resolve(name))
                            .exists());
        }
        for (Path script :
                List.of(Path.of("cut-runtime"), Path.of("trim-libraries"), Path.of("train"), Path.of("health"))) {
            Path file = DeployFiles.DEPLOY.resolve("image").resolve(script);
            assertThat(file).isExecutable();
            assertThat(Files.readAllLines(file)).first().isEqualTo("#!/usr/bin/env bash");
        }
        // What the archive has, in the folders from which the stages copy.
        String archive = DeployFiles.read(DeployFiles.ROOT.resolve("dist/src/main/assembly/archive.xml"));
        assertThat(archive)
                .contains(
                        "<include>LICENSE</include>",
                        "<include>THIRD-PARTY.txt</include>",
                        "<include>lull.cdx.json</include>");
        assertThat(DeployFiles.read(DeployFiles.ROOT.resolve("dist/pom.xml")))
                .contains("/lib/local<", "/lib/optional<");
        assertThat(DeployFiles.read(DeployFiles.ROOT.resolve(".dockerignore")))
                .contains(".git\n", "**/target\n", "lull.properties\n");
    }

    @Test
    void noProcessIsRoot() {
        assertThat(dockerfile.of("base", "USER")).extracting(Instruction::rest).containsExactly("10001:10001");
        assertThat(dockerfile.all("USER")).hasSize(1);
    }

    @Test
    void commandsAreInExecFormAndExist() throws IOException {
        assertThat(dockerfile.of("base", "ENTRYPOINT"))
                .extracting(Instruction::rest)
                .containsExactly("[\"/opt/lull/bin/lull\"]");
        for (Instruction command : dockerfile.all("CMD")) {
            DeployFiles.requireCommand(words(command.rest()).stream()
                    .filter(word -> !word.equals("--help"))
                    .collect(Collectors.collectingAndThen(
                            Collectors.toList(), words -> words.isEmpty() ? List.of("lull") : words)));
        }
        for (Instruction check : dockerfile.all("HEALTHCHECK")) {
            assertThat(words(check.rest().replaceFirst(".*CMD ", ""))).containsExactly("/opt/lull/bin/health");
        }
        assertThat(dockerfile.all("HEALTHCHECK"))
                .extracting(Instruction::stage)
                .containsExactly("ingress", "aggregator", "connect-bridge", "applications", "archive");
    }

    @Test
    void eachServiceHasItsPortsItsOptionsAndItsCache() {
        Map<String, String> commands = Map.of(
                "ingress",
                "ingress",
                "aggregator",
                "aggregator",
                "connect-bridge",
                "bridge",
                "applications",
                "applications",
                "archive",
                "archive");
        commands.forEach((service, command) -> {
            // Nobody calls the applications' process.
            String port = service.equals("applications")
                    ? ""
                    : DeployFiles.defaultOf("LULL_" + command.toUpperCase(Locale.ROOT) + "_PORT") + " ";
            assertThat(dockerfile.of(service, "EXPOSE"))
                    .extracting(Instruction::rest)
                    .containsExactly(port + dockerfile.variables().get("LULL_ADMIN_PORT"));
            assertThat(dockerfile.of(service, "COPY"))
                    .extracting(Instruction::rest)
                    .filteredOn(copied -> !copied.endsWith(".pem"))
                    .containsExactly(
                            "--from=train /opt/lull/jvm/%1$s.options /opt/lull/jvm/%1$s.options".formatted(command),
                            "--from=train /opt/lull/aot/%1$s.aot /opt/lull/aot/%1$s.aot".formatted(command));
            assertThat(DeployFiles.DEPLOY.resolve("image/jvm/" + command + ".options"))
                    .isRegularFile();
        });
    }

    /// Both the archive and the doctor connect to its database.
    @Test
    void theAuthoritiesOfAmazonRdsAreInTheImagesThatConnectToIt() throws Exception {
        String file = "/opt/lull/certificates/rds-ca.pem";
        for (String service : List.of("archive", "cli")) {
            assertThat(dockerfile.of(service, "COPY"))
                    .extracting(Instruction::rest)
                    .contains("--from=train /opt/image/rds-ca.pem " + file);
        }
        List<X509Certificate> authorities = new ArrayList<>();
        try (InputStream pem = Files.newInputStream(DeployFiles.DEPLOY.resolve("image/rds-ca.pem"))) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .forEach(authority -> authorities.add((X509Certificate) authority));
        }

        assertThat(authorities).hasSizeGreaterThan(20).allSatisfy(authority -> {
            assertThat(authority.getSubjectX500Principal().getName())
                    .matches(".*CN=Amazon RDS [a-z]+(-[a-z]+)+-\\d Root CA RSA2048 G1.*");
            assertThat(authority.getBasicConstraints()).isNotNegative();
            authority.verify(authority.getPublicKey());
            assertThat(authority.getNotAfter()).isAfter(Date.from(Instant.now().plus(Duration.ofDays(3_650))));
        });
        assertThat(authorities.stream().map(X509Certificate::getSubjectX500Principal))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyServiceWithACacheIsTrained() {
        String train = DeployFiles.read(DeployFiles.DEPLOY.resolve("image/train"));

        assertThat(dockerfile.all("COPY").stream()
                        .map(copy -> copy.rest().replaceFirst(".*/([a-z]+)\\.aot$", "$1"))
                        .filter(service -> !service.contains(" ")))
                .containsExactlyInAnyOrder(trained(train, "for service in ((?:[a-z]+ )*[a-z]+); do\n  LULL_JAVA_OPTS="))
                .allSatisfy(service -> assertThat(train).contains("[" + service + "]=909"));
    }

    private static String[] trained(String train, String loop) {
        List<String> lists = Pattern.compile(loop)
                .matcher(train)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(lists).hasSize(1);
        return lists.getFirst().split(" ", -1);
    }

    /// Otherwise the JVM would use a quarter of the container's memory.
    @Test
    void halfOfTheMemoryOfAllOtherCommandsIsHeap() {
        assertThat(dockerfile.of("cli", "COPY"))
                .extracting(Instruction::rest)
                .contains("--from=train /opt/lull/jvm/cli.options /opt/lull/jvm/cli.options");
        assertThat(Dockerfile.heapPercentage("cli")).isEqualTo(50);
        assertThat(DeployFiles.read(DeployFiles.ROOT.resolve("bin/lull"))).contains("for name in cli \"${1:-}\"");
    }

    @Test
    void variablesAreSettings() {
        assertThat(dockerfile.variables().keySet().stream().filter(name -> name.startsWith("LULL_")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(DeployFiles.isVariable(name, settings))
                        .as(name)
                        .isTrue());
    }

    @Test
    void labelsSayWhatAnImageIs() {
        Map<String, String> labels = Dockerfile.assignments(
                dockerfile.of("image", "LABEL").getFirst().rest());

        assertThat(labels.keySet().stream().map(label -> label.replace("org.opencontainers.image.", "")))
                .contains("title", "description", "version", "revision", "created", "source", "licenses", "base.name");
        assertThat(labels).containsEntry("org.opencontainers.image.licenses", "Apache-2.0");
    }

    private static List<String> words(String json) throws IOException {
        return List.of(JSON.readValue(json, String[].class));
    }
}
