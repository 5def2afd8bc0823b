package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import lull.archive.schema.ArchiveDatabase;
import lull.archive.schema.Tables.Conversation;
import lull.archive.schema.Tables.Message;
import lull.archive.schema.Tables.WhatsAppCharge;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
import lull.runtime.kafka.KafkaSetup;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The operators' console in a browser, on the real system. Skipped without Chromium.
@Tag("proof")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double PATIENCE_MILLIS = 60_000;
    private static final Path PICTURES = Path.of("target", "console");
    private static final String TOPIC = Topics.MESSAGE_RECEIVED.name();

    /// Their turns stay open for long, so that somebody waits.
    private static final String SLOW_NUMBER = "100000000000009";

    /// Its conversations are in the archive from the beginning.
    private static final String ADVISED_NUMBER = "100000000000008";

    private static final String ARCHIVE_DATABASE = "jdbc:h2:mem:console;DB_CLOSE_DELAY=-1";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static LocalOptions options;
    private static World world;
    private static URI address;
    private static Browser browser;
    private static KafkaProducer<byte[], byte[]> producer;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        Optional<Path> chromium = Chromium.find();
        assumeTrue(chromium.isPresent(), "Chromium is not installed");
        Playwright playwright = COMPONENTS.add(
                "Playwright",
                Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")));
        options = World.options(directory);
        LocalLull lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.of(
                        "turn.gap",
                        "1s",
                        "archive.jdbc.url",
                        ARCHIVE_DATABASE,
                        "media.kept",
                        directory.resolve("kept").toString(),
                        "turn.numbers",
                        SLOW_NUMBER + "," + ADVISED_NUMBER,
                        "turn.gap." + ADVISED_NUMBER,
                        "2s",
                        "turn.gap." + SLOW_NUMBER,
                        "10m",
                        "turn.max.duration",
                        "30m",
                        "console.watch.every",
                        "1s"),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        producer = COMPONENTS.add(
                "producer",
                new KafkaProducer<>(
                        KafkaSetup.at(lull.bootstrapServers()).producer("test"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
        address = options.uri(options.consolePort(), "/");
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @BeforeEach
    void openABrowser() {
        open(1440, 900, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeTheBrowser() {
        context.close();
        assertThat(complaints).as("what the browser complains of").isEmpty();
    }

    @Test
    @Order(1)
    void showsWhoWaitsSinceWhenAndWhyWithoutSigningInAndWithoutNumbers() {
        world.says(SLOW_NUMBER, "15557000001", "Is anybody there?");
        for (int customer = 1; customer <= 4; customer++) {
            world.says(SLOW_NUMBER, "1555700010" + customer, "Hello");
            world.says(SLOW_NUMBER, "1555700010" + customer, "Hello?");
        }

        go("");

        has("#turn-rows tr >> nth=0", "****0001");
        has("#turn-rows tr >> nth=0", "waits for a silence of 10m");
        has("#turns-line", "5 open turns");
        assertThat(page.content()).doesNotContain("15557000001").doesNotContain("Is anybody there?");
        has("#parts-rest", "lull-turns-" + TOPIC);
        has("#parts-rest", "8 Turns to Amazon Connect");
        has("#parts-top", "1 of 1");
        has("#parts-top", "Saved this month");
        has("#parts-top", "of Amazon Connect since");
        PlaywrightAssertions.assertThat(page.locator(".curve canvas")).hasCount(8, count());
        page.setViewportSize(1200, 760);
        // docs/console.md has this picture.
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("console.png")));
        assertThat(PICTURES.resolve("console.png"))
                .satisfies(file -> assertThat(Files.size(file)).isLessThan(150_000));
        assertThat(seriousProblems()).isEmpty();
    }

    @Test
    void opensNothingAboutCustomersWithoutSigningIn() {
        for (String path : List.of("conversations", "journeys?id=x", "dead-letters")) {
            go(path);
            assertThat(URI.create(page.url()).getPath()).isEqualTo("/sign-in");
        }
        go("settings");
        PlaywrightAssertions.assertThat(page.locator("form[action='/settings/gaps']"))
                .hasCount(0);
        has("main", TOPIC);
    }

    @Test
    void refusesWrongTokensAndFormsOfOtherSites() {
        go("sign-in");
        page.getByLabel("Your token").fill("wrong-wrong-wrong-wrong");
        page.keyboard().press("Enter");
        has("[role=alert]", "No operator has this token");
        complaints.clear();

        String cookie = cookie();
        assertThat(post("/settings/gaps", "topic=" + TOPIC + "&gap=9s&token=x", cookie, Map.of())
                        .statusCode())
                .as("without the token of the form")
                .isEqualTo(403);
        assertThat(post("/sign-out", "token=x", cookie, Map.of("Sec-Fetch-Site", "cross-site"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/sign-out", "token=x", cookie, Map.of("Origin", "https://example.com"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/sign-out", "token=x", "lull-console=guessed", Map.of())
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(address));
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    /// The last, because nobody can sign in for a minute afterwards.
    @Test
    @Order(Integer.MAX_VALUE)
    void limitsAttemptsToSignIn() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(post("/sign-in", "key=wrong-wrong-wrong-wrong", "", Map.of())
                    .statusCode());
        }

        assertThat(statuses).contains(401, 429);
    }

    @Test
    @Order(2)
    void hidesTextsUntilTheyAreAskedForAndRecordsWhoAsked() {
        world.says("15557000002", "A secret of mine");
        signIn();
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("conversations");
            assertThat(page.locator("tbody").textContent()).contains("15557000002");
        });
        picture("conversations");
        assertThat(seriousProblems()).isEmpty();
        page.getByRole(AriaRole.LINK, named(World.NUMBER + "|15557000002")).click();
        has(".timeline", "Text hidden");
        assertThat(page.content()).doesNotContain("A secret of mine");
        assertThat(seriousProblems()).isEmpty();

        click("Show texts");

        has(".timeline", "A secret of mine");
        picture("conversation");
        assertThat(seriousProblems()).isEmpty();

        click("Archive");
        has(".note", "The conversation is archived");
        has(".facts", "by operator");
        go("conversations?archived=true");
        has("tbody", "15557000002");
        go("conversations?customer=15557000002");
        has("tbody", "15557000002");
    }

    @Test
    void beginsAConversationOnceWithATemplate() {
        String customer = "15557000021";
        go("begin");
        assertThat(URI.create(page.url()).getPath()).isEqualTo("/sign-in");
        signIn();
        go("conversations");
        page.getByRole(AriaRole.LINK, named("Begin a conversation")).click();
        page.getByLabel("Business number").fill(World.NUMBER);
        page.getByLabel("Customer").fill("12");
        page.getByLabel("Template").first().fill("order_shipped");
        page.getByLabel("Language").fill("en_US");
        page.getByLabel("Parameters").fill("1: 17\n2: Monday, 9:00");
        page.getByLabel("Note").fill("Asked for a call");
        page.getByLabel("Attributes").fill("my queue: sales");
        assertThat(seriousProblems()).isEmpty();
        click("Send");

        has("#customer-problems", "to.phone must be a phone number");
        has("#attributes-problems", "attributes.my queue must have a name");
        picture("begin-problems");
        assertThat(seriousProblems()).isEmpty();
        complaints.clear();
        PlaywrightAssertions.assertThat(page.getByLabel("Parameters")).hasValue("1: 17\n2: Monday, 9:00");
        page.getByLabel("Customer").fill("+1 555 700-0021");
        page.getByLabel("Attributes").fill("queue: sales");
        String form = (String)
                page.evaluate("new URLSearchParams(new FormData(document.querySelector('form.fields'))).toString()");
        picture("begin");
        click("Send");

        PlaywrightAssertions.assertThat(page.locator(".facts"))
                .containsText(
                        Pattern.compile("delivered|read"),
                        new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        has(".facts", World.NUMBER + "|" + customer);
        picture("begun");
        assertThat(seriousProblems()).isEmpty();
        // A second click sends the same form.
        assertThat(post("/begin", form, browserCookie(), Map.of()).headers().firstValue("Location"))
                .hasValueSatisfying(location -> assertThat(page.url()).endsWith(location));
        // The same form with other words is another template, and needs another click.
        HttpResponse<String> changed = post("/begin", form.replace("Monday", "Tuesday"), browserCookie(), Map.of());
        assertThat(changed.statusCode()).isEqualTo(409);
        assertThat(changed.body()).contains("sent before with other content").contains("Tuesday");
        assertThat(world.phone(customer)).singleElement().satisfies(message -> {
            assertThat(message.at("/content/name").asText()).isEqualTo("order_shipped");
            assertThat(message.toString()).contains("Monday, 9:00");
        });

        world.says(customer, "Yes, please call me");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.customerTexts(customer)).hasSize(2));
        assertThat(world.customerTexts(customer).getFirst())
                .startsWith("[operator sent the template order_shipped")
                .endsWith("Asked for a call");
        go("conversations/" + World.NUMBER + "%7C" + customer);
        click("Send a template");
        PlaywrightAssertions.assertThat(page.getByLabel("Customer")).hasValue(customer);
    }

    @Test
    void showsEveryStepOfAMessageWithTheTimeBetween() {
        String id = world.says("15557000003", "What becomes of this?");
        signIn();

        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("journeys?id=" + id);
            assertThat(page.locator("main").textContent()).contains("part accepted");
        });

        has("tbody", "message received");
        has("tbody", "turn closed");
        picture("journey");
        assertThat(seriousProblems()).isEmpty();
        assertThat(page.content()).doesNotContain("What becomes of this?");
    }

    @Test
    void changesAGapAndUndoesIt() {
        signIn();
        go("settings");
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("all other numbers"))
                .first();
        row.getByLabel("Gap of " + TOPIC).fill("7s");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set"))
                .click();
        has(".note", "is 7s from the next message on, in 8 partitions");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("settings");
            assertThat(page.locator("main").textContent()).contains("changed; configured: 1s");
        });
        row.getByLabel("Gap of " + TOPIC).fill("8s");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set"))
                .click();
        has(".note", "is 8s from the next message on");

        click("Undo");

        has(".note", "Undone: the gap of " + TOPIC + " is 7s");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("settings");
            assertThat(page.locator("table").last().textContent())
                    .contains("operator")
                    .contains("Back to 8s");
        });
        picture("settings");
        assertThat(seriousProblems()).isEmpty();

        row.getByLabel("Gap of " + TOPIC).fill("9s");
        row.getByLabel("Policy of " + TOPIC).selectOption("shadow");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set"))
                .click();
        has(".note", "is 9s with policy shadow from the next message on");
        Locator back = page.getByRole(AriaRole.BUTTON, named("Back to 7s, fixed"));
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("settings");
            assertThat(back.count()).isOne();
        });
        back.click();
        has(".note", "Undone: the gap of " + TOPIC + " is 7s with policy fixed from the next message on");
    }

    @Test
    @Order(4)
    void aTerminalShowsTheSameWithMaskedNumbers() throws Exception {
        world.says(SLOW_NUMBER, "15557000009", "A secret of a terminal");
        Path file = directory.resolve("top.properties");
        Files.writeString(
                file,
                "console.watch=" + options.uri(options.adminPort(), "") + "\nconsole.aggregator.url="
                        + options.uri(options.aggregatorPort(), "") + "\nconsole.aggregator.token="
                        + LocalLull.OPERATOR_TOKEN + "\n");

        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            Ran top = Ran.lull("top", "--once", "--config", file.toString());
            assertThat(top.exitCode()).as(top.err()).isZero();
            assertThat(top.out())
                    .contains("1 of 1 processes ready", "****0009", "waits for a silence of 10m", "Messages to turns")
                    .contains("since the start")
                    .doesNotContain("15557000009", "A secret of a terminal");
        });
        assertThat(Ran.lull("top", "--once", "--json", "--config", file.toString())
                        .out())
                .startsWith("{\"at\":\"")
                .contains("\"openTurns\":")
                .doesNotContain("15557000009");
        assertThat(Ran.lull("top", "--interval", "1ms").err()).contains("--interval must be from 1s to 1h");
    }

    @Test
    @Order(2)
    void showsWhatTheMonthHasCostWithoutSigningInAndWithoutNumbersOfCustomers() {
        String customer = "15557000010";
        world.says(customer, "Hello");
        world.says(customer, "I have a question");
        await().atMost(PATIENCE).until(() -> !world.chats(customer).isEmpty());
        world.agentSays(world.chats(customer).getFirst(), "How can I help?");
        charge(1_250, "4915", "service", true);
        charge(40, "4915", "marketing", true);
        charge(7, "4179", "utility", true);

        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("costs");
            assertThat(page.locator("[aria-labelledby=whatsapp] tbody").textContent())
                    .contains("free_customer_service")
                    .contains("1,250");
            assertThat(page.locator("[aria-labelledby=connect] tbody").textContent())
                    .contains("Customers, in turns")
                    .contains("Agents");
        });
        has("main", "Sum until now");
        has("main", "68.75");
        has("[role=note]", "whatsapp.service.DE");
        assertThat(page.locator("main").textContent())
                .contains("not in the sums: whatsapp.utility to numbers with 4179")
                .doesNotContain(customer);
        picture("costs");
        assertThat(seriousProblems()).isEmpty();
        page.getByLabel("Month (UTC)")
                .selectOption(YearMonth.now(ZoneOffset.UTC).minusMonths(1).toString());
        click("Show");
        has("main", "No message was delivered");
    }

    private static ArchiveDatabase archive() {
        return ArchiveDatabase.open(new ArchiveDatabase.Options(
                ARCHIVE_DATABASE, Optional.empty(), Optional.empty(), 1, Duration.ofSeconds(10)));
    }

    @Test
    @Order(2)
    void showsWhatWhatsAppObjectsTo() {
        for (String change : List.of(
                "'field':'message_template_status_update','value':{'event':'PAUSED','message_template_id':81,"
                        + "'message_template_name':'news81','message_template_language':'en','reason':'LOW_QUALITY'}",
                "'field':'account_review_update','value':{'decision':'REJECTED'}",
                "'field':'message_template_status_update','value':{'event':'APPROVED','message_template_id':82,"
                        + "'message_template_name':'news82','message_template_language':'de'}")) {
            byte[] webhook = ("{'object':'whatsapp_business_account','entry':[{'id':'1081','time':"
                            + Instant.now().getEpochSecond() + ",'changes':[{" + change + "}]}]}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(world.post(webhook).statusCode()).isEqualTo(200);
        }

        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("accounts?all=true");
            assertThat(page.locator("tbody").textContent()).contains("news81", "news82", "APPROVED", "REJECTED");
        });
        picture("accounts");
        assertThat(seriousProblems()).isEmpty();
        page.getByLabel("Also what is no problem").uncheck();
        click("Show");
        has("tbody", "news81");
        has("tbody", "critical");
        assertThat(page.locator("tbody").textContent()).doesNotContain("news82");
    }

    /// Writes into the ledger what would take a month.
    private static void charge(int messages, String prefix, String category, boolean isCharged) {
        try (ArchiveDatabase archive = archive()) {
            for (int message = 0; message < messages; message++) {
                archive.sql()
                        .insertInto(WhatsAppCharge.TABLE)
                        .columns(
                                WhatsAppCharge.MESSAGE_ID,
                                WhatsAppCharge.RECIPIENT,
                                WhatsAppCharge.BUSINESS_NUMBER,
                                WhatsAppCharge.RECIPIENT_PREFIX,
                                WhatsAppCharge.PRICING_TYPE,
                                WhatsAppCharge.CATEGORY,
                                WhatsAppCharge.CHARGED,
                                WhatsAppCharge.DELIVERED_AT)
                        .values(
                                prefix + category + message,
                                "",
                                SLOW_NUMBER,
                                prefix,
                                isCharged ? "regular" : "free_customer_service",
                                category,
                                isCharged,
                                Instant.now())
                        .execute();
            }
        }
    }

    /// Of a business number whose conversations are written into the archive, because real silences
    /// take too long.
    @Test
    @Order(3)
    void saysInOneClickWhatAnotherGapWouldDoAndSetsItAndUndoesThat() {
        archiveConversations(60);
        signIn();
        go("");
        page.getByRole(AriaRole.LINK, named("What would another gap do?")).click();
        has("h1", "What would another gap do?");
        page.getByLabel("Gap of").selectOption(TOPIC + " " + ADVISED_NUMBER);
        click("Show");

        has("#advice caption", "for a chat message (list price, read 2");
        has("main", "From 180 messages of customers in 60 conversations");
        assertThat(gap("3s").textContent())
                .contains("100.0 %")
                .contains("bin/lull gap set " + TOPIC + " 3s --policy fixed --number " + ADVISED_NUMBER);
        assertThat(gap("5s").textContent()).contains("50.0 %");
        assertThat(gap("9s").textContent()).contains("0.0 %");
        assertThat(gap("2s").textContent()).contains("in force");
        assertThat(page.locator("#advice tbody tr").count()).isEqualTo(66);
        PlaywrightAssertions.assertThat(page.locator("#advice-curves canvas")).hasCount(2, count());
        picture("gap-advice");
        assertThat(seriousProblems()).isEmpty();

        gap("9s").getByRole(AriaRole.BUTTON).click();

        has(
                ".note",
                "The gap of " + TOPIC + " for number " + ADVISED_NUMBER
                        + " is 9s with policy fixed from the next message on");
        click("Undo");
        has(
                ".note",
                "Undone: the gap and the policy of " + TOPIC + " for number " + ADVISED_NUMBER
                        + " are those of the configuration");
    }

    private Locator gap(String gap) {
        return page.locator("#advice tbody tr", new Page.LocatorOptions().setHasText(Pattern.compile("^" + gap)))
                .first();
    }

    /// Each has three messages; the last silence is of 4 s in half of them, and of 8 s in the others.
    private static void archiveConversations(int conversations) {
        try (ArchiveDatabase database = archive()) {
            for (int number = 0; number < conversations; number++) {
                String customer = "1555710" + String.format(Locale.ROOT, "%04d", number);
                Instant begin = Instant.now().minus(Duration.ofHours(20)).plusSeconds(number * 1_000L);
                Instant end = begin.plusSeconds(number % 2 == 0 ? 8 : 12);
                database.sql()
                        .insertInto(Conversation.TABLE)
                        .columns(
                                Conversation.CONVERSATION,
                                Conversation.BUSINESS_NUMBER,
                                Conversation.CUSTOMER,
                                Conversation.LAST_ACTIVITY_AT)
                        .values(ADVISED_NUMBER + "|" + customer, ADVISED_NUMBER, customer, end)
                        .execute();
                for (Instant at : List.of(begin, begin.plusSeconds(4), end)) {
                    database.sql()
                            .insertInto(Message.TABLE)
                            .columns(
                                    Message.MESSAGE_ID,
                                    Message.CONVERSATION,
                                    Message.DIRECTION,
                                    Message.KIND,
                                    Message.BODY,
                                    Message.HAPPENED_AT)
                            .values("m" + customer + at, ADVISED_NUMBER + "|" + customer, "in", "text", "Hello.", at)
                            .execute();
                }
            }
        }
    }

    @Test
    void setsARouteInSharesUndoesItAndGoesBackToTheConfiguration() {
        signIn();
        go("settings");
        page.getByPlaceholder("pilot").fill("trial");
        page.getByLabel("share in percent", new Page.GetByLabelOptions().setExact(true))
                .fill("5");
        click("Set route");
        has(
                ".note",
                "The routes of " + TOPIC + " are trial: share=5, to=connect from the next turn on, in 8 partitions");

        page.getByLabel("Share of trial in percent").fill("50");
        click("Set share");
        has(".note", "trial: share=50, to=connect");
        click("Undo");

        has(".note", "Undone: the routes of " + TOPIC + " are trial: share=5, to=connect");
        assertThat(page.locator("main").textContent()).contains("from a change, revision");
        picture("rules");

        click("Back to the configuration");

        has(".note", "are the configured ones from the next turn on");
        has("main", "Routes, from the configuration");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("settings");
            assertThat(page.locator("table").last().textContent()).contains("trial: share=50, to=connect");
        });
    }

    @Test
    void refusesARouteThatBuildsOnAnEarlierPageInTheWordsOfTheAggregator() {
        signIn();
        go("settings");
        Page other = context.newPage();
        other.navigate(address + "settings");
        page.getByPlaceholder("pilot").fill("first");
        click("Set route");
        has(".note", "first: to=connect");

        other.getByPlaceholder("pilot").fill("second");
        other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set route"))
                .click();

        PlaywrightAssertions.assertThat(other.locator(".note")).containsText("Nothing was changed");
        assertThat(other.locator("main").textContent()).doesNotContain("second");
        go("settings");
        click("Back to the configuration");
        has(".note", "are the configured ones");
    }

    @Test
    void switchesAFlagForOneNumberAndLetsTheSettingsDecideAgain() {
        signIn();
        go("settings");
        page.getByLabel("Only number, for typing").fill(ADVISED_NUMBER);
        Locator typing = page.locator(
                        "[aria-label='Flags of " + TOPIC + "'] tr", new Page.LocatorOptions().setHasText("typing"))
                .first();
        typing.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Switch"))
                .click();

        has(".note", "from the next turn on, in 8 partitions");
        PlaywrightAssertions.assertThat(typing).containsText("off for number " + ADVISED_NUMBER);
        click("As configured: typing " + ADVISED_NUMBER);

        has(".note", "The flags of " + TOPIC);
        PlaywrightAssertions.assertThat(typing)
                .containsText("as whatsapp.typing and destination.NAME.typing configured");
    }

    @Test
    void refusesAGapThatIsNoneInTheWordsOfTheAggregator() {
        signIn();
        go("settings");
        Locator row = page.locator("tr", new Page.LocatorOptions().setHasText("all other numbers"))
                .first();
        row.getByLabel("Gap of " + TOPIC).fill("soon");
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Set"))
                .click();

        has(".note", "Nothing was changed: gap");
    }

    @Test
    void triesSendsAgainAndDiscardsDeadLetters() throws Exception {
        for (String customer : List.of("15557000004", "15557000005")) {
            producer.send(new ProducerRecord<>(
                            TOPIC,
                            (World.NUMBER + "|" + customer).getBytes(StandardCharsets.UTF_8),
                            "{\"kind\":\"secret\"".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        signIn();
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("dead-letters");
            assertThat(page.locator("input[name=id]").count()).isGreaterThanOrEqualTo(2);
        });
        picture("dead-letters");
        assertThat(seriousProblems()).isEmpty();
        page.locator("#choose-all").check();
        click("Dry run");
        has("main", "0 of 2 would be sent again");
        has("tbody", "still unreadable");

        go("dead-letters?conversation=15557000004");
        page.locator("input[name=id]").first().check();
        click("Send again");
        has(".note", "Replayed: 0 of 1. Left:");
        page.locator("input[name=id]").first().check();
        click("Discard");
        has(".note", "say why");
        page.locator("input[name=id]").first().check();
        page.getByLabel("Why").fill("a test");
        click("Discard");
        has(".note", "Discarded: 1 of 1.");
        go("dead-letters?all=true&conversation=15557000004");
        has("tbody", "discarded by operator");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile("dlq-")))
                .last()
                .click();
        click("Show value");
        has("pre", "secret");
        assertThat(seriousProblems()).isEmpty();
    }

    @Test
    void handlesAllDeadLettersOfAFilterPageByPage() throws Exception {
        String customer = "15557000031";
        List<Future<RecordMetadata>> written = new ArrayList<>();
        for (int i = 0; i < 203; i++) {
            written.add(producer.send(new ProducerRecord<>(
                    TOPIC,
                    (World.NUMBER + "|" + customer).getBytes(StandardCharsets.UTF_8),
                    "{\"kind\":\"".getBytes(StandardCharsets.UTF_8))));
        }
        for (Future<RecordMetadata> each : written) {
            each.get();
        }
        lull.contract.message.Message lost = LostRecords.message(customer, "I was lost, too");
        LostRecords.letter(
                producer, Topics.MESSAGE_RECEIVED, lost.conversation().toString(), Json.bytes(lost));
        signIn();
        String list = "dead-letters?since=1h+ago&conversation=" + customer;
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go(list);
            assertThat(page.locator("caption").textContent())
                    .contains("204 dead letters, of which 200 are on this page, newest first");
        });
        String newest = page.locator("tbody th").first().textContent();
        picture("dead-letters-many");
        click("Older");
        assertThat(page.locator("input[name=id]").count()).isEqualTo(4);
        assertThat(page.content()).doesNotContain(newest);
        go(list + "&until=1h+ago");
        has("tbody", "No dead letters.");
        go("dead-letters?since=yesterday");
        has("main", "A time is one such as 2026-03-01T10:00:00Z");
        go("dead-letters?reason=UNREADABLE&conversation=" + customer);
        assertThat(page.locator("caption").textContent()).contains("dead letters");

        go(list);
        click("Dry run of all 204");
        has("main", "1 of 204 would be sent again. Nothing was done.");
        picture("dry-run-all");
        assertThat(seriousProblems()).isEmpty();
        click("Send 1 again");
        has(".note", "Replayed: 1 of 204. Left:");
        has(".note", "and 183 more.");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("I was lost, too")));
        go(list + "&all=true");
        assertThat(page.locator("tbody tr").first().textContent()).doesNotContain("sent again by");
        click("Older");
        has("tbody tr", "sent again by operator");
        go(list);
        click("Dry run of all 203");
        click("Discard all 203");
        has(".note", "say why");
        click("Dry run of all 203");
        page.getByLabel("Why").fill("a test");
        click("Discard all 203");

        has(".note", "Discarded: 203 of 203.");
        go(list);
        has("tbody", "No dead letters.");
    }

    @Test
    void whatAnEarlierVersionCouldNotHandleReachesTheAgentByAClick() throws Exception {
        String customer = "15557000017";
        lull.contract.message.Message lost = LostRecords.message(customer, "I was lost");
        LostRecords.letter(
                producer, Topics.MESSAGE_RECEIVED, lost.conversation().toString(), Json.bytes(lost));
        signIn();
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("dead-letters?conversation=" + customer);
            assertThat(page.locator("input[name=id]").count()).isOne();
        });
        page.locator("input[name=id]").check();
        click("Dry run");
        has("main", "1 of 1 would be sent again");
        assertThat(world.customerTexts(customer)).isEmpty();

        go("dead-letters?conversation=" + customer);
        page.locator("input[name=id]").check();
        click("Send again");

        has(".note", "Replayed: 1 of 1.");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).equals(List.of("I was lost")));
        go("dead-letters?conversation=" + customer);
        assertThat(page.locator("input[name=id]").count()).isZero();
        go("dead-letters?all=true&conversation=" + customer);
        has("tbody", "sent again by operator");
    }

    @Test
    void opensAFileOfTheConversationThatHasItAndOfNoOther() throws Exception {
        byte[] photo = "a photo of a parcel".getBytes(StandardCharsets.UTF_8);
        String id = world.uploads(photo, "image/jpeg");
        world.sends("15557000021", "{'type':'image','image':{'id':'" + id + "','mime_type':'image/jpeg'}}");
        world.says("15557000022", "I have no photo");
        signIn();
        String path = "conversations/" + World.NUMBER + "%7C";
        Locator link = page.getByText("Download the file");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go(path + "15557000022");
            assertThat(page.getByText("Show texts").count()).isOne();
            go(path + "15557000021");
            if (page.getByText("Show texts").count() > 0) {
                click("Show texts");
            }
            assertThat(link.count()).isOne();
        });
        String file = link.getAttribute("href");
        assertThat(asked(file)).isEqualTo("200 a photo of a parcel");

        go(path + "15557000022");
        click("Show texts");

        assertThat(asked(file.replace("15557000021", "15557000022"))).startsWith("404 ");
    }

    /// The status and the body of an answer to the operator's browser.
    private String asked(String path) {
        APIResponse answer = context.request().get(address.resolve(path).toString());
        return answer.status() + " " + answer.text();
    }

    @Test
    void showsTextsOnlyOfConversationsThatThereAre() {
        signIn();
        go("conversations");
        Object status = page.evaluate("async () => (await fetch('/conversations/nonsense/texts', {method: 'POST', body:"
                + " new URLSearchParams({token: document.querySelector('[name=token]').value})})).status");

        assertThat(status).isEqualTo(404);
        complaints.clear();
    }

    @Test
    void namesWhoWaitsForAmazonConnectAndWhy() {
        world.fault(world.connect("/"), "{'target':'StartChatContact','status':503,'times':1000}");
        try {
            world.says("15557000041", "Does anybody hear me?");
            go("");

            has("#parts-rest", "Who waits for another attempt");
            Locator row = page.locator("[aria-labelledby=retries] tbody tr").last();
            PlaywrightAssertions.assertThat(row)
                    .containsText("****0041", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
            PlaywrightAssertions.assertThat(row).containsText("Turns to Amazon Connect");
            PlaywrightAssertions.assertThat(row).containsText("503");
            assertThat(page.content()).doesNotContain("15557000041").doesNotContain("Does anybody hear me?");
            assertThat(seriousProblems()).isEmpty();
            picture("retries");
        } finally {
            assertThat(world.send(HttpRequest.newBuilder(world.connect("/_faults"))
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(204);
        }
        await().atMost(PATIENCE)
                .until(() -> world.customerTexts("15557000041").equals(List.of("Does anybody hear me?")));
        await().atMost(PATIENCE)
                .pollInSameThread()
                .untilAsserted(() -> assertThat(
                                page.locator("[aria-labelledby=retries]").count())
                        .isZero());
    }

    @Test
    void theKeyboardAloneIsEnough() {
        go("sign-in");
        page.keyboard().type(LocalLull.CONSOLE_TOKEN);
        page.keyboard().press("Enter");
        has(".who", "operator");
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the content");
        tabTo("Settings");
        page.keyboard().press("Enter");
        has("h1", "Settings in force");
        tabTo("Sign out");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        page.keyboard().press("Enter");
        has(".who", "Sign in");
    }

    @ParameterizedTest
    @CsvSource({"390, 844, LIGHT", "390, 844, DARK", "1440, 900, LIGHT", "1440, 900, DARK"})
    void isReadableAtEveryWidthInLightAndDark(int width, int height, ColorScheme scheme) {
        context.close();
        open(width, height, scheme);
        signIn();
        for (String path : List.of(
                "",
                "conversations",
                "begin",
                "journeys",
                "dead-letters",
                "accounts",
                "costs",
                "settings",
                "gap-advice")) {
            go(path.equals("gap-advice") ? path + "?of=" + TOPIC + "%20" + ADVISED_NUMBER : path);
            if (path.isEmpty()) {
                PlaywrightAssertions.assertThat(page.locator(".curve canvas")).hasCount(8, count());
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(width);
            picture((path.isEmpty() ? "now" : path) + "-" + width + "-"
                    + scheme.name().toLowerCase(Locale.ROOT));
            assertThat(seriousProblems()).as(path).isEmpty();
        }
        String customer = "1555700" + width + (scheme == ColorScheme.DARK ? 1 : 0);
        world.says(customer, "Where is my order?");
        await().atMost(PATIENCE).pollInSameThread().untilAsserted(() -> {
            go("journeys?reach=hour&id=" + customer);
            assertThat(page.locator("tbody th").count()).isGreaterThan(3);
        });
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        if (width < 700) {
            assertThat(page.evaluate("[...document.querySelectorAll('.scroll')].every(it => it.scrollWidth <="
                            + " it.clientWidth)"))
                    .isEqualTo(true);
        }
        picture("journey-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(seriousProblems()).isEmpty();
    }

    /// After the others, because it leaves many turns open.
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void aThousandOpenTurnsStaySmooth() {
        for (int customer = 0; customer < 1_000; customer++) {
            world.says(SLOW_NUMBER, "1555800" + String.format(Locale.ROOT, "%04d", customer), "Hello");
        }
        go("");
        PlaywrightAssertions.assertThat(page.locator("#turn-rows tr")).hasCount(1_000, count());
        String key = page.locator("#turn-rows tr", new Page.LocatorOptions().setHasText("****0500"))
                .getAttribute("data-key");
        browser.startTracing(
                page,
                new Browser.StartTracingOptions().setCategories(List.of("disabled-by-default-devtools.timeline")));
        world.says(SLOW_NUMBER, "15558000500", "Still here");
        // Seldom and cheaply, because what the test asks is a task of the page too.
        page.waitForFunction(
                "key => document.querySelector(`#turn-rows tr[data-key='${key}'][data-v='2 false']`) !== null",
                key,
                new Page.WaitForFunctionOptions().setPollingInterval(500));
        String trace = new String(browser.stopTracing(), StandardCharsets.UTF_8);
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("many.png")));

        // The time of the processor, and twice the 50 ms of a long task, because this machine may be busy with
        // something else, which slows the processor too.
        List<Long> micros = Pattern.compile("\"name\":\"RunTask\",\"ph\":\"X\",\"pid\":[0-9]+,\"tdur\":([0-9]+)")
                .matcher(trace)
                .results()
                .map(task -> Long.valueOf(task.group(1)))
                .toList();
        assertThat(micros).hasSizeGreaterThan(20).allMatch(task -> task < 100_000);
    }

    @Test
    void isSmallAndComesFromThisServerAlone() {
        HttpResponse<String> page = world.send(HttpRequest.newBuilder(address));
        Set<String> files = new TreeSet<>();
        Matcher links = Pattern.compile("(?:href|src)=\"(/assets/[^\"]*)\"").matcher(page.body());
        while (links.find()) {
            files.add(links.group(1));
        }
        long bytes = compressed(page.body());
        assertThat(files).hasSizeGreaterThan(3);
        for (String file : files) {
            HttpResponse<String> asset = world.send(HttpRequest.newBuilder(address.resolve(file)));
            assertThat(asset.statusCode()).as(file).isEqualTo(200);
            assertThat(asset.body()
                            .replace("http://www.w3.org/2000/svg", "")
                            .replace("https://github.com/leeoniya", ""))
                    .doesNotContain("http://", "https://");
            bytes += compressed(asset.body());
        }

        assertThat(bytes).isLessThan(80_000);
        assertThat(page.body()).doesNotContain("<style", " style=", "onclick", "<script>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "settings", "gap-advice", "sign-in"})
    void pagesWorkWithoutJavaScript(String path) {
        HttpResponse<String> page = world.send(HttpRequest.newBuilder(address.resolve("/" + path)));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("</html>").contains("<h1>");
    }

    private static long compressed(String text) {
        Deflater deflater = new Deflater();
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        long bytes = 0;
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            bytes += deflater.deflate(buffer);
        }
        deflater.end();
        return bytes;
    }

    private HttpResponse<String> post(String path, String form, String cookie, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        headers.forEach(request::header);
        return world.send(request);
    }

    /// Signs in without a browser, and returns the cookie.
    private String browserCookie() {
        return context.cookies().stream()
                .filter(cookie -> cookie.name.equals("lull-console"))
                .map(cookie -> cookie.name + "=" + cookie.value)
                .findFirst()
                .orElseThrow();
    }

    private String cookie() {
        HttpResponse<String> answer = post("/sign-in", "key=" + LocalLull.CONSOLE_TOKEN, "", Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("; HttpOnly").contains("; SameSite=Strict");
        return cookie.split(";", 2)[0];
    }

    private void open(int width, int height, ColorScheme scheme) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setTimezoneId("UTC")
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    private void go(String path) {
        page.navigate(address.resolve("/" + path).toString());
    }

    private void signIn() {
        go("sign-in");
        page.getByLabel("Your token").fill(LocalLull.CONSOLE_TOKEN);
        page.keyboard().press("Enter");
        has(".who", "operator");
    }

    private void click(String name) {
        page.getByRole(AriaRole.BUTTON, named(name)).first().click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private void tabTo(String text) {
        for (int i = 0; i < 200; i++) {
            if (text.equals(page.evaluate("document.activeElement.textContent"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The key Tab does not lead to " + text);
    }

    private void has(String selector, String text) {
        PlaywrightAssertions.assertThat(page.locator(selector).last())
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static LocatorAssertions.HasCountOptions count() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }

    private List<String> seriousProblems() {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }
}
