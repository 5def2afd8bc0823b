package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lull.standins.http.ControlClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.connect.model.StartChatContactResponse;
import software.amazon.awssdk.services.connectparticipant.ConnectParticipantClient;
import software.amazon.awssdk.services.connectparticipant.model.AccessDeniedException;
import software.amazon.awssdk.services.connectparticipant.model.ConflictException;
import software.amazon.awssdk.services.connectparticipant.model.GetTranscriptRequest;
import software.amazon.awssdk.services.connectparticipant.model.GetTranscriptResponse;
import software.amazon.awssdk.services.connectparticipant.model.Item;
import software.amazon.awssdk.services.connectparticipant.model.ScanDirection;
import software.amazon.awssdk.services.connectparticipant.model.SendMessageResponse;
import software.amazon.awssdk.services.connectparticipant.model.SortKey;
import software.amazon.awssdk.services.connectparticipant.model.ThrottlingException;
import software.amazon.awssdk.services.connectparticipant.model.ValidationException;

final class ParticipantOperationsTest {
    private static final String TYPING = "application/vnd.amazonaws.connect.event.typing";
    private static final String READ = "application/vnd.amazonaws.connect.event.message.read";

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aConnectionHasACredentialForADay() {
        StartChatContactResponse started = desk.start();
        desk.stream(started.contactId());
        assertThat(desk.participant
                        .createParticipantConnection(request -> request.participantToken(started.participantToken())
                                .typeWithStrings("CONNECTION_CREDENTIALS"))
                        .connectionCredentials()
                        .expiry())
                .isEqualTo("2026-03-02T10:00:00.000Z");
        assertThat(desk.chat(started.contactId()).get("state").asText()).isEqualTo("CREATED");
    }

    @Test
    void connectingTheParticipantBeforeStreamingIsRefused() {
        StartChatContactResponse started = desk.start();
        assertThatThrownBy(() -> desk.connectionToken(started.participantToken()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("streaming");
    }

    @Test
    void tokensAreGoodForTheirOwnPurposeOnly() {
        Desk.Connected chat = desk.connected();
        assertThatThrownBy(() -> desk.connectionToken(chat.token())).isInstanceOf(AccessDeniedException.class);
        for (String wrong : List.of(chat.participantToken(), "unknown")) {
            assertThatThrownBy(() -> desk.says(new Desk.Connected("", "", wrong), "Hello"))
                    .isInstanceOfSatisfying(
                            AccessDeniedException.class,
                            denied -> assertThat(denied.awsErrorDetails().errorMessage())
                                    .isEqualTo("Access denied"));
        }
    }

    @Test
    void aMissingTokenIsDeniedToo() {
        assertThat(desk.control.request("POST", "/participant/message", "{}").statusCode())
                .isEqualTo(403);
        assertThat(ControlClient.json(desk.control.request("POST", "/participant/message", "{}")))
                .isEqualTo(ControlClient.json("{\"message\":\"Access denied\"}"));
    }

    @Test
    void sayingItTwiceWithOneClientTokenSaysItOnceEvenOverAnotherConnection() {
        Desk.Connected chat = desk.connected();
        SendMessageResponse first = send(chat.token(), "part-1");
        SendMessageResponse again = send(chat.token(), "part-1");
        SendMessageResponse elsewhere = send(desk.connectionToken(chat.participantToken()), "part-1");

        assertThat(again.equalsBySdkFields(first)).isTrue();
        assertThat(elsewhere.id()).isEqualTo(first.id());
        assertThat(desk.told(chat.contactId()))
                .filteredOn("CUSTOMER: Once"::equals)
                .hasSize(1);
    }

    private SendMessageResponse send(String token, String clientToken) {
        return desk.participant.sendMessage(request -> request.connectionToken(token)
                .contentType("text/plain")
                .content("Once")
                .clientToken(clientToken));
    }

    @Test
    void theSdksOwnRetriesDoNotDoubleAMessageWhoseAnswerWasLost() {
        Desk.Connected chat = desk.connected();
        desk.fault(
                fault -> fault.put("target", "SendMessage").put("status", 503).put("takesEffect", true));
        try (ConnectParticipantClient retrying = Desk.participantClient(desk.standIn.uri(), 3)) {
            retrying.sendMessage(request -> request.connectionToken(chat.token())
                    .contentType("text/plain")
                    .content("Once"));
        }
        assertThat(desk.told(chat.contactId()))
                .filteredOn("CUSTOMER: Once"::equals)
                .hasSize(1);
        assertThat(desk.control.get("/_agent/calls").findValuesAsText("status")).endsWith("503", "200");
    }

    @Test
    void theSdksOwnRetriesDoNotDoubleAMessageWhoseAnswerBrokeOff() {
        Desk.Connected chat = desk.connected();
        desk.fault(fault -> fault.put("target", "SendMessage").put("reset", true));
        assertThatThrownBy(() -> desk.says(chat, "Once")).isInstanceOf(SdkClientException.class);
        desk.fault(fault -> fault.put("target", "SendMessage").put("reset", true));
        try (ConnectParticipantClient retrying = Desk.participantClient(desk.standIn.uri(), 3)) {
            retrying.sendMessage(request -> request.connectionToken(chat.token())
                    .contentType("text/plain")
                    .content("Twice?"));
        }
        assertThat(desk.told(chat.contactId())).endsWith("CUSTOMER: Once", "CUSTOMER: Twice?");
    }

    @Test
    void aFaultIsPlayedAsOftenAsItSays() {
        Desk.Connected chat = desk.connected();
        desk.fault(fault -> fault.put("target", "SendMessage")
                .put("code", "ThrottlingException")
                .put("times", 2));
        assertThatThrownBy(() -> desk.says(chat, "1")).isInstanceOf(ThrottlingException.class);
        assertThatThrownBy(() -> desk.says(chat, "2")).isInstanceOf(ThrottlingException.class);
        desk.says(chat, "3");
        assertThat(desk.told(chat.contactId())).endsWith("CUSTOMER: 3").doesNotContain("CUSTOMER: 1", "CUSTOMER: 2");
        assertThat(desk.control.get("/_faults")).isEmpty();
    }

    @Test
    void messagesAreMeasured() {
        Desk.Connected chat = desk.connected();
        desk.says(chat, "ä".repeat(1_024));
        assertThatThrownBy(() -> desk.says(chat, "ä".repeat(1_025))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> desk.says(chat, "")).isInstanceOf(ValidationException.class);
        try (Desk current = new Desk(options -> options.withMessageSizes(MessageSizes.CURRENT))) {
            Desk.Connected roomy = current.connected();
            current.says(roomy, "ä".repeat(8_192));
            assertThatThrownBy(() -> current.says(roomy, "ä".repeat(8_193))).isInstanceOf(ValidationException.class);
        }
    }

    @Test
    void onlyContentTypesThatTheContactSupportsAreTaken() {
        Desk.Connected plain = desk.connected();
        Desk.Connected rich =
                desk.connected(request -> request.supportedMessagingContentTypes("text/plain", "text/markdown"));
        assertThatThrownBy(() -> markdown(plain)).isInstanceOf(ValidationException.class);
        assertThat(markdown(rich).id()).isNotEmpty();
    }

    private SendMessageResponse markdown(Desk.Connected chat) {
        return desk.participant.sendMessage(request -> request.connectionToken(chat.token())
                .contentType("text/markdown")
                .content("**Hi**"));
    }

    @Test
    void eventsAreTypingAndReceiptsOfThisChatsMessages() {
        Desk.Connected chat = desk.connected();
        String id = desk.act(chat.contactId(), "messages", "{\"text\":\"Hi\"}")
                .get("id")
                .asText();
        assertThat(event(chat, TYPING, null)).isNotEmpty();
        assertThat(event(chat, READ, "{\"messageId\":\"" + id + "\"}")).isNotEmpty();
        assertThatThrownBy(() -> event(chat, READ, "{\"messageId\":\"other\"}"))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> event(chat, "application/vnd.amazonaws.connect.event.connection.acknowledged", null))
                .isInstanceOf(ValidationException.class);
        assertThat(desk.told(chat.contactId())).doesNotContain("CUSTOMER: typing");
    }

    @Test
    void aSupervisorWhoBargesInIsHeardAndMakesReceiptsFail() {
        Desk.Connected chat = desk.connected();
        String id = desk.act(chat.contactId(), "messages", "{\"text\":\"Hi\"}")
                .get("id")
                .asText();
        desk.act(chat.contactId(), "barge", "{\"name\":\"Eve\"}");
        desk.act(chat.contactId(), "messages", "{\"text\":\"May I?\",\"supervisor\":true}");

        assertThat(desk.told(chat.contactId())).endsWith("AGENT: Hi", "SUPERVISOR: joined", "SUPERVISOR: May I?");
        assertThat(desk.chat(chat.contactId()).get("supervisor").asText()).isEqualTo("Eve");
        assertThatThrownBy(() -> event(chat, READ, "{\"messageId\":\"" + id + "\"}"))
                .isInstanceOf(ConflictException.class);
        desk.act(chat.contactId(), "end", "");
        assertThat(desk.chat(chat.contactId()).has("supervisor")).isFalse();
    }

    private String event(Desk.Connected chat, String type, @Nullable String content) {
        return desk.participant
                .sendEvent(request ->
                        request.connectionToken(chat.token()).contentType(type).content(content))
                .id();
    }

    @Test
    void theTranscriptIsReadInPagesBackwardsFromTheEnd() {
        Desk.Connected chat = desk.connected();
        IntStream.rangeClosed(1, 5).forEach(number -> desk.says(chat, "m" + number));

        List<String> read = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            GetTranscriptResponse page =
                    transcript(chat, request -> request.maxResults(3).nextToken(token));
            assertThat(page.initialContactId()).isEqualTo(chat.contactId());
            read.addAll(contents(page));
            next = page.nextToken();
        } while (next != null);

        assertThat(read).containsExactly("m5", "m4", "m3", "m2", "m1", "An agent will be with you shortly.", "-");
    }

    @Test
    void theTranscriptIsReadForwardsFromAStartPosition() {
        Desk.Connected chat = desk.connected();
        String first = desk.says(chat, "m1");
        desk.says(chat, "m2");
        desk.act(chat.contactId(), "messages", "{\"text\":\"for agents\",\"visibility\":\"AGENT\"}");
        desk.says(chat, "m3");

        GetTranscriptResponse page = transcript(
                chat, request -> request.startPosition(start -> start.id(first)).sortOrder(SortKey.ASCENDING));
        assertThat(contents(page)).containsExactly("m1", "m2", "-", "m3");
        assertThat(page.nextToken()).isNull();

        String time = page.transcript().get(1).absoluteTime();
        assertThat(contents(transcript(
                        chat,
                        request -> request.startPosition(start -> start.absoluteTime(time))
                                .scanDirection(ScanDirection.BACKWARD)
                                .maxResults(2))))
                .containsExactly("m2", "m1");
        assertThat(contents(transcript(chat, request -> request.startPosition(start -> start.mostRecent(2)))))
                .containsExactly("m3", "-");
    }

    @Test
    void aTranscriptIsRefusedForWhatIsNotAllowed() {
        Desk.Connected chat = desk.connected();
        assertThatThrownBy(() -> transcript(chat, request -> request.maxResults(101)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> transcript(chat, request -> request.scanDirection("SIDEWAYS")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> transcript(chat, request -> request.nextToken("?")))
                .isInstanceOf(ValidationException.class);
    }

    private GetTranscriptResponse transcript(Desk.Connected chat, Consumer<GetTranscriptRequest.Builder> more) {
        return desk.participant.getTranscript(request -> {
            request.connectionToken(chat.token());
            more.accept(request);
        });
    }

    private static List<String> contents(GetTranscriptResponse page) {
        return page.transcript().stream()
                .map(Item::content)
                .map(content -> content == null ? "-" : content)
                .toList();
    }

    @Test
    void everyCallIsLoggedWithoutWhatItSaid() {
        Desk.Connected chat = desk.connected();
        send(chat.token(), "part-9");
        String calls = desk.control.get("/_agent/calls").toString();
        assertThat(desk.control.get("/_agent/calls").findValuesAsText("operation"))
                .containsExactly(
                        "StartChatContact", "StartContactStreaming", "CreateParticipantConnection", "SendMessage");
        assertThat(desk.control.get("/_agent/calls").findValuesAsText("contactId"))
                .containsOnly(chat.contactId())
                .hasSize(4);
        assertThat(calls).contains("part-9").doesNotContain("Once");
    }
}
