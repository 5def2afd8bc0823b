package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lull.contract.ActionPerformed;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bad day of the business side, and who is told what: WhatsApp rejects a template and flags the number, a customer
/// is
/// blocked, another one calls and nobody answers, a third one wants no marketing. WhatsApp's stand-in tells all of it
/// by its webhooks.
@Tag("proof")
final class BusinessSideIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CHANGER = "changer-token-0001";
    private static final String ACCOUNT = "200000000000001";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        LocalLull lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.of("turn.gap", "1s", "actions.tokens", "dana:change:" + CHANGER, "agent.notes.every", "0s"),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void everybodyIsToldWhatConcernsThem() {
        String blocked = "15550007801";
        String caller = "15550007802";
        String stopper = "15550007803";
        for (String customer : List.of(blocked, stopper)) {
            control(
                    "/_phone/messages",
                    "{'from':'" + customer + "','phoneNumberId':'" + World.NUMBER + "','text':'Hello'}");
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        }

        // WhatsApp rejects a template: the operator sees it, and replies with it are refused with the reason.
        control("/_business", "{'review':'REJECTED'}");
        Ran created = run(
                "create_template",
                "account=" + ACCOUNT,
                "name=spring78",
                "language=en",
                "category=MARKETING",
                "components=[{\"type\":\"BODY\",\"text\":\"Everything must go\"}]");
        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(created.out()).contains("REJECTED");
        control("/_business", "{'review':'APPROVED'}");
        awaitProblem("warning", "(spring78 en)", "status", "REJECTED");
        String refused = template(stopper, "spring78");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(refused)).contains("\"status\":\"refused\"", "132001"));

        // WhatsApp flags the number, and takes it back.
        control("/_business", "{'quality':'FLAGGED'}");
        awaitProblem("critical", "quality", "FLAGGED");
        control("/_business", "{'quality':'UNFLAGGED'}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status().out()).doesNotContain("quality"));

        // The operator blocks a customer: the agent reads why an answer does not arrive.
        Ran block = run("block_users", "number=" + World.NUMBER, "users=[\"" + blocked + "\"]");
        assertThat(block.exitCode()).as(block.out() + block.err()).isZero();
        world.agentSays(world.chats(blocked).getFirst(), "Are you there?");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(blocked))
                        .last()
                        .asString()
                        .startsWith("[WhatsApp]")
                        .contains("the customer is blocked by the business"));
        assertThat(world.phone(blocked)).isEmpty();

        // A customer calls and nobody answers: an agent gets a chat that says so.
        control("/_phone/calls", "{'from':'" + caller + "','phoneNumberId':'" + World.NUMBER + "'}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(caller))
                        .singleElement()
                        .asString()
                        .startsWith("[missed call at "));

        // A customer wants no marketing: the agent is told, and a template of marketing is refused.
        assertThat(run(
                                "create_template",
                                "account=" + ACCOUNT,
                                "name=summer78",
                                "language=en",
                                "category=MARKETING",
                                "components=[{\"type\":\"BODY\",\"text\":\"Everything is new\"}]")
                        .exitCode())
                .isZero();
        control("/_phone/marketing", "{'from':'" + stopper + "','phoneNumberId':'" + World.NUMBER + "','wish':'stop'}");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(stopper))
                        .anySatisfy(text -> assertThat(text).contains("does not want marketing messages anymore")));
        await().atMost(PATIENCE).until(() -> everything().contains("summer78"));
        String unwanted = template(stopper, "summer78");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(unwanted)).contains("\"status\":\"refused\"", "131050"));
        assertThat(world.phone(stopper)).isEmpty();

        // Who did what is on record.
        assertThat(performed())
                .contains("dana create_template done", "dana block_users done")
                .noneMatch(line -> line.contains(blocked));
    }

    private static List<String> performed() {
        List<String> lines = new ArrayList<>();
        world.records(Topics.ACTION_PERFORMED.name()).forEach(record -> {
            try {
                ActionPerformed one = Json.read(record.value(), ActionPerformed.class);
                lines.add(
                        one.by() + " " + one.action() + " " + one.state().name().toLowerCase(Locale.ROOT));
            } catch (UnreadableJson e) {
                throw new AssertionError(e);
            }
        });
        return lines;
    }

    private static void awaitProblem(String urgency, String... words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status().out().lines())
                        .anySatisfy(line -> assertThat(line).startsWith(urgency).contains(words)));
    }

    private static Ran status() {
        return Ran.lull("whatsapp", "status", "--problems", "--url", url(), "--token", CHANGER);
    }

    private static String everything() {
        return Ran.lull("whatsapp", "status", "--url", url(), "--token", CHANGER)
                .out();
    }

    private static Ran run(String action, String... parameters) {
        List<String> call = new ArrayList<>(List.of("whatsapp", "run", action, "--url", url(), "--token", CHANGER));
        for (String parameter : parameters) {
            call.addAll(List.of("--param", parameter));
        }
        return Ran.lull(call.toArray(String[]::new));
    }

    private static void control(String path, String body) {
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(world.graph(path))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Posts a template, and returns the path of its status.
    private static String template(String customer, String name) {
        HttpResponse<String> answer = world.send(request("/replies")
                .header("Idempotency-Key", name)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(("{'conversation':'" + World.NUMBER + "|" + customer
                                + "','message':{'type':'template','template':{'name':'" + name
                                + "','language':{'code':'en'}}}}")
                        .replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode tree = World.tree(answer.body());
        return tree.path("status").asText();
    }

    private static String get(String path) {
        return world.send(request(path).GET()).body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN);
    }

    private static String url() {
        return "http://localhost:" + options.ingressPort();
    }
}
