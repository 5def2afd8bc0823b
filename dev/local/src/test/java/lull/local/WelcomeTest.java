package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WelcomeTest {

    @Test
    void isWhatTheReadmeShows() {
        LocalOptions options = new LocalOptions(
                LocalOptions.LOOPBACK,
                8080,
                8082,
                8083,
                8084,
                8089,
                9090,
                8090,
                8091,
                8088,
                9092,
                Path.of(".lull"),
                false);
        StringWriter out = new StringWriter();

        Welcome.print(new PrintWriter(out), options, true, Map.of(), 5_700_000_000L);

        List<String> addresses = out.toString()
                .lines()
                .takeWhile(line -> !line.startsWith("Open the first address"))
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> readme = Sources.read(Path.of("..", "..", "README.md"))
                .lines()
                .dropWhile(line -> !line.startsWith("Lull is ready after"))
                .takeWhile(line -> !line.startsWith("```"))
                .filter(line -> !line.isEmpty())
                .toList();
        assertThat(addresses).hasSize(13).isEqualTo(readme);
    }
}
