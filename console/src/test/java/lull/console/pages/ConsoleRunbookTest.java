package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds what docs/runbook.md says about the pages to the templates, and the other way round.
final class ConsoleRunbookTest {

    private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
    private static final Path TEMPLATES = Path.of("src", "main", "resources", "lull", "console", "templates");
    private static final Pattern PART = Pattern.compile("(?m)^## (.+)\\n\\n(?:Console: (.+)\\.$)?");
    private static final Pattern SECTION = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern HEADING = Pattern.compile("<h[12][^>]*>([^<{]+)</h[12]>");
    private static final Pattern ENTRY = Pattern.compile("<a href=\"/[a-z-]*\"[^>]*>([^<]+)</a>");
    private static final Pattern LINK = Pattern.compile("runbookLink\\(\"([^\"]+)\"\\)");

    @Test
    void everyPageAndSectionThatTheRunbookNamesExists() throws IOException {
        Set<String> headings = all(HEADING, templates());
        Set<String> pages = all(ENTRY, Files.readString(TEMPLATES.resolve("layout.peb")));
        List<MatchResult> parts = parts();

        assertThat(parts).hasSizeGreaterThan(20);
        for (MatchResult part : parts) {
            String steps = part.group(2);
            assertThat(pages).as(part.group(1)).anyMatch(page -> steps.startsWith(page));
            assertThat(headings).as(part.group(1)).containsAll(all(SECTION, steps));
        }
    }

    @Test
    void everyPartToWhichAPageLeadsNamesAPage() throws IOException {
        assertThat(parts().stream().map(part -> part.group(1)).toList()).containsAll(all(LINK, templates()));
    }

    private static List<MatchResult> parts() throws IOException {
        return PART.matcher(Files.readString(RUNBOOK))
                .results()
                .filter(part -> part.group(2) != null)
                .toList();
    }

    private static String templates() throws IOException {
        StringBuilder texts = new StringBuilder();
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            for (Path file : files.toList()) {
                texts.append(Files.readString(file));
            }
        }
        return texts.toString();
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
