package lull.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lull.aggregator.gap.GapModel;
import lull.cli.deadletters.DeadLetter;
import lull.contract.DeadLetterHandled;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `--json` of each command: it has what the text has.
final class JsonOutputTest {

    private static final Map<String, String> WITHOUT = new TreeMap<>(Map.ofEntries(
            Map.entry("ingress", "runs until it is stopped"),
            Map.entry("aggregator", "runs until it is stopped"),
            Map.entry("bridge", "runs until it is stopped"),
            Map.entry("applications", "runs until it is stopped"),
            Map.entry("archive", "runs until it is stopped"),
            Map.entry("console", "runs until it is stopped"),
            Map.entry("iam", "prints JSON already"),
            Map.entry("init", "writes a file"),
            Map.entry("completion", "prints a script"),
            Map.entry("help", "prints text for people")));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @TempDir
    private Path directory;

    @Test
    void eachCommandThatPrintsDataOrTheResultOfAChangeHasIt() {
        Set<String> without = new TreeSet<>();
        collect(lull, "", without);

        assertThat(without).containsExactlyElementsOf(WITHOUT.keySet());
    }

    /// Commands of the local system and the benchmarks are tools of developers.
    private static void collect(CommandLine command, String name, Set<String> without) {
        if (command.getCommand() instanceof LullCommand) {
            return;
        }
        if (command.getSubcommands().isEmpty() && command.getCommandSpec().findOption("--json") == null) {
            without.add(name);
        }
        command.getSubcommands()
                .forEach((word, child) -> collect(child, name.isEmpty() ? word : name + " " + word, without));
    }

    @Test
    void topicsHaveTheirConfiguration() throws Exception {
        List<JsonNode> topics = lines("topics", "list", "--config", settings());
        List<String> texts = texts("topics", "list", "--config", settings());

        assertThat(topics).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            JsonNode topic = topics.get(i);
            StringBuilder text = new StringBuilder(topic.path("name").asText())
                    .append(" partitions=")
                    .append(topic.path("partitions").asInt())
                    .append(" replication.factor=")
                    .append(topic.path("replicationFactor").asInt());
            topic.path("config")
                    .properties()
                    .forEach(each -> text.append(' ')
                            .append(each.getKey())
                            .append('=')
                            .append(each.getValue().asText()));
            assertThat(text.toString()).isEqualTo(texts.get(i));
        }
    }

    @Test
    void aclsAreRights() throws Exception {
        List<JsonNode> rights = lines("topics", "acls", "--config", settings());
        List<String> texts = texts("topics", "acls", "--config", settings());

        assertThat(rights).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            JsonNode right = rights.get(i);
            assertThat(texts.get(i))
                    .contains("'" + right.path("principal").asText() + "' --"
                            + right.path("resource").asText() + " "
                            + right.path("name").asText());
            for (JsonNode operation : right.path("operations")) {
                assertThat(texts.get(i)).contains(" --operation " + operation.asText());
            }
            assertThat(right.path("pattern").asText().equals("prefixed"))
                    .isEqualTo(texts.get(i).contains("--resource-pattern-type prefixed"));
        }
    }

    @Test
    void aPlanHasItsFiguresAndProblems() throws Exception {
        JsonNode plan = line(1, "topics", "plan", "--for", "express", "--brokers", "4", "--config", settings());

        assertThat(plan.path("kind").asText()).isEqualTo("express");
        assertThat(plan.path("brokerType").asText()).isEqualTo("m7g.large");
        assertThat(plan.path("partitions").asInt())
                // Two topics have one partition.
                .isEqualTo(12 * (plan.path("topics").asInt() - 2) + 2);
        assertThat(plan.path("problems").path(0).asText()).startsWith("Express brokers are in 3 zones");
        assertThat(line(0, "topics", "plan", "--for", "kafka", "--config", settings())
                        .path("problems"))
                .isEmpty();
        assertThat(line(0, "topics", "plan", "--for", "serverless", "--config", settings())
                        .path("notes"))
                .hasSize(1);
    }

    @Test
    void settingsHaveTheirVariableDefaultAndForm() throws Exception {
        List<JsonNode> settings = lines("settings");
        String text = String.join("\n", texts("settings"));

        assertThat(settings)
                .allSatisfy(setting -> assertThat(text)
                        .contains(setting.path("name").asText())
                        .contains(
                                setting.has("example")
                                        ? ""
                                        : setting.path("description").asText()));
        assertThat(named(settings, "turn.gap"))
                .isEqualTo(Json.object()
                        .put("service", "Aggregator")
                        .put("name", "turn.gap")
                        .put("environment", "LULL_TURN_GAP")
                        .put(
                                "default",
                                named(settings, "turn.gap").path("default").asText())
                        .put("required", false)
                        .put("secret", false)
                        .put("form", "duration")
                        .put(
                                "description",
                                named(settings, "turn.gap").path("description").asText())
                        .set("alsoFor", Json.tree("[\"input topic\",\"business number of turn.numbers\"]")));
        assertThat(named(settings, "whatsapp.access.token").path("secret").asBoolean())
                .isTrue();
        assertThat(named(settings, "destination.bot.kind").path("example").asText())
                .isEqualTo("bot");
    }

    private static JsonNode named(List<JsonNode> settings, String name) {
        return settings.stream()
                .filter(setting -> setting.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSizingHasAllFiguresOfTheText() throws Exception {
        String[] call = {
            "sizing", "--rate", "2000", "--per-turn", "3", "--to-applications", "10", "--archive-days", "30"
        };
        JsonNode sizing = lines(call).getFirst();
        String text = String.join("\n", texts(call));

        assertThat(sizing.path("processes"))
                .hasSize(5)
                .allSatisfy(process -> assertThat(text)
                        .containsPattern(process.path("service").asText() + " +"
                                + process.path("number").asInt() + " "));
        assertThat(sizing.path("kafka").path("partitionsOfEachTopic").asInt()).isPositive();
        assertThat(text)
                .contains(sizing.path("kafka").path("brokers").path("express.m7g.large") + " x express.m7g.large");
        assertThat(sizing.path("archive").path("gigabytesKept").asDouble()).isPositive();
        assertThat(sizing.path("limits"))
                .hasSize(4)
                .allSatisfy(limit -> assertThat(
                                text.contains("Exceeded: " + limit.path("limit").asText()))
                        .isEqualTo(limit.path("isExceeded").asBoolean()));
        assertThat(lines("sizing", "--rate", "1", "--per-turn", "3").getFirst().has("archive"))
                .isFalse();
    }

    @Test
    void anEstimateHasItsLinesAsNumbers() throws Exception {
        String[] call = {"cost", "estimate", "--messages", "1000000", "--per-turn", "3"};
        JsonNode estimate = lines(call).getFirst();
        String text = String.join("\n", texts(call));

        assertThat(estimate.path("lines"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(text)
                        .contains(String.format(
                                Locale.ROOT,
                                "%-30s %,15.2f %,15.2f",
                                line.path("what").asText(),
                                line.path("without").asDouble(),
                                line.path("with").asDouble())));
        assertThat(estimate.path("sum").path("with").isNumber()).isTrue();
        assertThat(text)
                .contains(String.format(
                        Locale.ROOT,
                        "All: %.0f %% less",
                        estimate.path("savedPercent").asDouble()))
                .contains(estimate.path("currency").asText() + " a month");
        assertThat(estimate.path("breakEvenMessages").isNumber()).isTrue();
        JsonNode prices = lines("cost", "prices").getFirst().path("prices");
        assertThat(prices.path("connect.chat.message").path("price").isNumber()).isTrue();
    }

    @Test
    void anEstimateWithoutAnythingToSaveHasNoPercentAndNoBreakEven() throws Exception {
        JsonNode estimate = lines(
                        "cost",
                        "estimate",
                        "--messages",
                        "1000",
                        "--per-turn",
                        "1",
                        "--price",
                        "connect.chat.message=0")
                .getFirst();

        assertThat(estimate.has("connectSavedPercent")).isFalse();
        assertThat(estimate.has("breakEvenMessages")).isFalse();
    }

    /// The log has a line for the broker that is away, which would be no JSON.
    @Test
    void theStandardOutputHasNoLog() throws Exception {
        Path config = Files.writeString(directory.resolve("l.properties"), """
                kafka.bootstrap.servers=127.0.0.1:1
                kafka.default.api.timeout.ms=500
                kafka.request.timeout.ms=400
                """);
        Path printed = directory.resolve("out");
        Path told = directory.resolve("err");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Dlogback.configurationFile=" + Lull.class.getResource("/logback.xml"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "lull.cli.Lull",
                        "topics",
                        "check",
                        "--json",
                        "--config",
                        config.toString())
                .redirectOutput(printed.toFile())
                .redirectError(told.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed).isEmptyFile();
        assertThat(told).content().contains("could not be established", "Kafka cannot be used: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topics list --strimzi prod",
                "topics acls --strimzi prod",
                "topics acls --markdown",
                "settings --markdown",
                "cost prices --markdown"
            })
    void anotherFormOfTheOutputIsNotChosenToo(String call) {
        assertThat(lull.execute((call + " --json").split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("--json and ").contains(" choose two forms of the output");
    }

    private static final String CHANGED = """
            {"topic":"T","setting":"turn.gap","value":"8s","changedBy":"ana","changedAt":"2026-03-01T10:00:00Z",
             "partitions":[0,1],"failedPartitions":[],
             "also":[{"topic":"T","setting":"turn.policy","value":"fixed","changedBy":"ana",
                      "changedAt":"2026-03-01T10:00:00Z","partitions":[0,1],"failedPartitions":[]}]}""";

    private static final String ROUTES = """
            {"topic":"T","revision":3,"configured":[],"inForce":[{"partitions":[0,1],"revision":3,"configured":false,
             "routes":[{"name":"pilot","share":10,"destination":"bot"}],
             "flags":[{"flag":"typing","share":100,"on":false}]}],
             "unknownPartitions":[],"destinations":["bot"]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gap set T 8s --policy fixed
            gap set T --default
            gap model reset T
            route set pilot --to bot
            route share pilot 20
            route remove pilot
            route reset
            flag set typing off
            flag reset typing
            """)
    void aChangeIsPrintedAsTheServiceReportsIt(String call) throws Exception {
        assertThat(fromAService(call + " --json")).isZero();

        assertThat(out.toString().lines()).hasSize(1);
        assertThat(Json.tree(out.toString())).isEqualTo(Json.tree(CHANGED));
        assertThat(err.toString()).isEmpty();
    }

    /// Answers reads with routes, and changes with a change.
    private int fromAService(String call) throws IOException {
        HttpServer server = serve("GET", ROUTES, CHANGED);
        try {
            List<String> words = new ArrayList<>(Arrays.asList(call.split(" ")));
            words.addAll(List.of(
                    "--token", "t", "--url", "localhost:" + server.getAddress().getPort()));
            return lull.execute(words.toArray(String[]::new));
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer serve(String method, String ofMethod, String ofOthers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String answer = exchange.getRequestMethod().equals(method)
                    ? path.equals("/routes") ? "[" + ofMethod + "]" : ofMethod
                    : ofOthers;
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void aModelHasItsPartitionsAndDiffersWithExitCode1() throws Exception {
        String model = Json.text(GapModel.shipped());
        String two = "{\"topic\":\"T\",\"models\":[{\"partitions\":[0],\"model\":" + model
                + "},{\"partitions\":[1],\"model\":" + model.replace("\"version\":\"", "\"version\":\"other-")
                + "}],\"unknownPartitions\":[2]}";
        HttpServer server = serve("GET", two, "");
        try {
            assertThat(lull.execute(
                            "gap",
                            "model",
                            "show",
                            "T",
                            "--json",
                            "--token",
                            "t",
                            "--url",
                            "localhost:" + server.getAddress().getPort()))
                    .isEqualTo(1);
        } finally {
            server.stop(0);
        }
        JsonNode report = Json.tree(out.toString());
        assertThat(report.path("models")).hasSize(2);
        assertThat(report.path("models").path(1).path("model").path("version").asText())
                .startsWith("other-");
        assertThat(report.path("unknownPartitions")).hasSize(1);
    }

    @Test
    void aWebhookHasItsStatusAndTheIdsOfItsMessages() throws Exception {
        HttpServer server = serve("GET", "", "");
        try {
            assertThat(lull.execute(
                            "send",
                            "--json",
                            "--pause",
                            "0ms",
                            "--url",
                            "localhost:" + server.getAddress().getPort(),
                            "Hi",
                            "you"))
                    .isZero();
        } finally {
            server.stop(0);
        }
        List<JsonNode> answers = parsed(out.toString());
        assertThat(answers).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.path("status").asInt()).isEqualTo(200);
            assertThat(answer.path("messageIds").path(0).asText()).startsWith("wamid.TEST");
            assertThat(answer.has("answer")).isFalse();
        });
        assertThat(Json.text(SendCommand.json(503, List.of(), "{\"error\":\"no\"}".getBytes(UTF_8))))
                .isEqualTo("{\"status\":503,\"messageIds\":[],\"answer\":{\"error\":\"no\"}}");
        assertThat(Json.text(SendCommand.json(502, List.of(), "<html>".getBytes(UTF_8))))
                .isEqualTo("{\"status\":502,\"messageIds\":[],\"answer\":\"<html>\"}");
    }

    @Test
    void writtenConversationsAreCounted() {
        assertThat(Json.text(GapTracesCommand.json(Path.of("t", "conversations.jsonl"), 2, 7, 0.5)))
                .isEqualTo("{\"file\":\"t/conversations.jsonl\",\"conversations\":2,\"messages\":7,\"share\":0.5}");
    }

    @Test
    void aDeadLetterIsShownWithItsKeyMaskedAndItsValueOnlyIfWanted() throws Exception {
        DeadLetter letter = letter("{\"text\":\"Hi\"}", null);
        JsonNode shown = Json.tree(Json.text(DeadLetterCommand.Show.json(letter, "still unreadable", false)));

        assertThat(shown.path("id").asText()).isEqualTo("whatsapp.turn.closed.dlq-3-17");
        assertThat(shown.path("key").asText()).isEqualTo(letter.maskedKey()).doesNotContain("15550001001");
        assertThat(shown.path("at").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(shown.path("headers").toString()).isEqualTo("[{\"name\":\"note\",\"value\":\"words\"}]");
        assertThat(shown.path("wouldBeHandled").asBoolean()).isFalse();
        assertThat(shown.path("problem").asText()).isEqualTo("still unreadable");
        assertThat(shown.has("value")).isFalse();
        assertThat(Json.tree(Json.text(DeadLetterCommand.Show.json(letter, null, true)))
                        .path("value")
                        .path("text")
                        .asText())
                .isEqualTo("Hi");
        assertThat(DeadLetterCommand.Show.json(letter("no JSON", null), null, true))
                .containsEntry("value", "no JSON")
                .containsEntry("wouldBeHandled", true);
    }

    @Test
    void aReplaySaysWhatIsLeftAndWhatWasHandledBefore() throws Exception {
        DeadLetterCommand.Tally tally = new DeadLetterCommand.Tally(new PrintWriter(err, true));
        tally.handled(2);
        tally.left(letter("{}", null), "still unreadable");
        tally.before(letter(
                "{}",
                new DeadLetterHandled(
                        "whatsapp.turn.closed.dlq",
                        3,
                        17,
                        DeadLetterHandled.Action.DISCARDED,
                        "ana",
                        Instant.parse("2026-03-02T10:00:00Z"),
                        null)));

        assertThat(Json.tree(Json.text(tally.json(DeadLetterHandled.Action.REPLAYED, true))))
                .isEqualTo(Json.tree("""
                        {"action":"replayed","dryRun":true,"count":2,
                         "left":[{"id":"whatsapp.turn.closed.dlq-3-17","problem":"still unreadable"}],
                         "handledBefore":[{"id":"whatsapp.turn.closed.dlq-3-17","handled":
                          {"topic":"whatsapp.turn.closed.dlq","partition":3,"offset":17,"action":"discarded","by":"ana",
                           "at":"2026-03-02T10:00:00Z"}}]}"""));
    }

    private static DeadLetter letter(String value, @Nullable DeadLetterHandled handled) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "whatsapp.turn.closed.dlq",
                3,
                17,
                Instant.parse("2026-03-01T10:00:00Z").toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                value.length(),
                "106540352242922|15550001001".getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders().add("note", "words".getBytes(UTF_8)),
                Optional.empty());
        return new DeadLetter(record, "whatsapp.turn.closed", handled);
    }

    private String settings() throws IOException {
        Path file = directory.resolve("lull.properties");
        Files.writeString(file, "topics.inputs=whatsapp.message.received,Sales_2\ntopics.partitions=12\n");
        return file.toString();
    }

    private JsonNode line(int exitCode, String... call) throws UnreadableJson {
        List<String> words = new ArrayList<>(List.of(call));
        words.add("--json");
        out.getBuffer().setLength(0);
        assertThat(lull.execute(words.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(exitCode);
        return Json.tree(out.toString());
    }

    private List<JsonNode> lines(String... call) throws UnreadableJson {
        List<String> words = new ArrayList<>(List.of(call));
        words.add("--json");
        return parsed(String.join("\n", texts(words.toArray(String[]::new))));
    }

    private static List<JsonNode> parsed(String lines) throws UnreadableJson {
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            parsed.add(Json.tree(line));
        }
        return parsed;
    }

    private List<String> texts(String... call) {
        out.getBuffer().setLength(0);
        assertThat(lull.execute(call)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        return out.toString().lines().toList();
    }
}
