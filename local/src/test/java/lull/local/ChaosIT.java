package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lull.contract.reply.ReplyOutcome;
import lull.runtime.Parts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both halves of the journey while services are killed, and Amazon Connect and WhatsApp throttle, fail, are slow and
/// repeat themselves: in the end every line is shown once and in order, on both sides, or what it was told twice
/// for stands in `whatsapp.reply.sent`. `-Dlull.seed=` repeats a plan of mishaps, `-Dlull.chaos.seconds=` makes it
/// longer.
final class ChaosIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("lull.chaos.seconds", 30));
    private static final List<String> CUSTOMERS = List.of("15550700001", "15550700002", "15550700003", "15550700004");

    /// What goes wrong at the stand-ins of Amazon Connect (`C`) and of WhatsApp (`W`). What SNS loses is not among
    /// them, as it is found behind what came after it; see [CrashIT].
    private static final List<String> MISHAPS = List.of(
            "C {'target':'SendMessage','code':'ThrottlingException','times':3}",
            "C {'target':'SendMessage','status':500,'takesEffect':true}",
            "C {'target':'SendMessage','delayMillis':1500}",
            "C {'target':'CreateParticipantConnection','status':500}",
            "C {'target':'GetTranscript','code':'ThrottlingException','times':2}",
            "C {'target':'sns.duplicate','times':4}",
            "W {'target':'messages','code':'130429','times':2}",
            "W {'target':'messages','code':'131000','takesEffect':true}",
            "W {'target':'messages','status':503}",
            "W {'target':'messages','delayMillis':1500}",
            "W {'target':'messages','delayMillis':1500,'takesEffect':true}",
            "W {'target':'status.duplicate','times':3}",
            "W {'target':'status.reorder','times':2}",
            "W {'target':'status.drop'}",
            "kill bridge",
            "kill bridge",
            "kill ingress",
            "kill aggregator");

    @TempDir
    private static Path directory;

    private static final Parts PARTS = new Parts();
    private static World world;
    private static final Map<String, ChildService> SERVICES = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.startSurroundings(options, PARTS);
        world = PARTS.add("world", new World(options, lull.bootstrapServers()));
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.put("turn.gap", "500ms");
        settings.put("doubt.wait", "10s");
        settings.put("doubt.wait.answered", "5s");
        for (String name : List.of("ingress", "aggregator", "bridge")) {
            SERVICES.put(
                    name,
                    PARTS.add(name, new ChildService(name, settings, directory)).start());
        }
        for (ChildService service : SERVICES.values()) {
            service.awaitReady();
        }
        await().atMost(PATIENCE).until(lull::subscribed);
    }

    @AfterAll
    static void stop() {
        PARTS.close();
    }

    @Test
    void everythingIsShownOnceAndInOrderOrAccountedFor() throws Exception {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<String> played = new ArrayList<>();
        for (String customer : CUSTOMERS) {
            world.insists(customer, "c0");
        }
        for (String customer : CUSTOMERS) {
            await().atMost(PATIENCE).until(() -> !world.customerTexts(customer).isEmpty());
        }
        Instant end = Instant.now().plus(LENGTH);
        List<Talk> talks = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String customer : CUSTOMERS) {
                SplittableRandom ofCustomer = random.split();
                SplittableRandom ofAgent = random.split();
                talks.add(new Talk(
                        customer,
                        people.submit(() -> write(customer, ofCustomer, end)),
                        people.submit(() -> answer(customer, ofAgent, end))));
            }
            while (Instant.now().isBefore(end)) {
                String mishap = MISHAPS.get(random.nextInt(MISHAPS.size()));
                played.add(mishap);
                play(mishap);
                pass(random.nextInt(500, 2_500));
            }
        }

        String told = "seed " + seed + ", mishaps " + played;
        for (Talk talk : talks) {
            List<String> lines = numbered("c", talk.written().get());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(shown(talk.customer())).as(told).contains(lines.getLast()));
            assertThat(shown(talk.customer())).as(told).isEqualTo(lines);
            List<String> answers = numbered("a", talk.answered().get());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(world.phoneTexts(talk.customer()))
                            .as(told)
                            .contains(answers.getLast()));
            assertThat(withoutAccountedRepeats(talk.customer())).as(told).isEqualTo(answers);
        }
    }

    /// What a customer and the agent said to each other, as the number of their lines.
    private record Talk(String customer, Future<Integer> written, Future<Integer> answered) {}

    /// Lines as the agent sees them, notes left out.
    private static List<String> shown(String customer) {
        return world.customerTexts(customer).stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("[WhatsApp]"))
                .toList();
    }

    /// What stands on the customer's phone, but for repeats that were decided on and written down.
    private static List<String> withoutAccountedRepeats(String customer) {
        List<String> texts = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (JsonNode message : world.phone(customer)) {
            String reply = message.path("bizOpaqueCallbackData").asText().split("\\|", -1)[1];
            boolean isDecided =
                    world.outcomes(reply).stream().anyMatch(outcome -> outcome instanceof ReplyOutcome.Doubted);
            if (seen.add(reply) || !isDecided) {
                texts.add(message.path("text").asText());
            }
        }
        return texts;
    }

    private static int write(String customer, SplittableRandom random, Instant end) {
        int number = 1;
        for (; Instant.now().isBefore(end); number++) {
            world.insists(customer, "c" + number);
            pass(random.nextInt(300, 2_000));
        }
        return number;
    }

    private static int answer(String customer, SplittableRandom random, Instant end) {
        JsonNode chat = world.chats(customer).getFirst();
        int number = 0;
        for (; Instant.now().isBefore(end); number++) {
            world.agentSays(chat, "a" + number);
            pass(random.nextInt(1_000, 3_000));
        }
        return number;
    }

    private static void play(String mishap) throws Exception {
        if (mishap.startsWith("kill ")) {
            ChildService service = requireNonNull(SERVICES.get(mishap.substring("kill ".length())));
            service.kill();
            service.start().awaitReady();
        } else {
            world.fault(mishap.startsWith("C") ? world.connect("/") : world.graph("/"), mishap.substring(2));
        }
    }

    private static void pass(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMinutes(1))
                .until(() -> true);
    }

    private static List<String> numbered(String letter, int count) {
        List<String> lines = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            lines.add(letter + number);
        }
        return lines;
    }
}
