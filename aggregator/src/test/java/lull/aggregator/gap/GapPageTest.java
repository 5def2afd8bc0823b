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

    @Test
    void tellsHowLongASecondMessageIsAwaited() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int seconds : List.of(3, 18, 59)) {
            rows.add("| " + seconds + " s | " + second(10, seconds) + " | " + second(15, seconds) + " |");
        }

        assertThat(Files.readAllLines(PAGE)).containsSequence(rows);
    }

    private static String second(int like, int afterSeconds) {
        MessageShape shape = TextShape.of("I wanted to ask");
        AdaptiveGap gap = gap(like);
        Sender sender = new Sender();
        Business business = new Business();
        gap.wrote(sender, business, 0, shape);
        Duration wait =
                gap.wrote(sender, business, afterSeconds * 1_000L, shape).gap();
        return "%.1f s".formatted(wait.toMillis() / 1_000.0);
    }

    private static AdaptiveGap gap(int like) {
        GapModel model = GapModel.shipped();
        return new AdaptiveGap(model, AdaptiveGap.Options.like(Duration.ofSeconds(like), Duration.ofSeconds(2), model));
    }

    private static String row(String what, MessageShape shape) {
        return "| " + what + " | " + seconds(10, shape) + " | " + seconds(15, shape) + " |";
    }

    private static String seconds(int like, MessageShape shape) {
        Duration wait = gap(like).wrote(new Sender(), new Business(), 0, shape).gap();
        return "%.1f s".formatted(wait.toMillis() / 1_000.0);
    }
}
