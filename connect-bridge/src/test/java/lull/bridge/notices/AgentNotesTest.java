package lull.bridge.notices;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.message.Flag;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.junit.jupiter.api.Test;

final class AgentNotesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private final ScriptedChat chat = new ScriptedChat();
    private final AtomicLong now = new AtomicLong();
    private final AgentNotes notes = notes(true);

    @Test
    void aNoteIsMarked() throws InterruptedException {
        open("c1", "c");

        assertThat(notes.send("c1", "r1/0", "Not delivered.")).isTrue();

        assertThat(chat.said()).containsExactly("[WhatsApp] Not delivered.");
        assertThat(count("sent")).isEqualTo(1);
    }

    @Test
    void aChatGetsOneInAMinuteAndThenHowManyThereWere() throws InterruptedException {
        open("c1", "c");
        open("c2", "c");
        notes.send("c1", "r1/0", "One.");
        notes.send("c1", "r2/0", "Two.");
        notes.send("c1", "r3/0", "Three.");
        notes.send("c2", "r4/0", "Other.");
        notes.tellWhatWasLeftOut();
        assertThat(chat.said()).containsExactly("[WhatsApp] One.", "[WhatsApp] Other.");
        assertThat(count("merged")).isEqualTo(2);

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        notes.tellWhatWasLeftOut();
        notes.tellWhatWasLeftOut();

        assertThat(chat.said())
                .hasSize(3)
                .last()
                .isEqualTo("[WhatsApp] More messages were not delivered, as the one before. (2 skipped in between)");
    }

    @Test
    void aReminderWaitsForTheIntervalAndIsNotCounted() throws InterruptedException {
        open("c1", "c");
        notes.send("c1", "r1/0", "One.");

        assertThat(notes.remind("c1", "care|1", "Soon.")).isFalse();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        notes.tellWhatWasLeftOut();
        assertThat(notes.remind("c1", "care|1", "Soon.")).isTrue();

        assertThat(chat.said()).containsExactly("[WhatsApp] One.", "[WhatsApp] Soon.");
    }

    @Test
    void whatConnectDidNotTakeIsTriedAgainAtOnce() throws InterruptedException {
        open("c1", "c");
        chat.failsWith(429);
        assertThat(notes.send("c1", "r1/0", "One.")).isFalse();
        chat.works();

        assertThat(notes.send("c1", "r1/0", "One.")).isTrue();
        assertThat(chat.said()).containsExactly("[WhatsApp] One.");
    }

    @Test
    void aTokenThatIsTooOldIsReplaced() throws InterruptedException {
        open("c1", "old");

        notes.send("c1", "r1/0", "One.");

        assertThat(chat.tokens()).containsExactly("old", "p", "fresh");
        assertThat(chat.said()).hasSize(1);
    }

    @Test
    void nobodyIsToldInAChatThatIsOverOrUnknown() throws InterruptedException {
        open("c1", "c");
        chat.failsWith(403);

        assertThat(notes.send("c1", "r1/0", "One.")).isTrue();
        assertThat(notes.send("c9", "r2/0", "One.")).isTrue();
        assertThat(count("chat_over")).isEqualTo(2);
    }

    @Test
    void notesCanBeSwitchedOff() throws InterruptedException {
        open("c1", "c");

        assertThat(notes(false).send("c1", "r1/0", "One.")).isTrue();
        assertThat(chat.said()).isEmpty();
        assertThat(count("switched_off")).isEqualTo(1);
    }

    @Test
    void operatorsSwitchThemForAChat() throws InterruptedException {
        open("c1", "c");
        open("c2", "c");
        switches("c1", false);

        notes.send("c1", "r1/0", "One.");
        notes.send("c2", "r2/0", "Two.");
        assertThat(chat.said()).containsExactly("[WhatsApp] Two.");

        switches("c1", true);
        notes(false).send("c1", "r3/0", "Three.");
        assertThat(chat.said()).containsExactly("[WhatsApp] Two.", "[WhatsApp] Three.");
    }

    private void switches(String contact, boolean on) {
        Chat open = book.byContact(contact).orElseThrow();
        book.write(open.flagged(new TreeMap<>(Map.of(Flag.NOTES.word(), on))));
    }

    private AgentNotes notes(boolean enabled) {
        return new AgentNotes(
                book,
                new ParticipantCalls(book, () -> {}, chat),
                chat,
                new AgentNotes.Policy(enabled, "[WhatsApp]", Duration.ofMinutes(1)),
                now::get,
                new NoticeMetrics(registry));
    }

    private void open(String contact, String token) {
        book.write(new Chat(
                contact,
                new ConversationKey("100", contact),
                new Customer(null, "1555", null),
                "t-0-1",
                1,
                NOW,
                "p",
                token,
                NOW.plusSeconds(60),
                null));
    }

    private double count(String exit) {
        return registry.get("lull.bridge.notes").tag("exit", exit).counter().count();
    }
}
