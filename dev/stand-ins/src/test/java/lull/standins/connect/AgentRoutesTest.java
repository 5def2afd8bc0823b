package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import lull.standins.http.ControlClient;
import lull.standins.http.OpenApiFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AgentRoutesTest {
    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void listsChatsWithAllThatWasSaidNewestLast() {
        Desk.Connected first = desk.connected();
        Desk.Connected second = desk.connected();
        String id = desk.says(second, "Hallo");
        JsonNode chats = desk.control.get("/_agent/chats");
        assertThat(chats.findValuesAsText("initialContactId")).containsExactly(first.contactId(), second.contactId());
        JsonNode said = chats.get(1).get("transcript").get(2);
        assertThat(chats.get(1).get("customer").asText()).isEqualTo("Jana");
        assertThat(said.get("id").asText()).isEqualTo(id);
        assertThat(said.get("role").asText()).isEqualTo("CUSTOMER");
        assertThat(said.get("absoluteTime").asText()).startsWith("2026-03-01T10:00:00.");
    }

    @Test
    void sayingSomethingLetsAnAgentJoinFirst() {
        Desk.Connected chat = desk.connected();
        String id = desk.act(chat.contactId(), "messages", "{\"text\":\"Hi\"}")
                .get("id")
                .asText();
        assertThat(desk.told(chat.contactId())).endsWith("AGENT: joined", "AGENT: Hi");
        assertThat(desk.chat(chat.contactId())
                        .get("transcript")
                        .get(3)
                        .get("id")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void saysClearlyWhatIsWrong() {
        assertRefused("GET", "/_agent/chats/nobody", "", 404, "no contact 'nobody'");
        assertRefused("POST", "/_agent/nothing", "{}", 404, "no control route POST /_agent/nothing");
        String contactId = desk.start().contactId();
        String path = "/_agent/chats/" + contactId;
        assertRefused("POST", path + "/join", "{\"name\":7}", 400, "'name' must be a string");
        assertRefused("POST", path + "/join", "[]", 400, "the body must be a JSON object");
        assertRefused("POST", path + "/join", "{}", 400, "the customer is not connected yet");
        assertRefused("POST", path + "/messages", "{}", 400, "'text' is required");
        assertRefused("POST", path + "/transfer", "{}", 400, "there is no agent who could transfer");
        desk.act(contactId, "end", "");
        assertRefused("POST", path + "/end", "", 400, "the chat is over");
        Desk.Connected chat = desk.connected();
        String other = "/_agent/chats/" + chat.contactId() + "/messages";
        assertRefused(
                "POST",
                other,
                "{\"text\":\"x\",\"visibility\":\"NOBODY\"}",
                400,
                "'visibility' must be one of [ALL, AGENT, CUSTOMER]");
        assertRefused(
                "POST",
                other,
                "{\"text\":\"x\",\"contentType\":\"text/markdown\"}",
                400,
                "this contact supports [text/plain]");
    }

    @Test
    void faultsAreCheckedListedAndCleared() {
        assertThat(desk.control
                        .request("POST", "/_faults", "{\"target\":\"Nothing\"}")
                        .body())
                .contains("'target' must be one of [CompleteAttachmentUpload,")
                .contains("sns.tamper");
        assertRefused(
                "POST",
                "/_faults",
                "{\"target\":\"SendMessage\",\"status\":200}",
                400,
                "'status' must be a whole number from 400 to 599");
        desk.fault(
                fault -> fault.put("target", "SendMessage").put("status", 500).put("times", 3));
        assertThat(desk.control.get("/_faults").get(0).get("times").asInt()).isEqualTo(3);
        assertThat(desk.control
                        .request("DELETE", "/_faults?target=sns.drop", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(desk.control.get("/_faults")).hasSize(1);
        assertThat(desk.control.request("DELETE", "/_faults", "").statusCode()).isEqualTo(204);
        assertThat(desk.control.get("/_faults")).isEmpty();
    }

    @Test
    void everyControlRouteIsInTheOpenApiFileAndTheOtherWayRound() {
        assertThat(OpenApiFile.routes("amazon-connect"))
                .containsExactlyInAnyOrderElementsOf(desk.standIn.controlRoutes().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList());
    }

    @Test
    void aFaultThatDoesNothingIsRefused() {
        assertRefused(
                "POST",
                "/_faults",
                "{\"target\":\"SendMessage\"}",
                400,
                "say 'status', 'code', 'delayMillis', 'reset' or 'hangs'");
    }

    @Test
    void takesABodyUnderTheContentTypeThatCurlSendsByDefault() {
        Desk.Connected chat = desk.connected();
        HttpResponse<String> answer = desk.control.send(
                HttpRequest.newBuilder(desk.standIn.uri().resolve("/_agent/chats/" + chat.contactId() + "/messages"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"How can I help?\"}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(desk.told(chat.contactId())).endsWith("AGENT: How can I help?");
    }

    private void assertRefused(String method, String path, String body, int status, String error) {
        HttpResponse<String> answer = desk.control.request(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(ControlClient.json(answer).get("error").asText()).isEqualTo(error);
    }
}
