package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.local.broker.FreePort;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bots of `docs/applications.md`, as they stand there, answer turns and hand them over.
@Tag("proof")
final class BotsOfThePageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path PAGE = Path.of("..", "..", "docs", "applications.md");
    private static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, Bot> BOTS = Map.of(
            "python", new Bot("bot.py", "100000000000041", "15550008001", FreePort.next(), List.of("python3")),
            "javascript", new Bot("bot.mjs", "100000000000042", "15550008002", FreePort.next(), List.of("node")),
            "java",
                    new Bot(
                            "Bot.java",
                            "100000000000043",
                            "15550008003",
                            FreePort.next(),
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--class-path",
                                    System.getProperty("java.class.path"))));

    private static World world;

    /// A program of the page.
    ///
    /// @param file its name
    /// @param number the business number whose turns it gets
    /// @param customer who writes to it
    /// @param command that runs it, without the file
    private record Bot(String file, String number, String customer, int port, List<String> command) {

        boolean isInstalled() {
            try {
                Process process = new ProcessBuilder(command.getFirst(), "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("version").toFile())
                        .start();
                return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> settings = new HashMap<>();
        List<String> routes = new ArrayList<>();
        BOTS.forEach((language, bot) -> {
            settings.put("destination." + language + ".kind", "http");
            settings.put("destination." + language + ".url", "http://localhost:" + bot.port + "/turns");
            settings.put("destination." + language + ".secrets", SECRET);
            routes.add(language + ": number=" + bot.number + ", to=" + language);
        });
        settings.put("destinations", "python,javascript,java");
        settings.put("routes", String.join("; ", routes));
        world = World.ofOneJvm(directory, settings, COMPONENTS);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
        CLIENT.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "javascript", "java"})
    void aBotAnswersItsCustomersAndHandsThemOver(String language) throws Exception {
        Bot bot = requireNonNull(BOTS.get(language));
        assumeTrue(bot.isInstalled(), () -> bot.command.getFirst() + " is not installed");
        run(language, bot);
        String customer = bot.customer;

        world.says(bot.number, customer, "Hello");
        world.says(bot.number, customer, "you?");
        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).equals(List.of("You wrote: Hello\nyou?")));

        world.says(bot.number, customer, "A Person, please");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).contains("A Person, please"));
        assertThat(world.customerTexts(customer)).containsExactly("""
                        [handed over by an application] asked
                        Wants a person
                        [before]
                        Customer: Hello
                        you?
                        Application: You wrote: Hello
                        you?""", "A Person, please");
        assertThat(world.phoneTexts(customer)).hasSize(1);
    }

    /// Starts it, and waits until it refuses who does not sign.
    private static void run(String language, Bot bot) throws IOException {
        Path file = Files.writeString(directory.resolve(bot.file), program(language));
        List<String> command = new ArrayList<>(bot.command);
        command.add(file.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(language + ".log").toFile());
        builder.environment().put("BOT_SECRET", SECRET);
        builder.environment().put("BOT_PORT", Integer.toString(bot.port));
        Process process = builder.start();
        COMPONENTS.add(language, () -> process.destroyForcibly().waitFor());
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(directory.resolve(language + ".log")))
                    .isTrue();
            return post(bot.port) == 401;
        });
    }

    private static int post(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/turns"))
                .header("webhook-id", "turn_1")
                .header("webhook-timestamp", Long.toString(Instant.now().getEpochSecond()))
                .header("webhook-signature", "v1,AAAA")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String program(String language) throws IOException {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE, UTF_8));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
