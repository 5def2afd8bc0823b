package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/// The pages that `mvn -Pdist package` puts into the archive, as its descriptor lists them: what they link to is in the
/// archive too. `ArchiveIT` checks the archive itself.
final class ArchivePagesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final String CLONE = "${maven.multiModuleProjectDirectory}";

    @Test
    void leadToFilesOfTheArchive() throws Exception {
        Set<Path> files = files();

        assertThat(files)
                .hasSizeGreaterThan(50)
                .contains(Path.of("README.md"), Path.of("deploy/compose.yaml"), Path.of("docs/upgrading.md"));
        assertThat(files.stream()
                        .filter(file -> file.toString().endsWith(".md"))
                        .flatMap(page -> PageLinks.of(ROOT, page).stream()))
                .hasSizeGreaterThan(50)
                .allSatisfy(link -> assertThat(files)
                        .as("%s, which %s names", link.target(), link.page())
                        .anyMatch(file -> file.startsWith(link.target())));
    }

    /// The files of the clone that are in the archive, where they are in both.
    private static Set<Path> files() throws Exception {
        NodeList sets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve("dist/src/main/assembly/archive.xml").toFile())
                .getElementsByTagName("fileSet");
        return IntStream.range(0, sets.getLength())
                .mapToObj(index -> (Element) sets.item(index))
                .filter(set -> texts(set, "directory").getFirst().startsWith(CLONE))
                .flatMap(ArchivePagesTest::files)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Path> files(Element set) {
        Path folder = Path.of(
                texts(set, "directory").getFirst().substring(CLONE.length()).replaceFirst("^/", ""));
        assertThat(texts(set, "outputDirectory").getFirst().replaceFirst("^/", ""))
                .as("where %s is in the archive", folder)
                .isEqualTo(folder.toString());
        List<PathMatcher> includes = texts(set, "include").stream()
                .map(include -> FileSystems.getDefault().getPathMatcher("glob:" + include))
                .toList();
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder), includes.isEmpty() ? Integer.MAX_VALUE : 8)) {
            return all
                    .filter(Files::isRegularFile)
                    .map(file -> ROOT.resolve(folder).relativize(file))
                    .filter(file -> includes.isEmpty() || includes.stream().anyMatch(include -> include.matches(file)))
                    .map(folder::resolve)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> found.item(index).getTextContent().strip())
                .toList();
    }
}
