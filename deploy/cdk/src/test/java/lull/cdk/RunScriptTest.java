package lull.cdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lull.cdk.installation.Ports;
import lull.cli.Configuration;
import lull.cli.Lull;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The script that runs commands as tasks, beside a program that answers as the AWS CLI does.
final class RunScriptTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:task/lull-production/0123456789abcdef";

    /// Commands of gaps that call the archive.
    private static final List<String> ASKS_ARCHIVE = List.of("advise", "traces");

    private static final String PARAMETER = "/lull/lull-production/erase";

    /// Notes its arguments, each on a line, and answers.
    private static final String AWS = """
            #!/usr/bin/env bash
            printf '%s\\n' "$@" >> "$CALLS"
            case "$1 $2" in
              'ecs list-tasks')
                case "$*" in
                  *"-${MISSING:-nothing} "*)
                    printf '\\nAn error occurred (ServiceNotFoundException) when calling ListTasks\\n' >&2
                    exit 254
                    ;;
                esac
                echo 'arn:aws:ecs:eu-central-1:123456789012:task/lull-production/aggregator'
                ;;
              'ecs describe-tasks') case "$*" in *privateIPv4Address*) echo 10.40.0.7 ;; *) echo "$STATE" ;; esac ;;
              'cloudformation describe-stacks') echo 'awsvpcConfiguration={subnets=[subnet-1]}' ;;
              'ssm put-parameter')
                [ -z "${EXISTS:-}" ] || exit 254
                cat > "$CALLS.parameter"
                echo '{"Version": 1}'
                ;;
              'ecs run-task') printf '%b\\n' "$STARTED" ;;
              'logs tail')
                tail=$(grep -c '^tail$' "$CALLS")
                if [ "$tail" -ge "${FIRST_LINE:-1}" ]; then
                  echo '2026-11-28T00:00:00 OK     Kafka            All topics are correct'
                fi
                if [ "$tail" -gt "${FIRST_LINE:-1}" ]; then
                  echo '2026-11-28T00:00:01 OK     bridge           is ready'
                fi
                ;;
            esac
            """;

    @TempDir
    private Path folder;

    /// What a run of the script did.
    private record Run(int exitCode, String output, List<String> calls) {

        /// The argument after another.
        String after(String option) {
            return calls.get(calls.indexOf(option) + 1);
        }
    }

    @BeforeEach
    void putProgramOnThePath() throws Exception {
        Path aws = Files.writeString(folder.resolve("aws"), AWS);
        Path sleep = Files.writeString(folder.resolve("sleep"), "#!/usr/bin/env bash\n");
        assertThat(aws.toFile().setExecutable(true)).isTrue();
        assertThat(sleep.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "doctor --number 106540352242922, doctor",
        "topics check, topics",
        "topics create, topics",
        "topics plan, topics",
        "topics repartition --topic whatsapp.turn.closed --partitions 64, repartition",
        "dlq replay --topic whatsapp.turn.closed --dry-run, dlq",
        "gap show, gap",
        "route share pilot 0, gap",
        "flag set typing on, gap"
    })
    void aCommandRunsAsTheTaskThatHasItsRights(String command, String task) throws Exception {
        Run run = run("0\tEssential container in task exited", command.split(" ", -1));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("All topics are correct");
        assertThat(run.after("--task-definition")).isEqualTo("lull-production-" + task);
        assertThat(run.after("--log-stream-names")).isEqualTo("lull/lull/0123456789abcdef");
        assertThat(run.calls()).contains("/lull/lull-production/" + task);
        assertThat(command(run)).startsWith(command.split(" ", -1));
        Synthesized all = Synthesized.example();
        assertThat(all.task(task).stack()).isEqualTo("commands");
        String query = run.calls().stream()
                .filter(word -> word.contains("OutputKey=="))
                .findFirst()
                .orElseThrow();
        assertThat(requireNonNull(all.templates().get("commands"))
                        .path("Outputs")
                        .has(query.split("'", -1)[1]))
                .isTrue();
    }

    @Test
    void gapsAreAskedOfAnAggregator() throws Exception {
        Run run = run("0\tEssential container in task exited", "gap", "set", "whatsapp.message.received", "8s");

        assertThat(command(run)).endsWith("8s", "--url", "http://10.40.0.7:8082", "--plain");
        assertThat(run.after("--service-name")).isEqualTo("lull-production-aggregator");
        CommandLine gap = requireNonNull(Lull.commandLine().getSubcommands().get("gap"));
        CommandLine model = requireNonNull(gap.getSubcommands().get("model"));
        CommandLine route = requireNonNull(Lull.commandLine().getSubcommands().get("route"));
        assertThat(Stream.of(gap, model, route)
                        .flatMap(group -> group.getSubcommands().values().stream())
                        .filter(each -> !each.equals(model))
                        .filter(each -> !ASKS_ARCHIVE.contains(each.getCommandName())))
                .hasSize(10)
                .allSatisfy(
                        each -> assertThat(each.getCommandSpec().optionsMap()).containsKeys("--url", "--plain"));
    }

    @Test
    void adviceIsAskedOfTheArchive() throws Exception {
        Run run = run("0\tEssential container in task exited", "gap", "advise", "--days", "7");

        assertThat(command(run))
                .containsExactly("gap", "advise", "--days", "7", "--url", "http://10.40.0.7:8084", "--plain");
        assertThat(run.after("--service-name")).isEqualTo("lull-production-archive");
        assertThat(run.after("--task-definition")).isEqualTo("lull-production-advice");
        assertThat(requireNonNull(Synthesized.named("standard").templates().get("commands"))
                        .path("Outputs")
                        .has("AdviceNetwork"))
                .isTrue();
        Run without = run(Map.of("MISSING", "archive", "STATE", "", "STARTED", ARN), "gap", "advise");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.output())
                .contains("No archive runs.")
                .doesNotContain("--without-archive", "ServiceNotFoundException");
    }

    /// Its files would be gone with the task.
    @Test
    void whatWritesFilesIsRefusedWithAWayOut() throws Exception {
        Run run = run("0\tEssential container in task exited", "gap", "traces");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("Run it on a machine that reaches the archive: bin/lull gap traces");
        assertThat(run.calls()).isEmpty();
    }

    /// AWS CloudTrail records what programs are called with.
    @Test
    void theCustomerOfAnErasureIsInAParameterAndInNoCall() throws Exception {
        Run run = erase("0\tEssential container in task exited", Map.of(), "+15550001001, !15550001002", "--by", "ana");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(command(run)).containsExactly("erase", "--by", "ana", "--url", "http://10.40.0.7:8084", "--plain");
        assertThat(run.after("--task-definition")).isEqualTo("lull-production-erase");
        assertThat(run.calls()).noneMatch(word -> word.contains("1555000"));
        assertThat(run.output()).doesNotContain("1555000");
        assertThat(folder.resolve("calls.parameter")).hasContent("+15550001001, !15550001002");
        assertThat(run.after("--type")).isEqualTo("SecureString");
        assertThat(run.after("--name")).isEqualTo(PARAMETER);
        assertThat(run.calls().get(run.calls().lastIndexOf("--name") + 1)).isEqualTo(PARAMETER);
        // Before the task, and when it has ended.
        assertThat(run.calls().indexOf("put-parameter")).isLessThan(run.calls().indexOf("run-task"));
        assertThat(run.calls().indexOf("delete-parameter"))
                .isGreaterThan(run.calls().lastIndexOf("describe-tasks"));
        assertThat(Synthesized.example().container("erase").toString()).contains(PARAMETER);
    }

    @ParameterizedTest
    @CsvSource({"1\tEssential container in task exited", "None\tCannotPullContainerError"})
    void theParameterIsDeletedWhateverBecomesOfTheTask(String state) throws Exception {
        Run run = erase(state, Map.of(), "15550001001", "--dry-run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.calls()).contains("delete-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--phone", "--user-id=US.1234", "--except"})
    void idsOfAnErasureAreRefusedOnTheCommandLine(String option) throws Exception {
        Run run = erase("0\t", Map.of(), "15550001001", option, "15550001001");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("Leave out " + option.replaceFirst("=.*", ""));
        assertThat(run.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1555;ls"})
    void anErasureNeedsIds(String ids) throws Exception {
        Run run = erase("0\t", Map.of(), ids, "--dry-run");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("Give the ids of the customer in one line.");
        assertThat(run.calls()).isEmpty();
    }

    @Test
    void withoutAnArchiveAnErasureSaysSo() throws Exception {
        Run refused = erase("0\t", Map.of("MISSING", "archive"), "15550001001", "--dry-run");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.output()).contains("No archive runs. If the installation has none, add --without-archive");
        assertThat(refused.calls()).doesNotContain("put-parameter");

        Run run = erase("0\tdone", Map.of("MISSING", "archive"), "15550001001", "--without-archive", "--dry-run");
        assertThat(run.exitCode()).isZero();
        assertThat(command(run)).containsExactly("erase", "--without-archive", "--dry-run");
    }

    @Test
    void twoErasuresDoNotShareTheParameter() throws Exception {
        Run run = erase("0\t", Map.of("EXISTS", "yes"), "15550001001", "--dry-run");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("another erasure runs", "aws ssm delete-parameter --name " + PARAMETER);
        assertThat(run.calls()).doesNotContain("run-task", "delete-parameter");
    }

    /// The ingress is in no consumer group, in which the doctor finds the others.
    @Test
    void theDoctorAsksEveryProcess() throws Exception {
        Run run = run("0\tEssential container in task exited", "doctor");

        JsonNode variable = JSON.readTree(run.after("--overrides")).at("/containerOverrides/0/environment/0");
        assertThat(variable.path("name").asText()).isEqualTo("LULL_DOCTOR_PROCESSES");
        assertThat(variable.path("value").asText())
                .isEqualTo(String.join(",", Collections.nCopies(6, "http://10.40.0.7:" + Ports.ADMIN)));
        assertThat(run.calls())
                .contains(
                        "lull-production-ingress",
                        "lull-production-aggregator",
                        "lull-production-bridge",
                        "lull-production-applications",
                        "lull-production-archive",
                        "lull-production-console");
        Map<String, String> environment = new HashMap<>(Synthesized.example().environment("doctor"));
        environment.put("LULL_DOCTOR_PROCESSES", variable.path("value").asText());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");
        assertThat(Configuration.load(environment, Map.of())).isNotNull();
    }

    @Test
    void wordsReachTheCommandAsTheyAre() throws Exception {
        Run run = run("0\tEssential container in task exited", "doctor", "--text", "a \"b\" \\ 'c'");

        assertThat(command(run)).containsExactly("doctor", "--text", "a \"b\" \\ 'c'");
    }

    @ParameterizedTest
    @CsvSource({"1\tEssential container in task exited, 1", "137\tOutOfMemory, 137", "None\tCannotPullContainerError, 1"
    })
    void theExitCodeIsThatOfTheCommand(String state, int exitCode) throws Exception {
        Run run = run(state, "doctor");

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.output().contains("The task did not start: CannotPullContainerError"))
                .isEqualTo(state.startsWith("None"));
    }

    @Test
    void aTaskThatCannotStartIsReportedAndNotWaitedFor() throws Exception {
        Run run = run(Map.of("STATE", "", "STARTED", "None\\tRESOURCE:CPU"), "doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("Amazon ECS could not start the task: RESOURCE:CPU.");
        assertThat(run.calls()).contains("run-task").doesNotContain("wait", "tail");
    }

    /// Amazon CloudWatch may have them some seconds after the task has ended.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void linesThatArriveAfterTheEndOfTheTaskArePrinted(int first) throws Exception {
        Run run = run(
                Map.of("STATE", "0\tEssential container in task exited", "STARTED", ARN, "FIRST_LINE", "" + first),
                "doctor");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).containsOnlyOnce("All topics are correct").containsOnlyOnce("is ready");
    }

    @Test
    void withoutLinesTheCommandThatShowsThemLaterIsNamed() throws Exception {
        Run run = run(
                Map.of("STATE", "1\tEssential container in task exited", "STARTED", ARN, "FIRST_LINE", "99"),
                "topics",
                "check");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("aws logs tail /lull/lull-production/topics --log-stream-names lull/lull/0123456789abcdef");
    }

    @Test
    void aCommandThatNeedsNoTaskIsRefusedBeforeAnythingIsCalled() throws Exception {
        Run run = run("0\t", "sizing", "--rate", "10");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).contains("bin/lull sizing --rate 10");
        assertThat(run.calls()).isEmpty();
    }

    private static List<String> command(Run run) throws Exception {
        JsonNode container = JSON.readTree(run.after("--overrides")).at("/containerOverrides/0");
        assertThat(container.path("name").asText()).isEqualTo("lull");
        return StreamSupport.stream(container.path("command").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private Run erase(String state, Map<String, String> environment, String ids, String... options) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("STATE", state, "STARTED", ARN, "INPUT", ids));
        all.putAll(environment);
        return run(all, Stream.concat(Stream.of("erase"), Stream.of(options)).toArray(String[]::new));
    }

    private Run run(String state, String... words) throws Exception {
        return run(Map.of("STATE", state, "STARTED", ARN), words);
    }

    private Run run(Map<String, String> environment, String... words) throws Exception {
        Path calls = folder.resolve("calls");
        List<String> command =
                new ArrayList<>(List.of(Path.of("run").toAbsolutePath().toString(), "lull-production"));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("PATH", folder + File.pathSeparator + System.getenv("PATH"), "CALLS", calls.toString()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (Writer input = process.outputWriter()) {
            input.write(environment.getOrDefault("INPUT", ""));
        } catch (IOException e) {
            // A script that ends without reading it has closed the pipe.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output, Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }
}
