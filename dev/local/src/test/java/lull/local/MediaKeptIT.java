package lull.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.runtime.Lifecycle;
import lull.runtime.Sha256;
import lull.standins.s3.S3StandIn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files in both directions are kept, named by their bytes and linked from their messages, and a store
/// that is unavailable holds up nobody.
@Tag("proof")
final class MediaKeptIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] PHOTO = "not really a photo".getBytes(UTF_8);
    private static final byte[] BILL = "not really a bill".getBytes(UTF_8);
    private static final String CUSTOMER = "15550000911";
    private static final String OTHER = "15550000912";

    @TempDir
    private Path directory;

    @Test
    void filesOfCustomersAndAgentsAreKeptOnceAndCanBeOpened() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            S3StandIn s3 = components.add("S3", S3StandIn.start(0, InstantSource.system(), Set.of("media")));
            LocalOptions options = World.options(directory);
            World world = start(
                    options,
                    Map.of(
                            "media.kept", "s3://media/kept",
                            "media.kept.region", "eu-central-1",
                            "media.kept.endpoint", s3.uri().toString()),
                    components);
            for (String customer : List.of(CUSTOMER, OTHER)) {
                world.says(customer, "Look:");
                photo(world, customer, PHOTO);
            }
            await().atMost(PATIENCE).until(() -> attached(world, CUSTOMER) == 1 && attached(world, OTHER) == 1);
            world.agentAttaches(world.chats(CUSTOMER).getFirst(), "bill.pdf", "application/pdf", BILL);
            await().atMost(PATIENCE).until(() -> !world.phone(CUSTOMER).isEmpty());

            assertThat(s3.keys("media", "")).containsExactlyInAnyOrder(key(PHOTO), key(BILL));
            assertThat(s3.find("media", key(PHOTO)).orElseThrow().content()).isEqualTo(PHOTO);
            assertThat(s3.find("media", key(BILL)).orElseThrow().content()).isEqualTo(BILL);
            assertThat(counted(world, "customer", "kept")).isEqualTo(2);
            assertThat(counted(world, "agent", "kept")).isOne();

            await().atMost(PATIENCE)
                    .until(() -> files(world, options, CUSTOMER).size() == 2
                            && files(world, options, OTHER).size() == 1);
            JsonNode bill = files(world, options, CUSTOMER).getFirst();
            assertThat(bill.path("sha256").asText()).isEqualTo(Sha256.hex(BILL));
            assertThat(bill.path("name").asText()).isEqualTo("bill.pdf");
            assertThat(files(world, options, CUSTOMER).getLast())
                    .isEqualTo(files(world, options, OTHER).getFirst());
            HttpResponse<String> opened = media(world, options, Sha256.hex(BILL));
            assertThat(opened.statusCode()).isEqualTo(200);
            assertThat(opened.body().getBytes(UTF_8)).isEqualTo(BILL);
            assertThat(opened.headers().firstValue("Content-Type")).contains("application/pdf");
            assertThat(opened.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"bill.pdf\"");
            assertThat(opened.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(media(world, options, "00".repeat(32)).statusCode()).isEqualTo(404);
            assertThat(media(world, options, "..").statusCode()).isEqualTo(404);
            assertThat(Ran.lull("messages", "--url", archive(options, "")).out())
                    .contains("file /media/" + Sha256.hex(BILL) + "  application/pdf  " + BILL.length
                            + " bytes  bill.pdf");

            s3.close();
            assertThat(media(world, options, Sha256.hex(BILL)).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aStoreThatIsUnavailableHoldsUpNoConversation() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            Path kept = directory.resolve("kept");
            LocalOptions options = World.options(directory);
            World world = start(options, Map.of("media.kept", kept.toString()), components);
            // As a volume that is not mounted.
            Files.delete(kept);

            photo(world, CUSTOMER, PHOTO);
            world.says(CUSTOMER, "Do you see it?");
            await().atMost(PATIENCE).until(() -> world.customerTexts(CUSTOMER).contains("Do you see it?"));
            assertThat(attached(world, CUSTOMER)).isOne();
            world.agentAttaches(world.chats(CUSTOMER).getFirst(), "bill.pdf", "application/pdf", BILL);
            await().atMost(PATIENCE).until(() -> !world.phone(CUSTOMER).isEmpty());

            assertThat(counted(world, "customer", "failed")).isOne();
            assertThat(counted(world, "agent", "failed")).isOne();
            await().atMost(PATIENCE)
                    .until(() -> world.get(world.admin("/readyz"))
                            .path("degraded")
                            .toString()
                            .contains("media-store"));
            assertThat(world.get(world.admin("/readyz")).path("ready").asBoolean())
                    .isTrue();

            Files.createDirectory(kept);
            await().atMost(PATIENCE).until(() -> {
                photo(world, CUSTOMER, PHOTO);
                int before = attached(world, CUSTOMER);
                await().atMost(PATIENCE).until(() -> attached(world, CUSTOMER) > before);
                return Files.exists(directory.resolve(key(PHOTO)));
            });
            assertThat(Files.readAllBytes(directory.resolve(key(PHOTO)))).isEqualTo(PHOTO);
            await().atMost(PATIENCE)
                    .until(() -> !files(world, options, CUSTOMER).isEmpty());
        }
    }

    private World start(LocalOptions options, Map<String, String> settings, Lifecycle components) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("turn.gap", "500ms");
        all.put("turn.album.window", "0ms");
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), all, components);
        lull.awaitReady();
        return components.add("world", new World(options, lull.bootstrapServers()));
    }

    private static void photo(World world, String customer, byte[] bytes) {
        String id = world.uploads(bytes, "image/jpeg");
        world.sends(customer, "{'type':'image','image':{'id':'" + id + "','mime_type':'image/jpeg'}}");
    }

    private static int attached(World world, String customer) {
        return world.chats(customer).stream()
                .mapToInt(chat -> world.attached(chat).size())
                .sum();
    }

    private static String key(byte[] bytes) {
        String digest = Sha256.hex(bytes);
        return "kept/" + digest.substring(0, 2) + "/" + digest;
    }

    private static double counted(World world, String from, String result) {
        return world.send(HttpRequest.newBuilder(world.admin("/metrics")))
                .body()
                .lines()
                .filter(line -> line.startsWith("lull_media_files_total{")
                        && line.contains("from=\"" + from + "\"")
                        && line.contains("result=\"" + result + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// The kept files of a customer's messages and of the replies, newest first.
    private static List<JsonNode> files(World world, LocalOptions options, String customer) {
        JsonNode page =
                World.tree(asked(world, archive(options, "/messages?conversation=" + World.NUMBER + "%7C" + customer))
                        .body());
        return page.path("items")
                .valueStream()
                .map(message -> message.path("file"))
                .filter(JsonNode::isObject)
                .toList();
    }

    private static HttpResponse<String> media(World world, LocalOptions options, String sha256) {
        return asked(world, archive(options, "/media/" + sha256));
    }

    private static HttpResponse<String> asked(World world, String uri) {
        return world.send(
                HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + LocalLull.ARCHIVE_TOKEN));
    }

    private static String archive(LocalOptions options, String path) {
        return "http://localhost:" + options.archivePort() + path;
    }
}
