package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gaps are shown and changed, and open turns looked at, while the aggregator runs.
@Tag("proof")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class GapIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOPIC = Topics.MESSAGE_RECEIVED.name();
    private static final String VIP = "100000000000002";
    private static final String OTHER_TOPIC = "support.message.received";
    private static final String OTHER_NUMBER = "100000000000003";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LocalOptions options;
    private static LocalLull lull;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        Map<String, String> settings = Map.of(
                "turn.gap",
                "1s",
                "turn.numbers",
                VIP,
                "turn.gap." + VIP,
                "0ms",
                "topics.inputs",
                TOPIC + "," + OTHER_TOPIC,
                "turn.gap." + OTHER_TOPIC,
                "2s",
                "ingress.routes",
                OTHER_NUMBER + "=" + OTHER_TOPIC);
        lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), settings, COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @AfterEach
    void backToTheConfiguration() {
        assertThat(gap("set", TOPIC, "--default").exitCode()).isZero();
        assertThat(gap("set", TOPIC, "--default", "--number", World.NUMBER).exitCode())
                .isZero();
    }

    @Test
    void showsWhatIsConfiguredAndWhatIsInForce() {
        assertThat(World.tree(gap("show", TOPIC, "--json").out()).path("topic").asText())
                .isEqualTo(TOPIC);
        assertThat(gap("show").out()).isEqualToNormalizingNewlines("""
                        support.message.received
                          all numbers: 2s configured, 2s in force
                            policy: fixed
                          number 100000000000002: 0ms configured, 0ms in force
                            policy: fixed
                          model: lull-1
                        whatsapp.message.received
                          all numbers: 1s configured, 1s in force
                            policy: fixed
                          number 100000000000002: 0ms configured, 0ms in force
                            policy: fixed
                          model: lull-1
                        """);

        gap("set", TOPIC, "7s");
        gap("set", TOPIC, "3s", "--number", World.NUMBER);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gap("show", TOPIC)).satisfies(shown -> {
                    assertThat(shown.exitCode()).isZero();
                    assertThat(shown.out()).isEqualToNormalizingNewlines("""
                                    whatsapp.message.received
                                      all numbers: 1s configured, 7s in force
                                        policy: fixed
                                      number 100000000000001: 1s configured, 3s in force
                                        policy: fixed
                                      number 100000000000002: 0ms configured, 0ms in force
                                        policy: fixed
                                      model: lull-1
                                    """);
                }));
    }

    @Test
    void changesTheGapForTheNextMessageAndTellsOfTheOpenTurnWithoutItsText() {
        assertThat(gap("set", TOPIC, "20s").out()).contains("is 20s from the next message on, in 8 partitions");
        String id = world.says("15550000601", "My PIN is 4711");
        HttpResponse<String> open = awaitOpen("15550000601");

        assertThat(open.body()).doesNotContain("4711").contains("PT20S", id, "\"kind\":\"text\"");
        assertThat(world.turns("15550000601")).isEmpty();

        gap("set", TOPIC, "1s");
        world.says("15550000601", "Hello?");

        await().atMost(PATIENCE).until(() -> world.turns("15550000601").size() == 1);
        Turn turn = world.turns("15550000601").getFirst();
        assertThat(turn.messageIds()).hasSize(2).startsWith(id);
        assertThat(turn.gap()).isEqualTo(Duration.ofSeconds(1));
        assertThat(turnOpen("15550000601").statusCode()).isEqualTo(404);
    }

    @Test
    void leavesOtherInputTopicsAlone() {
        gap("set", TOPIC, "7s");
        world.says(OTHER_NUMBER, "15550000604", "Hello");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.turns())
                        .filteredOn(turn -> turn.conversation().businessNumber().equals(OTHER_NUMBER))
                        .extracting(Turn::gap)
                        .containsExactly(Duration.ofSeconds(2)));
    }

    @Test
    void givesANumberThatIsConfiguredSoItsOwnGap() {
        world.says(VIP, "15550000602", "Now");

        await().atMost(PATIENCE)
                .until(() -> world.turns().stream()
                        .anyMatch(turn -> turn.conversation().toString().equals(VIP + "|15550000602")
                                && Duration.ZERO.equals(turn.gap())));
    }

    @Test
    void keepsWhoChangedWhatAndWhen() {
        int before = changes().size();

        gap("set", TOPIC, "2s", "--number", World.NUMBER, "--by", "ana");

        List<SettingChange> changes = changes();
        assertThat(changes).hasSize(before + 2);
        SettingChange asked = changes.get(before);
        SettingChange change = changes.getLast();
        assertThat(asked.in(change.partitions(), List.of())).isEqualTo(change);
        assertThat(asked.partitions()).isEmpty();
        assertThat(change.changedBy()).isEqualTo("ana");
        assertThat(change.businessNumber()).isEqualTo(World.NUMBER);
        assertThat(change.value()).isEqualTo("2s");
        assertThat(change.partitions())
                .containsExactlyElementsOf(IntStream.range(0, 8).boxed().toList());
    }

    @Test
    void refusesWhatMakesNoSense() {
        int before = changes().size();

        assertThat(gap("set", TOPIC, "45s").err())
                .contains("A gap of 45s is longer than a turn may last (turn.max.duration is 30s)");
        assertThat(gap("set", TOPIC, "11m").err()).contains("A gap is at most 10m");
        assertThat(gap("set", TOPIC, "5ms").err()).contains("A gap is at least 100ms, or 0ms to turn waiting off");
        assertThat(gap("set", TOPIC, "soon").err())
                .contains("gap must be a span of time such as 250ms, 5s, 2m, 24h or 7d");
        assertThat(gap("set", TOPIC).err()).contains("Give a gap such as 8s, or --default");
        assertThat(gap("set", TOPIC, "8s", "--number", "1|2").err()).contains("A business number is");
        for (String author : List.of("a\r\nERROR", "a\u0000", "\u202Eana", "a\u2028b", "a".repeat(201))) {
            assertThat(gap("set", TOPIC, "8s", "--by", author).err())
                    .contains("by is a name of at most 200 characters in one line");
        }
        assertThat(gap("set", TOPIC, "--policy", "clever").err()).contains("A policy is fixed, adaptive or shadow");
        assertThat(gap("set", TOPIC, "--policy", "adaptive", "--cap", "45s").err())
                .contains("A cap of 45s is longer than a turn may last (turn.max.duration is 30s)");
        assertThat(gap("set", TOPIC, "--policy", "shadow", "--floor", "5s", "--cap", "4s")
                        .err())
                .contains("The cap of 4s is shorter than the floor, which is 5s");
        assertThat(gap("set", TOPIC, "0ms", "--policy", "adaptive").err())
                .contains("A gap of 0ms turns waiting off, so no policy but fixed makes sense with it");
        assertThat(gap("set", TOPIC, "1s", "--policy", "adaptive").err())
                .contains("The floor of 2s is not shorter than the gap of 1s, so the policy would have no effect");
        for (String like : List.of("2s", "60s")) {
            assertThat(gap("set", TOPIC, "--like", like).err()).contains("--like must be from 5s to 30s");
        }
        assertThat(gap("model", "show", "sales").err()).contains("There is no input topic sales; there are ");
        assertThat(gap("set", "sales", "8s").err())
                .contains("There is no input topic sales; there are " + OTHER_TOPIC + ", " + TOPIC);
        assertThat(Ran.lull("gap", "show", "--url", door(""), "--token", "wrong")
                        .err())
                .contains("A request needs the header Authorization: Bearer <token>");
        assertThat(Ran.lull("gap", "show", "--url", "http://localhost:1").err())
                .contains("No aggregator answers at http://localhost:1: give the address of one with --url");
        assertThat(changes()).hasSize(before);
    }

    @Test
    void answersOverHttpWhatItAnswersOnTheCommandLine() {
        HttpResponse<String> set = world.send(HttpRequest.newBuilder(URI.create(door("/gaps/" + TOPIC)))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"gap\":\"4s\"}")));
        HttpResponse<String> wrong = world.send(HttpRequest.newBuilder(URI.create(door("/gaps/" + TOPIC)))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"gap\":")));
        HttpResponse<String> large = world.send(HttpRequest.newBuilder(URI.create(door("/gaps/" + TOPIC)))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"gap\":\"4s\"}" + " ".repeat(20_000))));
        HttpResponse<String> stranger = world.send(HttpRequest.newBuilder(URI.create(door("/gaps"))));

        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(stranger.statusCode()).isEqualTo(401);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gap("show").out()).contains("all numbers: 1s configured, 4s in force"));
    }

    /// A misspelt number would reset the whole topic.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE | /gaps/TOPIC?nubmer=1                 | nubmer of the address: it may have number and by
            DELETE | /gaps/TOPIC/model?version=1          | version of the address: it may have number and by
            PUT    | /gaps/TOPIC/model?version=1          | version of the address: it may have number and by
            GET    | /gaps/TOPIC/model?by=ana             | by of the address: it has none
            GET    | /gaps?tpoic=x                        | tpoic of the address: it may have topic
            GET    | /gaps/here?topic=x                   | topic of the address: it has none
            GET    | /gaps/here/policies?topic=x          | topic of the address: it has none
            GET    | /gaps/here/models?topic=x            | topic of the address: it has none
            GET    | /routes?topic=x                      | topic of the address: it has none
            GET    | /routes/here?topic=x                 | topic of the address: it has none
            GET    | /routes/TOPIC?name=x                 | name of the address: it has none
            DELETE | /routes/TOPIC?name=x                 | name of the address
            GET    | /turns/open?conversation=1%7C2&app=x | app of the address: it may have conversation and topic
            """)
    void refusesAParameterThatItDoesNotKnow(String method, String path, String why) throws Exception {
        int before = changes().size();

        HttpResponse<String> refused = world.send(HttpRequest.newBuilder(URI.create(door(path.replace("TOPIC", TOPIC))))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                .method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Unknown parameter " + why);
        assertThat(changes()).hasSize(before);
    }

    /// After the others, as these turns are judged from now on.
    @Test
    @Order(Integer.MAX_VALUE - 2)
    void letsTheAdaptiveGapDecideOrOnlyTriesItAndSaysSoOnTheTurn() {
        Ran set =
                gap("set", OTHER_TOPIC, "2s", "--policy", "adaptive", "--floor", "300ms", "--cap", "4s", "--by", "ana");
        assertThat(set.out()).isEqualToNormalizingNewlines("""
                        The gap of support.message.received is 2s from the next message on, in 8 partitions.
                        The policy of support.message.received is adaptive, lambda like the gap, floor 300ms, cap 4s from the next message on, in 8 partitions.
                        """);
        world.says(OTHER_NUMBER, "15550000801", "Hello, where is my order?");
        GapDecision adaptive = awaitDecision("15550000801");
        assertThat(adaptive.by()).isEqualTo(GapDecision.By.ADAPTIVE);
        assertThat(adaptive.model()).isEqualTo("lull-1");
        assertThat(adaptive.adaptiveWait()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(4));

        gap("set", OTHER_TOPIC, "--policy", "shadow", "--lambda", "66", "--floor", "300ms", "--number", OTHER_NUMBER);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(gap("show", OTHER_TOPIC).out())
                                .contains(
                                        "policy: adaptive, lambda like the gap, floor 300ms, cap 4s\n      configured, not in force: fixed",
                                        "number 100000000000003: 2s configured, 2s in force",
                                        "policy: shadow, lambda 66, floor 300ms, cap twice the gap\n      configured, not in force: fixed"));
        world.says(OTHER_NUMBER, "15550000802", "Hello, where is my order?");
        assertThat(awaitDecision("15550000802").by()).isEqualTo(GapDecision.By.SHADOW);

        assertThat(gap("set", OTHER_TOPIC, "--default").out()).isEqualToNormalizingNewlines("""
                        The gap of support.message.received is the configured one from the next message on, in 8 partitions.
                        The policy of support.message.received is the configured one from the next message on, in 8 partitions.
                        """);
        gap("set", OTHER_TOPIC, "--default", "--number", OTHER_NUMBER);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gap("show", OTHER_TOPIC).out()).doesNotContain("not in force"));
        assertThat(changes(OTHER_TOPIC))
                .filteredOn(change -> !change.partitions().isEmpty())
                .extracting(SettingChange::setting, SettingChange::value, SettingChange::businessNumber)
                .containsExactly(
                        tuple("turn.gap", "2s", null),
                        tuple("turn.gap.policy", "adaptive, lambda like the gap, floor 300ms, cap 4s", null),
                        tuple("turn.gap.policy", "shadow, lambda 66, floor 300ms, cap twice the gap", OTHER_NUMBER),
                        tuple("turn.gap", null, null),
                        tuple("turn.gap.policy", null, null),
                        tuple("turn.gap", null, OTHER_NUMBER),
                        tuple("turn.gap.policy", null, OTHER_NUMBER));
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void changesTheModelAndGoesBackToTheOneThatLullShips() throws Exception {
        Ran shipped = gap("model", "show", OTHER_TOPIC);
        assertThat(shipped.exitCode()).isZero();
        Path own =
                Files.writeString(directory.resolve("own.json"), shipped.out().replace("\"lull-1\"", "\"own-1\""));
        int before = changes(OTHER_TOPIC).size();

        assertThat(gap("model", "set", OTHER_TOPIC, own.toString(), "--by", "ana")
                        .out())
                .contains("The model of support.message.received is own-1 from the next message on, in 8 partitions.");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gap("show", OTHER_TOPIC).out()).contains("  model: own-1"));
        assertThat(gap("model", "show", OTHER_TOPIC).out().strip())
                .isEqualTo(Files.readString(own).strip());
        gap("set", OTHER_TOPIC, "1s", "--policy", "adaptive", "--floor", "300ms");
        world.says(OTHER_NUMBER, "15550000803", "Hello");
        assertThat(awaitDecision("15550000803").model()).isEqualTo("own-1");
        gap("set", OTHER_TOPIC, "--default");

        String few = Files.readString(own)
                .replaceFirst("\"likes\":\\[.*?]", "\"likes\":[{\"gap\":\"PT10S\",\"cutSeconds\":50}]");
        Path knowsOne = Files.writeString(directory.resolve("few.json"), few.replace("own-1", "own-2"));
        gap("model", "set", OTHER_TOPIC, knowsOne.toString());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                gap("set", OTHER_TOPIC, "--like", "25s").err())
                        .contains(
                                "The model own-2, which is in force, knows how many thoughts a fixed gap cuts from 10s to"
                                        + " 10s only, not of 25s"));
        gap("model", "set", OTHER_TOPIC, own.toString());

        Path other = Files.writeString(
                directory.resolve("other.json"), Files.readString(own).replaceFirst("\"spread\":0", "\"spread\":1"));
        assertThat(gap("model", "set", OTHER_TOPIC, other.toString()).err())
                .contains("The version own-1 is that of another model, and turns name their models by version:"
                        + " give this model a version of its own");
        assertThat(gap("model", "set", OTHER_TOPIC, own.toString()).exitCode()).isZero();

        assertThat(gap("model", "reset", OTHER_TOPIC).out())
                .contains("The model of support.message.received is the one that Lull ships from the next message on");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(gap("model", "show", OTHER_TOPIC).out()).isEqualTo(shipped.out()));
        assertThat(changes(OTHER_TOPIC).subList(before, changes(OTHER_TOPIC).size()))
                .filteredOn(change -> change.setting().equals("turn.gap.model"))
                .filteredOn(change -> !change.partitions().isEmpty())
                .extracting(SettingChange::value)
                .containsExactly("own-1", "own-2", "own-1", "own-1", null);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void refusesAFileThatIsNoModel() throws Exception {
        String shipped = gap("model", "show", OTHER_TOPIC).out();
        int before = changes(OTHER_TOPIC).size();

        Path broken = Files.writeString(
                directory.resolve("broken.json"), shipped.replaceFirst("\"deviation\":[^,]*", "\"deviation\":0"));
        assertThat(gap("model", "set", OTHER_TOPIC, broken.toString()).err())
                .contains("The body is no file of a model: deviation of feature rate must be from 0.000001 to 1000000,"
                        + " but it is 0.0; docs/gap.md describes it");
        Path named = Files.writeString(directory.resolve("named.json"), shipped.replace("\"lull-1\"", "\"my own\""));
        assertThat(gap("model", "set", OTHER_TOPIC, named.toString()).err())
                .contains("A model's version has 1 to 64 letters, digits, dots, dashes or underscores");
        Path text = Files.writeString(directory.resolve("text.json"), "version: lull-1");
        assertThat(gap("model", "set", OTHER_TOPIC, text.toString()).err())
                .contains("The body is no file of a model: it is not JSON, or an object of it has a name twice");
        assertThat(world.send(HttpRequest.newBuilder(URI.create(door("/gaps/" + OTHER_TOPIC)))
                                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN)
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"gap\":\"8s\",\"gap\":\"9s\"}")))
                        .body())
                .contains("with each name once");
        HttpRequest.Builder ofNumber = HttpRequest.newBuilder(
                        URI.create(door("/gaps/" + OTHER_TOPIC + "/model?number=" + OTHER_NUMBER)))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN);
        assertThat(world.send(ofNumber.DELETE()).body()).contains("A business number has no model of its own");
        HttpRequest.Builder large = HttpRequest.newBuilder(URI.create(door("/gaps/" + OTHER_TOPIC + "/model")))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN);
        assertThat(world.send(large.PUT(HttpRequest.BodyPublishers.ofString(shipped + " ".repeat(64 * 1024))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(world.send(large.PUT(HttpRequest.BodyPublishers.ofString(" ".repeat(50 * 1024) + "{}")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(changes(OTHER_TOPIC)).hasSize(before);
    }

    /// Last, as it takes half of the partitions away from the others' instance.
    @Test
    @Order(Integer.MAX_VALUE)
    void isAnsweredByWhicheverInstanceIsAsked() throws Exception {
        LocalOptions others = World.options(directory.resolve("other"));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "1s");
        settings.put("aggregator.port", Integer.toString(others.aggregatorPort()));
        settings.put("aggregator.advertised", "localhost:" + others.aggregatorPort());
        settings.put("streams.state.dir", directory.resolve("other-state").toString());
        try (ChildService other = new ChildService("aggregator", settings, directory, World.CLASS_PATH)) {
            other.start().awaitReady();
            gap("set", TOPIC, "20s");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gap("show").out())
                            .contains("all numbers: 1s configured, 20s in force")
                            .doesNotContain("unknown"));
            gap("set", TOPIC, "--policy", "shadow");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(gap("show", TOPIC)).satisfies(shown -> {
                        assertThat(shown.exitCode()).isZero();
                        assertThat(shown.out())
                                .contains(
                                        "policy: shadow, lambda like the gap",
                                        "configured, not in force: fixed",
                                        "model: lull-1");
                    }));
            assertThat(gap("model", "show", TOPIC).exitCode()).isZero();

            List<String> customers =
                    IntStream.range(0, 16).mapToObj(i -> "155500007" + (10 + i)).toList();
            customers.forEach(customer -> world.says(customer, "Hello"));
            List<HttpResponse<String>> answers =
                    customers.stream().map(GapIT::awaitOpen).toList();

            assertThat(answers)
                    .extracting(HttpResponse::statusCode)
                    .contains(200, 307)
                    .containsOnly(200, 307);
            answers.stream().filter(answer -> answer.statusCode() == 307).forEach(answer -> {
                URI elsewhere =
                        URI.create(answer.headers().firstValue("Location").orElseThrow());
                assertThat(elsewhere.getPort()).isEqualTo(others.aggregatorPort());
                assertThat(ask(elsewhere).statusCode()).isEqualTo(200);
            });

            gap("set", TOPIC, "300ms");
            customers.forEach(customer -> world.says(customer, "How"));
            // The gap of their first message would keep them open for longer.
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(world.turns())
                            .extracting(turn -> turn.conversation().customer())
                            .containsAll(customers));
        }
    }

    private static HttpResponse<String> awaitOpen(String customer) {
        return await().atMost(PATIENCE)
                .until(() -> turnOpen(customer), answer -> answer.statusCode() == 200 || answer.statusCode() == 307);
    }

    private static HttpResponse<String> turnOpen(String customer) {
        String conversation = URLEncoder.encode(World.NUMBER + "|" + customer, StandardCharsets.UTF_8);
        return ask(URI.create(door("/turns/open?conversation=" + conversation)));
    }

    private static HttpResponse<String> ask(URI address) {
        return world.send(
                HttpRequest.newBuilder(address).header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN));
    }

    private static GapDecision awaitDecision(String customer) {
        return await().atMost(PATIENCE)
                .until(
                        () -> world.turns().stream()
                                .filter(turn -> turn.conversation().customer().equals(customer))
                                .map(Turn::gapDecision)
                                .toList(),
                        decisions -> !decisions.isEmpty())
                .getFirst();
    }

    private static List<SettingChange> changes() {
        return changes(TOPIC);
    }

    private static List<SettingChange> changes(String topic) {
        return world.records(Topics.SETTING_CHANGED.name()).stream()
                .filter(record -> topic.equals(record.key()))
                .map(record -> {
                    try {
                        return Json.read(record.value(), SettingChange.class);
                    } catch (UnreadableJson e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static Ran gap(String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "gap";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        command[arguments.length + 1] = "--url";
        command[arguments.length + 2] = door("");
        return Ran.lull(command);
    }

    private static String door(String path) {
        return "http://localhost:" + options.aggregatorPort() + path;
    }
}
