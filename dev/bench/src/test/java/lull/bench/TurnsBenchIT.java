package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole benchmark once, as short as it can be: that it runs, and that every form makes the same turns.
@Tag("proof")
final class TurnsBenchIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void runsWholeAndEveryFormMakesTheSameTurns() throws Exception {
        Path report = directory.resolve("report.txt");

        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "turns",
                        "--rounds=1",
                        "--messages=1000",
                        "--per-turn=4",
                        "--open=5000",
                        "--hour=1",
                        "--rates=200",
                        "--seconds=2",
                        "--out=" + report);

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        List<String> lines = Files.readAllLines(report);
        assertThat(out.toString().lines()).containsExactlyElementsOf(lines);
        assertThat(lines).contains("This run is valid.");
        assertThat(rowsOf(lines, "lull")).hasSize(1);
        assertThat(firstWords(lines)).contains("suppress", "on", "5000", "after", "lone", "200");
    }

    private static List<String> rowsOf(List<String> lines, String word) {
        return lines.stream()
                .filter(line -> line.strip().startsWith(word + " "))
                .toList();
    }

    private static Set<String> firstWords(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .flatMap(line -> Stream.of(line.split("[ ,]", 2)[0]))
                .collect(Collectors.toSet());
    }
}
