package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
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
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.topic.Topics;
import lull.runtime.Lifecycle;
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

/// The page on which a newcomer tries Lull, in a browser, on the real system. Skipped without Chromium.
@Tag("proof")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TryPageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double PATIENCE_MILLIS = 180_000;
    private static final Path PICTURES = Path.of("target", "try");

    @TempDir
    private static Path directory;

    private static final AtomicInteger NEXT = new AtomicInteger(2001);
    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static URI address;
    private static URI aggregator;
    private static Browser browser;

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
        LocalOptions options = World.options(directory);
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), Map.of("turn.gap", "3s"), COMPONENTS);
        lull.awaitReady();
        lull.startTryPage(COMPONENTS);
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
        address = options.uri(options.tryPort(), "/");
        aggregator = options.uri(options.aggregatorPort(), "/");
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @BeforeEach
    void openThePage() {
        open(1440, 900, ColorScheme.LIGHT, "1555000" + NEXT.getAndIncrement());
    }

    @AfterEach
    void closeThePage() {
        context.close();
        for (JsonNode chat : world.get(world.connect("/_agent/chats"))) {
            if (!chat.path("state").asText().equals("ENDED")) {
                world.agent(chat, "/end", "");
            }
        }
        assertThat(complaints).as("what the browser complains of").isEmpty();
    }

    /// The first, because the README has its last picture, which needs an empty desk.
    @Test
    @Order(1)
    void fourLinesAreOneMessageAtTheDeskAndTheAnswerIsOnThePhone() {
        context.close();
        open(1440, 900, ColorScheme.LIGHT, "");
        for (String line : List.of("Hello", "How", "are", "you?")) {
            type("Message to the business", line);
        }
        PlaywrightAssertions.assertThat(page.locator("#open-messages li")).hasCount(4, count());
        picture("open");
        has("#closed-turns li >> nth=0", "4 messages became one, closed by 3 s of silence");
        has("#desk-log", "Hello\nHow\nare\nyou?");
        PlaywrightAssertions.assertThat(page.locator("#desk-log li:not(.note)")).hasCount(1, count());

        Locator answer = page.getByLabel("Message to the customer");
        // A typing indicator may be skipped, so somebody who goes on typing is seen in the end.
        await().atMost(PATIENCE).pollInSameThread().until(() -> {
            answer.pressSequentially(".");
            return page.locator("#phone-typing").textContent().contains("The business is typing");
        });
        answer.fill("Hi, I am");
        PlaywrightAssertions.assertThat(page.locator("#phone-log .tick.read")).hasCount(4, count());
        page.getByLabel("Message to the customer").pressSequentially(" Ana. How can I help?");
        page.keyboard().press("Enter");

        has("#phone-log", "Hi, I am Ana. How can I help?");
        PlaywrightAssertions.assertThat(page.locator("#desk-log .tick.read")).hasCount(1, count());
        picture("answered");
        assertThat(seriousProblems()).isEmpty();
    }

    @Test
    void picturesVoiceNotesPlacesAndContactsReachTheDesk() {
        for (String name : List.of("Picture", "Voice note", "Location", "Contact")) {
            click(name);
            PlaywrightAssertions.assertThat(page.locator("#phone-log li.mine"))
                    .hasCount(
                            List.of("Picture", "Voice note", "Location", "Contact")
                                            .indexOf(name)
                                    + 1,
                            count());
        }
        page.locator("#phone-file")
                .setInputFiles(new FilePayload("notes.txt", "text/plain", "Notes".getBytes(StandardCharsets.UTF_8)));

        PlaywrightAssertions.assertThat(page.locator("#desk-log img")).hasCount(1, count());
        PlaywrightAssertions.assertThat(page.locator("#desk-log audio")).hasCount(1, count());
        has("#desk-log", "Television Tower");
        has("#desk-log", "Kim Example");
        has("#desk-log", "notes.txt");
        page.waitForFunction(
                "[...document.querySelectorAll('.log img')].every(it => it.complete && it.naturalWidth > 0)");
        page.locator("#desk-file").setInputFiles(new FilePayload("price.pdf", "application/pdf", new byte[] {1, 2, 3}));
        has("#phone-log", "price.pdf");
        picture("media");
    }

    @Test
    void choicesReactionsRepliesAndDeletionsAreUnderstood() {
        type("Message to the business", "Is my order on its way?");
        has("#desk-log", "Is my order on its way?");
        click("Quick reply");
        click("Yes, please");
        has("#desk-log", "Yes, please");
        click("List");
        click("A bill");
        has("#desk-log", "A bill");
        act("React with thumbs up to", "Is my order on its way?");
        has("#phone-log", "👍");
        act("Reply to", "Is my order on its way?");
        type("Message to the business", "This one");
        has("#phone-log blockquote", "Is my order on its way?");
        act("Delete", "This one");
        has("#phone-log", "You deleted this message");
        picture("choices");

        click("Transfer");
        has("#chats li >> nth=0", "with Ben");
        click("End chat");
        has("#desk-state", "The agent has no chat.");
    }

    @Test
    void aFaultIsSwitchedOnAndOff() {
        page.getByText("Make something go wrong").click();
        Locator fault =
                page.getByRole(AriaRole.SWITCH, new Page.GetByRoleOptions().setName("Amazon Connect opens no chat"));
        fault.click();
        await().atMost(PATIENCE)
                .until(() -> world.get(world.connect("/_faults")).size() == 1);
        PlaywrightAssertions.assertThat(fault).isChecked(checked());
        type("Message to the business", "Is anybody there?");
        await().atMost(PATIENCE).until(() -> world.refusals("StartChatContact", "InternalServiceException") > 0);
        picture("fault");
        assertThat(page.locator("#desk-log").textContent()).doesNotContain("Is anybody there?");

        fault.click();

        await().atMost(PATIENCE)
                .until(() -> world.get(world.connect("/_faults")).isEmpty());
        has("#desk-log", "Is anybody there?");
    }

    @Test
    void theTurnSaysWhichPolicyDecidesHowLongItWaitsAndWhy() {
        type("Message to the business", "Where is my order?");
        has("#policy", "Policy fixed: Lull waits 3 s after this message.");
        has("#closed-turns li >> nth=0", "Policy fixed");
        setPolicy("{\"policy\":\"shadow\"}");
        type("Message to the business", "I wanted to ask");
        has("#policy", "Policy shadow: the fixed gap decides, 3 s. The adaptive gap would wait ");
        has("#policy", "because the probability that more follows is ");
        has("#closed-turns li >> nth=0", "Policy shadow: the adaptive gap would have waited ");

        setPolicy("{\"policy\":\"adaptive\",\"lambda\":50,\"cap\":\"6s\"}");
        type("Message to the business", "I wanted to");
        has("#policy", "Policy adaptive: Lull waits ");
        picture("policy");
        has("#closed-turns li >> nth=0", "Policy adaptive: the probability that more follows is ");
        has("#closed-turns li >> nth=0", " %, model lull-");

        setPolicy("");
    }

    /// @param change empty: back to the configuration
    private static void setPolicy(String change) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        aggregator.resolve("/gaps/" + Topics.MESSAGE_RECEIVED.name()))
                .header("Authorization", "Bearer " + LocalLull.OPERATOR_TOKEN);
        HttpResponse<String> answer = world.send(
                change.isEmpty() ? request.DELETE() : request.PUT(HttpRequest.BodyPublishers.ofString(change)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void severalLinesAreOneMessageWithItsBreaks() {
        Locator field = page.getByLabel("Message to the business");
        double low = field.boundingBox().height;
        field.fill("One\nTwo");
        field.press("Shift+Enter");
        field.pressSequentially("Three");
        assertThat(field.boundingBox().height).isGreaterThan(low + 30);
        picture("lines");
        field.press("Enter");

        has("#phone-log li.mine p", "One\nTwo\nThree");
        PlaywrightAssertions.assertThat(field).hasValue("");
        assertThat(field.boundingBox().height).isEqualTo(low);
        has("#desk-log", "One\nTwo\nThree");
        type("Message to the customer", "Four\nFive");
        has("#phone-log li:not(.mine) p", "Four\nFive");
    }

    @Test
    void aSwitchIsOnOrOffAndNothingElse() {
        HttpResponse<String> answer = world.send(HttpRequest.newBuilder(address.resolve("/faults/delivery-fails"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"on\":\"x\"}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("'on' must be true or false");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        page.getByLabel("You are").focus();
        tabTo("phone-text");
        page.keyboard().type("By keyboard");
        page.keyboard().press("Enter");
        has("#desk-log", "By keyboard");

        tabTo("desk-text");
        page.keyboard().type("Answered by keyboard");
        page.keyboard().press("Enter");

        has("#phone-log", "Answered by keyboard");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
    }

    /// Words that would be elements, if anything but text were made of them.
    @Test
    void whatPeopleWriteIsTextAndNeverMarkup() {
        String markup = "<img src=x onerror=\"document.title='broken'\"><b>bold</b>";
        type("Message to the business", markup);
        has("#desk-log", markup);
        type("Message to the customer", markup);

        has("#phone-log li:not(.mine)", markup);
        assertThat(page.locator("#phone-log b, #desk-log b, #closed-turns b").count())
                .isZero();
        assertThat(page.title()).isEqualTo("Try Lull");
    }

    @ParameterizedTest
    @CsvSource({"390, 844, LIGHT", "390, 844, DARK", "1440, 900, LIGHT", "1440, 900, DARK"})
    void isReadableAtEveryWidthInLightAndDark(int width, int height, ColorScheme scheme) {
        context.close();
        String customer = "1555000" + NEXT.getAndIncrement();
        open(width, height, scheme, customer);
        type("Message to the business", "Averyveryverylongwordwithoutanyspaces".repeat(4));
        type("Message to the business", "and a short one");
        has("#chats button[aria-current=true]", customer);
        has("#desk-log", "spaces\nand a short one");
        page.getByText("Make something go wrong").click();

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(width);
        picture(width + "-" + scheme.name().toLowerCase(Locale.ROOT));
        assertThat(seriousProblems()).isEmpty();
    }

    @Test
    void isSmallAndComesFromThisServerAlone() throws Exception {
        long bytes = 0;
        for (String file : List.of("", "try.css", "try.js", "icon.svg")) {
            String body =
                    world.send(HttpRequest.newBuilder(address.resolve(file))).body();
            assertThat(body.replace("http://www.w3.org/2000/svg", ""))
                    .doesNotContain("http://", "https://", "innerHTML");
            bytes += body.getBytes(StandardCharsets.UTF_8).length;
        }

        assertThat(bytes).isLessThan(80_000);
        assertThat(world.send(HttpRequest.newBuilder(address)).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'self'").doesNotContain("unsafe"));
    }

    @Test
    void refusesWhatOtherSitesSend() {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/customers/15550001001/messages"))
                .header("Sec-Fetch-Site", "cross-site")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"message\":{\"type\":\"text\",\"text\":{\"body\":\"No\"}}}"));

        assertThat(world.send(request).statusCode()).isEqualTo(403);
    }

    /// @param customer the phone number; empty for the first customer of the page
    private void open(int width, int height, ColorScheme scheme, String customer) {
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(address + (customer.isEmpty() ? "" : "#" + customer));
    }

    private void type(String label, String text) {
        Locator field = page.getByLabel(label);
        field.fill(text);
        field.press("Enter");
    }

    private void click(String name) {
        page.getByRole(AriaRole.BUTTON, named(name)).last().click();
    }

    /// Clicks on one of the buttons that a message has under the mouse.
    private void act(String what, String message) {
        page.locator("#phone-log li.mine", new Page.LocatorOptions().setHasText(message))
                .last()
                .hover();
        click(what + ": " + message);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private void tabTo(String id) {
        for (int i = 0; i < 200; i++) {
            if (id.equals(page.evaluate("document.activeElement.id"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The key Tab does not lead to " + id);
    }

    private void has(String selector, String text) {
        PlaywrightAssertions.assertThat(page.locator(selector).last())
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    private static LocatorAssertions.HasCountOptions count() {
        return new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static LocatorAssertions.IsCheckedOptions checked() {
        return new LocatorAssertions.IsCheckedOptions().setTimeout(PATIENCE_MILLIS);
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
