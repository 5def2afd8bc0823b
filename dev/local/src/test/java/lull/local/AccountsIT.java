package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What WhatsApp says about accounts, from the bytes of its webhooks to operators, agents and replies.
/// Each test has accounts and customers of its own.
final class AccountsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOKEN = "reader-token-0001";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;

    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        LocalLull lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.of("turn.gap", "1s", "actions.tokens", "report:read:" + TOKEN),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void anOperatorSeesWhatIsWrongUntilItIsOver() {
        long at = Instant.now().getEpochSecond() - 60;
        said("1001", at, "phone_number_quality_update", "'display_phone_number':'15550000071','event':'FLAGGED'");
        said("1001", at, "account_review_update", "'decision':'REJECTED'");
        said(
                "1001",
                at,
                "message_template_status_update",
                "'event':'PENDING','message_template_id':71,'message_template_name':'news71',"
                        + "'message_template_language':'en'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(facts("?problems=true", "1001"))
                        .containsExactlyInAnyOrder("quality FLAGGED critical", "review REJECTED critical"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(facts("", "1001")).contains("status PENDING notice"));
        Ran command = Ran.lull(
                "whatsapp",
                "status",
                "--problems",
                "--url",
                "http://localhost:" + options.ingressPort(),
                "--token",
                TOKEN);
        assertThat(command.err()).isEmpty();
        assertThat(command.out().lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("critical")
                        .contains("number 15550000071")
                        .contains("quality")
                        .contains("FLAGGED"));
        assertThat(problems("critical")).isGreaterThanOrEqualTo(2);

        // What is over comes before what was said earlier and comes late.
        said("1001", at + 2, "phone_number_quality_update", "'display_phone_number':'15550000071','event':'UNFLAGGED'");
        said("1001", at + 1, "phone_number_quality_update", "'display_phone_number':'15550000071','event':'FLAGGED'");
        said("1001", at + 3, "account_review_update", "'decision':'APPROVED'");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(facts("?problems=true", "1001")).isEmpty());
        assertThat(facts("", "1001")).contains("quality UNFLAGGED notice", "review APPROVED notice");
    }

    @Test
    void whoWantsNoMarketingGetsNoneAndTheAgentKnows() {
        String customer = "15550007201";
        long at = Instant.now().getEpochSecond();
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Hello"));
        said(
                "1002",
                at,
                "message_template_status_update",
                "'event':'APPROVED','message_template_id':72,'message_template_name':'news72',"
                        + "'message_template_language':'en','message_template_category':'MARKETING'");
        said(
                "1002",
                at,
                "user_preferences",
                "'messaging_product':'whatsapp','metadata':{'display_phone_number':'15550000001',"
                        + "'phone_number_id':'" + World.NUMBER + "'},'user_preferences':[{'wa_id':'" + customer
                        + "','detail':'x','category':'marketing_messages','value':'stop','timestamp':'" + at + "'}]");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .anySatisfy(text -> assertThat(text).contains("does not want marketing messages anymore")));
        String status = template(customer, "news72");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(get(status, LocalLull.REPLIES_TOKEN).body())
                                .contains("\"status\":\"refused\"")
                                .contains("131050"));
        // A template of no known category goes out.
        template(customer, "order72");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.phone(customer))
                        .singleElement()
                        .satisfies(one ->
                                assertThat(one.at("/content/name").asText()).isEqualTo("order72")));
    }

    @Tag("proof")
    @Test
    void aTakeOverOpensAChatAndAHandBackEndsIt() {
        String customer = "15550007301";
        Instant at = Instant.now();
        // What the customer writes to Meta Business Agent opens no chat.
        said(
                "1003",
                at.getEpochSecond(),
                "standby",
                "'messages':[{'from':'" + customer + "','id':'wamid.standby7301'}]");
        said("1003", at.getEpochSecond(), "messaging_handovers", passed(customer, at, "ai_agent", "escalation"));
        said("1003", at.getEpochSecond(), "messaging_handovers", passed(customer, at, "ai_agent", "escalation"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer))
                        .containsExactly(
                                "[taken over from Meta Business Agent] Asks for a person\nThe parcel is lost"));
        world.says(customer, "Hello?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Hello?"));
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "The assistant goes on");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("The assistant goes on")));

        said(
                "1003",
                at.getEpochSecond(),
                "messaging_handovers",
                passed(customer, Instant.now().plusSeconds(1), "escalation", "ai_agent"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.chats(customer))
                        .singleElement()
                        .satisfies(one -> {
                            assertThat(one.path("state").asText()).isEqualTo("ENDED");
                            assertThat(one.path("disconnectReason").asText()).isEqualTo("CUSTOMER_DISCONNECT");
                        }));
        // Who writes to the business again has a chat again.
        world.says(customer, "Are you still there?");
        await().atMost(PATIENCE).until(() -> world.chats(customer).size() == 2);
    }

    private static String passed(String customer, Instant at, String from, String to) {
        return "'messaging_product':'whatsapp','sender':{'phone_number':'" + customer + "'},'recipient':{"
                + "'phone_number_id':'" + World.NUMBER + "','display_phone_number':'15550000001'},"
                + "'type':'control_passed','timestamp':'" + at.getEpochSecond() + "','control_passed':{"
                + "'previous_owner_role':'" + from + "','new_owner_role':'" + to + "','metadata':'Asks for a person',"
                + "'conversation_context':{'type':'summary','summary':{'text':'The parcel is lost'}}}";
    }

    @Test
    void theRouteNeedsATokenAndAQuestionThatItKnows() {
        answered(401, get("/accounts", "wrong"));
        assertThat(answered(400, get("/accounts?problems=maybe", TOKEN))
                        .path("error")
                        .asText())
                .isEqualTo("problems must be true or false");
        assertThat(answered(200, get("/accounts", TOKEN)).path("facts").isArray())
                .isTrue();
    }

    /// Posts a template, and returns the path of its status.
    private static String template(String customer, String name) {
        HttpResponse<String> answer = world.send(request("/replies", LocalLull.REPLIES_TOKEN)
                .header("Idempotency-Key", name)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(("{'conversation':'" + World.NUMBER + "|" + customer
                                + "','message':{'type':'template','template':{'name':'" + name
                                + "','language':{'code':'en'}}}}")
                        .replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return World.tree(answer.body()).path("status").asText();
    }

    private static void said(String account, long at, String field, String value) {
        HttpResponse<String> answer = world.post(("{'object':'whatsapp_business_account','entry':[{'id':'" + account
                        + "','time':" + at + ",'changes':[{'field':'" + field + "','value':{" + value + "}}]}]}")
                .replace('\'', '"')
                .getBytes(UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<String> facts(String query, String account) {
        return answered(200, get("/accounts" + query, TOKEN))
                .path("facts")
                .valueStream()
                .filter(fact -> fact.path("accountId").asText().equals(account))
                .map(fact ->
                        fact.path("aspect").asText() + " " + fact.path("value").asText() + " "
                                + fact.path("urgency").asText())
                .toList();
    }

    private static double problems(String urgency) {
        String series = "lull_bridge_account_problems{urgency=\"" + urgency + "\"} ";
        return world.send(HttpRequest.newBuilder(world.admin("/metrics")).GET())
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .max()
                .orElse(-1);
    }

    private static HttpResponse<String> get(String path, String token) {
        return world.send(request(path, token).GET());
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + options.ingressPort() + path))
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode answered(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(routes.statuses("GET", "/accounts")).contains(Integer.toString(status));
        return World.tree(answer.body());
    }
}
