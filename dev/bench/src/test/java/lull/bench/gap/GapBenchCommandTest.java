package lull.bench.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.advice.Trace;
import lull.cli.Lull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GapBenchCommandTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration FLOOR = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void withInventedPeopleThePolicyIsSoonerAndNoBusinessIsMuchWorse() {
        List<Trace> traces = Synthetic.traces(1);
        GapModel model = GapModel.shipped();
        List<long[]> gaps =
                new Player(new AdaptiveGap(model, AdaptiveGap.Options.like(TEN, FLOOR, model))).gaps(traces);

        Score.OneSetting one = Score.OneSetting.of(Score.bySource(traces, gaps).values());

        assertThat(one.saved()).isGreaterThan(0.2);
        assertThat(one.fewer()).isGreaterThan(0.15);
        assertThat(one.percentile95()).isLessThan(1.9 * 10);
        assertThat(Score.bySource(traces, gaps).values())
                .allSatisfy(score -> assertThat(score.saved()).isGreaterThan(-0.05));
    }

    @Test
    void whoBeginsEarlyIsSoonerAndBeginsMoreThanIsUsed() {
        List<Trace> traces = Synthetic.traces(1);
        GapModel model = GapModel.shipped();
        var decisions =
                new Player(new AdaptiveGap(model, AdaptiveGap.Options.like(TEN, FLOOR, model))).decisions(traces);
        Duration takes = Duration.ofSeconds(3);

        EarlyBench.Outcome never = EarlyBench.outcome(traces, decisions, 0, takes);
        EarlyBench.Outcome sure = EarlyBench.outcome(traces, decisions, 0.2, takes);
        EarlyBench.Outcome always = EarlyBench.outcome(traces, decisions, 1, takes);

        assertThat(never.begun()).isZero();
        assertThat(never.saved()).isZero();
        assertThat(always.turns()).isEqualTo(never.turns());
        assertThat(always.used()).as("every turn ends with a message").isEqualTo(always.turns());
        assertThat(always.thrownAway()).isPositive();
        assertThat(sure.saved()).isBetween(0.1 * sure.waited(), always.saved());
        assertThat((double) sure.thrownAway() / sure.begun()).isLessThan((double) always.thrownAway() / always.begun());
        assertThat(always.saved()).isLessThanOrEqualTo(3.0 * always.turns());
    }

    @Test
    void reportsWhatAnAssistantSaves() {
        assertThat(run("--like", "10s", "--assistant", "3s")).isZero();

        assertThat(out.toString().lines())
                .filteredOn(line -> line.matches(" +(0\\.\\d\\d|1\\.00) +\\d+( +\\d+\\.\\d+){5}"))
                .hasSize(6);
    }

    @Test
    void reportsEachSettingBySource() {
        assertThat(run("--like", "10s,15s")).isZero();

        assertThat(out.toString().lines())
                .filteredOn(line -> line.startsWith("Like a fixed gap of "))
                .containsExactly("Like a fixed gap of 10 s", "Like a fixed gap of 15 s");
        assertThat(out.toString().lines())
                .filteredOn(line -> line.matches("(shop|clinic|bank|all) +\\d+ .*"))
                .hasSize(8);
        assertThat(out.toString()).contains("One setting, 3 sources: split ");
        assertThat(out.toString()).containsPattern("Mean of saved% over 3 sources: \\d+\\.\\d\n");
    }

    @Test
    void decidesEachMessageAsTheReportDoes() throws Exception {
        GapModel model = GapModel.shipped();
        AdaptiveGap.Options options = AdaptiveGap.Options.like(TEN, FLOOR, model);
        Trace trace = Trace.of(
                "c1",
                "one",
                List.of(
                        new Trace.Line(0, 0, MessageShape.of(5, Ending.NOTHING, Set.of()), false),
                        new Trace.Line(2_000, 0, MessageShape.of(20, Ending.QUESTION, Set.of()), false),
                        new Trace.Line(9_000, 1, MessageShape.of(15, Ending.PERIOD, Set.of()), false)));
        String messages = """
                {"c":"c1","n":0,"t":0,"s":0,"chars":5,"words":1,"end":"n","flags":0,"hard":0}
                {"c":"c1","n":1,"t":2000,"s":0,"chars":20,"words":4,"end":"q","flags":0,"hard":0}
                {"c":"c1","n":2,"t":9000,"s":1,"chars":-1,"words":3,"end":"p","flags":0,"hard":0}
                """;

        new Decider(new AdaptiveGap(model, options))
                .run(new BufferedReader(new StringReader(messages)), new PrintWriter(out, true));

        long[] gaps =
                new Player(new AdaptiveGap(model, options)).gaps(List.of(trace)).getFirst();
        assertThat(out.toString().lines().map(Long::valueOf)).containsExactly(gaps[0], gaps[1], gaps[2]);
        assertThat(gaps[1]).isLessThan(gaps[0]);
    }

    @Test
    void learnsTheSameModelEachTimeAndUsesIt() throws Exception {
        Path traces = Files.createDirectory(directory.resolve("traces"));
        Files.write(traces.resolve("invented.jsonl"), lines(Synthetic.traces(3)));
        Path one = directory.resolve("one.json");
        Path two = directory.resolve("two.json");

        assertThat(run("--traces", traces.toString(), "--like", "10s", "--train", one.toString(), "--name", "mine"))
                .as(err.toString())
                .isZero();
        assertThat(run("--traces", traces.toString(), "--like", "10s", "--train", two.toString(), "--name", "mine"))
                .isZero();
        assertThat(run("--traces", traces.toString(), "--like", "10s", "--model", one.toString()))
                .isZero();

        assertThat(two).hasSameBinaryContentAs(one);
        GapModel model = GapModel.read(Files.readAllBytes(one));
        assertThat(model.version()).isEqualTo("mine");
        assertThat(model.likes()).hasSize(1);
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws Exception {
        Path noModel = Files.writeString(directory.resolve("no-model.json"), "{}");

        assertThat(run("--traces", directory.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(run("--traces", directory.toString())).isEqualTo(1);
        assertThat(run("--model", noModel.toString())).isEqualTo(2);
        assertThat(run("--train", "model.json")).isEqualTo(2);
        assertThat(run("--like", "soon")).isEqualTo(2);

        assertThat(err.toString())
                .contains("contains no conversations: it needs files *.jsonl")
                .contains("is no model: ")
                .contains("--train needs --traces: the folder to learn from")
                .contains("'soon' is not a duration such as 10s");
    }

    @Test
    void writesADashWhereTooFewTurnsAreKnown() throws Exception {
        traces("{\"c\":\"a\",\"m\":[[0,0,5,1,\"n\",0,0]]}");

        assertThat(run("--traces", directory.toString(), "--like", "10")).isZero();

        assertThat(out.toString())
                .containsPattern("unknown +1 .* - +-\n")
                .contains("Mean of saved% over 0 sources: -", "so the mean delay is - % shorter", "so - % fewer turns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"c":1}                                     | A conversation needs c, its id, and m, a list of its messages
            {"m":[[0,0,5,1,"n",0,0]]}                   | A conversation needs c, its id, and m, a list of its messages
            {"c":"a","m":[]}                            | A conversation needs c, its id, and m, a list of its messages
            {"c":"a","m":[[0,0,5,1,"n"]]}               | A message is a list of six whole numbers
            {"c":"a","m":[[0,0,"5",1,"n",0,0]]}         | A message is a list of six whole numbers
            {"c":"a","m":[[0,0,5,1,"z",0,0]]}           | An ending is one of n p q x e c m u, not z
            {"c":"a","m":[[0,0,5,1,"n",99999,0]]}       | The flags are a sum of 1, 2, 4 and so on, from 0 to 255, not 99999
            """)
    void aLineThatIsNoConversationIsRefused(String line, String why) throws Exception {
        traces(line);

        assertThat(run("--traces", directory.toString())).isEqualTo(1);

        assertThat(err.toString()).contains("contains something else than conversations: " + why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                                    | A message lacks c: it needs c, t, s, chars, words, end, flags, hard
            {"c":"a","t":0,"s":0,"chars":5,"words":1,"flags":0,"hard":0}                          | A message lacks end
            {"c":"a","t":"now","s":0,"chars":5,"words":1,"end":"n","flags":0,"hard":0}            | A message's t must be a whole number
            {"c":"a","t":0,"s":0,"chars":5,"words":1,"end":"n","flags":99999,"hard":0}            | The flags are a sum of 1, 2, 4 and so on, from 0 to 255, not 99999
            """)
    void aMessageToDecideThatLacksSomethingIsRefused(String message, String why) {
        GapModel model = GapModel.shipped();
        Decider decider = new Decider(new AdaptiveGap(model, AdaptiveGap.Options.like(TEN, FLOOR, model)));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> decider.run(new BufferedReader(new StringReader(message)), new PrintWriter(out, true)))
                .withMessageStartingWith(why);
    }

    @Test
    void saysWhatItCannotCompareOrLearn() throws Exception {
        traces("{\"c\":\"a\",\"m\":[[0,0,5,1,\"n\",0,0]]}");
        Path model = directory.resolve("model.json");

        assertThat(run("--floor", "30s", "--like", "10s")).isEqualTo(2);
        assertThat(run("--like", "60s")).isEqualTo(2);
        assertThat(run("--like", "4s", "--decide")).isEqualTo(2);
        assertThat(run("--traces", directory.toString(), "--train", model.toString()))
                .isEqualTo(1);
        assertThat(run("--model", directory.resolve("nope").toString())).isEqualTo(2);
        assertThat(run("--traces", directory.resolve("nope").toString())).isEqualTo(1);

        assertThat(err.toString())
                .contains("--floor 30s is longer than the longest wait with --like 10s, which is 20s")
                .contains("--like 1m is not within the gaps that the model lull-1 knows, 5s to 30s")
                .contains("--like 4s is not within the gaps that the model lull-1 knows, 5s to 30s")
                .contains("has too few conversations to learn from (1)")
                .contains("--model: The file ", "nope cannot be read: it does not exist")
                .contains("The folder ", "nope cannot be read: it does not exist");
        assertThat(model).doesNotExist();
    }

    @Test
    void conversationsInWhichNothingFollowsTeachNoModel() throws Exception {
        traces(IntStream.range(0, 40)
                .mapToObj(i -> "{\"c\":\"" + i + "\",\"m\":[[0,0,5,1,\"n\",0,0]]}")
                .toArray(String[]::new));

        assertThat(run(
                        "--traces",
                        directory.toString(),
                        "--train",
                        directory.resolve("model.json").toString()))
                .isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "The conversations are too few, or too much alike, to learn a model from: give more of them (");
    }

    private void traces(String... lines) throws IOException {
        Files.write(directory.resolve("traces.jsonl"), List.of(lines));
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench", "gap"));
        all.addAll(List.of(arguments));
        return Lull.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static List<String> lines(List<Trace> traces) {
        return traces.stream()
                .map(trace -> {
                    List<String> messages = trace.lines().stream()
                            .map(line -> "[" + line.at() + "," + line.sender() + ","
                                    + line.shape().length()
                                    + ",1,\""
                                    + "npqxecmu"
                                            .charAt(List.of(Ending.values())
                                                    .indexOf(line.shape().ending())) + "\","
                                    + line.shape().traits() + ",0]")
                            .toList();
                    return "{\"c\":\"" + trace.id() + "\",\"src\":\"" + trace.source() + "\",\"m\":" + messages + "}";
                })
                .toList();
    }
}
