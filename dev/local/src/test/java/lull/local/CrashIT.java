package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.reply.ReplyOutcome;
import lull.contract.turn.Turn;
import lull.runtime.Lifecycle;
import lull.standins.provider.ProviderStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that are killed in the middle of the journey, each as a process of its own: nothing is lost, split,
/// swapped or said twice.
@Tag("proof")
final class CrashIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(250);
    private static final String PROVIDERS_NUMBER = "100000000000071";
    private static final int CUSTOMERS = 6;
    private static final int MESSAGES = 5;

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static ProviderStandIn provider;
    private static ChildService ingress;
    private static ChildService aggregator;
    private static ChildService bridge;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), COMPONENTS);
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "2s");
        settings.put("doubt.wait", "20s");
        settings.put("connect.quota.wait", "3s");
        provider = COMPONENTS.add("provider", ProviderStandIn.start("127.0.0.1", 0));
        settings.put("whatsapp.apps", "shop");
        settings.put("whatsapp.app.secrets.shop", "another-secret");
        settings.put("whatsapp.verify.token.shop", "another-token");
        settings.put("replies.business.number.shop", PROVIDERS_NUMBER);
        settings.put("replies.url.shop", provider.zApiUrl());
        settings.put("replies.headers.shop", "Client-Token=" + ProviderStandIn.KEY);
        ingress = COMPONENTS
                .add("ingress", new ChildService("ingress", settings, directory, World.CLASS_PATH))
                .start();
        aggregator = COMPONENTS
                .add("aggregator", new ChildService("aggregator", settings, directory, World.CLASS_PATH))
                .start();
        bridge = COMPONENTS
                .add("bridge", new ChildService("bridge", settings, directory, World.CLASS_PATH))
                .start();
        ingress.awaitReady();
        aggregator.awaitReady();
        bridge.awaitReady();
        await().atMost(PATIENCE).until(lull::subscribed);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void anAggregatorThatIsKilledInTheMiddleOfBurstsSplitsLosesAndRepeatsNothing() throws Exception {
        List<String> customers = customers("155501");
        write(customers, 0, 2);
        aggregator.kill();
        write(customers, 2, MESSAGES);
        aggregator.start();

        for (String customer : customers) {
            await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
            assertThat(world.turns(customer)).hasSize(1);
            assertThat(world.customerTexts(customer)).containsExactly(burst(0, MESSAGES));
        }
        aggregator.awaitReady();
    }

    @Test
    void aBridgeThatIsKilledBetweenTurnAndChatHandsEveryTurnOverOnce() throws Exception {
        List<String> customers = customers("155502");
        write(customers, 0, MESSAGES);
        // Some turns are handed over by now, some are on their way, some still wait in the topic.
        await().atMost(PATIENCE)
                .until(() -> customers.stream()
                        .anyMatch(customer -> !world.chats(customer).isEmpty()));
        bridge.kill();
        write(customers, MESSAGES, MESSAGES + 2);
        await().atMost(PATIENCE)
                .until(() -> customers.stream()
                        .allMatch(customer -> lines(world.turns(customer)).size() == MESSAGES + 2));
        bridge.start();

        for (String customer : customers) {
            await().atMost(PATIENCE)
                    .until(() ->
                            String.join("\n", world.customerTexts(customer)).contains("line " + (MESSAGES + 1)));
            assertThat(String.join("\n", world.customerTexts(customer))).isEqualTo(burst(0, MESSAGES + 2));
            assertThat(world.chats(customer)).hasSize(1);
        }
        bridge.awaitReady();
    }

    @Test
    void aConversationThatWaitsForAFreeChatMakesNoOtherOneWaitOrRepeatAlsoOverAKill() throws Exception {
        List<String> talking = customers("155505");
        String waiting = "15550600001";
        write(talking, 0, 1);
        for (String customer : talking) {
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        }
        world.steer("/_limits", "{'chats':1}");
        world.insists(waiting, "Is anybody there?");
        await().atMost(PATIENCE).until(() -> world.refusals("StartChatContact", "LimitExceededException") > 0);

        write(talking, 1, 2);
        for (String customer : talking) {
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 2);
        }
        bridge.kill();
        bridge.start().awaitReady();
        write(talking, 2, 3);
        for (String customer : talking) {
            await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 3);
            assertThat(world.customerTexts(customer)).containsExactly("line 0", "line 1", "line 2");
        }
        assertThat(world.chats(waiting)).isEmpty();

        world.steer("/_limits", "{'chats':0}");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(waiting).isEmpty());
        assertThat(world.customerTexts(waiting)).containsExactly("Is anybody there?");
    }

    @Test
    void whatTheAgentSaysWhileTheBridgeIsDeadArrivesOnceAndInOrder() throws Exception {
        String customer = "15550300001";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "One");
        await().atMost(PATIENCE).until(() -> !world.phone(customer).isEmpty());
        bridge.kill();
        world.agentSays(chat, "Two");
        world.agentSays(chat, "Three");
        bridge.start().awaitReady();

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 3);
        assertThat(world.phoneTexts(customer)).containsExactly("One", "Two", "Three");
    }

    @Test
    void aCrashBetweenTheSendAndItsRecordSendsNothingAgainWhenWhatsAppReports() throws Exception {
        String customer = "15550300002";
        JsonNode chat = chat(customer);
        world.fault(world.graph("/"), "{'target':'messages','delayMillis':30000,'takesEffect':true}");
        world.agentSays(chat, "One");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        bridge.kill();
        world.agentSays(chat, "Two");
        bridge.start().awaitReady();

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Two"));
        assertThat(world.phoneTexts(customer)).containsExactly("One", "Two");
    }

    @Test
    void aCrashBetweenTheSendAndItsRecordSendsAgainWhenWhatsAppDoesNotReportInTime() throws Exception {
        String customer = "15550300003";
        JsonNode chat = chat(customer);
        world.awaitQuietStatuses();
        world.fault(world.graph("/"), "{'target':'status.drop','times':3}");
        world.fault(world.graph("/"), "{'target':'messages','delayMillis':30000,'takesEffect':true}");
        world.agentSays(chat, "One");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        bridge.kill();
        world.agentSays(chat, "Two");
        bridge.start().awaitReady();

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Two"));
        assertThat(world.phoneTexts(customer)).containsExactly("One", "One", "Two");
        assertThat(world.outcomes(world.phone(customer)
                        .getFirst()
                        .path("bizOpaqueCallbackData")
                        .asText()
                        .split("\\|", -1)[1]))
                .filteredOn(ReplyOutcome.Doubted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void aCrashBetweenTheSendToAnotherProviderAndItsRecordSendsAgainUnderTheSameKeyAndInOrder() throws Exception {
        String customer = "15550300005";
        URI arrived = provider.uri().resolve("/_messages?to=" + customer);
        world.says(PROVIDERS_NUMBER, customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        world.fault(provider.uri(), "{'target':'z-api','delayMillis':30000,'takesEffect':true,'about':'One'}");
        world.agentSays(chat, "One");
        await().atMost(PATIENCE).until(() -> world.get(arrived).size() == 1);
        bridge.kill();
        world.agentSays(chat, "Two");
        bridge.start().awaitReady();

        await().atMost(PATIENCE)
                .until(() -> world.get(arrived).findValuesAsText("message").contains("Two"));
        assertThat(world.get(arrived).findValuesAsText("message")).containsExactly("One", "One", "Two");
        List<String> keys = world.get(arrived).findValuesAsText("key");
        assertThat(keys.get(1)).as("by which a receiver knows it again").isEqualTo(keys.getFirst());
        assertThat(world.outcomes(keys.getFirst().split("/", 2)[0]))
                .filteredOn(ReplyOutcome.Doubted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whatTheAgentWroteWhileSnsGaveUpOnTheReceiverArrivesAfterwardsOnceAndInOrder() throws Exception {
        String customer = "15550300004";
        JsonNode chat = chat(customer);
        world.agentSays(chat, "One");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        bridge.kill();
        // As after ten minutes without a receiver: nothing of it comes any more.
        world.fault(world.connect("/"), "{'target':'sns.drop','times':2}");
        world.agentSays(chat, "Two");
        world.agentSays(chat, "Three");
        await().atMost(PATIENCE)
                .until(() -> world.get(world.connect("/_faults")).isEmpty());
        world.agentSays(chat, "Four");
        bridge.start().awaitReady();

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() >= 4);
        world.agentSays(chat, "Five");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Five"));
        assertThat(world.phoneTexts(customer)).containsExactly("One", "Two", "Three", "Four", "Five");
    }

    /// A chat that the customer has opened.
    private static JsonNode chat(String customer) {
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        return world.chats(customer).getFirst();
    }

    @Test
    void anIngressThatIsKilledLosesNothingThatItHasAnswered() throws Exception {
        List<String> customers = customers("155504");
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                await().atMost(PATIENCE)
                        .pollDelay(BETWEEN_MESSAGES.multipliedBy(2))
                        .until(() -> true);
                ingress.kill();
                ingress.start();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        write(customers, 0, MESSAGES);
        killer.join();

        for (String customer : customers) {
            await().atMost(PATIENCE).until(() -> lines(world.turns(customer)).size() >= MESSAGES);
            assertThat(lines(world.turns(customer)))
                    .isEqualTo(List.of(burst(0, MESSAGES).split("\n", -1)));
        }
    }

    /// All customers write at the same time; like WhatsApp, each sends a message again until it is accepted, and
    /// only then the next.
    private static void write(List<String> customers, int from, int to) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (String customer : customers) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = from; i < to; i++) {
                    world.insists(customer, "line " + i);
                    await().atMost(PATIENCE).pollDelay(BETWEEN_MESSAGES).until(() -> true);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static List<String> customers(String prefix) {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.add(prefix + "0000" + i);
        }
        return customers;
    }

    private static String burst(int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add("line " + i);
        }
        return String.join("\n", lines);
    }

    private static List<String> lines(List<Turn> turns) {
        return turns.stream()
                .flatMap(turn -> turn.items().stream())
                .flatMap(item -> requireNonNull(item.text()).lines())
                .toList();
    }
}
