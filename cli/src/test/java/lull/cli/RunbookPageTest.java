package lull.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Holds docs/runbook.md, and every command on any page, to the code.
final class RunbookPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND = Pattern.compile("bin/lull ([a-z-]+)(?: ([a-z]+))?");
    private static final Pattern CALL = Pattern.compile("`bin/lull ([a-z-]+)(?: ([a-z]+))?( [^`]*--[^`]*)`");
    private static final Pattern OPTION = Pattern.compile("(?<=\\s)--[a-z-]+");
    private static final Pattern QUOTED_FIRST = Pattern.compile("(?m)^\\| `([^`]+)`(?: `[A-Z]+`)? \\|");
    private static final Pattern LOG = Pattern.compile("[Ll]og `([^`]+)`", Pattern.DOTALL);
    private static final Pattern ANCHOR = Pattern.compile("runbook\\.md#([a-z-]+)");

    @Test
    void everyCommandOnThePagesExists() {
        List<Matcher> commands = pages().flatMap(page -> page.lines().filter(line -> line.contains("bin/lull ")))
                .flatMap(line -> Arrays.stream(line.split("`", -1)))
                .filter(code -> code.startsWith("bin/lull "))
                .map(COMMAND::matcher)
                .filter(Matcher::lookingAt)
                // Other modules add these; they are not there where services run.
                .filter(command -> !Set.of("local", "bench", "stand-ins").contains(command.group(1)))
                .toList();

        assertThat(commands).hasSizeGreaterThan(5);
        commands.forEach(command -> command(command.group(1), command.group(2)));
    }

    @Test
    void everyOptionOfACommandInTheRunbookExists() {
        List<MatchResult> calls =
                CALL.matcher(read(ROOT.resolve("docs/runbook.md"))).results().toList();

        assertThat(calls).hasSizeGreaterThan(2);
        for (MatchResult call : calls) {
            CommandLine called = command(call.group(1), call.group(2));
            assertThat(OPTION.matcher(call.group(3)).results())
                    .isNotEmpty()
                    .allMatch(option -> called.getCommandSpec().findOption(option.group()) != null);
        }
    }

    /// A command, or its subcommand where it has any; fails where there is none by the name.
    private static CommandLine command(String name, @Nullable String subcommand) {
        CommandLine command = requireNonNull(Lull.commandLine().getSubcommands().get(name), "bin/lull " + name);
        if (subcommand == null || command.getSubcommands().isEmpty()) {
            return command;
        }
        return requireNonNull(command.getSubcommands().get(subcommand), "bin/lull " + name + " " + subcommand);
    }

    @Test
    void everyLineThatIsQuotedIsOneThatTheCodeSays() {
        String code = sources();
        String page = read(ROOT.resolve("docs/runbook.md"));
        Set<String> quoted = Stream.concat(
                        QUOTED_FIRST.matcher(page).results(), LOG.matcher(page).results())
                .map(quote -> quote.group(1).replaceAll("\\s+", " "))
                // Names of topics and of flows are cells of other tables.
                .filter(quote -> quote.contains(" "))
                .collect(Collectors.toSet());

        assertThat(quoted).hasSizeGreaterThan(25);
        assertThat(quoted.stream().flatMap(quote -> Arrays.stream(quote.split("…", -1))))
                .allSatisfy(part -> assertThat(code).as("said by the code").contains(part.strip()));
    }

    @Test
    void theAnchorsThatAlarmsNameAreHeadings() {
        Set<String> headings = read(ROOT.resolve("docs/runbook.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).toLowerCase(Locale.ROOT).replace(" ", "-"))
                .collect(Collectors.toSet());

        assertThat(ANCHOR.matcher(read(ROOT.resolve("docs/metrics.md")))
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(headings::contains);
    }

    private static Stream<String> pages() {
        return files(ROOT.resolve("docs"), ".md");
    }

    /// The main sources of what runs in production, with texts that go on in a next line joined.
    private static String sources() {
        return Stream.of(
                        "lib/runtime",
                        "lib/lanes",
                        "lib/connect-client",
                        "ingress",
                        "aggregator",
                        "connect-bridge",
                        "applications",
                        "archive")
                .flatMap(module -> files(ROOT.resolve(module).resolve("src/main/java"), ".java"))
                .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", ""))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<String> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).map(RunbookPageTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
