package lull.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lull.contract.topic.Topics;
import lull.ingress.http.TestWebhook;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import lull.runtime.settings.DestinationSettings;
import lull.standins.channel.TelegramStandIn;
import lull.standins.provider.ProviderStandIn;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds docs/metrics.md and docs/openapi.yaml to a running system, in which a little of everything has
/// happened.
final class PagesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CUSTOMER = "15550000501";

    /// Its turns go to an application.
    private static final String NUMBER_OF_BOT = "100000000000032";

    /// Its replies go to another provider.
    private static final String NUMBER_OF_PROVIDER = "100000000000073";

    /// Meters of what does not happen on a good day or by default, and so not in this test.
    private static final Set<String> OF_BAD_DAYS = Set.of(
            "lull.bridge.skipped",
            "lull.bridge.timers",
            "lull.bridge.waiting.notified",
            "lull.bridge.commits.failed",
            "lull.bridge.polls.failed",
            "lull.bridge.records.unwanted",
            "lull.applications.skipped",
            "lull.applications.commits.failed",
            "lull.applications.polls.failed",
            "lull.applications.records.unwanted",
            "lull.applications.pauses",
            "lull.chatwoot.callbacks",
            "lull.chatwoot.outcomes",
            "lull.assistant.answers",
            "lull.assistant.handovers",
            "lull.assistant.calls",
            "lull.assistant.confidence",
            "lull.assistant.tokens",
            "lull.assistant.cost",
            "lull.assistant.histories",
            "lull.assistant.voices",
            "lull.assistant.early",
            "lull.assistant.early.saved",
            "lull.queue.reads",
            "lull.tls.certificate.expires.seconds",
            "lull.media.files",
            "lull.bridge.chat.events.found",
            "lull.bridge.doubts",
            "lull.bridge.care.windows",
            "lull.bridge.account.facts",
            "lull.bridge.conversations.answered",
            "lull.bridge.notes",
            "lull.bridge.parts.refused",
            "lull.bridge.pauses",
            "lull.bridge.transcripts",
            "lull.bridge.transcribe.calls",
            "lull.bridge.chats.unreadable",
            "lull.bridge.connect.pace",
            "lull.bridge.connect.paced");

    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(lull_[a-z_]+)\\{([^}]*)} ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;
    private static String scrape;

    private final MetricsPage metrics = MetricsPage.read();
    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void letALittleOfEverythingHappen() throws Exception {
        options = World.options(directory);
        ProviderStandIn provider = COMPONENTS.add("provider", ProviderStandIn.start("127.0.0.1", 0));
        LocalLull lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.ofEntries(
                        Map.entry("turn.gap", "500ms"),
                        Map.entry("reply.gap", "200ms"),
                        Map.entry("turn.urgent.words", "ambulance"),
                        Map.entry("destinations", "bot"),
                        Map.entry("destination.bot.kind", "http"),
                        Map.entry("destination.bot.url", bot()),
                        Map.entry("routes", "bot: number=" + NUMBER_OF_BOT + ", to=bot"),
                        Map.entry("replies.tokens", "secret"),
                        Map.entry("channels", "desk,bot"),
                        Map.entry("channel.bot.kind", "telegram"),
                        Map.entry("whatsapp.apps", "shop"),
                        Map.entry("whatsapp.app.secrets.shop", "another-secret"),
                        Map.entry("whatsapp.verify.token.shop", "another-token"),
                        Map.entry("replies.business.number.shop", NUMBER_OF_PROVIDER),
                        Map.entry("replies.url.shop", provider.zApiUrl()),
                        Map.entry("replies.headers.shop", "Client-Token=" + ProviderStandIn.KEY)),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        byte[] twice = new TestWebhook(World.NUMBER, CUSTOMER, "Customer " + CUSTOMER)
                .text(World.newId(), "Hello", Instant.now());
        world.post(twice);
        world.post(twice);
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_turns_total{exit=\"delivered\"}"));
        world.post(new TestWebhook(NUMBER_OF_BOT, CUSTOMER, "Customer " + CUSTOMER)
                .text(World.newId(), "Hello", Instant.now()));
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_applications_turns_total{"));
        world.asks("'from':'" + NUMBER_OF_PROVIDER + "','to':{'phone':'" + CUSTOMER + "'}", "Hi");
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_provider_calls_seconds_count{"));
        letAChannelBeUsed();
        world.sends(CUSTOMER, "{'type':'image','image':{'id':'99','mime_type':'image/jpeg'}}");
        // No picture, so it cannot be converted, and goes into the store.
        String sticker = world.uploads(new byte[] {1, 2, 3}, "image/webp");
        world.sends(CUSTOMER, "{'type':'sticker','sticker':{'id':'" + sticker + "','mime_type':'image/webp'}}");
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_files_stored_total{"));
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_files_total{"));
        world.says(CUSTOMER, "Call an ambulance");
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_attributes_total{"));
        world.agent(world.chats(CUSTOMER).getFirst(), "/typing", "{}");
        world.agentSays(world.chats(CUSTOMER).getFirst(), "Hi");
        await().atMost(PATIENCE).until(() -> !world.phone(CUSTOMER).isEmpty());
        world.agentSays(world.chats(CUSTOMER).getFirst(), "What has happened?");
        await().atMost(PATIENCE).until(() -> scrape().contains("lull_bridge_reply_waits_seconds_count"));
        world.agent(world.chats(CUSTOMER).getFirst(), "/end", "");
        appendUnreadable(lull.bootstrapServers());
        world.post(
                ("{'entry':[{'id':'1','changes':[{'field':'smb_message_echoes','value':{'metadata':{'phone_number_id':'"
                                + World.NUMBER
                                + "'},'message_echoes':[{'to':'15550009999','id':'w','type':'text','text':{'body':'Hi'}}]}}]}]}")
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains(
                                "lull_dead_letters_total{",
                                "lull_bridge_chats_ended_total{",
                                "lull_bridge_statuses_total{",
                                "lull_bridge_typing_total{",
                                "lull_bridge_echoes_total{",
                                "lull_bridge_dead_letter_notes_total{",
                                "lull_bridge_receipts_total{"));
        scrape = scrape();
    }

    /// A file whose host is not listed, a reply, and an update that is no message.
    private static void letAChannelBeUsed() {
        channel(
                "/channels/desk/messages",
                Map.of("Authorization", "Bearer " + LocalChannels.TOKEN),
                "{'messages':[{'id':'m-1','from':{'id':'user-7'},'type':'media','media':{'kind':'document',"
                        + "'url':'https://files.example/1.pdf'}}]}");
        channel(
                "/webhooks/telegram/bot",
                Map.of("X-Telegram-Bot-Api-Secret-Token", TelegramStandIn.SECRET),
                "{'update_id':1,'my_chat_member':{}}");
        world.asks("'from':'json.desk','to':{'userId':'user-7'}", "Hi");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape())
                        .contains(
                                "lull_channel_ignored_total{",
                                "lull_bridge_channel_files_seconds_count{",
                                "lull_bridge_channel_calls_seconds_count{"));
    }

    private static void channel(String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + options.ingressPort() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        headers.forEach(request::setHeader);
        assertThat(world.send(request).statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @Test
    void everyMeterOfLullIsOnThePageWithItsType() {
        Map<String, String> types = new TreeMap<>();
        metrics.meters().values().forEach(row -> types.putAll(families(row)));
        Map<String, String> seen = new TreeMap<>();
        TYPE.matcher(scrape)
                .results()
                .filter(type -> type.group(1).startsWith("lull_"))
                .forEach(type -> seen.put(type.group(1), type.group(2)));

        assertThat(seen).hasSizeGreaterThan(25);
        assertThat(types).containsAllEntriesOf(seen);
    }

    @Test
    void everyMeterOnThePageIsThereOnceItHasCounted() {
        metrics.meters()
                .forEach((name, row) -> assertThat(scrape.contains("# TYPE " + row.prometheus() + " "))
                        .as("%s is there", name)
                        .isEqualTo(!OF_BAD_DAYS.contains(name)));
    }

    @Test
    void everyTagAndItsValuesAreOnThePage() {
        Map<String, MetricsPage.Row> rows = new TreeMap<>();
        metrics.meters().values().forEach(row -> rows.put(row.prometheus(), row));
        Set<String> flows = new TreeSet<>();
        for (String attempts : Set.of("lull.bridge.attempts", "lull.applications.attempts")) {
            flows.addAll(requireNonNull(metrics.meters().get(attempts)).values());
        }

        assertThat(SAMPLE.matcher(scrape).results()).isNotEmpty().allSatisfy((MatchResult sample) -> {
            String family = sample.group(1).replaceFirst("_(count|sum|max|bucket)$", "");
            MetricsPage.Row row = requireNonNull(rows.get(family), family + " on the page");
            LABEL.matcher(sample.group(2))
                    .results()
                    .filter(label -> !Set.of("quantile", "le").contains(label.group(1)))
                    .forEach(label -> {
                        assertThat(row.tags()).as("tags of %s", family).contains(label.group(1));
                        switch (label.group(1)) {
                            case "topic" -> assertThat(label.group(2)).isEqualTo(Topics.MESSAGE_RECEIVED.name());
                            case "group" ->
                                assertThat(label.group(2))
                                        .satisfiesAnyOf(
                                                group -> assertThat(flows).contains(group),
                                                group -> assertThat(group)
                                                        .isEqualTo(
                                                                Topics.applicationId(Topics.MESSAGE_RECEIVED.name())));
                            case "flow" -> assertThat(flows).contains(label.group(2));
                            case "destination" -> assertThat(label.group(2)).isIn(DestinationSettings.CONNECT, "bot");
                            case "channel" -> assertThat(label.group(2)).isEqualTo("desk");
                            case "app" -> assertThat(label.group(2)).isEqualTo("shop");
                            case "region" -> assertThat(label.group(2)).isEqualTo("us-east-1");
                            default -> assertThat(row.values()).as(family).contains(label.group(2));
                        }
                    });
        });
    }

    @Test
    void theMetersOfTheLibrariesThatAreWorthWatchingAreThere() {
        Set<String> names = new TreeSet<>();
        TYPE.matcher(scrape).results().forEach(type -> names.add(type.group(1)));

        assertThat(metrics.others()).isNotEmpty().allMatch(names::contains);
    }

    @Test
    void theIngressAnswersAsItsPageSays() {
        byte[] body = "{\"entry\":[]}".getBytes(StandardCharsets.UTF_8);
        String right = "?hub.mode=subscribe&hub.challenge=1&hub.verify_token=" + LocalLull.VERIFY_TOKEN;

        answers("GET", "/webhooks/whatsapp", 200, world.send(HttpRequest.newBuilder(world.ingress(right))));
        answers("GET", "/webhooks/whatsapp", 403, world.send(HttpRequest.newBuilder(world.ingress(""))));
        answers("POST", "/webhooks/whatsapp", 200, world.post(body));
        answers("POST", "/webhooks/whatsapp", 401, world.post(body, "sha256=" + "0".repeat(64)));
        answers("POST", "/webhooks/whatsapp", 413, world.post(new byte[5 * 1024 * 1024 + 1]));
    }

    @Test
    void theBridgeAnswersAsItsPageSays() {
        URI sns = URI.create("http://localhost:" + options.bridgePort() + "/sns/connect");

        answers("POST", "/sns/connect", 403, post(sns, "{}"));
        answers("POST", "/sns/connect", 413, post(sns, "x".repeat(4 * 1024 * 1024 + 1)));
    }

    @Test
    void theAdminPortAnswersAsItsPageSays() {
        for (String path : Set.of("/livez", "/healthz", "/readyz", "/waiting", "/metrics", "/info")) {
            answers("GET", path, 200, world.send(HttpRequest.newBuilder(admin(path))));
        }
        assertThat(world.get(admin("/livez")).path("alive").asBoolean()).isTrue();
        assertThat(world.get(admin("/readyz")).path("ready").asBoolean()).isTrue();
        assertThat(world.get(admin("/readyz")).path("problems").isArray()).isTrue();
        assertThat(world.get(admin("/info")).properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("process", "version", "commit", "java");
    }

    private void answers(String method, String path, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(status);
        assertThat(routes.statuses(method, path)).contains(Integer.toString(status));
    }

    /// The families that a meter becomes in Prometheus, with their types.
    private static Map<String, String> families(MetricsPage.Row row) {
        return switch (row.type()) {
            case "histogram" -> Map.of(row.prometheus(), "histogram", row.prometheus() + "_max", "gauge");
            case "timer", "summary" -> Map.of(row.prometheus(), "summary", row.prometheus() + "_max", "gauge");
            default -> Map.of(row.prometheus(), row.type());
        };
    }

    private static HttpResponse<String> post(URI address, String body) {
        return world.send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /// The address of an application that accepts every turn.
    private static String bot() throws IOException {
        HttpServer bot = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bot.createContext("/turns", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        bot.start();
        COMPONENTS.add("bot", () -> bot.stop(0));
        return "http://localhost:" + bot.getAddress().getPort() + "/turns";
    }

    private static URI admin(String path) {
        return URI.create("http://localhost:" + options.adminPort() + path);
    }

    private static String scrape() {
        return world.send(HttpRequest.newBuilder(admin("/metrics"))).body();
    }

    private static void appendUnreadable(String bootstrapServers) throws Exception {
        Properties properties = new Properties();
        properties.putAll(KafkaSetup.at(bootstrapServers).producer("test"));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.MESSAGE_RECEIVED.name(), "key", "not json"))
                    .get();
        }
    }
}
