package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.notices.AgentNotifier;
import lull.bridge.outbound.events.AgentFiles.Carried;
import lull.bridge.outbound.joins.JoinPolicy;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.KeptFile;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.reply.JoinedText;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.ValueReader;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.runtime.kafka.NotAcknowledged;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EventToReplyTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ConversationKey CONVERSATION = new ConversationKey("100", "1555");
    private static final Customer CUSTOMER = new Customer(null, "1555", "Ana");

    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChatMetrics metrics = new ChatMetrics(registry);
    private final ChatBook book = new ChatBook(producer, metrics);
    private Runnable present = () -> {};
    private final List<String> notes = new ArrayList<>();
    private boolean hears = true;
    private final List<String> typed = new ArrayList<>();
    private Carried carried = new Carried.Failed(new Outcome.Reject("the chat is over"));
    private final ScriptedChat chat = new ScriptedChat();
    private final MemoryPartitionTailReader<ReceivedEvent> received =
            new MemoryPartitionTailReader<>(_ -> "c1", List.of());
    private Instant now = NOW;
    private final LastDeliveryFailure gap = new LastDeliveryFailure(() -> now);
    private long assignment = 1;
    private JoinPolicy join = policy(Duration.ZERO);
    private EventToReply flow = flow();

    @Test
    void whatAnAgentSaysBecomesAReply() throws InterruptedException {
        open();

        handle(said("e1", "AGENT", "ALL", "text/plain", "Good morning"));

        assertThat(producer.values(Reply.class))
                .containsExactly(new Reply(
                        "e1",
                        CONVERSATION,
                        CUSTOMER,
                        new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                        new ReplyContent.Text("Good morning"),
                        NOW));
        assertThat(producer.entries().getLast().key()).isEqualTo("100|1555");
    }

    @Test
    void theAgentIsToldOfWhatIsGivenUpAndItIsNotHandledAgain() throws InterruptedException {
        open();
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Good morning");

        flow.givenUp(new Incoming<>(3, 0, assignment, "c1", event, NOW, 9), () -> {});

        assertThat(notes).singleElement().asString().contains("an unexpected error");
        assertThat(count("given_up")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "AGENT, ALL, reply",
        "AGENT, CUSTOMER, reply",
        "AGENT, , not_confirmed",
        "SYSTEM, ALL, reply",
        "CUSTOM_BOT, ALL, reply",
        "SUPERVISOR, ALL, reply",
        ", ALL, reply",
        ", , not_confirmed",
        "AGENT, AGENT, agents_only",
        "SYSTEM, AGENT, agents_only",
        ", AGENT, agents_only",
        "AGENT, SOMETHING_NEW, agents_only",
        "CUSTOMER, ALL, own",
        "CUSTOMER, CUSTOMER, own",
        "CUSTOMER, AGENT, own",
        "CUSTOMER, , own"
    })
    void showsTheCustomerWhatIsForThem(@Nullable String role, @Nullable String visibility, String exit)
            throws InterruptedException {
        open();

        handle(said("e1", role, visibility, "text/plain", "Hi"));

        assertThat(count(exit)).isEqualTo(1);
        assertThat(producer.values(Reply.class)).hasSize(exit.equals("reply") ? 1 : 0);
    }

    @Test
    void whatHasNoVisibilityIsShownIfTheTranscriptHasIt() throws InterruptedException {
        open();
        missed("e1", "00:00", "Hi");

        handle(said("e1", "AGENT", null, "text/plain", "Hi"));

        assertThat(texts()).containsExactly("Hi");
    }

    @Test
    void whatIsForAgentsOnlyIsNotShownWhenItIsReplayedWithoutItsAttributes() throws InterruptedException {
        open();
        handle(said("e1", "AGENT", "AGENT", "text/plain", "Be careful"));
        assignment = 2;
        EventToReply restarted = flow();

        ChatEvent replayed = said("e1", "AGENT", null, "text/plain", "Be careful");
        assertThat(restarted.handle(new Incoming<>(0, 1, assignment, "c1", replayed, NOW, 0), () -> {}))
                .isEqualTo(Outcome.DONE);

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("not_confirmed")).isEqualTo(1);
        assertThat(notes).singleElement().asString().doesNotContain("Be careful");
    }

    @Test
    void whatIsForAgentsOnlyIsNotShownByAnotherProcessWhenItIsReplayedWithOtherAttributes()
            throws InterruptedException {
        open();
        received.writtenByOthers(new ReceivedEvent("e1", new ReceivedEvent.What(null), "AGENT"));
        received.writtenByOthers(new ReceivedEvent("e1", new ReceivedEvent.What(null), "CUSTOMER"));

        handle(said("e1", "AGENT", "CUSTOMER", "text/plain", "Be careful"));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("not_confirmed")).isEqualTo(1);
        assertThat(notes).singleElement().asString().doesNotContain("Be careful");
    }

    @Test
    void whatIsForAgentsOnlyIsNotShownWhenItIsReplayedLaterWithOtherAttributes() throws InterruptedException {
        open();
        now = NOW.plus(Duration.ofHours(2));

        handle(said("e1", "AGENT", "ALL", "text/plain", "Be careful"));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("not_confirmed")).isEqualTo(1);
    }

    @Test
    void whatIsOlderThanRepliesAreRememberedIsNotShownAgain() throws InterruptedException {
        open();
        missed("e1", "00:00", "Hi");
        now = NOW.plus(Duration.ofHours(25));

        handle(said("e1", "AGENT", "ALL", "text/plain", "Hi"));

        assertThat(count("too_old")).isEqualTo(1);
        assertThat(producer.values(Reply.class)).isEmpty();
    }

    @Test
    void whileConnectFailsWhatHasNoVisibilityWaitsAndIsThenWithheld() throws InterruptedException {
        open();
        handle(said("e0", "AGENT", "ALL", "text/plain", "Hello"));
        chat.failsWith(429);
        ChatEvent event = said("e1", "AGENT", null, "text/plain", "Hi");

        assertThat(outcome(event, 0)).isInstanceOf(Outcome.Retry.class);
        assertThat(outcome(event, 5)).isEqualTo(Outcome.DONE);

        assertThat(texts()).containsExactly("Hello");
        assertThat(count("not_confirmed")).isEqualTo(1);
    }

    @Test
    void markdownGetsWhatsAppsMarks() throws InterruptedException {
        open();

        handle(said("e1", "AGENT", "ALL", "text/markdown; charset=utf-8", "**Hi**"));

        assertThat(producer.values(Reply.class))
                .extracting(Reply::content)
                .containsExactly(new ReplyContent.Text("*Hi*"));
    }

    @Test
    void theTypeOfAMessageMayBeWrittenInAnyCase() throws InterruptedException {
        open();

        handle(said("e1", "AGENT", "ALL", "Text/Markdown; charset=UTF-8", "**Hi**"));

        assertThat(producer.values(Reply.class))
                .extracting(Reply::content)
                .containsExactly(new ReplyContent.Text("*Hi*"));
    }

    @Test
    void whatCannotBeShownOrSaysNothingIsCounted() throws InterruptedException {
        open();

        handle(said("e2", "AGENT", "ALL", "text/plain", " "));
        handle(event("e3", "AGENT", "ALL", new ChatEvent.Other("participant.joined")));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(count("not_shown")).isEqualTo(1);
        assertThat(count("empty")).isEqualTo(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void theAgentIsToldOfWhatWhatsAppCannotShow() throws InterruptedException {
        open();
        String interactive = "application/vnd.amazonaws.connect.message.interactive";

        handle(said("e1", "AGENT", "ALL", "application/json", "{}"));
        handle(said("e2", "AGENT", "ALL", interactive, "{\"templateType\":\"WhatsAppHsm\",\"data\":{}}"));
        handle(said("e3", "AGENT", "ALL", interactive, "{\"templateType\":\"ListPicker\""));
        handle(attached("e4", "REJECTED"));
        handle(event("e5", "AGENT", "ALL", new ChatEvent.Other("attachment")));
        handle(said("e6", "AGENT", "AGENT", "application/json", "{}"));
        handle(said("e7", "CUSTOMER", "ALL", interactive + ".response", "{}"));
        handle(said("e8", "AGENT", "ALL", "text/markdown", "| |\n|-|"));
        handle(said("e9", "AGENT", "ALL", interactive, ""));

        assertThat(producer.values(Reply.class)).isEmpty();
        assertThat(notes)
                .containsExactly(
                        "c1 e1 Not delivered: WhatsApp cannot show a message of the type application/json.",
                        "c1 e2 Not delivered: WhatsApp cannot show an interactive message of the kind WhatsAppHsm.",
                        "c1 e3 Not delivered: WhatsApp cannot show an interactive message that is not in Amazon"
                                + " Connect's form.",
                        "c1 e4 The file was not delivered: Amazon Connect has not approved it.",
                        "c1 e5 The file was not delivered: Amazon Connect does not say which file it is.",
                        "c1 e8 Not delivered: WhatsApp cannot show a message in which nothing is visible.",
                        "c1 e9 Not delivered: WhatsApp cannot show an interactive message that is not in Amazon"
                                + " Connect's form.");
        assertThat(count("not_shown")).isEqualTo(7);
    }

    @Test
    void ofABotsMessagesAChatHasOneNoteForEachKind() throws InterruptedException {
        open();

        handle(said("e1", "SYSTEM", "ALL", "application/json", "{}"));
        handle(said("e2", "SYSTEM", "ALL", "application/json", "{}"));

        assertThat(notes)
                .as("what names them is the same, so that Connect takes one")
                .hasSize(2)
                .allMatch(note -> note.startsWith("c1 c1|not-shown|a message of the type application/json Not "));
    }

    @Test
    void aNoteThatDoesNotArriveIsTriedAgainButNotForever() throws InterruptedException {
        open();
        hears = false;
        ChatEvent event = said("e1", "AGENT", "ALL", "application/json", "{}");

        assertThat(outcome(event, 0)).isInstanceOf(Outcome.Retry.class);
        assertThat(outcome(event, 5)).isEqualTo(Outcome.DONE);

        assertThat(count("not_shown")).isEqualTo(1);
    }

    @Test
    void nobodyIsToldInAChatOfSomebodyElse() throws InterruptedException {
        handle(said("e1", "AGENT", "ALL", "application/json", "{}"));
        handle(attached("e2", "REJECTED"));

        assertThat(notes).isEmpty();
        assertThat(count("foreign")).isEqualTo(2);
    }

    @Test
    void whatComesTwiceIsOneReply() throws InterruptedException {
        open();
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Hi");

        handle(event);
        handle(event);

        assertThat(producer.values(Reply.class)).hasSize(1);
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void whatTheBrokerDidNotTakeIsNotTakenForSeen() throws InterruptedException {
        open();
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Hi");
        producer.failAfter(0);
        assertThatThrownBy(() -> handle(event)).isInstanceOf(NotAcknowledged.class);
        producer.heal();

        handle(event);

        assertThat(producer.values(Reply.class)).hasSize(1);
    }

    @Test
    void theEndOfAChatTakesItsTokens() throws InterruptedException {
        open();

        handle(event("e1", null, null, new ChatEvent.Ended()));
        handle(event("e2", null, null, new ChatEvent.Ended()));

        assertThat(producer.values(Chat.class)).hasSize(2).last().satisfies(chat -> {
            assertThat(chat.open()).isFalse();
            assertThat(chat.endedAt()).isEqualTo(NOW);
            assertThat(chat.participantToken()).isNull();
        });
    }

    @Test
    void whatIsSaidInAnEndedChatStillReachesTheCustomer() throws InterruptedException {
        open();
        handle(event("e1", null, null, new ChatEvent.Ended()));

        handle(said("e2", "SYSTEM", "CUSTOMER", "text/plain", "How did we do?"));

        assertThat(producer.values(Reply.class)).hasSize(1);
    }

    @Test
    void anUnknownContactIsLookedForOnceMore() throws InterruptedException {
        present = this::open;

        handle(said("e1", "AGENT", "ALL", "text/plain", "Welcome"));

        assertThat(producer.values(Reply.class)).hasSize(1);
    }

    @Test
    void aContactOfSomebodyElseIsForeign() throws InterruptedException {
        handle(said("e1", "AGENT", "ALL", "text/plain", "Welcome"));
        handle(event("e2", null, null, new ChatEvent.Ended()));

        assertThat(count("foreign")).isEqualTo(2);
        assertThat(producer.entries()).isEmpty();
    }

    @Test
    void aFileBecomesAReplyThatNamesItByWhatsAppsId() throws InterruptedException {
        open();
        ReplyContent content =
                new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "77", null, null, null, null, null);
        KeptFile file = new KeptFile("ab".repeat(32), "image/png", 3, "a.png");
        carried = new Carried.Done(content, file);

        handle(attached("e1", "IN_PROGRESS"));
        handle(attached("e1", "APPROVED"));
        handle(attached("e1", "APPROVED"));

        assertThat(producer.values(Reply.class)).extracting(Reply::content).containsExactly(content);
        assertThat(producer.values(Reply.class)).extracting(Reply::file).containsExactly(file);
        assertThat(count("repeated")).isEqualTo(1);
    }

    @Test
    void aFileThatDoesNotComeYetIsTriedAgain() throws InterruptedException {
        open();
        carried = new Carried.Failed(new Outcome.Retry(Duration.ofSeconds(1), "slow"));

        assertThat(outcome(attached("e1", "APPROVED"), 0)).isEqualTo(new Outcome.Retry(Duration.ofSeconds(1), "slow"));
        carried = new Carried.Done(new ReplyContent.Text("x"), null);
        handle(attached("e1", "APPROVED"));

        assertThat(producer.values(Reply.class)).hasSize(1);
    }

    @Test
    void aFileThatCannotBeCarriedIsADeadLetterAndTheAgentIsTold() throws InterruptedException {
        open();
        carried = new Carried.Failed(new Outcome.Reject("it is too large"));

        assertThat(outcome(attached("e1", "APPROVED"), 0)).isInstanceOf(Outcome.Reject.class);

        assertThat(notes).containsExactly("c1 e1 The file was not delivered: it is too large.");
        assertThat(count("file_refused")).isEqualTo(1);
    }

    @Test
    void whatIsToBeChosenBecomesSomethingToTap() throws InterruptedException {
        open();

        handle(said(
                "e1",
                "SYSTEM",
                "ALL",
                "application/vnd.amazonaws.connect.message.interactive",
                "{\"templateType\":\"QuickReply\",\"version\":\"1.0\",\"data\":{\"content\":{\"title\":\"Well?\","
                        + "\"elements\":[{\"title\":\"Yes\"},{\"title\":\"No\"}]}}}"));

        assertThat(producer.values(Reply.class))
                .extracting(Reply::content)
                .singleElement()
                .isInstanceOf(ReplyContent.Interactive.class);
    }

    @Test
    void whatWasMissedGoesBeforeWhatHasComeOnceAndInOrder() throws InterruptedException {
        open();
        missed("m1", "10:00", "One");
        missed("m2", "10:01", "Two");
        missed("m3", "10:02", "Three");
        received.writtenByOthers(new ReceivedEvent("m3", new ReceivedEvent.What(null), null));

        handle(saidAt("m3", "10:02", "Three"));
        handle(saidAt("m4", "10:03", "Four"));
        handle(saidAt("m1", "10:00", "One"));

        assertThat(texts()).containsExactly("One", "Two", "Three", "Four");
        assertThat(chat.looks()).as("pages of one look").isEqualTo(2);
        assertThat(registry.get("lull.bridge.chat.events.found").counter().count())
                .isEqualTo(2);
    }

    @Test
    void whatHasNotComeYetTakesItsPlaceBehindWhatHas() throws InterruptedException {
        open();
        missed("m3", "10:02", "Three");
        missed("m4", "10:03", "Four");
        received.writtenByOthers(new ReceivedEvent("m3", new ReceivedEvent.What(null), null));

        handle(saidAt("m3", "10:02", "Three"));
        handle(saidAt("m4", "10:03", "Four"));

        assertThat(texts()).containsExactly("Three", "Four");
        assertThat(count("repeated")).isOne();
    }

    @Test
    void whatStandsBehindInTheLogTakesItsPlaceBefore() throws InterruptedException {
        open();
        missed("m3", "10:02", "Three");
        missed("m4", "10:03", "Four");
        received.writtenByOthers(new ReceivedEvent("m4", new ReceivedEvent.What(null), null));
        received.writtenByOthers(new ReceivedEvent("m3", new ReceivedEvent.What(null), null));

        handle(saidAt("m4", "10:03", "Four"));
        handle(saidAt("m3", "10:02", "Three"));

        assertThat(texts()).containsExactly("Three", "Four");
        assertThat(registry.find("lull.bridge.chat.events.found").counter())
                .as("nothing was missed")
                .isNull();
    }

    @Test
    void whatStandsBeforeInTheLogAndWaitsTakesItsPlaceBehind() throws InterruptedException {
        open();
        missed("m3", "10:02", "Three");
        missed("m4", "10:03", "Four");
        missed("m5", "10:04", "Five");
        received.writtenByOthers(new ReceivedEvent("m4", new ReceivedEvent.What(null), null));
        received.writtenByOthers(new ReceivedEvent("m3", new ReceivedEvent.What(null), null));

        handle(saidAt("m3", "10:02", "Three"));
        handle(saidAt("m4", "10:03", "Four"));
        handle(saidAt("m5", "10:04", "Five"));

        assertThat(texts()).containsExactly("Three", "Four", "Five");
    }

    @Test
    void afterANotificationWasNotTakenTheNextEventIsLookedAtAgain() throws InterruptedException {
        open();
        handle(saidAt("m1", "10:00", "One"));
        handle(saidAt("m2", "10:01", "Two"));
        assertThat(chat.looks()).isEqualTo(1);
        now = now.plusSeconds(1);
        gap.happened();
        missed("m3", "10:02", "Three");
        missed("m4", "10:03", "Four");

        now = now.plusSeconds(1);
        handle(saidAt("m4", "10:03", "Four"));
        handle(saidAt("m3", "10:02", "Three"));
        handle(saidAt("m5", "10:04", "Five"));

        assertThat(texts()).containsExactly("One", "Two", "Three", "Four", "Five");
        assertThat(chat.looks()).isEqualTo(2);
    }

    @Test
    void aLookIsGoodForAWhileAndForAnAssignment() throws InterruptedException {
        open();
        handle(event("l1", null, null, new ChatEvent.ReconcileRequested()));
        handle(event("l2", null, null, new ChatEvent.ReconcileRequested()));
        assertThat(chat.looks()).isEqualTo(1);

        now = NOW.plusSeconds(301);
        handle(event("l3", null, null, new ChatEvent.ReconcileRequested()));
        assertThat(chat.looks()).isEqualTo(2);

        assignment = 2;
        handle(said("e1", "AGENT", "ALL", "text/plain", "Hi"));
        assertThat(chat.looks()).isEqualTo(3);
    }

    @Test
    void aChatIsLookedAtBeforeItEnds() throws InterruptedException {
        open();
        handle(said("e1", "AGENT", "ALL", "text/plain", "Hi"));
        missed("m1", "10:00", "Goodbye");

        handle(event("e2", "AGENT", "ALL", new ChatEvent.Other("participant.left")));

        assertThat(texts()).containsExactly("Hi", "Goodbye");
    }

    @Test
    void aChatIsLookedAtBeforeTheCustomerLeavesItOnRequest() throws InterruptedException {
        open();
        handle(said("e1", "AGENT", "ALL", "text/plain", "Hi"));
        missed("m1", "10:00", "Goodbye");

        handle(ChatEvent.endRequested("end-1", "c1", NOW, "erased"));

        assertThat(texts()).containsExactly("Hi", "Goodbye");
        assertThat(chat.told()).singleElement().asString().startsWith("LEFT ");
        assertThat(book.byContact("c1").orElseThrow().open()).isFalse();
    }

    @Test
    void whoTypesIsShownUnlessItIsTheCustomerOrForAgentsOnly() throws InterruptedException {
        open();
        handle(event("e1", "AGENT", "ALL", new ChatEvent.Other("typing")));
        handle(event("e2", "CUSTOMER", "ALL", new ChatEvent.Other("typing")));
        handle(event("e3", "AGENT", "AGENT", new ChatEvent.Other("typing")));

        assertThat(typed).containsExactly("c1 " + NOW);
        assertThat(count("typing")).isOne();
        assertThat(count("own")).isOne();
        assertThat(count("agents_only")).isOne();
    }

    @Test
    void aChatThatIsOpenedWhileThisProcessIsThereIsNotLookedAt() throws InterruptedException {
        book.write(new Chat(
                "c1", CONVERSATION, CUSTOMER, "t-0-1", 1, NOW.plusSeconds(5), "p", "c", NOW.plusSeconds(60), null));

        handle(said("e1", "AGENT", "ALL", "text/plain", "Hi"));

        assertThat(chat.looks()).isZero();
    }

    @Test
    void whileConnectFailsTheEventWaitsButNotForEver() throws InterruptedException {
        open();
        chat.failsWith(429);
        ChatEvent event = said("e1", "AGENT", "ALL", "text/plain", "Hi");

        assertThat(outcome(event, 0)).isInstanceOf(Outcome.Retry.class);
        assertThat(outcome(event, 5)).isEqualTo(Outcome.DONE);

        assertThat(texts()).containsExactly("Hi");
        assertThat(count("not_looked_back")).isEqualTo(1);
    }

    @Test
    void textsThatFollowEachOtherWithinTheGapAreOneReply() throws InterruptedException {
        joins();
        ChatEvent first = text("e1", 10);
        assertThat(flow.handle(incoming(first), ahead())).isEqualTo(new Outcome.AwaitNext(Duration.ofMillis(4_400)));
        assertThat(flow.handle(incoming(first), ahead(text("e2", 12), text("e2", 12), first, text("e3", 15))))
                .isEqualTo(new Outcome.AwaitNext(Duration.ofMillis(2_400)));
        assertThat(texts()).containsExactly("greeting");
        now = NOW.plusMillis(19_400);
        assertThat(flow.handle(incoming(first), ahead(text("e2", 12), text("e3", 15))))
                .isEqualTo(Outcome.DONE);
        handle(text("e2", 12));
        handle(text("e3", 15));
        handle(text("e3", 15));

        assertThat(texts()).containsExactly("greeting", "text e1\ntext e2\ntext e3");
        Reply reply = producer.values(Reply.class).getLast();
        assertThat(reply.id()).isEqualTo(ReplyIds.ofJoined(List.of("e1", "e2", "e3")));
        assertThat(reply.texts())
                .containsExactly(
                        new JoinedText("e1", NOW.plusSeconds(10), "text e1"),
                        new JoinedText("e2", NOW.plusSeconds(12), "text e2"),
                        new JoinedText("e3", NOW.plusSeconds(15), "text e3"));
        assertThat(reply.requestedAt()).isEqualTo(NOW.plusSeconds(15));
        assertThat(count("joined")).isEqualTo(2);
        assertThat(count("repeated")).isEqualTo(1);
        assertThat(registry.get("lull.bridge.reply.texts").summary().totalAmount())
                .isEqualTo(3);
        assertThat(registry.get("lull.bridge.reply.waits").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(9.4);
    }

    @Test
    void aTextByItselfIsTheReplyThatItWouldBeWithoutAGap() throws InterruptedException {
        joins();
        now = NOW.plusSeconds(20);

        assertThat(flow.handle(incoming(text("e1", 10)), ahead())).isEqualTo(Outcome.DONE);

        assertThat(producer.values(Reply.class).getLast())
                .isEqualTo(new Reply(
                        "e1",
                        CONVERSATION,
                        CUSTOMER,
                        new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                        new ReplyContent.Text("text e1"),
                        NOW.plusSeconds(10)));
    }

    @Test
    void theFirstWordsOfAChatAreSentAtOnce() throws InterruptedException {
        join = policy(Duration.ofSeconds(4));
        open();

        assertThat(flow().handle(incoming(text("e1", 10)), ahead(text("e2", 12))))
                .isEqualTo(Outcome.DONE);

        assertThat(texts()).containsExactly("text e1");
    }

    @Test
    void whatAnAgentIsAboutToSayIsShownToTheCustomerWhileTextsWait() throws InterruptedException {
        joins();
        now = NOW.plusSeconds(13);
        ChatEvent typing = new ChatEvent(
                "t1",
                "c1",
                "c9",
                NOW.plusSeconds(12),
                "AGENT",
                "Bo",
                "ALL",
                new ChatEvent.Other("typing"),
                Json.object());

        assertThat(flow.handle(incoming(text("e1", 10)), ahead(typing)))
                .isEqualTo(new Outcome.AwaitNext(Duration.ofMillis(9_400)));

        assertThat(typed).containsExactly("c1 " + NOW.plusSeconds(12));
    }

    @Test
    void aTextThatOnceWasForAgentsOnlyIsNotJoined() throws InterruptedException {
        joins();
        received.writtenByOthers(new ReceivedEvent("e2", new ReceivedEvent.What(null), "AGENT"));
        received.refresh(0, assignment);
        now = NOW.plusSeconds(30);

        assertThat(flow.handle(incoming(text("e1", 10)), ahead(text("e2", 12), text("e3", 13))))
                .isEqualTo(Outcome.DONE);

        assertThat(texts()).containsExactly("greeting", "text e1");
    }

    @Test
    void whatIsFoundInTheTranscriptIsJoinedAndWaitsForNothing() throws InterruptedException {
        joins();
        missed("m1", "00:10", "one");
        missed("m2", "00:10", "two");
        now = NOW.plusSeconds(601);
        gap.happened();

        ChatEvent last = saidAt("e1", "00:10", "three");
        assertThat(flow.handle(incoming(last), ahead())).isEqualTo(Outcome.DONE);

        assertThat(producer.values(Reply.class).stream()
                        .skip(1)
                        .flatMap(reply -> Stream.of(
                                ((ReplyContent.Text) reply.content()).body().split("\n", -1))))
                .containsExactly("one", "two", "three");
        assertThat(count("joined")).isPositive();
    }

    @Test
    void textsOfOtherChannelsAreNotJoined() throws InterruptedException {
        joins();
        book.write(new Chat(
                "c1",
                new ConversationKey("telegram.bot", "1555"),
                CUSTOMER,
                "t-0-1",
                1,
                NOW,
                "p",
                "c",
                NOW.plusSeconds(60),
                null));

        assertThat(flow.handle(incoming(text("e1", 10)), ahead(text("e2", 12)))).isEqualTo(Outcome.DONE);

        assertThat(texts()).containsExactly("greeting", "text e1");
    }

    /// An open chat whose customer was greeted, in which texts are joined.
    private void joins() throws InterruptedException {
        join = policy(Duration.ofSeconds(4));
        flow = flow();
        open();
        handle(said("e0", "AGENT", "ALL", "text/plain", "greeting"));
        now = NOW.plusSeconds(10);
    }

    private Incoming<ChatEvent> incoming(ChatEvent event) {
        return new Incoming<>(0, 0, assignment, "c1", event, NOW, 0);
    }

    /// A fence of a lane in which these events wait.
    private static Fence ahead(ChatEvent... events) {
        return new Fence() {
            @Override
            public void check() {}

            @Override
            @SuppressWarnings("unchecked")
            public <V> List<V> following(ValueReader<V> reader, int most) {
                return (List<V>) List.of(events);
            }
        };
    }

    private static ChatEvent text(String id, int second) {
        return new ChatEvent(
                id,
                "c1",
                "c9",
                NOW.plusSeconds(second),
                "AGENT",
                "Bo",
                "ALL",
                new ChatEvent.Said("text/plain", "text " + id),
                Json.object());
    }

    private void missed(String id, String time, String text) {
        chat.has("{'Id':'" + id + "','Type':'MESSAGE','ContentType':'text/plain','Content':'" + text
                + "','ParticipantRole':'AGENT','InitialContactId':'c1','AbsoluteTime':'2026-01-01T" + time
                + ":00.000Z'}");
    }

    private List<String> texts() {
        return producer.values(Reply.class).stream()
                .map(reply -> ((ReplyContent.Text) reply.content()).body())
                .toList();
    }

    private EventToReply flow() {
        AgentNotifier telling = (contact, about, text) -> notes.add(contact + " " + about + " " + text) && hears;
        return new EventToReply(
                book,
                () -> present.run(),
                producer,
                (file, contact, number) -> carried,
                telling,
                new TranscriptReconciler(
                        book,
                        new ParticipantCalls(book, () -> {}, chat),
                        chat,
                        new ResultLog<>(Topics.CHAT_EVENT, received, producer),
                        gap,
                        new TranscriptReconciler.Options(
                                true, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofHours(24)),
                        () -> now),
                (typingIn, at) -> typed.add(typingIn.initialContactId() + " " + at),
                new RequestedEnds(
                        book,
                        () -> present.run(),
                        new ParticipantCalls(book, () -> {}, chat),
                        chat,
                        () -> now,
                        new EventMetrics(registry),
                        metrics),
                new EventToReply.Options(100, "Choose", join),
                () -> now,
                new EventMetrics(registry),
                metrics);
    }

    private static JoinPolicy policy(Duration gap) {
        return new JoinPolicy(gap, Duration.ofSeconds(10), Duration.ofSeconds(20), 20, 4096, Duration.ofMillis(400));
    }

    private static ChatEvent attached(String id, String status) {
        return event(id, "AGENT", "ALL", new ChatEvent.Attached("a1", "a.png", "image/png", status));
    }

    private void open() {
        book.write(new Chat("c1", CONVERSATION, CUSTOMER, "t-0-1", 1, NOW, "p", "c", NOW.plusSeconds(60), null));
    }

    private void handle(ChatEvent event) throws InterruptedException {
        assertThat(outcome(event, 0)).isEqualTo(Outcome.DONE);
    }

    private Outcome outcome(ChatEvent event, int attempt) throws InterruptedException {
        return flow.handle(new Incoming<>(0, 0, assignment, "c1", event, NOW, attempt), () -> {});
    }

    private double count(String exit) {
        return registry.get("lull.bridge.chat.events")
                .tag("exit", exit)
                .counter()
                .count();
    }

    private static ChatEvent said(
            String id, @Nullable String role, @Nullable String visibility, String contentType, String content) {
        return event(id, role, visibility, new ChatEvent.Said(contentType, content));
    }

    private static ChatEvent saidAt(String id, String time, String text) {
        return new ChatEvent(
                id,
                "c1",
                "c9",
                Instant.parse("2026-01-01T" + time + ":00Z"),
                "AGENT",
                "Bo",
                "ALL",
                new ChatEvent.Said("text/plain", text),
                Json.object());
    }

    private static ChatEvent event(String id, @Nullable String role, @Nullable String visibility, ChatEvent.What what) {
        return new ChatEvent(id, "c1", "c9", NOW, role, "Bo", visibility, what, Json.object());
    }
}
