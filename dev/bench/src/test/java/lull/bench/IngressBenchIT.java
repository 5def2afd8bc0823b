package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordingFile;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole benchmark once, as short as it can be: that it runs, not how fast.
@Tag("proof")
final class IngressBenchIT {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void runsWholeAndFindsOnTheTopicWhatTheIngressAccepted() throws Exception {
        Path report = directory.resolve("report.txt");
        Path jfr = directory.resolve("ingress.jfr");

        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "ingress",
                        "--connections=4",
                        "--rounds=2",
                        "--seconds=0.2",
                        "--warm-up=0.2",
                        "--jfr=" + jfr,
                        "--out=" + report);

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        List<String> lines = Files.readAllLines(report);
        assertThat(out.toString().lines()).containsExactlyElementsOf(lines);
        assertThat(lines).contains("This run is valid.");
        assertThat(lines.stream().filter(line -> line.startsWith("  median")).findFirst())
                .hasValueSatisfying(median ->
                        assertThat(median.strip().split("\\s+", -1)).hasSize(6).doesNotContain("0", "0.000"));
        assertThat(RecordingFile.readAllEvents(jfr)).isNotEmpty();
    }
}
