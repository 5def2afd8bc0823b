package lull.console.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.console.pages.BeginForm.Request;
import lull.console.sources.Answer;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BeginFormTest {

    private static final Map<String, String> FORM = Map.of(
            "number", "100000000000001",
            "customer", "+1 555 000-1001",
            "template", "order_shipped",
            "language", "en_US");

    @Test
    void readsEverythingThatAnOperatorTypes() {
        Request.Post post = post(Map.of(
                "parameters", "2: Monday, 9:00\r\n1: 17\r\nheader.image: https://example.com/a.png\r\nbutton.0: 17",
                "note", "Asked for a call\r\nabout the delivery",
                "attributes", "queue: sales\r\ntier :gold"));

        assertThat(post.body()).isEqualTo(tree("""
                        {"to": {"phone": "+1 555 000-1001"}, "from": "100000000000001",
                         "template": {"name": "order_shipped", "language": {"code": "en_US"}, "components": [
                           {"type": "header", "parameters": [{"type": "image", "image": {"link": "https://example.com/a.png"}}]},
                           {"type": "body", "parameters": [{"type": "text", "text": "17"}, {"type": "text", "text": "Monday, 9:00"}]},
                           {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "17"}]}]},
                         "by": "Ana", "note": "Asked for a call\\nabout the delivery",
                         "attributes": {"queue": "sales", "tier": "gold"}}"""));
        assertThat(post.conversation()).contains(new ConversationKey("100000000000001", "15550001001"));
    }

    @Test
    void leavesTheRestToTheIngress() {
        Request.Post post = post(Map.of("number", "", "customer", "US.13491208655302741918"));

        assertThat(post.body()).isEqualTo(tree("""
                        {"to": {"userId": "US.13491208655302741918"},
                         "template": {"name": "order_shipped", "language": {"code": "en_US"}}, "by": "Ana"}"""));
        assertThat(post.conversation()).isEmpty();
    }

    @Test
    void namesEveryLineThatIsNoParameterOrAttribute() {
        Request.Absurd absurd = (Request.Absurd) read(
                Map.of("parameters", "17\n1: a\n1: b\n3: c\nbody.x: d\nheader:", "attributes", "sales\na: 1\na: 2"));

        assertThat(absurd.problems().get("parameters"))
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("`17` must begin with one of 1, 2 and so on"),
                        problem -> assertThat(problem).isEqualTo("`header:` has no value"),
                        problem -> assertThat(problem).isEqualTo("1 is there twice"),
                        problem -> assertThat(problem).contains("[1, 3] of the body have a gap"),
                        problem -> assertThat(problem).contains("either numbers or names"));
        assertThat(absurd.problems().get("attributes"))
                .containsExactly("`sales` must be a name, a colon and a value", "a is there twice");
    }

    @ParameterizedTest
    @CsvSource({
        "template.name is needed, template",
        "template.language.code is needed, language",
        "template.components.0.parameters must be a list, parameters",
        "to.phone must be a phone number, customer",
        "from must be a business number, number",
        "note is too long, note",
        "attributes.my queue must have a name of up to 127 letters, attributes",
        "The body must be a JSON object, ''"
    })
    void findsTheFieldOfAProblemOfTheIngress(String problem, String field) {
        assertThat(BeginForm.byField(List.of(problem))).isEqualTo(Map.of(field, List.of(problem)));
    }

    @Test
    void keepsWhatWasTyped() {
        Map<String, Object> model =
                BeginForm.model(FORM, "console-1", "Nothing was sent.", Map.of("template", List.of("is needed")));

        assertThat(model)
                .containsEntry("customer", "+1 555 000-1001")
                .containsEntry("key", "console-1")
                .containsEntry("templateProblems", List.of("is needed"))
                .containsEntry("noteProblems", List.of());
    }

    @Test
    void saysWhatBecameOfTheTemplate() {
        Map<String, Object> refused = BegunPage.model(new Answer.Known(tree("""
                        {"id": "r1", "status": "refused", "parts": [{"part": 0, "status": "refused",
                         "at": "2026-03-01T10:00:00Z", "code": 131026, "reason": "Undeliverable"}]}""")), "r1", "1|2");

        assertThat(refused)
                .containsEntry("status", "refused")
                .containsEntry("reason", "Undeliverable (code 131026)")
                .containsEntry("since", "2026-03-01T10:00:00Z")
                .containsEntry("isFinal", true);
        assertThat(BegunPage.model(new Answer.Refused(404, "No reply with this id is known", List.of()), "r1", ""))
                .containsEntry("status", "not known yet")
                .containsEntry("isFinal", false);
        assertThat(BegunPage.model(new Answer.Unknown("The ingress does not answer"), "r1", ""))
                .containsEntry("problem", "The ingress does not answer");
    }

    private static Request.Post post(Map<String, String> more) {
        return (Request.Post) read(more);
    }

    private static Request read(Map<String, String> more) {
        Map<String, String> form = new HashMap<>(FORM);
        form.putAll(more);
        return BeginForm.read(form, "Ana");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
