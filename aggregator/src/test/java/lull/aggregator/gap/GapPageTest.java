package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `docs/gap.md` says that the shipped model does.
final class GapPageTest {

    private static final Path PAGE = Path.of("../docs/gap.md");

    private static final List<String> TEXTS = List.of(
            "ok?",
            "Where is my order?",
            "Hello",
            "My order has not arrived.",
            "my order has not arrived",
            "thanks",
            "I wanted to ask",
            "Order 4711 is late, and");

    @Test
    void tellsHowLongAFirstMessageIsAwaited() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String text : TEXTS) {
            rows.add(row("`" + text + "`", TextShape.of(text)));
        }
        rows.add(row("a photo", MessageShape.MEDIA));

        assertThat(Files.readAllLines(PAGE)).containsSequence(rows);
    }

    private static String row(String what, MessageShape shape) {
        return "| " + what + " | " + seconds(10, shape) + " | " + seconds(15, shape) + " |";
    }

    private static String seconds(int like, MessageShape shape) {
        GapModel model = GapModel.shipped();
        AdaptiveGap.Options options = AdaptiveGap.Options.like(Duration.ofSeconds(like), Duration.ofSeconds(2), model);
        Duration wait = new AdaptiveGap(model, options)
                .wrote(new Sender(), new Business(), 0, shape)
                .gap();
        return "%.1f s".formatted(wait.toMillis() / 1_000.0);
    }
}
