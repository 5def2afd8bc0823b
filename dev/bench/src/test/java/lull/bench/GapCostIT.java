package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import lull.cli.Lull;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The whole benchmark once, as short as it can be: that it runs, and that shadow closes the same turns as the fixed
/// gap.
@Tag("proof")
final class GapCostIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void measuresEachPolicyAndShadowMakesTheTurnsOfTheFixedGap() {
        int exitCode = Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("bench", "gap-cost", "--forks=0", "--iterations=1", "--seconds=1");

        assertThat(exitCode).as("%s%n%s", out, err).isZero();
        assertThat(row("adaptive")).hasSize(9);
        assertThat(row("shadow").getLast()).isEqualTo(row("fixed").getLast());
    }

    private List<String> row(String policy) {
        return out.toString()
                .lines()
                .map(line -> List.of(line.strip().split("[ ()]+")))
                .filter(words -> words.getFirst().equals(policy))
                .findFirst()
                .orElseThrow();
    }
}
