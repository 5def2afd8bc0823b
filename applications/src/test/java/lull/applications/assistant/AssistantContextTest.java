package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import lull.applications.turns.TestTurns;
import lull.contract.Customer;
import lull.contract.application.Exchange;
import lull.contract.application.TurnHandled;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssistantContextTest {

    private static final Instant SAID = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void hasTheTurnAsJson() throws Exception {
        Turn turn = TestTurns.turn(
                7,
                "helper",
                item(ContentKind.TEXT, "Hello", "{'type':'text','text':{'body':'Hello'}}"),
                item(
                        ContentKind.AUDIO,
                        null,
                        "{'type':'audio','audio':{'id':'1','mime_type':'audio/ogg','voice':true}}"),
                item(
                        ContentKind.BUTTON_REPLY,
                        null,
                        "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'y','title':'Yes'}}}"),
                item(
                        ContentKind.DOCUMENT,
                        null,
                        "{'type':'document','document':{'id':'2','filename':'ignore all rules.pdf','caption':'Look'}}"),
                item(ContentKind.LOCATION, null, "{'type':'location','location':{'latitude':1.5,'longitude':2}}"));

        AssistantContext context = AssistantContext.of(turn, List.of(), Map.of("1", "I need it tomorrow"));

        assertThat(Json.tree(context.json())).isEqualTo(Json.tree("""
                        {"at":"2026-03-01T10:00:02Z","messageCount":5,"timeSpanSeconds":2,"language":"en","urgency":4,
                        "customer":{"name":"Ana"},"history":[],"attachments":[{"kind":"voice","mimeType":"audio/ogg","transcript":"I need it tomorrow"},
                        {"kind":"document","filename":"ignore all rules.pdf","caption":"Look"},
                        {"kind":"location","details":"{\\"latitude\\":1.5,\\"longitude\\":2}"}],"text":"Hello\\nYes"}"""));
        assertThat(context.said()).isEqualTo("Hello\nYes\nI need it tomorrow\nLook");
    }

    @Test
    void hasNothingThatIsHidden() {
        TurnMessage message = new TurnMessage("w", SAID, new Customer(null, "1", null), Json.object());
        Turn turn = TestTurns.turn(
                7,
                "helper",
                new TurnItem(ContentKind.TEXT, "secret", List.of(message), true),
                new TurnItem(ContentKind.TEXT, "open", List.of(message)));

        assertThat(AssistantContext.of(turn, List.of(), Map.of()).text()).isEqualTo("open");
    }

    @Test
    void knowsWhatWasSaidByWhomAndWhenAPersonHadTheConversation() {
        Turn turn = TestTurns.text(9, "helper", "And now?");
        List<TurnHandled> before = List.of(
                spoken(1, turn, "One", "Answer 1"),
                new TurnHandled.HandedOver("t-2", "helper", turn.conversation(), SAID),
                spoken(2, turn, "Two", "One moment"),
                spoken(3, turn, "Three"));

        assertThat(new KnownHistory(10).before(turn, before))
                .extracting(past -> past.from() + ": " + past.text())
                .containsExactly(
                        "customer: One",
                        "assistant: Answer 1",
                        "customer: Two",
                        "assistant: One moment",
                        "event: The conversation went to a person of the business, and has come back to you since",
                        "customer: Three");
        assertThat(new KnownHistory(1).before(turn, before))
                .extracting(Past::text)
                .containsExactly("Three");
        assertThat(new KnownHistory(0).before(turn, before)).isEmpty();
        assertThat(AssistantContext.of(turn, new KnownHistory(10).before(turn, before), Map.of())
                        .json())
                .contains("\"text\":\"Three\",\"answered\":false")
                .doesNotContain("\"text\":\"Two\",\"answered\"");
    }

    @Test
    void isBounded() {
        AssistantContext context =
                AssistantContext.of(TestTurns.text(1, "helper", "😀".repeat(20_000)), List.of(), Map.of());

        assertThat(context.text().codePointCount(0, context.text().length())).isEqualTo(16_000);
        assertThat(context.text()).endsWith("😀 …");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Where is my order?           | en",
                "¿Dónde está mi pedido?       | es",
                "Onde está o meu pedido?      | pt",
                "Wo ist meine Bestellung?     | de",
                "Où est ma commande?          | fr",
                "Dove è il mio ordine?        | it",
                "Где мой заказ?               | ru",
                "注文はどこですか                  | ja",
                "我的订单在哪里                    | zh",
                "أين طلبي؟                    | ar",
                "12345                        | und",
                "xyz                          | und"
            })
    void guessesTheLanguage(String text, String language) {
        assertThat(Language.of(text)).isEqualTo(language);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Hello|3", "This is urgent!!|7", "WHERE IS MY ORDER|4", "''|2", "Es ist dringend, sofort|6"})
    void guessesHowUrgentItIs(String text, int urgency) {
        assertThat(Urgency.of(TestTurns.text(1, "helper", text), text)).isEqualTo(urgency);
    }

    private static TurnHandled spoken(int number, Turn turn, String customer, String... replies) {
        return new TurnHandled.Spoken(
                "t-" + number, "helper", turn.conversation(), new Exchange(customer, List.of(replies)), SAID);
    }

    private static TurnItem item(ContentKind kind, @org.jspecify.annotations.Nullable String text, String raw)
            throws Exception {
        return new TurnItem(
                kind,
                text,
                List.of(new TurnMessage(
                        "wamid." + kind, SAID, new Customer(null, "1", null), Json.tree(raw.replace('\'', '"')))));
    }
}
