package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ledger of the archive equals the bills of WhatsApp and Amazon Connect to the message, from webhooks to rows:
/// with statuses that come twice, in any order, too late or not at all, with messages that fail, texts in several
/// parts, notes for agents, and customers on two numbers.
@Tag("proof")
final class LedgerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String OTHER_NUMBER = "100000000000002";
    private static final List<String> CUSTOMERS =
            List.of("491715550701", "491715550702", "5511955507030", "15550000704");

    /// Longer than WhatsApp's 4,096 characters, so three messages.
    private static final String LONG = "A long answer, sentence by sentence. ".repeat(230);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LocalOptions options;
    private static World world;

    @BeforeAll
    static void talk() throws Exception {
        options = World.options(directory);
        String broker = SharedBroker.empty();
        LocalLull lull = LocalLull.start(options, broker, Map.of(), Map.of("turn.gap", "500ms"), COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, broker));
        assertThat(world.send(HttpRequest.newBuilder(world.graph("/_bill"))
                                .POST(HttpRequest.BodyPublishers.ofString("{\"freeServiceMessages\":5}")))
                        .statusCode())
                .isEqualTo(200);
        for (String customer : CUSTOMERS) {
            world.says(number(customer), customer, "Hello");
            world.says(number(customer), customer, "I have a question");
            world.says(number(customer), customer, "It is long: " + "why? ".repeat(400));
        }
        for (String customer : CUSTOMERS) {
            await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        }
        fault("{'target':'status.duplicate','times':7}");
        fault("{'target':'status.reorder','times':4}");
        fault("{'target':'status.delay','delayMillis':3000,'times':2}");
        for (String customer : CUSTOMERS) {
            JsonNode chat = world.chats(customer).getFirst();
            world.agentSays(chat, "Hello, I am Ana");
            world.agentSays(chat, LONG);
            world.agentSays(chat, "Anything else?");
        }
        for (String customer : CUSTOMERS) {
            await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("Anything else?"));
        }
        world.awaitQuietStatuses();
        // The agent is notified, which is a message of the chat too.
        fault("{'target':'status.failed','code':'131026','message':'Undeliverable'}");
        world.agentSays(world.chats(CUSTOMERS.getFirst()).getFirst(), "This does not arrive");
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(CUSTOMERS.getFirst()).stream()
                        .anyMatch(text -> text.contains("Not delivered")));
        fault("{'target':'status.drop'}");
        world.agentSays(world.chats(CUSTOMERS.getLast()).getFirst(), "Its first status is lost");
        await().atMost(PATIENCE)
                .until(() -> world.phoneTexts(CUSTOMERS.getLast()).contains("Its first status is lost"));
        world.awaitQuietStatuses();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> world.send(HttpRequest.newBuilder(world.admin("/metrics")))
                        .body()
                        .lines()
                        .anyMatch(line -> line.matches("lull_archive_lag(\\{.*})? 0.0")));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void equalsTheBillOfWhatsAppToTheMessage() {
        for (String customer : CUSTOMERS) {
            Map<String, Long> bill = new TreeMap<>();
            world.get(world.graph("/_bill")).path("messages").forEach(message -> {
                if (message.path("to").asText().equals(customer)) {
                    bill.merge(
                            message.path("from").asText() + " "
                                    + customer.substring(0, 4) + " "
                                    + message.path("category").asText() + " "
                                    + message.path("type").asText() + " "
                                    + message.path("billable").asBoolean(),
                            1L,
                            Long::sum);
                }
            });
            assertThat(bill).as(customer).isNotEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(whatsApp(customer)).as(customer).isEqualTo(bill));
        }
        assertThat(world.get(world.graph("/_bill")).path("messages").findValuesAsText("type"))
                .contains("free_customer_service", "regular");
        assertThat(world.phoneTexts(CUSTOMERS.getFirst())).contains("This does not arrive");
    }

    @Test
    void equalsTheBillOfAmazonConnectToTheMessage() {
        for (String customer : CUSTOMERS) {
            long bill = world.get(world.connect("/_bill"))
                    .path("messages")
                    .valueStream()
                    .filter(message -> message.path("customer").asText().equals("Customer " + customer))
                    .count();
            assertThat(bill).as(customer).isGreaterThanOrEqualTo(5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connect(customer).values().stream()
                                    .mapToLong(count -> count)
                                    .sum())
                            .as(customer + " " + connect(customer))
                            .isEqualTo(bill));
        }
        assertThat(connect(CUSTOMERS.getFirst())).containsEntry("note", 1L).containsKeys("turn", "agent");
    }

    @Test
    void theCommandCalculatesWithPrices() throws Exception {
        Ran month = Ran.lull(
                "cost",
                "month",
                "--url",
                options.uri(options.archivePort(), "").toString(),
                "--price",
                "connect.chat.message=0.004");

        assertThat(month.exitCode()).as(month.err()).isZero();
        assertThat(month.out())
                .contains("WhatsApp, delivered", "customers, in turns")
                .containsPattern("service +DE +regular +[0-9]+ +0.05500")
                .containsPattern("service +BR ")
                .contains("Turns saved", "Splitting long texts cost", "whatsapp.service.DE")
                .containsPattern("Sum +[0-9.]+");
        JsonNode json = Json.tree(Ran.lull(
                        "cost",
                        "month",
                        "--json",
                        "--number",
                        OTHER_NUMBER,
                        "--url",
                        options.uri(options.archivePort(), "").toString())
                .out());
        assertThat(json.path("whatsapp").findValuesAsText("number"))
                .isNotEmpty()
                .containsOnly(OTHER_NUMBER);
        assertThat(json.path("splitting").path("connectParts").asLong()).isPositive();
        assertThat(json.has("gathering")).as("turns of all numbers").isFalse();
    }

    private static String number(String customer) {
        return customer.startsWith("1") ? OTHER_NUMBER : World.NUMBER;
    }

    private static Map<String, Long> whatsApp(String customer) {
        Map<String, Long> sums = new TreeMap<>();
        charges(customer)
                .forEach(day -> day.path("whatsapp")
                        .forEach(row -> sums.merge(
                                row.path("number").asText() + " "
                                        + row.path("prefix").asText() + " "
                                        + row.path("category").asText() + " "
                                        + row.path("type").asText() + " "
                                        + row.path("charged").asText(),
                                row.path("messages").asLong(),
                                Long::sum)));
        return sums;
    }

    private static Map<String, Long> connect(String customer) {
        Map<String, Long> sums = new TreeMap<>();
        charges(customer)
                .forEach(day -> day.path("connect")
                        .forEach(row -> sums.merge(
                                row.path("sender").asText(),
                                row.path("messages").asLong(),
                                Long::sum)));
        return sums;
    }

    /// The charges of a customer today, and yesterday, if the test began then.
    private static List<JsonNode> charges(String customer) {
        Instant today =
                LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
        return List.of(get("/charges?from=" + today.minus(Duration.ofDays(1)) + "&to=" + today.plus(Duration.ofDays(1))
                + "&conversation=" + number(customer) + "%7C" + customer));
    }

    private static JsonNode get(String path) {
        try {
            return Json.tree(world.send(HttpRequest.newBuilder(world.archive(path))
                            .header("Authorization", "Bearer " + LocalLull.ARCHIVE_TOKEN))
                    .body());
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private static void fault(String fault) {
        world.fault(world.graph("/_faults"), fault);
    }
}
