package lull.standins.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.connect.model.LimitExceededException;
import software.amazon.awssdk.services.connect.model.TooManyRequestsException;
import software.amazon.awssdk.services.connectparticipant.model.AccessDeniedException;
import software.amazon.awssdk.services.connectparticipant.model.StartAttachmentUploadResponse;
import software.amazon.awssdk.services.connectparticipant.model.ThrottlingException;

/// The clock, the limits, the scanner and the bot of the stand-in, by the real SDK.
final class SteeringTest {

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theClockMakesTokensExpireAndChatsEndWhileWhatIsSaidKeepsItsTime() {
        Desk.Connected chat = desk.connected();
        desk.control.post("/_clock", "{\"advanceSeconds\":86400}");

        assertThatThrownBy(() -> desk.says(chat, "late")).isInstanceOf(AccessDeniedException.class);
        String token = desk.connectionToken(chat.participantToken());
        desk.says(new Desk.Connected(chat.contactId(), chat.participantToken(), token), "again");
        assertThat(last(chat).path("absoluteTime").asText())
                .startsWith(desk.clock.instant().toString().substring(0, 10));

        desk.control.post("/_clock", "{\"advanceSeconds\":3600}");
        assertThatThrownBy(() -> desk.connectionToken(chat.participantToken()))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(desk.chat(chat.contactId()).path("disconnectReason").asText())
                .isEqualTo("EXPIRED");
    }

    @Test
    void noMoreChatsThanAllowedAreOpenAtTheSameTime() {
        Desk.Connected first = desk.connected();
        desk.control.post("/_limits", "{\"chats\":1}");

        assertThatThrownBy(desk::start).isInstanceOf(LimitExceededException.class);
        desk.says(first, "goes on");
        desk.act(first.contactId(), "end", "");
        assertThat(desk.start().contactId()).isNotEmpty();
    }

    @Test
    void callsAreAllowedAtTheRateOfNewAccounts() {
        Desk.Connected chat = desk.connected();
        desk.control.post("/_limits", "{\"ratePercent\":100}");

        IntStream.range(0, 15).forEach(i -> desk.says(chat, "burst " + i));
        assertThatThrownBy(() -> desk.says(chat, "one too many")).isInstanceOf(ThrottlingException.class);
        desk.pass(Duration.ofMillis(200));
        desk.says(chat, "a moment later");
        IntStream.range(0, 8).forEach(_ -> desk.start());
        assertThatThrownBy(desk::start).isInstanceOf(TooManyRequestsException.class);

        desk.control.post("/_limits", "{\"ratePercent\":0}");
        IntStream.range(0, 30).forEach(i -> desk.says(chat, "free " + i));
    }

    @Test
    void theScannerSpeaksLaterUnderTheSameId() throws Exception {
        desk.control.post("/_scanner", "{\"verdict\":\"REJECTED\",\"delayMillis\":50}");
        Desk.Connected chat = desk.connected();

        attach(chat, "bill.pdf");

        JsonNode first = last(chat);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> last(chat)
                        .path("attachments")
                        .path(0)
                        .path("status")
                        .asText()
                        .equals("REJECTED"));
        assertThat(last(chat).path("id")).isEqualTo(first.path("id"));
    }

    @Test
    void anAgentFetchesWhatTheCustomerAttached() throws Exception {
        Desk.Connected chat = desk.connected();
        attach(chat, "bill.pdf");
        String id = last(chat).path("attachments").path(0).path("attachmentId").asText();

        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = desk.standIn.uri().resolve("/_agent/chats/" + chat.contactId() + "/attachments/" + id);
            assertThat(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("the file");
        }
    }

    @Test
    void aBotAnswersUntilAnAgentJoins() {
        Desk.Connected chat = desk.connected(request -> request.contactFlowId("bot"));
        desk.says(chat, "Hi");
        desk.act(chat.contactId(), "join", "{}");
        desk.says(chat, "Agent?");

        assertThat(desk.told(chat.contactId()))
                .containsSubsequence(
                        List.of("CUSTOMER: Hi", "SYSTEM: You said: Hi", "AGENT: joined", "CUSTOMER: Agent?"))
                .doesNotContain("SYSTEM: You said: Agent?");
    }

    private void attach(Desk.Connected chat, String name) throws Exception {
        byte[] file = "the file".getBytes(StandardCharsets.UTF_8);
        StartAttachmentUploadResponse upload =
                desk.participant.startAttachmentUpload(request -> request.connectionToken(chat.token())
                        .contentType("application/pdf")
                        .attachmentName(name)
                        .attachmentSizeInBytes((long) file.length));
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(upload.uploadMetadata().url()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(file));
        upload.uploadMetadata().headersToInclude().forEach((header, value) -> {
            if (!header.equalsIgnoreCase("Content-Length")) {
                put.header(header, value);
            }
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(put.build(), BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
        desk.participant.completeAttachmentUpload(
                request -> request.connectionToken(chat.token()).attachmentIds(upload.attachmentId()));
    }

    private JsonNode last(Desk.Connected chat) {
        JsonNode transcript = desk.chat(chat.contactId()).path("transcript");
        return transcript.path(transcript.size() - 1);
    }
}
