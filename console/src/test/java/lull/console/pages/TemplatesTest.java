package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.console.sources.Answer;
import lull.console.sources.BillCalculator;
import lull.console.sources.DeadLetterPort.Handling;
import lull.console.sources.DeadLetterPort.Letter;
import lull.console.sources.GapAdvices;
import lull.console.sources.MonthCosts;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplatesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Templates TEMPLATES = new Templates(
            InstantSource.fixed(NOW),
            new Links(Optional.of("https://wiki.example/runbook"), Optional.of("https://example.my.connect.aws")));

    @ParameterizedTest
    @CsvSource({"It reads, '', It reads", "'', The archive does not answer, The archive does not answer"})
    void showsWhyThereIsNoAdviceYet(String progress, String problem, String shown) throws UnreadableJson {
        Answer gaps = new Answer.Known(Json.tree("[{\"topic\":\"in\",\"gaps\":[{\"gap\":\"2s\"}]}]"));
        GapAdvices.State state = new GapAdvices.State(null, progress, problem);

        String page = TEMPLATES.render(
                "gap-advice", model(AdvicePage.model(gaps, AdvicePage.choices(gaps, ""), Optional.of(state))));

        assertThat(page).contains(shown).doesNotContain("id=\"advice\"");
    }

    @Test
    void saysWhatToSetBeforeAConversationCanBeBegun() {
        Map<String, Object> form = new HashMap<>(BeginForm.model(
                Map.of("note", "<b>Call</b>"), "console-1", "", Map.of("note", List.of("is too long"))));
        form.put("obstacle", "The console does not know the ingress: set console.ingress.url");

        assertThat(TEMPLATES.render("begin", model(form)))
                .contains("set console.ingress.url", "<button disabled>Send", "&lt;b&gt;Call", "is too long")
                .contains("value=\"console-1\"", "aria-invalid=\"true\" aria-describedby=\"note-problems\"");
    }

    @Test
    void showsWhatAMonthHasCostAndWhatHasNoPrice() {
        YearMonth month = YearMonth.of(2026, 3);
        BillCalculator.Bill bill = new BillCalculator.Bill(
                month,
                false,
                "USD",
                "2026-02-01",
                List.of(
                        new BillCalculator.Line("1", "service", "DE", "regular", 1_234, 0.055, 67.87),
                        new BillCalculator.Line("1", "marketing", "", "regular", 2, null, null)),
                List.of(new BillCalculator.Line("1", "turn", "", "", 600, 0.01, 6.0)),
                67.87,
                6.0,
                73.87,
                new BillCalculator.Gathering(2_000, 2_100, 600, 15.0),
                new BillCalculator.Splitting(20, 1.1, 1, 0.01),
                List.of("whatsapp.marketing to numbers with 4179"),
                List.of("whatsapp.service.DE"));

        String page = TEMPLATES.render(
                "costs",
                model(CostPage.model(List.of(month, month.minusMonths(1)), month, new MonthCosts.State(bill, "", ""))));

        assertThat(page)
                .contains("<option value=\"2026-03\" selected>March 2026</option>", "Sum until now", "73.87", "15.00")
                .contains(
                        "2,000 messages of customers became 600 chat messages", "20 more messages", "1 more in Amazon")
                .contains("1,234", "0.05500", "unknown", "not in the list", "Customers, in turns")
                .contains(
                        "not in the sums: whatsapp.marketing to numbers with 4179",
                        "not verified: whatsapp.service.DE");
    }

    @ParameterizedTest
    @CsvSource({
        "3 of 30 days are counted, '', 3 of 30 days",
        "'', The archive does not answer, The archive does not answer"
    })
    void showsWhyACostIsNotKnown(String progress, String problem, String shown) {
        YearMonth month = YearMonth.of(2026, 3);

        String page = TEMPLATES.render(
                "costs", model(CostPage.model(List.of(month), month, new MonthCosts.State(null, problem, progress))));

        assertThat(page).contains(shown).doesNotContain("<table");
    }

    @Test
    void showsWhatWhatsAppSaysAndWhatOfItIsOver() throws UnreadableJson {
        Answer answer = new Answer.Known(Json.tree("""
                {"facts":[
                  {"subject":"template","id":"81","name":"news","language":"en","aspect":"status","value":"PAUSED",
                   "detail":"LOW_QUALITY","urgency":"critical","until":"2026-03-01T12:00:00Z","field":"f","at":"2026-03-01T09:00:00Z"},
                  {"subject":"number","id":"15550783881","name":"15550783881","aspect":"name","value":"REJECTED",
                   "urgency":"warning","until":"2026-03-01T09:30:00Z","field":"f","at":"2026-03-01T09:00:00Z"}],
                 "isComplete":false}
                """));

        String page = TEMPLATES.render("accounts", model(AccountsPage.model(answer, true, NOW)));

        assertThat(page)
                .contains("2 facts, urgent ones first; there are more", "template 81", "news en", "LOW_QUALITY")
                .contains("<td data-label=\"Urgency\">critical</td>", "#whatsapp-objects-to-an-account")
                .doesNotContain("warning");
        assertThat(TEMPLATES.render(
                        "accounts", model(AccountsPage.model(new Answer.Unknown("It is unknown"), false, NOW))))
                .contains("Not known. It is unknown")
                .doesNotContain("<table");
        Answer foreign = new Answer.Known(Json.tree("{\"facts\":[{\"at\":7,\"subject\":[]}]}"));
        assertThat(TEMPLATES.render("accounts", model(AccountsPage.model(foreign, false, NOW))))
                .contains("answers in another form");
    }

    @Test
    void showsDeadLettersWithWhatWouldBecomeOfThem() {
        Letter left = letter("t.dlq-0-1", null, "still unreadable");
        Letter done = letter("t.dlq-0-2", new Handling("discarded by Ana", NOW, ""), null);

        String page = TEMPLATES.render(
                "dead-letters",
                model(Map.of(
                        "since",
                        "",
                        "letters",
                        List.of(left, done),
                        "count",
                        2,
                        "problem",
                        "",
                        "next",
                        "open~1~t.dlq-0-2",
                        "query",
                        "",
                        "topic",
                        "",
                        "reason",
                        "",
                        "conversation",
                        "",
                        "all",
                        "true")));

        assertThat(page)
                .contains(
                        "2 dead letters, newest first, those that were handled last",
                        "open~1~t.dlq-0-2",
                        "still unreadable",
                        "discarded by Ana",
                        "value=\"t.dlq-0-1\"")
                .contains("href=\"https://wiki.example/runbook#dead-letters\"")
                .doesNotContain("value=\"t.dlq-0-2\"");
    }

    @Test
    void escapesWhateverOthersHaveWritten() throws Exception {
        JsonNode body = Json.tree("""
                {"items":[{"id":"1","conversation":"1|2","direction":"in","kind":"text","at":"2026-03-01T09:00:00Z",
                 "text":"<img src=x onerror=alert(1)>","senderName":"<b>Kim</b>"}]}
                """);
        ArchivePages.Listed messages = ArchivePages.messages(new Answer.Known(body), true);

        String page = TEMPLATES.render("conversation", model(conversation(messages)));

        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt;", "&lt;b&gt;Kim&lt;/b&gt;")
                .doesNotContain("<img", "<b>Kim");
    }

    @Test
    void hidesTextsAndNamesOfFilesUntilTheyAreAskedFor() throws Exception {
        JsonNode body = Json.tree("""
                {"items":[{"id":"1","conversation":"1|2","direction":"in","kind":"document","at":"2026-03-01T09:00:00Z",
                 "text":"my secret","filename":"diagnosis.pdf"}]}
                """);
        ArchivePages.Listed messages = ArchivePages.messages(new Answer.Known(body), false);

        String page = TEMPLATES.render("conversation", model(conversation(messages)));

        assertThat(page).contains("Text hidden").doesNotContain("my secret", "diagnosis.pdf");
    }

    @Test
    void linksContactsOfAmazonConnect() throws Exception {
        JsonNode body = Json.tree("""
                {"isWhole":true,"steps":[{"step":"chat_opened","at":"2026-03-01T09:00:00Z","sinceMillis":1500,
                 "topic":"connect.chat","partition":0,"offset":7,"contactId":"6f5414de-0839-4371-978b-2425066ba818"}]}
                """);
        Map<String, Object> model = new HashMap<>(ArchivePages.journey(new Answer.Known(body)));
        model.put("id", "x");
        model.put("reach", "");

        assertThat(TEMPLATES.render("journeys", model(model)))
                .contains(
                        "chat opened",
                        "1.5 s",
                        "https://example.my.connect.aws/contact-trace-records/details/6f5414de-0839-4371-978b-2425066ba818");
    }

    private static Map<String, Object> conversation(ArchivePages.Listed messages) {
        return Map.of(
                "key",
                "1|2",
                "href",
                "/conversations/1%7C2",
                "conversation",
                ArchivePages.Listed.unknown("", 404),
                "messages",
                messages,
                "oldestFirst",
                messages.items(),
                "areTextsShown",
                true,
                "after",
                "");
    }

    private static Letter letter(String id, @Nullable Handling handled, @Nullable String problem) {
        return new Letter(id, "t", NOW, "unreadable", "not JSON", "1|15550001001", "1|****1001", 7, handled, problem);
    }

    private static Map<String, Object> model(Map<String, Object> own) {
        Map<String, Object> model = new HashMap<>(own);
        model.put("until", "");
        model.putAll(Map.of(
                "active",
                "x",
                "title",
                "Title",
                "assetVersion",
                "1",
                "canSignIn",
                true,
                "isSignedIn",
                true,
                "everyMillis",
                5000,
                "operator",
                "Ana",
                "formToken",
                "token",
                "note",
                "",
                "undo",
                Map.of()));
        return model;
    }
}
