package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicsPlanCommandTest {

    @TempDir
    private Path directory;

    private record Planned(int exitCode, String out, String errors) {}

    @Test
    void countsWhatAnInstallationAsksFor() {
        Planned planned = plan("", "--for", "express");

        assertThat(planned.exitCode()).isZero();
        assertThat(planned.out().lines())
                .containsExactly(
                        "kind         express, 3 brokers of type m7g.large",
                        "topics       29, 7 of them compacted",
                        "partitions   866, 162 of compacted topics",
                        "replicas     2598, 866 on a broker; MSK recommends at most 1000",
                        "connections  at most 96 to a broker; IAM authentication allows 3000",
                        "not set      min.insync.replicas, segment.bytes: express decides them",
                        "",
                        "Everything fits.");
    }

    @Test
    void printsWhatThePageShowsForItsExample() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        String example = block(page, "## An example: Amazon MSK with IAM", "```properties\n");
        String shown = block(page, "Before you pay for a cluster", "```\n");

        Planned planned = plan(example, "--broker-type", "m7g.large", "--brokers", "3");

        assertThat(shown)
                .startsWith("$ bin/lull topics plan --config lull.properties --broker-type m7g.large --brokers 3\n")
                .endsWith(planned.out());
    }

    /// The code block after some words.
    private static String block(String page, String words, String fence) {
        int begin = page.indexOf(fence, page.indexOf(words)) + fence.length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    @Test
    void aKafkaOfOnesOwnTakesEverything() {
        Planned planned = plan("");

        assertThat(planned.exitCode()).isZero();
        assertThat(planned.out())
                .contains("kind         kafka, 3 brokers\n", "Everything fits.")
                .doesNotContain("not set", "recommends", "IAM");
    }

    @Test
    void refusesMoreCompactedPartitionsThanServerlessAllows() {
        Planned tooMany = plan("topics.for=serverless\n");
        Planned asTold = plan("topics.for=serverless\ntopics.partitions=23\n");

        assertThat(tooMany.exitCode()).isEqualTo(1);
        assertThat(tooMany.out())
                .contains(
                        "Does not fit: Compacted topics would have 162 partitions, and MSK Serverless allows 120: set"
                                + " topics.partitions to at most 23.",
                        "1 problem.",
                        "transactions have not been tried on MSK Serverless");
        assertThat(asTold.exitCode()).isZero();
    }

    @Test
    void refusesMorePartitionsThanBrokersAreRecommendedFor() {
        String many = "topics.partitions=64\n";
        Planned large = plan(many, "--for", "standard", "--broker-type", "kafka.m7g.large");
        Planned larger = plan(many, "--for", "standard", "--broker-type", "kafka.m7g.2xlarge");
        Planned more = plan(many, "--for", "standard", "--brokers", "6");

        assertThat(large.exitCode()).isEqualTo(1);
        assertThat(large.out())
                .contains("Each broker would have 1730 partitions with replicas, and MSK recommends at most 1000 for"
                        + " m7g.large: take larger brokers, 6 or more of them, or topics.partitions=36.");
        assertThat(larger.exitCode()).isZero();
        assertThat(more.exitCode()).isZero();
        assertThat(plan("topics.partitions=36\n", "--for", "standard").exitCode())
                .isZero();
    }

    @Test
    void countsInputsAndThreads() {
        Planned planned = plan(
                "topics.inputs=a.messages,b.messages\nstreams.threads=4\ntopics.partitions=8\n",
                "--for",
                "express",
                "--aggregators",
                "30");

        assertThat(planned.exitCode()).isZero();
        assertThat(planned.out()).contains("at most 2952 to a broker");
        assertThat(plan("streams.threads=64\n", "--for", "express", "--aggregators", "4")
                        .out())
                .contains("There may be 3144 connections to a broker, and IAM authentication allows 3000: run fewer,"
                        + " larger processes.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    express|topics.replication.factor=2|3|topics.replication.factor is 2, and express always has 3 replicas
                    serverless|topics.replication.factor=2|3|topics.replication.factor is 2, and serverless always has 3
                    express||4|Express brokers are in 3 zones, and their number is 4: choose a multiple of 3
                    kafka||2|3 replicas need as many brokers, and there are 2
                    kafka|topics.replication.factor=1|1|topics.min.insync.replicas is 2, and there are 1 replicas
                    """)
    void saysWhatCannotWork(String kind, String setting, String brokers, String problem) {
        Planned planned = plan(setting == null ? "" : setting + "\n", "--for", kind, "--brokers", brokers);

        assertThat(planned.exitCode()).isEqualTo(1);
        assertThat(planned.out()).contains("Does not fit: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --for=cheap|--for 'cheap' must be one of kafka, standard, express, serverless
                    --broker-type=m9.huge|--broker-type 'm9.huge' is not known here. Known for express: m7g.12xlarge
                    --brokers=0|--brokers is 0, and must be 1 to 10000
                    """)
    void saysWhatIsWrongWithTheCall(String option, String problem) {
        Planned planned = plan("topics.for=express\n", option);

        assertThat(planned.exitCode()).isEqualTo(2);
        assertThat(planned.errors()).contains(problem, "'lull help topics plan' shows how to use it.");
    }

    private Planned plan(String settings, String... options) {
        try {
            Path file = Files.writeString(directory.resolve("lull.properties"), settings);
            List<String> arguments = new ArrayList<>(List.of("topics", "plan", "--config", file.toString()));
            arguments.addAll(List.of(options));
            StringWriter out = new StringWriter();
            StringWriter errors = new StringWriter();
            int exitCode = Lull.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(errors, true))
                    .execute(arguments.toArray(String[]::new));
            return new Planned(exitCode, out.toString(), errors.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
