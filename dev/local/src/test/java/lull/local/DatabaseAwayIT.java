package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.runtime.Lifecycle;
import lull.standins.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive's database does not answer when Lull starts, and goes away later: nothing waits for it but the archive,
/// which says so, and nothing is missing afterwards.
@Tag("proof")
final class DatabaseAwayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String EARLY = "15550000821";
    private static final String LATE = "15550000822";

    @TempDir
    private Path directory;

    @Test
    void archivesEverythingOnceTheDatabaseAnswers() throws Exception {
        assumeTrue(
                PostgresServer.isInstalled(),
                "needs the programs of a PostgreSQL server in " + PostgresServer.installed() + "/*/bin");
        String url = PostgresServer.shared().createDatabase();
        URI database = URI.create(url.substring("jdbc:".length()));
        try (Lifecycle components = new Lifecycle()) {
            TcpGate gate = components.add("gate", new TcpGate(database.getPort()));
            LocalOptions options = World.options(directory);
            String broker = SharedBroker.empty();
            LocalLull.start(
                    options,
                    broker,
                    Map.of(),
                    Map.of(
                            "turn.gap",
                            "500ms",
                            "archive.jdbc.url",
                            url.replace(":" + database.getPort() + "/", ":" + gate.port() + "/"),
                            "archive.jdbc.timeout",
                            "2s"),
                    components);
            World world = components.add("world", new World(options, broker));

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problems(world))
                            .singleElement()
                            .asString()
                            .startsWith("archive-database"));
            assertThat(answer(world, options).statusCode()).isEqualTo(503);
            world.says(EARLY, "Before there was a database");
            await().atMost(PATIENCE).until(() -> !world.chats(EARLY).isEmpty());

            gate.open();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problems(world)).isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(texts(world, options)).containsExactly("Before there was a database"));

            gate.shut();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problems(world))
                            .singleElement()
                            .asString()
                            .startsWith("archive-database"));
            assertThat(answer(world, options))
                    .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                    .satisfies(answer -> assertThat(answer.body()).contains("database does not answer"));
            world.says(LATE, "While it was away");
            await().atMost(PATIENCE).until(() -> !world.chats(LATE).isEmpty());
            gate.open();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(texts(world, options))
                            .containsExactly("While it was away", "Before there was a database"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(problems(world)).isEmpty());
        }
    }

    private static List<String> problems(World world) {
        List<String> problems = new ArrayList<>();
        world.get(world.admin("/readyz")).path("problems").forEach(problem -> problems.add(problem.asText()));
        return problems;
    }

    private static List<String> texts(World world, LocalOptions options) {
        HttpResponse<String> answer = answer(world, options);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> texts = new ArrayList<>();
        JsonNode messages = World.tree(answer.body()).path("items");
        messages.forEach(message -> texts.add(message.path("text").asText()));
        return texts;
    }

    private static HttpResponse<String> answer(World world, LocalOptions options) {
        return world.send(HttpRequest.newBuilder(options.uri(options.archivePort(), "/messages?direction=in"))
                .header("Authorization", "Bearer " + LocalLull.ARCHIVE_TOKEN));
    }
}
