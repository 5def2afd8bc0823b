package lull.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.journal.JournalUnavailable;
import lull.bridge.journal.Ledger;
import lull.bridge.journal.MemoryJournal;
import lull.bridge.journal.MemoryTail;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.chat.Chat;
import lull.contract.chat.SentPart;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;

final class TurnToChatTest {

    private static final TurnOptions OPTIONS = options(true);

    private final FakeConnect connect = new FakeConnect();
    private final MemoryJournal journal = new MemoryJournal();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Turns.NOW;
    private TurnOptions options = OPTIONS;
    private TurnToChat flow = restarted();

    @Test
    void opensAChatInTheRightOrderOfCalls() {
        assertThat(handle(Turns.ofTexts(1, "Hello", "more"))).isEqualTo(Outcome.DONE);

        assertThat(connect.calls).containsExactly("start", "stream", "connect", "send");
        assertThat(connect.chat(0).shown).containsExactly("Hello", "more");
        assertThat(connect.chat(0).request.displayName()).isEqualTo("Ana");
        assertThat(connect.chat(0).request.attributes())
                .containsEntry("channel", "WhatsApp")
                .containsEntry("conversation", "100|15550001111")
                .allSatisfy((key, _) -> assertThat(key).matches("[A-Za-z0-9_-]+"));
    }

    @Test
    void writesTheChatBeforeItIsStreamed() {
        handleUntil("stream", Turns.ofTexts(1, "Hello"));

        assertThat(journal.values(Chat.class))
                .singleElement()
                .satisfies(chat -> assertThat(chat.connectionToken()).isNull());
    }

    @Test
    void recordsWhatConnectAcceptedInTheTurnsPartition() {
        handle(Turns.ofTexts(1, "Hello", "more"));

        assertThat(journal.values(SentPart.class))
                .extracting(SentPart::item, SentPart::connectMessageId, SentPart::messageIds)
                .containsExactly(
                        tuple(0, "contact-1", List.of("wamid.1-0")),
                        tuple(1, "message-contact-1-2", List.of("wamid.1-1")));
        assertThat(journal.entries())
                .filteredOn(entry -> entry.value() instanceof SentPart)
                .allSatisfy(entry -> {
                    assertThat(entry.partition()).isEqualTo(3);
                    assertThat(entry.key()).isEqualTo("whatsapp.message.received-0-1");
                });
    }

    @Test
    void theNextTurnGoesToTheOpenChat() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.calls.clear();

        handle(Turns.ofTexts(2, "again"));

        assertThat(connect.calls).containsExactly("send");
        assertThat(connect.chat(0).shown).containsExactly("Hello", "again");
    }

    @Test
    void sendsTheFirstTextAfterConnectingWhereTheSettingSaysSo() {
        options = options(false);
        flow = restarted();

        handle(Turns.ofTexts(1, "Hello"));

        assertThat(connect.calls).containsExactly("start", "stream", "connect", "send");
        assertThat(connect.chat(0).request.initialMessage()).isNull();
        assertThat(connect.chat(0).shown).containsExactly("Hello");
    }

    @Test
    void whatIsNoTextDoesNotGoAlongWithTheOpening() {
        handle(Turns.ofMessage(1, true, "{'type':'image','image':{'id':'7','caption':'see'}}"));

        assertThat(connect.chat(0).request.initialMessage()).isNull();
        assertThat(connect.chat(0).shown).containsExactly("[image] see");
    }

    @Test
    void aCrashAnywhereLeadsToTheSameContactAndToNoSecondMessage() {
        Turn turn = Turns.ofTexts(1, "one", "two", "three");
        for (String call : List.of("start", "stream", "connect", "send")) {
            for (boolean initial : List.of(true, false)) {
                TurnToChatTest world = new TurnToChatTest();
                world.options = options(initial);
                world.flow = world.restarted();
                world.crashAfter(call, turn);

                world.flow = world.restarted();
                assertThat(world.handle(turn)).isEqualTo(Outcome.DONE);

                assertThat(world.connect.chats).as(call).hasSize(1);
                assertThat(world.connect.chat(0).shown).as(call).containsExactly("one", "two", "three");
            }
        }
    }

    @Test
    void aBrokerThatIsAwayAnywhereLeadsToTheSameContactAndToNoSecondMessage() {
        Turn turn = Turns.ofTexts(1, "one", "two", "three");
        for (int records = 0; records < 6; records++) {
            TurnToChatTest world = new TurnToChatTest();
            world.journal.failAfter(records);
            try {
                world.handle(turn);
            } catch (JournalUnavailable e) {
                assertThat(e).hasMessageContaining("not acknowledged");
            }
            world.journal.heal();

            world.flow = world.restarted();
            assertThat(world.handle(turn)).isEqualTo(Outcome.DONE);

            assertThat(world.connect.chats).hasSize(1);
            assertThat(world.connect.chat(0).shown).containsExactly("one", "two", "three");
        }
    }

    @Test
    void aTurnThatWasDeliveredIsNotDeliveredAgainThoughItsChatIsOver() {
        Turn first = Turns.ofTexts(1, "Hello");
        Turn second = Turns.ofTexts(2, "more");
        handle(first);
        handle(second);
        connect.chat(0).over = true;
        end("contact-1");

        flow = restarted();
        handle(second);

        assertThat(connect.chats).hasSize(1);
        assertThat(count("lull.bridge.turns", "repeated")).isEqualTo(1);
    }

    @Test
    void anExpiredTokenIsReplacedAndTheMessageSentOnce() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.expireTokens();
        connect.calls.clear();

        handle(Turns.ofTexts(2, "again"));

        assertThat(connect.calls).containsExactly("send", "refresh", "send");
        assertThat(connect.chats).hasSize(1);
        assertThat(connect.chat(0).shown).containsExactly("Hello", "again");
    }

    @Test
    void aTokenThatIsAboutToExpireIsReplacedBeforeItIsUsed() {
        handle(Turns.ofTexts(1, "Hello"));
        now = connect.tokenExpiry.minusSeconds(60);
        connect.tokenExpiry = connect.tokenExpiry.plus(Duration.ofDays(1));
        connect.calls.clear();

        handle(Turns.ofTexts(2, "again"));
        handle(Turns.ofTexts(3, "and again"));

        assertThat(connect.calls).containsExactly("refresh", "send", "send");
    }

    @Test
    void whereTheChatIsOverTheTurnOpensANewOne() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.chat(0).over = true;
        connect.calls.clear();

        handle(Turns.ofTexts(2, "still there?", "hello?"));

        assertThat(connect.calls).containsExactly("send", "refresh", "start", "stream", "connect", "send");
        assertThat(connect.chat(1).shown).containsExactly("still there?", "hello?");
        assertThat(journal.values(Chat.class))
                .filteredOn(chat -> !chat.open())
                .singleElement()
                .satisfies(chat -> {
                    assertThat(chat.initialContactId()).isEqualTo("contact-1");
                    assertThat(chat.participantToken()).isNull();
                    assertThat(chat.connectionToken()).isNull();
                });
    }

    @Test
    void aFlowThatEndsAtOnceIsAskedOncePerTurn() {
        connect.flowEndsAtOnce = true;

        assertThat(handle(Turns.ofTexts(1, "Hello", "more"))).isEqualTo(Outcome.DONE);
        assertThat(connect.chats).hasSize(1);
        assertThat(handle(Turns.ofTexts(2, "again", "and again"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(2);
        assertThat(connect.chat(0).shown).containsExactly("Hello");
        assertThat(connect.chat(1).shown).containsExactly("again");
        assertThat(count("lull.bridge.turns", "ended_by_flow")).isEqualTo(2);
    }

    @Test
    void aChatThatWasNotConnectedInTimeIsReplacedSoThatNothingIsLost() {
        handleUntil("stream", Turns.ofTexts(1, "Hello"));
        connect.chat(0).over = true;

        flow = restarted();
        handle(Turns.ofTexts(1, "Hello"));

        assertThat(connect.chats).hasSize(2);
        assertThat(connect.chat(1).shown).containsExactly("Hello");
    }

    @Test
    void aTurnThatMayNotOpenAChatGoesToAnOpenOneOnly() {
        Turn reaction = Turns.ofMessage(1, false, "{'type':'reaction','reaction':{'message_id':'m','emoji':'+'}}");

        assertThat(handle(reaction)).isEqualTo(Outcome.DONE);
        assertThat(connect.calls).isEmpty();
        assertThat(count("lull.bridge.turns", "no_open_chat")).isEqualTo(1);

        handle(Turns.ofTexts(2, "Hello"));
        handle(Turns.ofMessage(3, false, "{'type':'reaction','reaction':{'message_id':'m','emoji':'+'}}"));
        assertThat(connect.chat(0).shown).containsExactly("Hello", "[reaction] +");
    }

    @Test
    void whatPassesIsTriedLaterAndAQuotaWaitsLonger() {
        assertThat(troubled(new Trouble.Throttled("slow"))).isEqualTo(Outcome.later("slow"));
        assertThat(troubled(new Trouble.Passing("reset"))).isEqualTo(Outcome.later("reset"));
        assertThat(troubled(new Trouble.QuotaReached("full")))
                .isEqualTo(new Outcome.Later(Duration.ofMinutes(1), "full"));
        assertThat(journal.entries()).isEmpty();
    }

    @Test
    void wrongSettingsPauseTheFlow() {
        assertThat(troubled(new Trouble.Misconfigured("no rights"))).isEqualTo(new Outcome.Misconfigured("no rights"));
        assertThat(troubled(new Trouble.NotFound("no flow"))).isEqualTo(new Outcome.Misconfigured("no flow"));
        assertThat(troubled(new Trouble.Invalid("flow id"))).isEqualTo(new Outcome.Misconfigured("flow id"));
    }

    @Test
    void whatConnectNeverTakesIsRefusedOnceTheSettingsAreProven() {
        handle(Turns.ofTexts(1, "Hello"));

        connect.troubles.add(new Trouble.Invalid("too long"));
        assertThat(handle(Turns.ofTexts(2, "x"))).isEqualTo(new Outcome.Refused("too long"));
    }

    @Test
    void asksTheFenceBeforeEveryCall() {
        int[] asked = {0};
        flow.handle(incoming(Turns.ofTexts(1, "Hello", "more"), 0), () -> asked[0]++);

        assertThat(asked[0]).isGreaterThanOrEqualTo(connect.calls.size());
    }

    private Outcome troubled(Trouble trouble) {
        connect.troubles.add(trouble);
        return handle(Turns.ofTexts(1, "Hello"));
    }

    private Outcome handle(Turn turn) {
        return flow.handle(incoming(turn, 0), () -> {});
    }

    private void crashAfter(String call, Turn turn) {
        assertThatThrownBy(() -> flow.handle(incoming(turn, 0), () -> {
                    if (connect.calls.contains(call)) {
                        throw new IllegalStateException("killed");
                    }
                }))
                .hasMessage("killed");
    }

    /// Handles a turn up to, and not including, a call.
    private void handleUntil(String call, Turn turn) {
        List<String> before = List.of("start", "stream", "connect", "send");
        crashAfter(before.get(before.indexOf(call) - 1), turn);
    }

    private static Incoming<Turn> incoming(Turn turn, int attempt) {
        long offset = Long.parseLong(turn.id().substring(turn.id().lastIndexOf('-') + 1));
        return new Incoming<>(3, offset, 1, turn.conversation().toString(), turn, Turns.NOW, attempt);
    }

    private TurnToChat restarted() {
        BridgeMetrics metrics = new BridgeMetrics(registry);
        ChatBook book = new ChatBook(journal, metrics);
        long offset = 0;
        for (MemoryJournal.Entry entry : journal.entries()) {
            offset++;
            if (entry.value() instanceof Chat chat) {
                book.apply(entry.key(), chat, offset);
            }
        }
        MemoryTail<SentPart> sent = new MemoryTail<>(SentPart::turnId, journal.values(SentPart.class));
        return new TurnToChat(
                connect, book, new Ledger<>(Topics.CONNECT_MESSAGE_SENT, sent, journal), options, () -> now, metrics);
    }

    private void end(String contact) {
        Chat chat = journal.values(Chat.class).stream()
                .filter(known -> known.initialContactId().equals(contact))
                .toList()
                .getLast();
        journal.append(Topics.CHAT, contact, chat.ended(now));
    }

    private double count(String name, String exit) {
        return registry.get(name).tag("exit", exit).counter().count();
    }

    private static TurnOptions options(boolean initialMessage) {
        return new TurnOptions(
                1024,
                initialMessage,
                List.of("text/plain"),
                Duration.ofHours(25),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }
}
