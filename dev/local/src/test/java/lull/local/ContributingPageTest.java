package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// CONTRIBUTING is held to the sources: what it names exists, and nothing that a contributor has to change is missing.
final class ContributingPageTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String PAGE = Sources.read(ROOT.resolve("CONTRIBUTING.md"));

    /// Such as `lib/text/…/text/Rendering.java`; `…` stands for the folders between.
    private static final Pattern FILE = Pattern.compile("`([a-z][a-z-]*/[^`\\s]*)`");

    private static final Pattern TEST = Pattern.compile("\\b([A-Z][A-Za-z0-9]+(?:Test|IT))\\b");

    private static final Pattern MODULES = Pattern.compile("-pl ([a-z/-]+)");

    @Test
    void theFilesThatItNamesExist() throws IOException {
        List<String> sources = sources();
        List<String> missing = FILE.matcher(PAGE)
                .results()
                .map(file -> file.group(1))
                // Placeholders, names of a build's results, and branches.
                .filter(file -> !file.matches(".*[A-Z]{4,}.*|.*/target.*|bin/lull.*|.*/….*java/…|.*…[A-Z].*"))
                .filter(file -> !Files.exists(ROOT.resolve(file)))
                .filter(file -> sources.stream().noneMatch(source -> isNamed(source, file)))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void theTestsThatItNamesExist() throws IOException {
        List<String> sources = sources();

        assertThat(TEST.matcher(PAGE).results().map(test -> "/" + test.group(1) + ".java"))
                .isNotEmpty()
                .allSatisfy(test -> assertThat(sources)
                        .anySatisfy(source -> assertThat(source).endsWith(test)));
    }

    @Test
    void theModulesThatItNamesExist() {
        assertThat(MODULES.matcher(PAGE).results().map(module -> module.group(1)))
                .isNotEmpty()
                .allSatisfy(module ->
                        assertThat(ROOT.resolve(module).resolve("pom.xml")).exists());
    }

    /// A `switch` without `default` names every kind, so it names [lull.contract.message.Content.Unknown].
    @Test
    void aKindOfMessageNeedsNoOtherFileThanItSays() throws IOException {
        String section = PAGE.substring(PAGE.indexOf("## Adding a kind of message"));
        String table = section.substring(0, section.indexOf("Nothing else"));

        assertThat(sources())
                .filteredOn(source -> source.contains("/src/main/java/"))
                .filteredOn(source -> Sources.source(source).contains("case Content.Unknown "))
                .isNotEmpty()
                .allSatisfy(source ->
                        assertThat(table).contains(Path.of(source).getFileName().toString()));
    }

    private static boolean isNamed(String source, String file) {
        String[] parts = file.split("…", 2);
        return parts.length == 2
                && source.startsWith(parts[0])
                && source.endsWith(parts[1])
                && Pattern.compile("…")
                        .matcher(parts[1])
                        .results()
                        .map(MatchResult::group)
                        .findAny()
                        .isEmpty();
    }

    /// The Java files of this checkout, by their paths.
    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".java") && !file.contains("target/"))
                    .toList();
        }
    }
}
