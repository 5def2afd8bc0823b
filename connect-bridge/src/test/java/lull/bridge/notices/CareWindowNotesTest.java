package lull.bridge.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.junit.jupiter.api.Test;

final class CareWindowNotesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private final ScriptedChat chat = new ScriptedChat();
    private final List<String> told = new ArrayList<>();
    private boolean tells = true;
    private boolean hasWindow = true;
    private Instant now = NOW;
    private final CareWindowNotes notes = notes(Duration.ofHours(1));

    @Test
    void theAgentIsToldOnceInTheLastHour() throws InterruptedException {
        joined();
        endsIn(Duration.ofMinutes(61));
        notes.tellDue();
        assertThat(told).isEmpty();

        now = NOW.plus(Duration.ofMinutes(2));
        notes.tellDue();
        now = NOW.plus(Duration.ofMinutes(30));
        notes.tellDue();

        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("c1 care|c1|" + NOW.plus(Duration.ofMinutes(61)).getEpochSecond()
                        + " In 59 min WhatsApp's care window ends");
    }

    @Test
    void aWindowThatEndsLaterAgainIsToldOfAgain() throws InterruptedException {
        joined();
        endsIn(Duration.ofMinutes(30));
        notes.tellDue();
        endsIn(Duration.ofMinutes(50));
        notes.tellDue();

        assertThat(told).hasSize(2);
    }

    @Test
    void nobodyIsToldWhereNoAgentHasJoined() throws InterruptedException {
        chat.has("{'Type':'MESSAGE','ParticipantRole':'SYSTEM'}");
        endsIn(Duration.ofMinutes(30));
        notes.tellDue();
        assertThat(told).isEmpty();

        joined();
        notes.tellDue();
        assertThat(told).as("Connect is not asked again at once").isEmpty();
        now = NOW.plus(Duration.ofMinutes(1));
        notes.tellDue();
        assertThat(told).hasSize(1);
    }

    @Test
    void whatWasNotToldIsTriedAgain() throws InterruptedException {
        joined();
        endsIn(Duration.ofMinutes(30));
        tells = false;
        notes.tellDue();
        tells = true;
        now = NOW.plus(Duration.ofMinutes(1));
        notes.tellDue();

        assertThat(told).hasSize(1);
    }

    @Test
    void whatIsOverOrNotWantedIsNotTold() throws InterruptedException {
        joined();
        endsIn(Duration.ofMinutes(-1));
        notes.tellDue();
        endsIn(Duration.ofMinutes(30));
        notes(Duration.ZERO).tellDue();

        assertThat(told).isEmpty();
    }

    @Test
    void aNumberOfAnotherProviderHasNoWindow() throws InterruptedException {
        joined();
        endsIn(Duration.ofMinutes(30));
        hasWindow = false;
        notes.tellDue();

        assertThat(told).isEmpty();
    }

    private void joined() {
        chat.has("{'Type':'EVENT','ParticipantRole':'CUSTOMER'}");
        chat.has("{'Type':'MESSAGE','ParticipantRole':'SYSTEM'}");
        chat.has("{'Type':'EVENT','ParticipantRole':'AGENT'}");
    }

    private void endsIn(Duration left) {
        Instant until = NOW.plus(left);
        book.write(new Chat(
                        "c1",
                        new ConversationKey("100", "1555"),
                        new Customer(null, "1555", null),
                        "t-0-1",
                        1,
                        NOW,
                        "p",
                        "c",
                        NOW.plusSeconds(60),
                        null)
                .heard(new LastMessage("w1", until.minus(Duration.ofDays(1)), until)));
    }

    private CareWindowNotes notes(Duration before) {
        return new CareWindowNotes(
                book,
                new ParticipantCalls(book, () -> {}, chat),
                chat,
                (contact, about, text) -> {
                    if (tells) {
                        told.add(contact + " " + about + " " + text);
                    }
                    return tells;
                },
                before,
                number -> hasWindow,
                () -> now);
    }
}
