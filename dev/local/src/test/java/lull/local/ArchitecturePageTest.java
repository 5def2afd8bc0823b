package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the tree of packages in ARCHITECTURE.md to the code.
final class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..", "..");

    /// The categories of actions have one line.
    private static final String ACTIONS = "lull/whatsapp/action/";

    @Test
    void everyPackageHasALine() throws IOException {
        String page = Sources.source("ARCHITECTURE.md");
        String tree = page.substring(page.indexOf("## Modules and packages"), page.indexOf("## Start reading here"));
        Set<String> packages = new TreeSet<>();
        for (String module : Sources.MODULES) {
            packages.addAll(packages(module));
        }
        for (String module : new String[] {"dev/stand-ins", "dev/local", "dev/bench", "deploy/cdk"}) {
            packages.addAll(packages(module));
        }

        assertThat(packages)
                .hasSizeGreaterThan(80)
                .filteredOn(name -> !name.startsWith(ACTIONS) || name.endsWith("/registry"))
                .allSatisfy(name -> assertThat(tree)
                        .containsPattern(
                                "(^|[\\s/])" + Pattern.quote(name.substring(name.lastIndexOf('/') + 1)) + "/"));
    }

    /// The packages of a module but the one with its name, such as `lull/bridge/chats`.
    private static Set<String> packages(String module) throws IOException {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file).getParent())
                    .filter(folder -> folder.getNameCount() > 2)
                    .forEach(folder -> packages.add(folder.toString().replace('\\', '/')));
        }
        return packages;
    }
}
