package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Real webhooks of Meta, posted to the running system.
@EnabledIf("lull.local.Corpus#isThere")
final class CorpusIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.ofOneJvm(directory, Map.of(), COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void areAllAcceptedAndEachOfTheirMessagesIsInOneTurn() throws IOException {
        Set<String> expected = new TreeSet<>();
        for (Path file : Corpus.files("meta-", "composed-text", "composed-multi")) {
            byte[] body = Files.readAllBytes(file);
            assertThat(world.post(body).statusCode())
                    .as(file.getFileName().toString())
                    .isEqualTo(200);
            expected.addAll(messageIds(body));
        }
        assertThat(expected).hasSizeGreaterThan(20);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new TreeSet<>(idsInTurns())).containsAll(expected));
        assertThat(idsByConversation()).doesNotHaveDuplicates();
        assertThat(world.records(Topics.MESSAGE_RECEIVED.deadLetters().name())).isEmpty();
    }

    private static List<String> messageIds(byte[] body) {
        List<String> ids = new ArrayList<>();
        JsonNode webhook;
        try {
            webhook = Json.tree(body);
        } catch (UnreadableJson e) {
            return ids;
        }
        for (JsonNode entry : webhook.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                if (change.path("field").asText("").equals("messages")) {
                    change.path("value")
                            .path("messages")
                            .forEach(message -> ids.add(message.path("id").asText()));
                }
            }
        }
        ids.removeIf(String::isEmpty);
        return ids;
    }

    private static List<String> idsInTurns() {
        return world.turns().stream()
                .flatMap(turn -> turn.messageIds().stream())
                .toList();
    }

    private static List<String> idsByConversation() {
        return world.turns().stream()
                .flatMap(turn -> turn.messageIds().stream().map(id -> turn.conversation() + " " + id))
                .toList();
    }
}
