package lull.standins.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.connectparticipant.model.ConflictException;
import software.amazon.awssdk.services.connectparticipant.model.GetAttachmentResponse;
import software.amazon.awssdk.services.connectparticipant.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.connectparticipant.model.StartAttachmentUploadResponse;
import software.amazon.awssdk.services.connectparticipant.model.UploadMetadata;
import software.amazon.awssdk.services.connectparticipant.model.ValidationException;

final class AttachmentTest {
    private static final String TEXT = "Ein Brief mit ü";

    private final Desk desk = new Desk();
    private final Desk.Connected chat = desk.connected();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void anUploadedAttachmentStandsInTheTranscriptAndCanBeFetched() {
        StartAttachmentUploadResponse started = startUpload("letter.txt", TEXT.getBytes(UTF_8).length);
        assertThat(upload(started.uploadMetadata(), TEXT)).isEqualTo(200);
        complete(started.attachmentId(), "c1");

        JsonNode item = desk.chat(chat.contactId()).get("transcript").get(2);
        assertThat(item.get("type").asText()).isEqualTo("ATTACHMENT");
        assertThat(item.at("/attachments/0/attachmentName").asText()).isEqualTo("letter.txt");
        assertThat(item.has("contentType")).isFalse();
        GetAttachmentResponse found = fetch(started.attachmentId());
        assertThat(found.attachmentSizeInBytes()).isEqualTo(TEXT.getBytes(UTF_8).length);
        assertThat(download(found.url()).body()).isEqualTo(TEXT);
    }

    @Test
    void aDownloadUrlExpires() {
        String id = desk.control
                .post("/_agent/chats/" + chat.contactId() + "/attachments?name=price.pdf", "%PDF")
                .get("id")
                .asText();
        JsonNode item = desk.chat(chat.contactId()).get("transcript").get(3);
        assertThat(item.get("id").asText()).isEqualTo(id);
        String url = fetch(item.at("/attachments/0/attachmentId").asText()).url();
        assertThat(download(url).body()).isEqualTo("%PDF");
        desk.pass(Duration.ofMinutes(5));
        assertThat(download(url).statusCode()).isEqualTo(403);
    }

    @Test
    void anUploadMustBeAsItWasPromised() {
        UploadMetadata target = startUpload("letter.txt", 4).uploadMetadata();
        assertThat(upload(target, "12345")).isEqualTo(403);
        HttpRequest.Builder bare =
                HttpRequest.newBuilder(URI.create(target.url())).PUT(HttpRequest.BodyPublishers.ofString("1234"));
        assertThat(desk.control.send(bare).statusCode()).isEqualTo(403);
        assertThat(upload(target, "1234")).isEqualTo(200);
    }

    @Test
    void anAttachmentIsCompletedOnceAndOnlyAfterItsUpload() {
        StartAttachmentUploadResponse started = startUpload("letter.txt", 4);
        assertThatThrownBy(() -> complete(started.attachmentId(), "c1")).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> fetch(started.attachmentId())).isInstanceOf(ValidationException.class);
        upload(started.uploadMetadata(), "1234");
        complete(started.attachmentId(), "c2");
        complete(started.attachmentId(), "c2");
        assertThatThrownBy(() -> complete(started.attachmentId(), "c3")).isInstanceOf(ConflictException.class);
    }

    @Test
    void attachmentsHaveLimits() {
        assertThatThrownBy(() -> startUpload("voice.ogg", 10)).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> startUpload("film.mp4", 20_971_521)).isInstanceOf(ValidationException.class);
        for (int number = 1; number <= 35; number++) {
            startUpload("photo.jpg", 20_971_520);
        }
        assertThatThrownBy(() -> startUpload("photo.jpg", 1)).isInstanceOf(ServiceQuotaExceededException.class);
    }

    private StartAttachmentUploadResponse startUpload(String name, long bytes) {
        return desk.participant.startAttachmentUpload(request -> request.connectionToken(chat.token())
                .contentType("text/plain")
                .attachmentName(name)
                .attachmentSizeInBytes(bytes));
    }

    private void complete(String attachmentId, String clientToken) {
        desk.participant.completeAttachmentUpload(request -> request.connectionToken(chat.token())
                .attachmentIds(attachmentId)
                .clientToken(clientToken));
    }

    private GetAttachmentResponse fetch(String attachmentId) {
        return desk.participant.getAttachment(
                request -> request.connectionToken(chat.token()).attachmentId(attachmentId));
    }

    private int upload(UploadMetadata target, String text) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(target.url())).PUT(HttpRequest.BodyPublishers.ofString(text));
        target.headersToInclude().forEach((name, value) -> {
            if (!name.equals("Content-Length")) {
                request.header(name, value);
            }
        });
        return desk.control.send(request).statusCode();
    }

    private HttpResponse<String> download(String url) {
        return desk.control.send(HttpRequest.newBuilder(URI.create(url)));
    }
}
