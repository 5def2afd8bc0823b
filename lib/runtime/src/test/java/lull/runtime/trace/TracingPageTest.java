package lull.runtime.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds docs/tracing.md to the names of spans and of their attributes.
final class TracingPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "tracing.md");

    /// The names that a row of the table of attributes begins with.
    private static final Pattern ATTRIBUTES =
            Pattern.compile("(?m)^\\| (`(?:[a-z]+\\.)+[a-z_]+`(?:, `[a-z._]+`)*) \\|");

    @Test
    void thePageHasEverySpan() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(Stream.of(SpanName.values()).map(name -> name.with("")).filter(name -> !name.isEmpty()))
                .allSatisfy(name -> assertThat(page).contains("\n| `" + name + "`"));
    }

    @Test
    void thePageHasEveryAttributeAndNoOther() throws IOException {
        Set<String> onPage = ATTRIBUTES
                .matcher(Files.readString(PAGE))
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(name -> name.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(onPage)
                .isEqualTo(
                        Stream.of(SpanKey.values()).map(SpanKey::text).collect(Collectors.toCollection(TreeSet::new)));
    }
}
