package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.connect.ConnectPort.ChatRequest;
import lull.connect.ConnectPort.StartedChat;
import lull.connect.ParticipantPort.Connection;
import lull.connect.ParticipantPort.FileInfo;
import lull.connect.ParticipantPort.Upload;
import org.junit.jupiter.api.Test;

/// Each Region's chats and tokens are known there alone.
final class RegionalConnectTest {

    private final FakeConnect here = new FakeConnect();
    private final FakeConnect there = new FakeConnect();
    private final ConnectPort connect = new RegionalConnect(
            "us-east-1",
            Map.of("us-east-1", here, "eu-central-1", there),
            instance -> instance.equals("i2") ? "eu-central-1" : "us-east-1");
    private final ParticipantPort participant =
            new RegionalParticipant("us-east-1", Map.of("us-east-1", here, "eu-central-1", there));

    @Test
    void everyCallGoesToTheRegionOfItsChat() throws InterruptedException {
        StartedChat chat = value(connect.startChat(request("i2")));
        assertThat(value(connect.startStreaming("i2", chat.contactId(), "t2", "stream")))
                .isNotEmpty();
        assertThat(value(connect.describe("i2", chat.contactId())).over()).isFalse();
        Connection connection = value(participant.connect(chat.participantToken(), true));
        value(participant.sendText(connection.token(), "Hallo", "text"));
        Upload upload =
                value(participant.startUpload(connection.token(), new FileInfo("a.png", "image/png", 1), "file"));
        participant.upload(upload, Path.of("a.png"));
        participant.completeUpload(connection.token(), upload.attachmentId(), "done");

        assertThat(chat.participantToken()).startsWith("eu-central-1|");
        assertThat(connection.token()).startsWith("eu-central-1|");
        assertThat(there.calls)
                .containsExactly("start", "stream", "describe", "connect", "send", "announce", "complete");
        assertThat(here.calls).as("the address says where a file goes").containsExactly("upload");
    }

    @Test
    void tokensOfTheUsualRegionStayAsTheyAre() {
        StartedChat chat = value(connect.startChat(request("i1")));

        value(connect.startStreaming("i1", chat.contactId(), "t1", "stream"));
        assertThat(chat.participantToken()).startsWith("participant:");
        assertThat(value(participant.connect(chat.participantToken(), true)).token())
                .doesNotContain("|");
        assertThat(there.calls).isEmpty();
    }

    @Test
    void aTokenOfARegionThatIsGoneIsDenied() {
        Answer<?> denied = new Answer.Failed<>(new ConnectError.AccessDenied());

        assertThat(participant.connect("ap-south-1|token", false)).isEqualTo(denied);
        assertThat(participant.sendText("ap-south-1|token", "Hallo", "text")).isEqualTo(denied);
        assertThat(participant.completeUpload("ap-south-1|token", "file", "done"))
                .isEqualTo(denied);
    }

    private static ChatRequest request(String instance) {
        return new ChatRequest(
                instance, "f", "Ann", Map.of(), null, null, List.of("text/plain"), Duration.ofHours(1), "start");
    }

    private static <T> T value(Answer<T> answer) {
        if (answer instanceof Answer.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(answer.toString());
    }
}
