package lull.cdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.cdk.installation.Installation;
import lull.cdk.installation.InstallationFile;
import lull.cdk.installation.LullSettings;
import lull.cli.InstallationTopics;
import org.junit.jupiter.api.Test;

/// What deploy/README.md says about the stacks.
final class ReadmeTest {

    private static final String README = read(Path.of("..", "README.md"));

    @Test
    void theListOfStacksIsWhatTheAppHas() {
        List<String> stacks = List.copyOf(Synthesized.example().templates().keySet());

        assertThat(README.lines()
                        .filter(line -> line.startsWith("| `NAME-"))
                        .map(line -> line.split("`", -1)[1].substring("NAME-".length())))
                .containsExactlyInAnyOrderElementsOf(stacks);
        assertThat(README.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("lull-production-[a-z]+"))
                        .map(line -> line.substring("lull-production-".length())))
                .containsExactlyInAnyOrderElementsOf(stacks);
    }

    @Test
    void theSecretHasEveryMemberThatAProcessReads() {
        Set<String> members = new TreeSet<>();
        for (Path file : Synthesized.FILES) {
            Installation installation = InstallationFile.read(file);
            for (LullProcess process : LullProcess.values()) {
                process.secretMembers(installation).values().stream()
                        .map(member -> member.replaceFirst("-[0-9]+$", "-NUMBER")
                                .replaceFirst("^destination-[a-z0-9-]+-secrets$", "destination-NAME-secrets"))
                        .forEach(members::add);
            }
        }

        assertThat(members).hasSize(9).allSatisfy(member -> assertThat(README).contains("`" + member + "`"));
        assertThat(README.lines()
                        .map(String::strip)
                        .filter(line -> line.matches("\"[a-z-]+\": \"[^\"]+\",?"))
                        .map(line -> line.split("\"", -1)[1])
                        .collect(Collectors.toSet()))
                .isEqualTo(members.stream()
                        .filter(member -> !member.contains("-NUMBER") && !member.contains("-NAME-"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void namesOfTheExampleExist() {
        Synthesized all = Synthesized.example();
        Set<String> logs = all.resources("AWS::Logs::LogGroup")
                .map(log -> log.at("/LogGroupName").asText())
                .collect(Collectors.toSet());

        assertThat(logs).contains("/lull/lull-production/topics", "/lull/lull-production/bridge");
        assertThat(README).contains("./run lull-production topics create");
        assertThat(requireNonNull(all.templates().get("services"))
                        .path("Outputs")
                        .has("Address"))
                .isTrue();
        assertThat(README.replaceAll("\\s+", " ")).contains("output `Address`");
        assertThat(all.service("bridge").at("/ServiceName").asText()).isEqualTo("lull-production-bridge");
        assertThat(README).contains("--service lull-production-bridge");
    }

    /// Its page has one section about AWS.
    @Test
    void theRunbookNamesTheLogGroupsAndTheTasksThatExist() {
        String section = read(Path.of("..", "..", "docs", "runbook.md"))
                .split("\n## On AWS\n", -1)[1]
                .split("\n## ", -1)[0];
        Set<String> logs = Stream.of(Synthesized.example(), Synthesized.named("standard"))
                .flatMap(all -> all.resources("AWS::Logs::LogGroup"))
                .map(log -> log.at("/LogGroupName").asText().replaceFirst(".*/", ""))
                .collect(Collectors.toSet());

        assertThat(section).contains("deploy/cdk/run NAME doctor");
        assertThat(Path.of("run")).isExecutable();
        String listed = section.replaceFirst("(?s).*The log groups are (.*?) \\|.*", "$1");
        assertThat(Pattern.compile("`([a-z]+)`").matcher(listed).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(7)
                .isSubsetOf(logs);
        assertThat(LullProcess.values())
                .allSatisfy(process -> assertThat(listed).contains("`" + process.word() + "`"));
    }

    @Test
    void timesOfTasksAreThoseOfTheTemplates() {
        JsonNode shortest = Synthesized.example().container("aggregator").at("/HealthCheck");
        JsonNode longest = Synthesized.named("standard").container("aggregator").at("/HealthCheck");
        String text = README.replaceAll("\\s+", " ");

        assertThat(text)
                .contains("for half of `restoreMinutes` at most ("
                        + shortest.path("Command").get(3).asInt() / 60 + " minutes)")
                .contains("with " + Installation.Sizes.SHORTEST_RESTORE + " minutes every "
                        + shortest.path("Interval").asInt() + " seconds, with " + Installation.Sizes.LONGEST_RESTORE
                        + " every " + longest.path("Interval").asInt() / 60 + " minutes")
                .contains("Amazon ECS replaces a task that is not ready after " + Installation.Sizes.SHORTEST_RESTORE
                        + " minutes");
    }

    @Test
    void theNumberOfTopicsIsThatOfTheExample() {
        int topics = InstallationTopics.of(
                        LullSettings.loaded(Synthesized.example().installation()))
                .size();

        assertThat(README).contains(" " + topics + " topics created.");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
