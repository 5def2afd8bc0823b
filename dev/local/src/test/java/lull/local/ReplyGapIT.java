package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that an agent writes in a row, with `reply.gap`: one message on the customer's phone, each text once and in
/// order, also if the bridge is killed while they wait. The bridge is a process of its own.
@Tag("proof")
final class ReplyGapIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static ChildService bridge;

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), COMPONENTS);
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "300ms");
        settings.put("reply.gap", "3s");
        settings.put("reply.max.duration", "30s");
        settings.put("doubt.wait", "20s");
        List<ChildService> services = new ArrayList<>();
        for (String name : List.of("ingress", "aggregator", "bridge")) {
            services.add(COMPONENTS
                    .add(name, new ChildService(name, settings, directory, World.CLASS_PATH))
                    .start());
        }
        for (ChildService service : services) {
            service.awaitReady();
        }
        bridge = services.getLast();
        await().atMost(PATIENCE).until(lull::subscribed);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aBurstOfAnAgentIsOneMessageAndEachTextIsDelivered() {
        String customer = "15550950001";
        JsonNode chat = greeted(customer);
        world.awaitQuietStatuses();
        world.awaitHandled("lull-status-to-reply", Topics.MESSAGE_STATUS);
        long before = receipts(chat);

        Stream.of("One", "Two", "Three", "Four").forEach(text -> world.agentSays(chat, text));

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phoneTexts(customer)).containsExactly("Hello", "One\nTwo\nThree\nFour");
        assertThat(world.outcomes(replyId(customer, 1)))
                .filteredOn(ReplyOutcome.Intended.class::isInstance)
                .singleElement()
                .satisfies(intended ->
                        assertThat(((ReplyOutcome.Intended) intended).texts()).hasSize(4));
        // Four texts, each delivered and read.
        await().atMost(PATIENCE).until(() -> receipts(chat) - before >= 8);
        world.awaitQuietStatuses();
        world.awaitHandled("lull-status-to-reply", Topics.MESSAGE_STATUS);
        assertThat(receipts(chat) - before).isEqualTo(8);
    }

    @Test
    void aFileEndsAMessageAndTheOrderIsKept() {
        String customer = "15550950002";
        JsonNode chat = greeted(customer);

        world.agentSays(chat, "Here is");
        world.agentSays(chat, "the cat");
        world.agentAttaches(chat, "cat.png", "image/png", new byte[100]);
        world.agentSays(chat, "Nice,");
        world.agentSays(chat, "is it not?");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 4);
        assertThat(world.phone(customer))
                .extracting(message -> message.path("type").asText())
                .containsExactly("text", "text", "image", "text");
        assertThat(texts(customer)).containsExactly("Hello", "Here is\nthe cat", "Nice,\nis it not?");
    }

    @Test
    void whatTheCustomerWritesEndsAMessage() {
        String customer = "15550950003";
        JsonNode chat = greeted(customer);

        world.agentSays(chat, "One");
        world.says(customer, "Wait");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("Wait"));
        world.agentSays(chat, "Two");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 3);
        assertThat(world.phoneTexts(customer)).containsExactly("Hello", "One", "Two");
    }

    @Test
    void whileTheAgentTypesAMessageStaysOpen() {
        String customer = "15550950004";
        JsonNode chat = greeted(customer);

        world.agentSays(chat, "One");
        pause(Duration.ofSeconds(2));
        world.agent(chat, "/typing", "{}");
        pause(Duration.ofSeconds(4));
        assertThat(world.phoneTexts(customer)).containsExactly("Hello");
        world.agentSays(chat, "Two");

        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
        assertThat(world.phoneTexts(customer)).containsExactly("Hello", "One\nTwo");
    }

    @Test
    void aChatThatWaitsDelaysNoOther() {
        List<JsonNode> chats = IntStream.range(0, 12)
                .mapToObj(number -> greeted("1555095010" + number))
                .toList();
        chats.forEach(chat -> world.agentSays(chat, "One"));
        chats.forEach(chat -> world.agentSays(chat, "Two"));

        for (int number = 0; number < 12; number++) {
            String customer = "1555095010" + number;
            await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 2);
            assertThat(world.phoneTexts(customer)).containsExactly("Hello", "One\nTwo");
        }
    }

    @Test
    void aBridgeThatIsKilledWhileTextsWaitSendsEachOnceAndInOrder() throws Exception {
        List<String> customers =
                IntStream.range(0, 6).mapToObj(number -> "1555095020" + number).toList();
        List<JsonNode> chats =
                customers.stream().map(customer -> greeted(customer)).toList();
        List<String> said = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int text = 0; text < 4; text++) {
                String line = round + "." + text;
                said.add(line);
                chats.forEach(chat -> world.agentSays(chat, line));
            }
            // In the first round they wait; in the others some are sent, some are on their way.
            pause(Duration.ofMillis(round * 1_600L + 300));
            bridge.kill();
            bridge.start().awaitReady();
        }

        for (String customer : customers) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lines(customer)).contains(said.getLast()));
            assertThat(lines(customer)).startsWith("Hello").isEqualTo(withGreeting(said));
        }
    }

    private static void pause(Duration time) {
        await().atMost(PATIENCE).pollDelay(time).until(() -> true);
    }

    private static List<String> withGreeting(List<String> said) {
        return Stream.concat(Stream.of("Hello"), said.stream()).toList();
    }

    private static List<String> lines(String customer) {
        return world.phoneTexts(customer).stream().flatMap(String::lines).toList();
    }

    private static List<String> texts(String customer) {
        return world.phoneTexts(customer).stream()
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /// A chat of which the customer has the first words.
    private static JsonNode greeted(String customer) {
        world.says(customer, "Hi");
        await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "Hello");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() == 1);
        return chat;
    }

    private static String replyId(String customer, int number) {
        return world.phone(customer)
                .get(number)
                .path("bizOpaqueCallbackData")
                .asText()
                .split("\\|", -1)[1];
    }

    /// Receipts that Amazon Connect has accepted.
    private static long receipts(JsonNode chat) {
        long receipts = 0;
        for (JsonNode call : world.get(world.connect("/_agent/calls"))) {
            if (call.path("operation").asText().equals("SendEvent")
                    && call.path("contactId").equals(chat.path("contactId"))
                    && call.path("status").asInt() == 200) {
                receipts++;
            }
        }
        return receipts;
    }
}
