package lull.bridge.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.connect.ConnectError;
import lull.connect.ConnectPort.ChatRequest;
import lull.connect.FakeConnect;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.text.AgentTexts;
import lull.text.Turns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ScannedFilesTest {

    private final FakeConnect connect = new FakeConnect();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private final List<ChatEvent> passedOn = new ArrayList<>();
    private final ScannedFiles files = new ScannedFiles(
            (incoming, _) -> {
                passedOn.add(incoming.value());
                return Outcome.DONE;
            },
            new ParticipantCalls(book, () -> {}, connect),
            connect,
            book,
            new TurnOptions(
                    "installation",
                    new ChatOptions(
                            "i1", "f1", "t1", Duration.ofHours(25), "{name}", Map.of(), Map.of(), List.of(), ""),
                    Map.of(),
                    AgentTexts.load("en", Optional.empty()),
                    true,
                    1024,
                    true,
                    false,
                    List.of("text/plain"),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1)),
            new FileMetrics(registry));

    @BeforeEach
    void openAChat() {
        connect.startChat(new ChatRequest(
                "i1", "f1", "Ana", Map.of(), null, null, List.of("text/plain"), Duration.ofHours(25), "start"));
        connect.startStreaming("i1", "contact-1", "t1", "stream");
        connect.connect("participant:contact-1", true);
        book.write(new Chat(
                "contact-1",
                Turns.CONVERSATION,
                Turns.CUSTOMER,
                "t-0-1",
                1,
                Turns.NOW,
                "participant:contact-1",
                "contact-1:1",
                Turns.NOW.plus(Duration.ofDays(1)),
                null));
        connect.calls.clear();
    }

    @Test
    void tellsTheAgentOfARejectedFileOnceHoweverOftenItIsTold() throws InterruptedException {
        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.DONE);
        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown).containsExactly("[bill.pdf: not attached, as the scanner has rejected it]");
        assertThat(passedOn).hasSize(2);
    }

    @Test
    void saysNothingOfOtherFiles() throws InterruptedException {
        handle("CUSTOMER", "APPROVED");
        handle("CUSTOMER", "IN_PROGRESS");
        handle("AGENT", "REJECTED");

        assertThat(connect.calls).isEmpty();
        assertThat(passedOn).hasSize(3);
    }

    @Test
    void replacesAnExpiredToken() throws InterruptedException {
        connect.expireTokens();

        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.DONE);

        assertThat(connect.calls).containsExactly("send", "refresh", "send");
        assertThat(connect.chat(0).shown).hasSize(1);
    }

    @Test
    void waitsForWhatPassesAndForNothingElse() throws InterruptedException {
        connect.troubles.add(new ConnectError.Throttled("slow"));
        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.retry("slow"));
        assertThat(passedOn).isEmpty();

        connect.troubles.add(new ConnectError.Invalid("no"));
        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.DONE);
        connect.chat(0).over = true;
        assertThat(handle("CUSTOMER", "REJECTED")).isEqualTo(Outcome.DONE);
        assertThat(passedOn).hasSize(2);
    }

    private Outcome handle(String role, String status) throws InterruptedException {
        ChatEvent event = new ChatEvent(
                "e1",
                "contact-1",
                "contact-1",
                Turns.NOW,
                role,
                "Ana",
                "ALL",
                new ChatEvent.Attached("a1", "bill.pdf", "application/pdf", status),
                Json.object());
        return files.handle(new Incoming<>(0, 1, 1, "contact-1", event, Turns.NOW, 0), () -> {});
    }
}
