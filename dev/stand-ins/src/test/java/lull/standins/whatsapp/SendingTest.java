package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import lull.runtime.http.BoundedHttpClient;
import lull.standins.http.ControlClient;
import lull.standins.http.OpenApiFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SendingTest {
    private final Line line = new Line(options -> options);

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void aTextArrivesOnTheCustomersPhone() {
        HttpResponse<String> answer = line.post(Line.text("Grüße"));
        JsonNode body = ControlClient.json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body.at("/messaging_product").asText()).isEqualTo("whatsapp");
        assertThat(body.at("/contacts/0/input").asText()).isEqualTo("+49 171 5550100");
        assertThat(body.at("/contacts/0/wa_id").asText()).isEqualTo("491715550100");
        assertThat(body.at("/messages/0/id").asText()).startsWith("wamid.");

        line.sent(Line.text("Zweite"));
        JsonNode received = line.control.get("/_phone/messages?to=491715550100");
        assertThat(received.findValuesAsText("text")).containsExactly("Grüße", "Zweite");
        assertThat(received.get(0).get("wamid")).isEqualTo(body.at("/messages/0/id"));
        assertThat(received.get(0).get("from").asText()).isEqualTo(Line.NUMBER);
        assertThat(line.control.get("/_phone/messages?to=1")).isEmpty();
    }

    @Test
    void whatIsMoreThanTheRatesIsRefusedAndSpendsNothing() {
        assertThat(code(Line.text("1"))).isZero();
        rates("{\"pairBurst\":2,\"pairEveryMillis\":6000}");
        assertThat(List.of(code(Line.text("2")), code(Line.text("3")), code(Line.text("4")), code(Line.text("5"))))
                .containsExactly(0, 0, 131056, 131056);
        assertThat(code(Line.text("to another").replace("5550100", "5550101"))).isZero();
        line.clock.advance(Duration.ofSeconds(6));
        assertThat(code(Line.text("6"))).isZero();
        assertThat(code(Line.text("7"))).isEqualTo(131056);

        rates("{\"pairBurst\":0,\"numberPerSecond\":1}");
        assertThat(code(Line.text("8"))).isZero();
        assertThat(code(Line.text("9").replace("5550100", "5550101"))).isEqualTo(130429);
        line.clock.advance(Duration.ofSeconds(1));
        assertThat(code(Line.text("10"))).isZero();
        assertThat(line.received().findValuesAsText("text"))
                .containsExactly("1", "2", "3", "to another", "6", "8", "10");
    }

    @Test
    void aTemplateThatIsNotApprovedIsRefused() {
        String template = """
            {"messaging_product":"whatsapp","to":"491715550100","type":"template",
             "template":{"name":"follow_up","language":{"code":"en_US"}}}\
            """;
        assertThat(code(template)).as("every one, until it is said which").isZero();

        line.control.post("/_templates", "{\"approved\":\"hello/en_US, follow_up/de\"}");
        assertThat(code(template)).isEqualTo(132001);
        assertThat(code(template.replace("en_US", "de"))).isZero();
        assertThat(line.control.get("/_templates").path("approved").asText()).isEqualTo("follow_up/de,hello/en_US");

        assertThat(line.control.request("DELETE", "/_templates", "").statusCode())
                .isEqualTo(204);
        assertThat(code(template)).isZero();
    }

    private void rates(String rates) {
        line.control.post("/_rates", rates);
    }

    /// The code of the error that a message is refused with; 0 where it is taken.
    private int code(String body) {
        HttpResponse<String> answer = line.post(body);
        return ControlClient.json(answer).at("/error/code").asInt();
    }

    @ParameterizedTest
    @CsvSource({
        "5215512345678, 525512345678",
        "5491123456789, 541123456789",
        "5511987654321, 551187654321",
        "491715550100, 491715550100"
    })
    void whatsAppMayWriteANumberInAnotherWay(String number, String waId) {
        line.control.post("/_faults", "{\"target\":\"recipient.rewritten\"}");
        String body = Line.text("Hi").replace("+49 171 5550100", number);

        JsonNode answer = ControlClient.json(line.post(body));

        assertThat(answer.at("/contacts/0/input").asText()).isEqualTo(number);
        assertThat(answer.at("/contacts/0/wa_id").asText()).isEqualTo(waId);
        assertThat(line.control.get("/_phone/messages?to=" + number)).hasSize(1);
        assertThat(ControlClient.json(line.post(body)).at("/contacts/0/wa_id").asText())
                .isEqualTo(number);
    }

    @Test
    void aCustomerWithoutANumberIsReachedByUserId() {
        JsonNode answer = ControlClient.json(line.post("""
            {"messaging_product":"whatsapp","recipient":"US.13491208655302741918","type":"reaction",
             "reaction":{"message_id":"wamid.x","emoji":"👍"}}\
            """));
        assertThat(answer.at("/contacts/0/user_id").asText()).isEqualTo("US.13491208655302741918");
        assertThat(line.received().get(0).get("text").asText()).isEqualTo("👍");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
        [] ~ 100
        {} ~ 100
        {"messaging_product":"whatsapp","type":"text","text":{"body":"x"}} ~ 100
        {"messaging_product":"whatsapp","to":"hello","text":{"body":"x"}} ~ 100
        {"messaging_product":"whatsapp","to":"491715550100","type":"fax","fax":{}} ~ 100
        {"messaging_product":"whatsapp","to":"491715550100","type":"text"} ~ 100
        {"messaging_product":"whatsapp","to":"491715550100","type":"text","text":{"body":""}} ~ 100
        {"messaging_product":"whatsapp","to":"491715550100","type":"image","image":{}} ~ 131008
        {"messaging_product":"whatsapp","to":"491715550100","type":"image","image":{"id":"1","link":"https://a"}} ~ 131008
        {"messaging_product":"whatsapp","to":"491715550100","type":"location","location":{"latitude":1}} ~ 131008
        {"messaging_product":"whatsapp","to":"491715550100","type":"template","template":{"name":"a"}} ~ 100
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Yes"}},{"type":"reply","reply":{"id":"b","title":"Yes"}}]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"button","body":{"text":"?"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"Yes"}},{"type":"reply","reply":{"id":"a","title":"No"}}]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":"Go","sections":[{"rows":[{"id":"a","title":"Yes"},{"id":"b","title":"Yes"}]}]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":"Go","sections":[{"title":"A","rows":[{"id":"a","title":"Yes"}]},{"title":"B","rows":[{"id":"a","title":"No"}]}]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"interactive","interactive":{"type":"list","body":{"text":"?"},"action":{"button":"Go","sections":[{"title":"A","rows":[{"id":"a","title":"Yes"}]},{"rows":[{"id":"b","title":"No"}]}]}}} ~ 131009
        {"messaging_product":"whatsapp","to":"491715550100","type":"text","text":{"body":"x"},"context":{}} ~ 100
        {"messaging_product":"whatsapp","status":"read"} ~ 100
        """)
    void whatTheGraphApiWouldRefuseIsRefused(String body, int code) {
        HttpResponse<String> answer = line.post(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = ControlClient.json(answer).get("error");
        assertThat(error.get("code").asInt()).as(answer.body()).isEqualTo(code);
        assertThat(error.get("type").asText()).isEqualTo("OAuthException");
        assertThat(error.get("fbtrace_id").asText()).isNotEmpty();
        assertThat(line.received()).isEmpty();
    }

    @Test
    void aTextHasAtMost4096Characters() {
        line.sent(Line.text("ä".repeat(4_096)));
        HttpResponse<String> answer = line.post(Line.text("ä".repeat(4_097)));
        assertThat(ControlClient.json(answer).at("/error/code").asInt()).isEqualTo(100);
    }

    @Test
    void receiptsAndTypingAreTakenAndArriveNowhere() {
        for (String more : new String[] {"", ",\"typing_indicator\":{\"type\":\"text\"}"}) {
            HttpResponse<String> answer =
                    line.post("{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.x\"%s}"
                            .formatted(more));
            assertThat(answer.body()).isEqualTo("{\"success\":true}");
        }
        assertThat(line.received()).isEmpty();
        assertThat(line.control.get("/_phone/requests")).hasSize(2);
    }

    @Test
    void aWrongTokenIsCode190() {
        HttpResponse<String> answer = line.post("wrong", Line.text("x"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(ControlClient.json(answer).at("/error/code").asInt()).isEqualTo(190);
        assertThat(line.received()).isEmpty();
    }

    @Test
    void anUnknownPathIsAnErrorInMetasForm() {
        HttpResponse<String> answer = line.control.request("POST", "/v24.0/1/nothing", "{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ControlClient.json(answer).at("/error/code").asInt()).isEqualTo(2500);
    }

    @Test
    void faultsComeWithTheUsualStatusOfTheirCode() {
        line.control.post("/_faults", "{\"target\":\"messages\",\"code\":\"131056\",\"times\":1}");
        line.control.post("/_faults", "{\"target\":\"messages\",\"code\":\"131016\",\"takesEffect\":true}");
        assertThat(line.post(Line.text("refused")).statusCode()).isEqualTo(400);
        assertThat(line.post(Line.text("lost answer")).statusCode()).isEqualTo(500);
        line.sent(Line.text("fine"));
        assertThat(line.received().findValuesAsText("text")).containsExactly("lost answer", "fine");
        assertThat(line.control.get("/_phone/requests").findValuesAsText("status"))
                .containsExactly("400", "500", "200");
    }

    @Test
    void anAnswerThatHangsBeginsAndDoesNotEndAndTheCallIsCarriedOut() {
        line.control.post("/_faults", "{\"target\":\"messages\",\"hangs\":true}");
        HttpRequest request = line.request("/v24.0/" + Line.NUMBER + "/messages", "local-token")
                .POST(HttpRequest.BodyPublishers.ofString(Line.text("taken")))
                .build();
        try (BoundedHttpClient client = new BoundedHttpClient(Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> client.send(request, Duration.ofSeconds(1), BoundedHttpClient.JSON_BYTES))
                    .isInstanceOf(HttpTimeoutException.class);
        }
        assertThat(line.received().findValuesAsText("text")).containsExactly("taken");
    }

    @Test
    void everyControlRouteIsInTheOpenApiFileAndTheOtherWayRound() {
        assertThat(OpenApiFile.routes("whatsapp"))
                .containsExactlyInAnyOrderElementsOf(line.standIn.controlRoutes().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }
}
