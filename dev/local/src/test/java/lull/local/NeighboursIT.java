package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Business numbers beside each other, some of which are misconfigured: nobody pays for a neighbour's fault. In one
/// JVM on real parts; each test has customers of its own.
@Tag("proof")
final class NeighboursIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String WRONG_FLOW = "100000000000021";
    private static final String WRONG_TOKEN = "100000000000022";
    private static final String BANNED = "100000000000023";
    private static final String NOT_ALLOWED = "100000000000024";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(
                directory,
                Map.of(
                        "connect.numbers",
                        WRONG_FLOW + "," + WRONG_TOKEN,
                        "connect.contact.flow.id." + WRONG_FLOW,
                        "00000000-0000-4000-8000-00000000dead",
                        "whatsapp.access.token." + WRONG_TOKEN,
                        "revoked",
                        "whatsapp.eum.numbers",
                        NOT_ALLOWED + "=phone-number-id-00000000000000000" + NOT_ALLOWED,
                        "lane.paused.retry",
                        "1s",
                        "agent.notes.every",
                        "0s"),
                COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aNumberWithAWrongFlowWaitsAloneAndTheProcessIsReady() {
        for (int i = 0; i < 5; i++) {
            world.says(WRONG_FLOW, "1555000210" + i, "Nobody hears me");
        }
        await().atMost(PATIENCE).until(() -> isDegraded("business_number " + WRONG_FLOW));

        for (int i = 0; i < 5; i++) {
            String customer = "1555000211" + i;
            world.says(customer, "Hello");
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
            world.agentSays(world.chats(customer).getFirst(), "Hi");
            await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("Hi")));
        }
        assertThat(world.send(HttpRequest.newBuilder(world.admin("/readyz"))).statusCode())
                .isEqualTo(200);
        assertThat(degradation("business_number " + WRONG_FLOW).path("cause").asText())
                .contains("404");
        assertThat(world.send(HttpRequest.newBuilder(world.admin("/metrics"))).body())
                .containsPattern("lull_bridge_pauses\\{flow=\"lull-turn-to-chat\",name=\"" + WRONG_FLOW
                        + "\",.*scope=\"business_number\".*} 1");
        assertThat(world.records(Topics.TURN_CLOSED.deadLetters().name()))
                .extracting(record -> record.key())
                .noneMatch(
                        conversation -> conversation.contains("|1555000210") || conversation.contains("|1555000211"));
    }

    @Test
    void aRevokedTokenHoldsBackTheRepliesOfItsNumberAlone() {
        String customer = "15550002121";
        world.says(WRONG_TOKEN, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        world.agentSays(world.chats(customer).getFirst(), "You do not get this");
        await().atMost(PATIENCE).until(() -> isDegraded("access_token whatsapp.access.token." + WRONG_TOKEN));

        String other = "15550002122";
        world.says(other, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).equals(List.of("Hello")));
        world.agentSays(world.chats(other).getFirst(), "But you do");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(other).equals(List.of("But you do")));

        world.says(WRONG_TOKEN, customer, "Hello?");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello", "Hello?")));
        assertThat(world.phoneTexts(customer)).isEmpty();
    }

    @Test
    void aBannedNumberWaitsAndSpeaksInOrderOnceTheBanIsOver() {
        String customer = "15550002131";
        world.says(BANNED, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        for (String code : List.of("131031", "133010", "368")) {
            world.fault(
                    world.graph("/"), "{'target':'messages','code':'" + code + "','times':1,'about':'" + BANNED + "'}");
        }
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "one");
        await().atMost(PATIENCE).until(() -> isDegraded("business_number " + BANNED));
        world.agentSays(chat, "two");

        String other = "15550002132";
        world.says(other, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(other).equals(List.of("Hello")));
        world.agentSays(world.chats(other).getFirst(), "Hi");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(other).equals(List.of("Hi")));

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("one", "two")));
        await().atMost(PATIENCE).until(() -> !isDegraded("business_number " + BANNED));
    }

    @Test
    void aNumberOfEndUserMessagingThatMayNotSendStopsNoOther() {
        String customer = "15550002141";
        world.says(NOT_ALLOWED, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        world.fault(
                world.graph("/"),
                "{'target':'SendWhatsAppMessage','code':'AccessDeniedException','status':403,'times':5,'about':'"
                        + NOT_ALLOWED + "'}");
        world.agentSays(world.chats(customer).getFirst(), "Hi");
        await().atMost(PATIENCE).until(() -> isDegraded("business_number " + NOT_ALLOWED));

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("Hi")));
    }

    @Test
    void aPartThatConnectRefusesCostsItsNeighboursNothing() {
        String customer = "15550002151";
        world.fault(
                world.connect("/"),
                "{'target':'SendMessage','code':'ValidationException','status':400,'times':1,'about':'refuse this'}");
        world.says(customer, "before");
        world.sends(customer, "{'type':'location','location':{'latitude':1.5,'longitude':2.5,'name':'refuse this'}}");
        world.says(customer, "after");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
        assertThat(world.customerTexts(customer)).first().isEqualTo("before");
        assertThat(world.customerTexts(customer)).last().isEqualTo("after");
        assertThat(world.customerTexts(customer).get(1))
                .startsWith("[not shown]")
                .doesNotContain("refuse this");
        assertThat(world.records(Topics.TURN_CLOSED.deadLetters().name()))
                .filteredOn(record -> new String(
                                record.headers().lastHeader("lull.part").value(),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .equals("1.0"))
                .hasSize(1);
    }

    @Test
    void aFirstTextThatConnectRefusesOpensItsChatWithoutIt() {
        String customer = "15550002152";
        for (String operation : List.of("StartChatContact", "SendMessage")) {
            world.fault(
                    world.connect("/"),
                    "{'target':'" + operation
                            + "','code':'ValidationException','status':400,'times':1,'about':'refuse too'}");
        }
        world.says(customer, "refuse too");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        assertThat(world.customerTexts(customer)).first().asString().startsWith("[not shown]");

        world.says(customer, "after");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        assertThat(world.chats(customer)).hasSize(1);
    }

    private static boolean isDegraded(String scope) {
        return !degradation(scope).isMissingNode();
    }

    private static JsonNode degradation(String scope) {
        for (JsonNode one : world.get(world.admin("/readyz")).path("degraded")) {
            if (one.path("scope").asText().equals(scope)) {
                return one;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
