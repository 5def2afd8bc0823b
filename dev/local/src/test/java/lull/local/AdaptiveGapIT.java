package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.contract.turn.GapDecision;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From the bytes of webhooks to what Amazon Connect receives, where the settings switch on what decides how long to
/// wait: the adaptive gap, urgent words and the album window.
@Tag("proof")
final class AdaptiveGapIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String ADAPTIVE = "100000000000021";
    private static final String SHADOW = "100000000000022";

    /// Its gap is longer than any test waits.
    private static final String URGENT = "100000000000023";

    private static final String NO_GAP = "100000000000024";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("turn.numbers", String.join(",", ADAPTIVE, SHADOW, URGENT, NO_GAP));
        settings.put("turn.gap." + ADAPTIVE, "10s");
        settings.put("turn.gap.policy." + ADAPTIVE, "adaptive");
        settings.put("turn.gap.policy." + SHADOW, "shadow");
        settings.put("turn.gap." + SHADOW, "3s");
        settings.put("turn.gap." + URGENT, "9m");
        settings.put("turn.max.duration." + URGENT, "10m");
        settings.put("turn.urgent.words." + URGENT, "lang:en, ambulance");
        settings.put("turn.gap." + NO_GAP, "0ms");
        settings.put("turn.urgent.words." + NO_GAP, "ambulance");
        world = World.ofOneJvm(directory, settings, COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void aQuestionIsHandedOverSoonerThanHalfASentence() {
        String asks = "15550008101";
        String begins = "15550008102";
        world.says(ADAPTIVE, begins, "I wanted to ask");
        world.says(ADAPTIVE, asks, "ok?");

        await().atMost(PATIENCE).until(() -> world.customerTexts(asks).equals(List.of("ok?")));
        await().atMost(PATIENCE).until(() -> world.customerTexts(begins).equals(List.of("I wanted to ask")));
        Turn question = turn(asks);
        Turn half = turn(begins);
        assertThat(requireNonNull(question.gap())).isLessThan(half.gap());
        assertThat(decision(question).probability()).isLessThan(decision(half).probability());
        assertThat(decision(question).by()).isEqualTo(GapDecision.By.ADAPTIVE);
        assertThat(decision(question).adaptiveWait()).isEqualTo(question.gap());
    }

    @Test
    void aTurnInShadowWaitsAsEverAndSaysWhatTheAdaptiveGapWouldHaveDone() {
        String customer = "15550008103";
        world.says(SHADOW, customer, "I wanted to ask");

        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("I wanted to ask")));
        assertThat(turn(customer).gap()).isEqualTo(Duration.ofSeconds(3));
        assertThat(decision(turn(customer)).by()).isEqualTo(GapDecision.By.SHADOW);
        assertThat(decision(turn(customer)).adaptiveWait()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    @Test
    void anUrgentMessageTakesAllBeforeItToAnAgentAtOnceAndTheContactSaysSo() {
        String customer = "15550008104";
        world.says(URGENT, customer, "My father has fallen.");
        world.says(URGENT, customer, "Please send an AMBULANCE, quickly");

        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer)
                        .equals(List.of("My father has fallen.\nPlease send an AMBULANCE, quickly")));
        assertThat(world.chats(customer))
                .singleElement()
                .satisfies(chat ->
                        assertThat(chat.at("/attributes/urgent").asText()).isEqualTo("true"));
        assertThat(turn(customer).cause()).isEqualTo(TurnCause.URGENT);
        assertThat(turn(customer).urgent()).isTrue();
    }

    @Test
    void anUrgentTurnSaysSoInTheAttributesOfAChatThatIsOpen() {
        String customer = "15550008106";
        world.says(NO_GAP, customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("Hello")));
        assertThat(world.chats(customer).getFirst().at("/attributes").has("urgent"))
                .isFalse();

        world.says(NO_GAP, customer, "Call an ambulance");

        await().atMost(PATIENCE)
                .until(() -> world.customerTexts(customer).equals(List.of("Hello", "Call an ambulance")));
        assertThat(world.chats(customer))
                .singleElement()
                .satisfies(chat ->
                        assertThat(chat.at("/attributes/urgent").asText()).isEqualTo("true"));
    }

    @Test
    void fivePhotosAreOneTurnThoughTheGapIsNone() {
        String customer = "15550008105";
        ObjectNode webhook = photo(customer, 1);
        ArrayNode messages = (ArrayNode) webhook.at("/entry/0/changes/0/value/messages");
        for (int photo = 2; photo <= 5; photo++) {
            messages.add(photo(customer, photo).at("/entry/0/changes/0/value/messages/0"));
        }

        assertThat(world.post(Json.bytes(webhook)).statusCode()).isEqualTo(200);

        await().atMost(PATIENCE).until(() -> attached(customer).size() == 5);
        assertThat(attached(customer)).containsExactly("photo 1", "photo 2", "photo 3", "photo 4", "photo 5");
        assertThat(turn(customer).items()).hasSize(5);
    }

    private static ObjectNode photo(String customer, int number) {
        String file = world.uploads(("photo " + number).getBytes(UTF_8), "image/jpeg");
        byte[] body = new TestWebhook(NO_GAP, customer, "Customer " + customer)
                .message(
                        "wamid.album" + number,
                        (ObjectNode) World.tree("{\"type\":\"image\",\"image\":{\"id\":\"" + file
                                + "\",\"mime_type\":\"image/jpeg\"}}"),
                        Instant.now());
        return (ObjectNode) World.tree(new String(body, UTF_8));
    }

    private static List<String> attached(String customer) {
        List<JsonNode> chats = world.chats(customer);
        return chats.isEmpty()
                ? List.of()
                : world.attached(chats.getFirst()).stream()
                        .map(file -> new String(file, UTF_8))
                        .toList();
    }

    /// The only turn of a customer.
    private static Turn turn(String customer) {
        List<Turn> turns = world.turns().stream()
                .filter(turn -> turn.conversation().toString().endsWith("|" + customer))
                .toList();
        assertThat(turns).hasSize(1);
        return turns.getFirst();
    }

    private static GapDecision decision(Turn turn) {
        return requireNonNull(turn.gapDecision());
    }
}
