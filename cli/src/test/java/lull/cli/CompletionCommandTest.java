package lull.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// What real shells complete.
final class CompletionCommandTest {

    @TempDir
    private static Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dlq re            | replay
            topics c          | create check
            dlq list --js     | --json
            dlq list --conver | --conversation
            completion f      | fish
            """)
    void bashCompletesCommandsAndOptions(String words, String completed) throws Exception {
        Path script = script("bash");
        String ran = run(
                "bash",
                "-c",
                "source " + script + "; COMP_WORDS=(lull " + words
                        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_lull 2> /dev/null; echo \"${COMPREPLY[@]}\"");

        assertThat(ran.trim().split(" +")).containsExactlyInAnyOrder(completed.split(" "));
    }

    @Test
    void zshTakesTheScript() throws Exception {
        assumeTrue(isThere("zsh"), "zsh is not installed");

        assertThat(run(
                        "zsh",
                        "-fc",
                        "autoload -Uz compinit; compinit -u -D; source " + script("zsh") + "; echo $_comps[lull]"))
                .contains("_complete_lull");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dlq re                           | replay
            ga                               | gap
            topics create --co               | --config
            dlq list --topic x --conver      | --conversation
            """)
    void fishCompletesCommandsAndOptions(String words, String completed) throws Exception {
        assumeTrue(isThere("fish"), "fish is not installed");

        assertThat(run("fish", "--no-config", "-c", "source " + script("fish") + "; complete -C 'lull " + words + "'")
                        .lines()
                        .map(line -> line.split("\t", 2)[0]))
                .containsExactly(completed);
    }

    @Test
    void theScriptOfFishHasEveryCommandAndEveryOption() throws Exception {
        String script = Files.readString(script("fish"));

        assertThat(Stream.of(Lull.commandLine()).flatMap(CompletionCommandTest::all))
                .allSatisfy(command -> {
                    assertThat(script).contains("-a " + command.getCommandName() + " -d ");
                    command.getCommandSpec()
                            .options()
                            .forEach(option -> assertThat(script)
                                    .contains(option.longestName().replaceFirst("^--?", "") + " "));
                });
    }

    @Test
    void saysWhichShellsThereAre() {
        StringWriter err = new StringWriter();
        int exitCode = Lull.commandLine().setErr(new PrintWriter(err)).execute("completion", "tcsh");

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("'tcsh' is not bash, zsh or fish");
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return command.getSubcommands().values().stream()
                .flatMap(subcommand -> Stream.concat(Stream.of(subcommand), all(subcommand)));
    }

    private static Path script(String shell) throws IOException {
        StringWriter out = new StringWriter();
        assertThat(Lull.commandLine().setOut(new PrintWriter(out)).execute("completion", shell))
                .isZero();
        return Files.writeString(directory.resolve("lull." + shell), out.toString());
    }

    private static String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return out;
    }

    private static boolean isThere(String program) {
        return Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
