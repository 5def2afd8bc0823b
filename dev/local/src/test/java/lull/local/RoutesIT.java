package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.aggregator.AggregatorService;
import lull.aggregator.route.RoutingPolicy;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.TurnOracle;
import lull.aggregator.turn.TurnPolicy;
import lull.cli.Configuration;
import lull.cli.InstallationTopics;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.InputRecord;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnRoute;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.kafka.TopicKeeper;
import lull.runtime.process.ServiceProcess;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Routes change while customers write and two instances of the aggregator make turns of it.
@Tag("proof")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RoutesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration GAP = Duration.ofSeconds(1);
    private static final int CUSTOMERS = 32;
    private static final int PARTITIONS = 8;
    private static final String SECRET = "test-secret";
    private static final String TOKEN = "operator";
    private static final String TOPIC = Topics.MESSAGE_RECEIVED.name();
    private static final String BOT = "bot.turn.closed";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static String broker = "";
    private static LocalOptions options;
    private static LocalOptions others;

    @BeforeAll
    static void start() throws Exception {
        broker = SharedBroker.empty();
        options = LocalOptions.onFreePorts(directory.resolve("one"));
        others = LocalOptions.onFreePorts(directory.resolve("other"));
        Map<String, String> settings = settings();
        try (TopicKeeper keeper = new TopicKeeper(KafkaSetup.at(broker))) {
            keeper.create(
                    InstallationTopics.of(Configuration.load(Map.of(), settings)),
                    new TopicKeeper.Layout(PARTITIONS, (short) 1, 1));
        }
        ServiceProcess.start("ingress", Configuration.load(Map.of(), settings), COMPONENTS, IngressService::start);
        Map<String, String> one = aggregator(settings, options);
        one.put("admin.port", "0");
        ServiceProcess.start("aggregator", Configuration.load(Map.of(), one), COMPONENTS, AggregatorService::start);
        COMPONENTS
                .add(
                        "the other aggregator",
                        new ChildService("aggregator", aggregator(settings, others), directory, World.CLASS_PATH))
                .start()
                .awaitReady();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(partitionsOf(options)).isNotEmpty();
            assertThat(partitionsOf(others)).isNotEmpty();
            assertThat(partitionsOf(options).size() + partitionsOf(others).size())
                    .isEqualTo(PARTITIONS);
        });
    }

    private static Map<String, String> settings() {
        Map<String, String> all = new HashMap<>();
        all.put("kafka.bootstrap.servers", broker);
        all.put("ingress.port", Integer.toString(options.ingressPort()));
        all.put("admin.port", Integer.toString(options.adminPort()));
        all.put("whatsapp.app.secrets", SECRET);
        all.put("whatsapp.verify.token", "test-token");
        all.put("aggregator.tokens", TOKEN);
        all.put("turn.gap", GAP.toMillis() + "ms");
        all.put("streams.standbys", "0");
        all.put("destinations", "bot");
        all.put("destination.bot.topic", BOT);
        // Needed by the bridge alone.
        all.put("connect.instance.id", "none");
        all.put("connect.contact.flow.id", "none");
        all.put("connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:none");
        all.put("whatsapp.access.token", "none");
        return all;
    }

    private static Map<String, String> aggregator(Map<String, String> settings, LocalOptions instance) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("aggregator.port", Integer.toString(instance.aggregatorPort()));
        own.put("aggregator.advertised", "localhost:" + instance.aggregatorPort());
        own.put("streams.state.dir", instance.directory().resolve("state").toString());
        return own;
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
        CLIENT.shutdownNow();
    }

    @AfterEach
    void backToTheConfiguration() {
        assertThat(route("reset").exitCode()).isZero();
        assertThat(send(options, "/flags/" + TOPIC, "PUT", "{\"revision\":" + revision() + ",\"flags\":[]}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(1)
    void aRolloutToHalfAndBackDuringABurstLosesDoublesAndReordersNothing() throws Exception {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        System.out.println("-Dlull.seed=" + seed);
        URI door = URI.create("http://localhost:" + options.ingressPort() + "/webhooks/whatsapp");
        Bursts bursts = COMPONENTS.add("bursts", new Bursts(door, SECRET, GAP, CUSTOMERS, new SplittableRandom(seed)));
        awaitTurns(Topics.TURN_CLOSED.name(), CUSTOMERS);

        Ran half = route("set", "pilot", "--to", "bot", "--share", "50", "--by", "ana");
        assertThat(half.out())
                .isEqualToNormalizingNewlines("The routes of " + TOPIC
                        + " are pilot: share=50, to=bot from the next turn" + " on, in 8 partitions.\n");
        // Both instances, whichever was asked.
        for (LocalOptions instance : List.of(options, others)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(partitionsOf(instance).values())
                            .isNotEmpty()
                            .allSatisfy(routes -> assertThat(routes).contains("\"pilot\"")));
        }
        awaitTurns(BOT, CUSTOMERS);

        int before = turns(Topics.TURN_CLOSED.name()).size();
        // At the other instance.
        assertThat(Ran.lull("route", "share", "pilot", "0", "--url", door(others), "--token", TOKEN)
                        .exitCode())
                .isZero();
        awaitTurns(Topics.TURN_CLOSED.name(), before + CUSTOMERS);
        List<Bursts.Burst> written = bursts.stop();

        List<String> accepted =
                written.stream().flatMap(burst -> burst.ids().stream()).toList();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ids(allTurns())).hasSizeGreaterThanOrEqualTo(accepted.size()));
        assertThat(ids(allTurns())).containsExactlyInAnyOrderElementsOf(accepted);
        assertThat(allTurns()).extracting(Turn::id).doesNotHaveDuplicates();
        assertThat(made(Topics.TURN_CLOSED.name())).isEqualTo(expected("connect"));
        assertThat(made(BOT)).isEqualTo(expected("bot"));
        assertThat(turns(BOT)).extracting(Turn::route).containsOnly(new TurnRoute("pilot", "bot"));
        assertThat(customers(turns(BOT))).hasSizeBetween(CUSTOMERS / 5, CUSTOMERS * 4 / 5);
        Set<Integer> partitions = new HashSet<>();
        TopicReader.all(broker, BOT).forEach(record -> partitions.add(record.partition()));
        assertThat(partitions).containsAnyElementsOf(partitionsOf(options).keySet());
        assertThat(partitions).containsAnyElementsOf(partitionsOf(others).keySet());
        assertThat(TopicReader.all(broker, TOPIC + ".dlq")).isEmpty();
    }

    @Test
    @Order(2)
    void showsAndChangesTheListAndRecordsWhoDidIt() {
        int before = changes().size();
        route("set", "rest", "--to", "connect");
        route("set", "staff", "--to", "bot", "--app", "shop", "--number", "100000000000001", "--before", "rest");
        route("set", "pilot", "--to", "bot", "--share", "0.25", "--before", "rest", "--by", "ana");

        assertThat(route("list")).satisfies(shown -> {
            assertThat(shown.exitCode()).isZero();
            assertThat(shown.out()).isEqualToNormalizingNewlines("""
                            whatsapp.message.received
                              routes set while the aggregator runs, revision @:
                                staff: app=shop, number=100000000000001, to=bot
                                pilot: share=0.25, to=bot
                                rest: to=connect
                                all others: to=connect (Amazon Connect)
                            """.replace("@", Long.toString(revision())));
        });
        assertThat(route("share", "pilot", "20%").exitCode()).isZero();
        assertThat(route("remove", "staff").out()).contains("are pilot: share=20, to=bot; rest: to=connect from");
        assertThat(route("reset").out()).contains("are the configured ones from the next turn on, in 8 partitions.");
        assertThat(route("list").out()).contains("configured routes, revision ").doesNotContain("pilot");
        assertThat(World.tree(route("list", "--json").out()).path("topic").asText())
                .isEqualTo(TOPIC);
        assertThat(World.tree(flag("list", "--json").out()).path("inForce")).isNotEmpty();

        List<SettingChange> made = changes().subList(before, changes().size()).stream()
                .filter(change -> !change.partitions().isEmpty())
                .toList();
        assertThat(made)
                .extracting(SettingChange::setting, SettingChange::value)
                .contains(tuple("routes", "rest: to=connect"))
                .endsWith(tuple("routes", "pilot: share=20, to=bot; rest: to=connect"), tuple("routes", null));
        assertThat(made).extracting(SettingChange::changedBy).contains("ana");
    }

    @Test
    @Order(3)
    void refusesWhatWouldOverwriteAChangeOfSomebodyElseOrMakesNoSense() {
        route("set", "pilot", "--to", "bot", "--share", "10");
        long revision = revision();
        int before = changes().size();

        HttpResponse<String> stale = put(revision - 1, "[]");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body())
                .contains("Nothing was changed: the routes have revision " + revision + ", and the change builds on "
                        + (revision - 1));
        assertThat(put(revision, "[{\"name\":\"a\",\"destination\":\"nowhere\"}]"))
                .satisfies(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.body())
                            .contains("The route a names the destination nowhere, which is not configured; there are"
                                    + " bot, connect (destinations)");
                });
        assertThat(put(revision, "[{\"name\":\"a\",\"destination\":\"bot\",\"weight\":1}]")
                        .body())
                .contains("Unknown name weight: the route a has app, businessNumber, destination, name, share");
        assertThat(put(revision, "{}").body()).contains("routes must be the whole list of routes");
        assertThat(send(options, "/routes/" + TOPIC + "?revision=" + (revision - 1), "DELETE", null)
                        .statusCode())
                .isEqualTo(409);
        assertThat(send(options, "/routes/other", "GET", null).statusCode()).isEqualTo(404);
        assertThat(route("set", "trial", "--to", "nowhere").err()).contains("which is not configured");
        assertThat(route("share", "trial", "20").err())
                .contains("There is no route trial; there are pilot. 'lull route list' shows them");
        assertThat(route("list", "--topic", "other").err()).contains("There is no input topic other; there are");
        assertThat(changes()).hasSize(before);
        assertThat(revision()).isEqualTo(revision);

        assertThat(put(revision, "[{\"name\":\"pilot\",\"share\":12.5,\"destination\":\"bot\"}]")
                        .body())
                .contains("\"value\":\"pilot: share=12.5, to=bot\"", "\"revision\":" + (revision + 1));
    }

    @Test
    @Order(4)
    void flagsAreSwitchedForANumberAndAreInItsTurns() throws Exception {
        assertThat(flag("set", "gathering", "off", "--number", "100000000000002", "--by", "ana")
                        .out())
                .isEqualToNormalizingNewlines("The flags of " + TOPIC
                        + " are now gathering: number=100000000000002, off, from the next turn of each conversation on,"
                        + " in 8 partitions.\n");
        assertThat(flag("set", "typing", "off", "--share", "100").exitCode()).isZero();
        // A change of the routes leaves them alone, and they leave the routes alone.
        route("set", "pilot", "--to", "bot", "--share", "0");
        assertThat(flag("list")).satisfies(shown -> {
            assertThat(shown.exitCode()).isZero();
            assertThat(shown.out())
                    .startsWith(TOPIC + "\n  gathering: Messages wait for one another")
                    .contains("""
                                number=100000000000002, off
                                all others: as turn.gap configured
                              typing: Customers see that an agent is typing, or that an application works.
                                off
                                all others: as whatsapp.typing and destination.NAME.typing configured
                              receipts: Customers see their messages as read once Amazon Connect has them.
                                as whatsapp.read.marks configured
                            """);
        });
        flag("reset", "typing");
        assertThat(route("list").out()).contains("pilot: share=0, to=bot");

        URI door = URI.create("http://localhost:" + options.ingressPort() + "/webhooks/whatsapp");
        Bursts alone = COMPONENTS.add(
                "bursts of another number",
                new Bursts(door, SECRET, GAP, 1, new SplittableRandom(1), "100000000000002"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(allTurns())
                        .filteredOn(turn -> turn.conversation().businessNumber().equals("100000000000002"))
                        .hasSizeGreaterThan(5)
                        .allSatisfy(turn -> {
                            assertThat(turn.cause()).isEqualTo(TurnCause.PASS_THROUGH);
                            assertThat(turn.messageIds()).hasSize(1);
                            assertThat(turn.flags()).isEqualTo(Map.of("gathering", false));
                        }));
        alone.stop();
        assertThat(changes())
                .extracting(SettingChange::setting, SettingChange::value, SettingChange::changedBy)
                .contains(tuple("flags", "gathering: number=100000000000002, off", "ana"));
    }

    @Test
    @Order(5)
    void refusesFlagsThatAreNone() {
        int before = changes().size();

        assertThat(flag("set", "dance", "on").err())
                .contains("There is no flag dance; there are gathering, typing, receipts, agent-receipts, notes,"
                        + " transcripts");
        assertThat(flag("set", "turn.max.messages", "on").err())
                .contains("turn.max.messages is a setting and no flag: change it in the configuration, and restart");
        assertThat(flag("set", "typing", "off", "--number", "+1 555 0100").err())
                .contains("A business number is WhatsApp's phone number id");
        assertThat(route("set", "trial", "--to", "bot", "--number", "x").err())
                .contains("A business number is WhatsApp's phone number id");
        assertThat(flag("set", "typing", "maybe").err()).contains("Say on or off, not maybe");
        assertThat(flag("set", "transcripts", "on").err()).contains("transcripts can only be switched off");
        assertThat(flag("reset", "typing", "--number", "1").err())
                .contains("The flag typing is not switched for number 1: 'lull flag list' shows the rules");
        assertThat(send(options, "/flags/" + TOPIC, "PUT", "{\"revision\":0,\"flags\":[]}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(send(options, "/flags", "GET", null).body()).contains("\"flag\":\"agent-receipts\"");
        assertThat(changes()).hasSize(before);
    }

    /// The turns of each partition as they are on a topic, in its order.
    private static Map<Integer, List<String>> made(String topic) {
        Map<Integer, List<String>> made = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : TopicReader.all(broker, topic)) {
            Turn turn = read(record, Turn.class);
            TurnRoute route = turn.route();
            made.computeIfAbsent(record.partition(), _ -> new ArrayList<>())
                    .add(described(
                            turn.id(),
                            turn.conversation() + " " + turn.cause() + " " + (route == null ? null : route.rule()),
                            turn.messageIds()));
        }
        return made;
    }

    /// The turns of each partition that an oracle expects on the topic of a destination, in its order.
    private static Map<Integer, List<String>> expected(String destination) {
        InputPolicy policy = InputPolicy.of(TurnPolicy.ofGap(GAP)).with(new RoutingPolicy(List.of(), Set.of("bot")));
        Map<Integer, TurnOracle> oracles = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> record : TopicReader.all(broker, TOPIC)) {
            oracles.computeIfAbsent(record.partition(), _ -> new TurnOracle(policy))
                    .read(
                            record.offset(),
                            record.timestamp(),
                            read(record, InputRecord.class),
                            record.value().length,
                            false);
        }
        Map<Integer, List<String>> expected = new TreeMap<>();
        oracles.forEach((partition, oracle) -> {
            List<String> there = oracle.closed().stream()
                    .filter(turn -> turn.destination().equals(destination))
                    .map(turn -> described(
                            TOPIC + "-" + partition + "-" + turn.firstOffset(),
                            turn.conversation() + " " + turn.cause() + " " + turn.rule(),
                            turn.ids()))
                    .toList();
            if (!there.isEmpty()) {
                expected.put(partition, there);
            }
        });
        return expected;
    }

    /// Ids are sorted: a turn has them in the customer's order, and the oracle in that of the log.
    private static String described(String id, String what, List<String> ids) {
        return id + " " + what + " " + ids.stream().sorted().toList();
    }

    private static void awaitTurns(String topic, int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(turns(topic)).hasSizeGreaterThanOrEqualTo(count));
    }

    private static List<Turn> allTurns() {
        return Stream.of(Topics.TURN_CLOSED.name(), BOT)
                .flatMap(topic -> turns(topic).stream())
                .toList();
    }

    private static List<Turn> turns(String topic) {
        return TopicReader.all(broker, topic).stream()
                .map(record -> read(record, Turn.class))
                .toList();
    }

    private static List<String> ids(List<Turn> turns) {
        return turns.stream().flatMap(turn -> turn.messageIds().stream()).toList();
    }

    private static Set<String> customers(List<Turn> turns) {
        Set<String> customers = new HashSet<>();
        turns.forEach(turn -> customers.add(requireNonNull(turn.conversation().customer())));
        return customers;
    }

    private static List<SettingChange> changes() {
        return TopicReader.all(broker, Topics.SETTING_CHANGED.name()).stream()
                .map(record -> read(record, SettingChange.class))
                .toList();
    }

    private static <T> T read(ConsumerRecord<String, byte[]> record, Class<T> type) {
        try {
            return Json.read(record.value(), type);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// The routes of the partitions that an instance serves, as it tells them to others.
    private static Map<Integer, String> partitionsOf(LocalOptions instance) {
        Map<Integer, String> routes = new TreeMap<>();
        for (JsonNode each :
                tree(send(instance, "/routes/here", "GET", null).body()).path(TOPIC)) {
            each.path("partitions").forEach(partition -> routes.put(partition.asInt(), each.toString()));
        }
        return routes;
    }

    private static long revision() {
        return tree(send(options, "/routes/" + TOPIC, "GET", null).body())
                .path("revision")
                .asLong();
    }

    private static HttpResponse<String> put(long revision, String routes) {
        return send(
                options,
                "/routes/" + TOPIC,
                "PUT",
                "{\"revision\":" + revision + ",\"routes\":" + routes + ",\"by\":\"ben\"}");
    }

    private static HttpResponse<String> send(LocalOptions instance, String path, String method, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(door(instance) + path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json);
        } catch (UnreadableJson e) {
            throw new AssertionError(json, e);
        }
    }

    private static Ran flag(String... arguments) {
        return lull("flag", arguments);
    }

    private static Ran route(String... arguments) {
        return lull("route", arguments);
    }

    private static Ran lull(String what, String... arguments) {
        List<String> command = new ArrayList<>(List.of(what));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--url", door(options), "--token", TOKEN));
        return Ran.lull(command.toArray(new String[0]));
    }

    private static String door(LocalOptions instance) {
        return "http://localhost:" + instance.aggregatorPort();
    }
}
