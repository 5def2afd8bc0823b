package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `bin/lull` says on a machine that lacks what it needs.
final class StartScriptTest {

    private static final List<String> TOOLS =
            List.of("bash", "env", "dirname", "readlink", "find", "head", "grep", "sed", "touch");

    @TempDir
    private Path directory;

    private Path checkout;
    private Path tools;

    /// A checkout that has not been built, and a path with the plainest tools alone.
    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectories(directory.resolve("lull"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.createDirectories(checkout.resolve("bin"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String script : List.of("lull", "find-jdk")) {
            Files.copy(Path.of("..", "bin", script), checkout.resolve("bin").resolve(script));
        }
        for (String tool : TOOLS) {
            Path wrapper = Files.writeString(tools.resolve(tool), "#!/bin/sh\nexec " + onPath(tool) + " \"$@\"\n");
            assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        }
    }

    /// Else it runs with the jars of the local system, which images of services do not have.
    @Test
    void knowsEveryCommandThatNeedsNothingOfTheLocalSystem() throws IOException {
        String script = Files.readString(checkout.resolve("bin/lull"));

        assertThat(Lull.commandLine().getSubcommands().keySet().stream()
                        .filter(name -> !List.of("help", "completion").contains(name)))
                .hasSizeGreaterThan(10)
                .allSatisfy(name ->
                        assertThat(script).containsPattern("(?m)^  [a-z |-]*\\b" + name + "\\b[a-z |-]*\\) ;;$"));
        for (String service : List.of("ingress", "aggregator", "bridge", "applications", "archive", "console")) {
            assertThat(script)
                    .as("log and collector of %s", service)
                    .containsPattern("in [a-z |]*\\b" + service + "\\b[a-z |]*\\) ;; \\*\\) export LULL_LOG_FORMAT")
                    .containsPattern("(?m)^  .*\\b" + service + "\\\\ \\*.*\\) collector=");
        }
    }

    @Test
    void saysWhatToInstallWhereThereIsNoMaven() throws Exception {
        Ran ran = run(Map.of("JAVA25_HOME", System.getProperty("java.home")));

        assertThat(ran.output())
                .isEqualTo(
                        "Lull has to be built first, and Maven (mvn) is not on the path: install Maven 3.8 or later, and"
                                + " try again.");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJavaOfTheRightVersion() throws Exception {
        // The usual places of a JDK cannot be taken away from a test, but the script's list of them can.
        Path script = checkout.resolve("bin/find-jdk");
        String usual = Files.readString(script);
        int from = usual.indexOf("    /usr/{lib");
        int to = usual.indexOf("; do", from);
        Files.writeString(script, usual.substring(0, from) + "    \"\"" + usual.substring(to));
        Path old = Files.createDirectories(directory.resolve("old/bin"));
        for (String tool : List.of("java", "javac")) {
            Path file = Files.writeString(old.resolve(tool), "#!/bin/sh\necho 'openjdk version \"17.0.9\"' >&2\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }

        Ran ran = run(Map.of("PATH", old + File.pathSeparator + tools));

        assertThat(ran.output())
                .isEqualTo(
                        "Lull needs JDK 25, and none was found in JAVA25_HOME, JAVA_HOME, on the path or in the usual places"
                                + " (the one on the path is version 17.0.9): install one, for example Eclipse Temurin 25, or set"
                                + " JAVA25_HOME to its folder.");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void aProcessWithoutMemoryEnds() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));

        Ran ran = run(Map.of(
                "JAVA25_HOME",
                System.getProperty("java.home"),
                "LULL_JAVA_OPTS",
                "-XX:+PrintCommandLineFlags -version"));

        assertThat(ran.output()).contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void saysThatACloneHasNoJarsForIam() throws Exception {
        Ran ran = run(Map.of("LULL_MSK_IAM", "true"));

        assertThat(ran.output())
                .isEqualTo(
                        "LULL_MSK_IAM is set, but the jars for IAM authentication are only in the archive: build it with"
                                + " 'mvn -Pdist package' and run its bin/lull, or unset LULL_MSK_IAM.");
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void anUnpackedArchiveRunsItsJarsInTheSameOrderEveryTime() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));
        Path lib = Files.createDirectories(checkout.resolve("lib"));
        for (String jar : List.of("b.jar", "B.jar", "a.jar")) {
            Files.createFile(lib.resolve(jar));
        }

        Ran ran = run(
                Map.of("JAVA25_HOME", System.getProperty("java.home"), "LULL_JAVA_OPTS", "-XshowSettings:properties"));

        assertThat(ran.output().lines().map(String::strip))
                .containsSubsequence("java.class.path = " + lib + "/B.jar", lib + "/a.jar", lib + "/b.jar");
    }

    @Test
    void theOptionsOfAnImageAreOverriddenByThoseOfTheUser() throws Exception {
        Files.delete(checkout.resolve("pom.xml"));
        Files.writeString(
                Files.createDirectories(checkout.resolve("jvm")).resolve("topics.options"),
                "-XX:+PrintCommandLineFlags\n-Xmx64m\n");
        String home = System.getProperty("java.home");

        Ran ran = run(Map.of("JAVA25_HOME", home, "LULL_JAVA_OPTS", "-version"));
        Ran overridden = run(Map.of("JAVA25_HOME", home, "LULL_JAVA_OPTS", "-Xmx32m -version"));

        assertThat(ran.output()).contains("-XX:MaxHeapSize=67108864");
        assertThat(overridden.output()).contains("-XX:MaxHeapSize=33554432");
    }

    private record Ran(int exitCode, String output) {}

    private Ran run(Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(checkout.resolve("bin/lull").toString(), "topics").redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", tools.toString(), "HOME", directory.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output.strip());
    }

    private static Path onPath(String tool) {
        return List.of("/usr/bin", "/bin", "/usr/local/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
