package lull.bridge.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.inbound.attachments.AttachmentConverter;
import lull.bridge.inbound.attachments.AttachmentUploader;
import lull.bridge.inbound.attachments.ConnectAttachmentRules;
import lull.bridge.inbound.attachments.FileMetrics;
import lull.bridge.inbound.attachments.FileStore;
import lull.bridge.inbound.attachments.PngConverter;
import lull.bridge.inbound.attachments.WavConverter;
import lull.bridge.pauses.Scopes;
import lull.connect.ConnectError;
import lull.connect.ConnectPort;
import lull.connect.Extent;
import lull.connect.FakeConnect;
import lull.connect.ParticipantTimer;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.KeptFile;
import lull.contract.application.HandOver;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.chat.SentPart;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Flag;
import lull.contract.reply.Beginning;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.Replay;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.media.MediaKeeper;
import lull.runtime.kafka.NotAcknowledged;
import lull.text.AgentTexts;
import lull.text.ChoiceNumber;
import lull.text.Quotes;
import lull.text.Turns;
import lull.whatsapp.Fetched;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TurnToChatTest {

    private static final List<ParticipantTimer> TIMERS = List.of(
            new ParticipantTimer(ParticipantTimer.Kind.CUSTOMER_IDLE, Duration.ofMinutes(10)),
            new ParticipantTimer(ParticipantTimer.Kind.CUSTOMER_DISCONNECT, Duration.ofMinutes(20)));

    private static final String NOT_SHOWN = "[not shown] Amazon Connect does not accept this part of the message";

    private final List<String> refusedParts = new ArrayList<>();

    private static final TurnOptions OPTIONS = options(true);
    private static final String IMAGE = "{'type':'image','image':{'id':'7','caption':'see'}}";

    @TempDir
    private static Path directory;

    private final FakeConnect connect = new FakeConnect();
    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryAcknowledgedProducer replies = new MemoryAcknowledgedProducer();
    private Fetched fetched = new Fetched.Here("image/jpeg", 3);
    private @Nullable FileStore store;
    private MediaKeeper keeper = MediaKeeper.off();
    private Instant now = Turns.NOW;
    private final WaitingNotice waiting = new WaitingNotice(replies, () -> now, new TurnMetrics(registry));
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
    void theChatThatAnUrgentTurnOpensSaysSoInItsAttributes() {
        assertThat(handle(Turns.urgent(1, "It is urgent"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).request.attributes()).containsEntry("urgent", "true");
    }

    @Test
    void theChatThatAHandOverOpensHasItsAttributesButNoneOverLullsOwn() {
        HandOver asked = new HandOver("angry", null, Map.of("queue", "refunds", "channel", "fax"));

        assertThat(handle(Turns.ofTexts(1, "Hello").handedOver(asked))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).request.attributes())
                .containsEntry("queue", "refunds")
                .containsEntry("handOverReason", "angry")
                .containsEntry("channel", "WhatsApp");
        assertThat(connect.chat(0).shown).containsExactly("[handed over by an application] angry", "Hello");
    }

    @Test
    void theChatThatAnAnswerToATemplateOpensHasItsContextAndTheNextOneDoesNot() {
        begins("app-1", "15550001111", Turns.NOW.minusSeconds(600), Map.of("queue", "refunds", "channel", "fax"));

        assertThat(handle(Turns.ofTexts(1, "Yes"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).request.attributes())
                .containsEntry("queue", "refunds")
                .containsEntry("begunWith", "order")
                .containsEntry("begunBy", "Bo")
                .containsEntry("channel", "WhatsApp");
        assertThat(connect.chat(0).shown)
                .containsExactly(
                        "[Bo sent the template order at 2025-12-31 23:50 UTC] 17, Monday\nWants a refund", "Yes");
        end("contact-1");
        flow = restarted();
        handle(Turns.later(Turns.ofTexts(2, "More"), Duration.ofSeconds(1)));
        assertThat(connect.chat(1).request.attributes()).doesNotContainKeys("queue", "begunWith");
        assertThat(connect.chat(1).shown).containsExactly("More");
    }

    @Test
    void aTemplateThatIsTooOldHasNoContextAndNeitherHasOneThatWasSentAfterTheWords() {
        begins("app-1", "15550001111", Turns.NOW.minus(Duration.ofDays(8)), Map.of());
        begins("app-2", "15550001111", Turns.NOW.plus(Duration.ofMinutes(2)), Map.of());
        begins("app-3", "15550002222", Turns.NOW, Map.of());

        handle(Turns.ofTexts(1, "Hello"));

        assertThat(connect.chat(0).shown).containsExactly("Hello");
    }

    @Test
    void inAChatThatWasOpenAnAnswerBringsTheAttributesOnly() {
        handle(Turns.ofTexts(1, "Hello"));
        begins("app-1", "15550001111", Turns.NOW.plusSeconds(5), Map.of("queue", "refunds"));

        handle(Turns.later(Turns.ofTexts(2, "Yes"), Duration.ofSeconds(10)));

        assertThat(connect.chat(0).attributes)
                .isEqualTo(Map.of("queue", "refunds", "begunWith", "order", "begunBy", "Bo"));
        assertThat(connect.chat(0).shown).containsExactly("Hello", "Yes");
    }

    @Test
    void aCrashAnywhereKeepsTheContextOfAnAnswer() {
        Turn turn = Turns.ofTexts(1, "one", "two");
        for (String call : List.of("start", "stream", "connect", "send")) {
            for (boolean initial : List.of(true, false)) {
                TurnToChatTest world = new TurnToChatTest();
                world.options = options(initial);
                world.begins("app-1", "15550001111", Turns.NOW, Map.of("queue", "refunds"));
                world.crashAfter(call, turn);

                world.flow = world.restarted();
                assertThat(world.handle(turn)).isEqualTo(Outcome.DONE);

                assertThat(world.connect.chats).as(call).hasSize(1);
                assertThat(world.connect.chat(0).request.attributes()).containsEntry("queue", "refunds");
                assertThat(world.connect.chat(0).shown).as(call).hasSize(3).endsWith("one", "two");
            }
        }
    }

    /// An erased record, or one that there is no memory for, costs the note, never what the customer
    /// wrote.
    @Test
    void nothingThatTheCustomerWroteIsLostThoughTheContextIsGoneAfterACrash() {
        for (String call : List.of("start", "stream", "connect", "send")) {
            TurnToChatTest world = new TurnToChatTest();
            world.begins("app-1", "15550001111", Turns.NOW, Map.of());
            world.crashAfter(call, Turns.ofTexts(1, "one", "two"));
            world.producer.append(Topics.CONVERSATION_BEGUN, "app-1", null);

            world.flow = world.restarted();
            assertThat(world.handle(Turns.ofTexts(1, "one", "two"))).isEqualTo(Outcome.DONE);

            assertThat(world.connect.chat(world.connect.chats.size() - 1).shown)
                    .as(call)
                    .contains("one", "two");
        }
    }

    @Test
    void anUrgentTurnSaysSoInTheAttributesOfAnOpenChatToo() {
        handle(Turns.ofTexts(1, "Hello"));
        assertThat(connect.chat(0).attributes).isEmpty();
        assertThat(handle(Turns.urgent(2, "It is urgent"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(1);
        assertThat(connect.chat(0).attributes).isEqualTo(Map.of("urgent", "true"));
        assertThat(connect.chat(0).shown).containsExactly("Hello", "It is urgent");
    }

    /// Also within the minute in which a chat is not written again for each message.
    @Test
    void aChatHasTheFlagsOfItsLatestTurnAtOnce() {
        handle(Turns.ofTexts(1, "Hello"));
        assertThat(flags()).isEmpty();

        Turn off = Turns.flagged(Turns.later(Turns.ofTexts(2, "two"), Duration.ofSeconds(1)), Flag.RECEIPTS, false);
        handle(off);
        assertThat(flags()).isEqualTo(Map.of(Flag.RECEIPTS.word(), false));

        handle(Turns.later(Turns.ofTexts(3, "three"), Duration.ofSeconds(2)));
        assertThat(flags()).isEmpty();

        handle(off);
        assertThat(flags()).as("an earlier turn says nothing of now").isEmpty();
        handle(Turns.later(Turns.ofTexts(4, "four"), Duration.ofSeconds(3)));
        assertThat(flags()).isEmpty();
    }

    private Map<String, Boolean> flags() {
        return producer.values(Chat.class).getLast().flags();
    }

    @Test
    void aHandOverGivesAnOpenChatItsAttributesButNoneOverLullsOwn() {
        handle(Turns.ofTexts(1, "Hello"));
        HandOver asked = new HandOver("angry", null, Map.of("queue", "refunds", "channel", "fax"));
        assertThat(handle(Turns.ofTexts(2, "Refund!").handedOver(asked))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).attributes).isEqualTo(Map.of("queue", "refunds", "handOverReason", "angry"));
    }

    @Test
    void aTurnIsDeliveredThoughConnectDoesNotAcceptItsAttributes() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.troubles.add(new ConnectError.Misconfigured(Extent.INSTANCE, "no right"));
        assertThat(handle(Turns.urgent(2, "It is urgent"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).attributes).isEmpty();
        assertThat(connect.chat(0).shown).containsExactly("Hello", "It is urgent");
    }

    @Test
    void writesTheChatBeforeItIsStreamed() {
        handleUntil("stream", Turns.ofTexts(1, "Hello"));

        assertThat(producer.values(Chat.class))
                .singleElement()
                .satisfies(chat -> assertThat(chat.connectionToken()).isNull());
    }

    @Test
    void recordsWhatConnectAcceptedInTheTurnsPartition() {
        handle(Turns.ofTexts(1, "Hello", "more"));

        assertThat(producer.values(SentPart.class))
                .extracting(SentPart::item, SentPart::connectMessageId, SentPart::messageIds)
                .containsExactly(
                        tuple(0, "contact-1", List.of("wamid.1-0")),
                        tuple(1, "message-contact-1-2", List.of("wamid.1-1")));
        assertThat(producer.entries())
                .filteredOn(entry -> entry.value() instanceof SentPart)
                .allSatisfy(entry -> {
                    assertThat(entry.partition()).isEqualTo(3);
                    assertThat(entry.key()).isEqualTo("whatsapp.message.received-0-1");
                });
    }

    @Test
    void theAgentReadsInTheOpenChatThatATurnIsGivenUp() {
        handle(Turns.ofTexts(1, "Hello"));

        flow.givenUp(incoming(Turns.ofTexts(2, "again"), 9), () -> {});

        assertThat(connect.chat(0).shown)
                .containsExactly("Hello", "[not shown] an unexpected error has happened in Lull");
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
    void theChatKnowsWhenItsCustomerWroteLast() {
        handle(Turns.ofTexts(1, "Hello"));
        int written = producer.values(Chat.class).size();
        handle(Turns.ofTexts(2, "at the same time"));

        assertThat(producer.values(Chat.class))
                .as("what is hardly later is not written down")
                .hasSize(written)
                .last()
                .extracting(Chat::lastMessage)
                .isEqualTo(new LastMessage("wamid.1-0", Turns.NOW, Turns.NOW.plus(Duration.ofDays(1))));

        handle(Turns.later(Turns.ofTexts(3, "later"), Duration.ofMinutes(1)));

        assertThat(producer.values(Chat.class))
                .hasSize(written + 1)
                .last()
                .extracting(Chat::lastMessage)
                .isEqualTo(new LastMessage(
                        "wamid.3-0", Turns.NOW.plusSeconds(60), Turns.NOW.plus(Duration.ofMinutes(24 * 60 + 1))));
        assertThat(connect.chat(0).shown).containsExactly("Hello", "at the same time", "later");
    }

    @Test
    void aNumberIsWhatItStandsForInTheOpenChat() {
        handle(Turns.ofTexts(1, "2"));
        handle(Turns.ofTexts(2, " 2 "));
        handle(Turns.ofTexts(3, "3"));
        handle(Turns.ofTexts(4, "2", "2"));
        handle(Turns.ofTexts(5, "2 please"));

        assertThat(connect.chat(0).shown).containsExactly("2", "The second of contact-1", "3", "2", "2", "2 please");
    }

    @Test
    void aNumberThatAnswersTheQuestionBecomesExactlyTheChoice() {
        handle(Turns.ofTexts(3, "Hello"));
        handle(Turns.ofJoinedTexts("2", "wamid.question"));

        assertThat(connect.chat(0).shown).containsExactly("Hello", "The second of contact-1");
    }

    @Test
    void theLastPartOfATurnSaysSo() {
        handle(Turns.ofTexts(1, "Hello", "more"));
        handle(Turns.ofTexts(2, "again"));

        assertThat(producer.values(SentPart.class)).extracting(SentPart::last).containsExactly(false, true, true);
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
        handle(Turns.ofMessage(1, true, IMAGE));

        assertThat(connect.chat(0).request.initialMessage()).isNull();
        assertThat(connect.chat(0).files).containsExactly("image.jpg");
        assertThat(connect.chat(0).shown).containsExactly("see");
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
            world.producer.failAfter(records);
            try {
                world.handle(turn);
            } catch (NotAcknowledged e) {
                assertThat(e).hasMessageContaining("not acknowledged");
            }
            world.producer.heal();

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
        assertThat(producer.values(Chat.class))
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
    void aCrashBetweenConnectingAndItsRecordAsksNoFlowTwiceThatEndsAtOnce() {
        connect.flowEndsAtOnce = true;
        Turn turn = Turns.ofTexts(1, "Hello", "more");
        crashAfter("connect", turn);

        flow = restarted();
        assertThat(handle(turn)).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(1);
        assertThat(producer.values(SentPart.class))
                .singleElement()
                .satisfies(sent -> assertThat(sent.item()).isZero());
    }

    @Test
    void anEndThatIsToldBeforeTheFirstPartIsRecordedAsksNoFlowTwice() {
        connect.flowEndsAtOnce = true;
        Turn turn = Turns.ofTexts(1, "Hello", "more");
        crashAfter("connect", turn);
        end("contact-1");

        flow = restarted();
        assertThat(handle(turn)).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(1);
        assertThat(count("lull.bridge.turns", "ended_by_flow")).isEqualTo(1);
    }

    @Test
    void oneAttemptOpensOneChatThoughItEndsBeforeItIsConnected() {
        Turn turn = Turns.ofTexts(1, "Hello");
        handleUntil("stream", turn);
        connect.chat(0).over = true;
        connect.startsOver = true;

        flow = restarted();
        assertThat(handle(turn)).isInstanceOf(Outcome.Retry.class);

        assertThat(connect.chats).hasSize(2);
    }

    @Test
    void aContactThatConnectDoesNotKnowHoldsUpItsOwnConversationOnly() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.chat(0).over = true;
        Turn turn = Turns.ofTexts(2, "again");
        connect.calls.clear();
        handleUntil("stream", turn);
        connect.chats.remove("contact-2");

        flow = restarted();
        handleOther();
        assertThat(handle(turn)).isInstanceOf(Outcome.Retry.class);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(handle(turn, 1)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aTopicThatIsNotThereIsAWrongSettingUntilChatsWereStreamed() {
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.NotFound("no topic"));
        assertThat(handle(Turns.ofTexts(1, "Hello"))).isEqualTo(pause("no topic"));

        assertThat(handle(Turns.ofTexts(1, "Hello"))).isEqualTo(Outcome.DONE);
    }

    @Test
    void twoInstallationsThatGetTheSameTurnHaveAContactEach() {
        handle(Turns.ofTexts(1, "Hello"));
        TurnToChatTest other = new TurnToChatTest();
        other.options = new TurnOptions(
                "another installation",
                OPTIONS.chats(),
                Map.of(),
                OPTIONS.texts(),
                true,
                1024,
                true,
                false,
                List.of("text/plain"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        other.flow = other.restarted(connect);
        other.handle(Turns.ofTexts(1, "Hello"));

        assertThat(connect.chats).hasSize(2);
    }

    @Test
    void aBusinessNumberMayHaveAFlowAndANameOfItsOwn() {
        handle(Turns.ofNumber("200", "Hello"));

        assertThat(connect.chat(0).request)
                .returns("i2", ConnectPort.ChatRequest::instanceId)
                .returns("f2", ConnectPort.ChatRequest::contactFlowId)
                .returns(Duration.ofHours(2), ConnectPort.ChatRequest::duration)
                .returns("15550001111 at +1 555 000 0000", ConnectPort.ChatRequest::displayName);
        assertThat(connect.chat(0).request.attributes()).doesNotContainKey("brand");
    }

    @Test
    void lullsOwnAttributesMayHaveOtherNamesThatAHandOverDoesNotOverride() {
        HandOver asked = new HandOver(null, null, Map.of("Channel", "fax", "channel", "mine"));
        handle(Turns.ofNumber("200", "Hello").handedOver(asked));

        assertThat(connect.chat(0).request.attributes())
                .containsEntry("Channel", "WhatsApp")
                .containsEntry("systemNumber", "+1 555 000 0000")
                .containsEntry("customerId", "15550001111")
                .containsEntry("channel", "mine")
                .doesNotContainKey("businessNumber");
    }

    @Test
    void aNewChatGetsTimersBeforeItsFlowRunsAndARepeatedTurnSetsNone() {
        handle(Turns.ofNumber("200", "Hello"));
        handle(Turns.ofNumber("200", "Hello"));

        assertThat(connect.calls.indexOf("timers")).isBetween(0, connect.calls.indexOf("connect"));

        assertThat(connect.chat(0).timers).isEqualTo(TIMERS);
        assertThat(registry.get("lull.bridge.timers")
                        .tag("exit", "set")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void aChatGoesOnThoughConnectDoesNotAcceptItsTimers() {
        connect.troubles.addAll(List.of(FakeConnect.NONE, FakeConnect.NONE));
        connect.troubles.add(new ConnectError.Misconfigured(Extent.INSTANCE, "no right"));
        assertThat(handle(Turns.ofNumber("200", "Hello"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).timers).isEmpty();
        assertThat(connect.chat(0).shown).containsExactly("Hello");
        assertThat(registry.get("lull.bridge.timers")
                        .tag("exit", "refused")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void aPersistentChatGoesOnWhereTheLastOneEndedAndDoesWithoutWhereConnectRefuses() {
        options = options(true, true);
        flow = restarted();
        handle(Turns.ofTexts(1, "Hello"));
        connect.chat(0).over = true;
        handle(Turns.ofTexts(2, "again"));
        assertThat(connect.chat(1).request.continues()).isEqualTo("contact-1");

        connect.chat(1).over = true;
        end("contact-2");
        flow = restarted();
        connect.troubles.add(new ConnectError.Invalid("no transcript yet"));
        handle(Turns.ofTexts(3, "once more"));

        assertThat(connect.chat(2).request.continues()).isNull();
        assertThat(connect.chat(2).shown).containsExactly("once more");
    }

    @Test
    void aCrashAnywhereAttachesAFileOnce() {
        Turn turn = Turns.ofMessage(1, true, IMAGE);
        for (String call : List.of("start", "connect", "announce", "upload", "complete", "send")) {
            TurnToChatTest world = new TurnToChatTest();
            world.crashAfter(call, turn);

            world.flow = world.restarted();
            assertThat(world.handle(turn)).isEqualTo(Outcome.DONE);

            assertThat(world.connect.chats).as(call).hasSize(1);
            assertThat(world.connect.chat(0).files).as(call).containsExactly("image.jpg");
            assertThat(world.connect.chat(0).shown).as(call).containsExactly("see");
        }
    }

    @Test
    void anUploadWhoseAddressIsTooOldIsAnnouncedAgain() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.calls.clear();
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.Invalid("the address has expired"));

        assertThat(handle(Turns.ofMessage(2, true, IMAGE))).isEqualTo(Outcome.DONE);

        assertThat(connect.calls)
                .containsExactly("announce", "upload", "complete", "announce", "upload", "complete", "send");
        assertThat(connect.chat(0).files).hasSize(1);
    }

    @Test
    void aFileThatIsNotAttachedBecomesANoteAndTheTextBesideItIsDelivered() {
        handle(Turns.ofTexts(1, "Hello"));

        fetched = new Fetched.Refused(MediaProblem.GONE);
        handle(Turns.ofMessage(2, true, IMAGE));
        fetched = new Fetched.Here("image/jpeg", 21L << 20);
        handle(Turns.ofMessage(3, true, IMAGE));
        fetched = new Fetched.Here("audio/ogg", 3);
        handle(Turns.ofMessage(4, true, "{'type':'audio','audio':{'id':'7','voice':true}}"));
        fetched = new Fetched.Here("image/jpeg", 3);
        connect.troubles.add(new ConnectError.QuotaReached("35 files"));
        handle(Turns.ofMessage(5, true, IMAGE));

        assertThat(connect.chat(0).shown)
                .containsExactly(
                        "Hello",
                        "[image: not attached, as it is not available any more]",
                        "see",
                        "[image: not attached, as it is larger than 20 MiB]",
                        "see",
                        "[voice note: not attached, as files of its type are not taken here]",
                        "[image: not attached, as this chat has as many attachments as it may have]",
                        "see");
        assertThat(connect.chat(0).files).isEmpty();
    }

    @Test
    void aFileThatIsKeptInAStoreIsToldWithItsLinkOnceAndUnderOneKey() {
        List<FileStore.Label> kept = new ArrayList<>();
        store = (file, label) -> {
            kept.add(label);
            return new FileStore.Kept.At(URI.create("https://files.example/" + kept.size()));
        };
        flow = restarted();
        handle(Turns.ofTexts(1, "Hello"));
        fetched = new Fetched.Here("audio/ogg", 3);
        Turn turn = Turns.ofMessage(2, true, "{'type':'audio','audio':{'id':'7','voice':true}}");
        connect.troubles.add(new ConnectError.Transient("away"));

        assertThat(handle(turn)).isEqualTo(Outcome.retry("away"));
        assertThat(handle(turn)).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown)
                .containsExactly(
                        "Hello",
                        "[voice note: not attached, as files of its type are not taken here] https://files.example/2");
        assertThat(kept).hasSize(2);
        assertThat(kept.getFirst())
                .isEqualTo(kept.getLast())
                .isEqualTo(new FileStore.Label(kept.getFirst().key(), "audio.ogg", "audio/ogg"));
        assertThat(kept.getFirst().key()).matches("[A-Za-z0-9_-]{43}");
        assertThat(registry.get("lull.bridge.files.stored")
                        .tag("result", "ok")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void theRecordOfAPartNamesItsFileThatIsKept() {
        List<MediaKeeper.Label> labels = new ArrayList<>();
        keeper = (bytes, label) -> {
            labels.add(label);
            return Optional.of(new KeptFile("ab".repeat(32), label.contentType(), 3, label.name()));
        };
        flow = restarted();
        handle(Turns.ofTexts(1, "Hello"));
        connect.troubles.add(new ConnectError.Transient("away"));
        Turn photo = Turns.ofMessage(2, true, IMAGE);

        assertThat(handle(photo)).isEqualTo(Outcome.retry("away"));
        assertThat(labels).isEmpty();
        handle(photo);
        fetched = new Fetched.Here("audio/ogg", 3);
        handle(Turns.ofMessage(3, true, "{'type':'audio','audio':{'id':'7','voice':true}}"));
        fetched = new Fetched.Refused(MediaProblem.GONE);
        handle(Turns.ofMessage(4, true, "{'type':'audio','audio':{'id':'8','voice':true}}"));

        // Also one that the agent has not got, but none that was not downloaded.
        assertThat(labels)
                .extracting(MediaKeeper.Label::from, MediaKeeper.Label::contentType)
                .containsExactly(
                        tuple(MediaKeeper.Sender.CUSTOMER, "image/jpeg"),
                        tuple(MediaKeeper.Sender.CUSTOMER, "audio/ogg"));
        assertThat(producer.values(SentPart.class).stream()
                        .map(SentPart::file)
                        .filter(Objects::nonNull)
                        .map(KeptFile::contentType))
                .containsExactly("image/jpeg", "audio/ogg");
    }

    @Test
    void aStoreThatTakesNothingIsWaitedForAWhileAndALinkThatIsTooLongIsLeftOut() {
        List<FileStore.Kept> answers = new ArrayList<>();
        store = (file, label) -> answers.getFirst();
        flow = restarted();
        handle(Turns.ofTexts(1, "Hello"));
        fetched = new Fetched.Here("audio/ogg", 3);
        Turn turn = Turns.ofMessage(2, true, "{'type':'audio','audio':{'id':'7','voice':true}}");
        String note = "[voice note: not attached, as files of its type are not taken here]";

        answers.add(new FileStore.Kept.Retry("the store is away"));
        assertThat(handle(turn, 5)).isEqualTo(Outcome.retry("the store is away"));
        now = now.plus(Duration.ofMinutes(3));
        assertThat(handle(turn, 3)).isEqualTo(Outcome.DONE);
        answers.set(0, new FileStore.Kept.At(URI.create("https://files.example/" + "x".repeat(1_000))));
        handle(Turns.ofMessage(3, true, "{'type':'audio','audio':{'id':'7','voice':true}}"));

        assertThat(connect.chat(0).shown).containsExactly("Hello", note, note);
        assertThat(registry.get("lull.bridge.files.stored")
                        .tag("result", "too_long")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aChatThatAllowsNoAttachmentsIsNotTakenForOver() {
        handle(Turns.ofTexts(1, "Hello"));
        connect.troubles.add(new ConnectError.AccessDenied());
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.AccessDenied());

        handle(Turns.ofMessage(2, true, IMAGE));

        assertThat(connect.chats).hasSize(1);
        assertThat(connect.chat(0).shown)
                .containsExactly("Hello", "[image: not attached, as this chat allows no attachments]", "see");
    }

    @Test
    void aFileThatWhatsAppDoesNotGiveIsWaitedForAWhile() {
        handle(Turns.ofTexts(1, "Hello"));
        fetched = new Fetched.Retry("WhatsApp is away");

        assertThat(handle(Turns.ofMessage(2, true, IMAGE), 5)).isEqualTo(Outcome.retry("WhatsApp is away"));
        now = now.plus(Duration.ofMinutes(3));
        assertThat(handle(Turns.ofMessage(2, true, IMAGE), 2)).isEqualTo(Outcome.retry("WhatsApp is away"));
        assertThat(handle(Turns.ofMessage(2, true, IMAGE), 3)).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown)
                .containsExactly("Hello", "[image: not attached, as WhatsApp does not give it]", "see");
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
        assertThat(troubled(new ConnectError.Throttled("slow"))).isEqualTo(Outcome.retry("slow"));
        assertThat(troubled(new ConnectError.Transient("reset"))).isEqualTo(Outcome.retry("reset"));
        assertThat(troubled(new ConnectError.Paced(Duration.ofSeconds(2))))
                .isEqualTo(new Outcome.Deferred(Duration.ofSeconds(2)));
        assertThat(troubled(new ConnectError.QuotaReached("full")))
                .isEqualTo(new Outcome.Retry(Duration.ofMinutes(1), "full"));
        assertThat(producer.entries()).isEmpty();
    }

    @Test
    void aCustomerWhoWaitsForAFreeChatIsToldOnce() {
        for (int attempt = 0; attempt < 3; attempt++) {
            connect.troubles.add(new ConnectError.QuotaReached("full"));
            assertThat(handle(Turns.ofNumber("200", "Hello"))).isInstanceOf(Outcome.Retry.class);
        }
        connect.troubles.add(new ConnectError.QuotaReached("full"));
        // Another number has no such text.
        assertThat(handle(Turns.ofTexts(1, "Hello"))).isInstanceOf(Outcome.Retry.class);

        assertThat(replies.values(Reply.class)).singleElement().satisfies(reply -> {
            assertThat(reply.conversation().toString()).isEqualTo("200|15550001111");
            assertThat(reply.content()).isEqualTo(new ReplyContent.Text("Please wait"));
        });
    }

    @Test
    void aProcessThatTakesOverAsksForTheSameReply() {
        connect.troubles.add(new ConnectError.QuotaReached("full"));
        handle(Turns.ofNumber("200", "Hello"));
        new WaitingNotice(replies, () -> now, new TurnMetrics(registry))
                .send(Turns.ofNumber("200", "Hello"), "Please wait", () -> {});

        assertThat(replies.values(Reply.class))
                .extracting(Reply::id)
                .hasSize(2)
                .containsOnly(replies.values(Reply.class).getFirst().id());
    }

    @Test
    void wrongSettingsPauseTheFlow() {
        assertThat(troubled(new ConnectError.Misconfigured(Extent.PROCESS, "no credentials")))
                .isEqualTo(new Outcome.Pause(Scopes.process(), "no credentials"));
        assertThat(troubled(new ConnectError.Misconfigured(Extent.INSTANCE, "no rights")))
                .isEqualTo(new Outcome.Pause(Scopes.connectInstance("i1"), "no rights"));
        assertThat(troubled(new ConnectError.NotFound("no flow"))).isEqualTo(pause("no flow"));
        connect.troubles.add(new ConnectError.Invalid("flow id, with the text"));
        assertThat(troubled(new ConnectError.Invalid("flow id"))).isEqualTo(pause("flow id"));
    }

    @Test
    void aPartThatConnectRefusesIsADeadLetterWithANoteInItsPlaceAndItsNeighboursGoOn() {
        handle(Turns.ofTexts(1, "Hello"));

        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.Invalid("odd"));
        assertThat(handle(Turns.ofTexts(2, "before", "odd", "after"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown).containsExactly("Hello", "before", NOT_SHOWN, "after");
        assertThat(refusedParts).containsExactly("1.0: odd");
        assertThat(handle(Turns.ofTexts(2, "before", "odd", "after"))).isEqualTo(Outcome.DONE);
        assertThat(connect.chat(0).shown).hasSize(4);
        assertThat(refusedParts).hasSize(1);
    }

    @Test
    void aRefusedPartThatIsReplayedIsShownOnceAndItsNeighboursAreNotShownAgain() {
        handle(Turns.ofTexts(1, "Hello"));
        Turn turn = Turns.ofTexts(2, "before", "odd", "after");
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.Invalid("odd"));
        handle(turn);

        flow = restarted();
        assertThat(replay(turn, "t.dlq-0-1", "1.0")).isEqualTo(Outcome.DONE);
        assertThat(connect.chat(0).shown).containsExactly("Hello", "before", NOT_SHOWN, "after", "odd");
        flow = restarted();
        assertThat(replay(turn, "t.dlq-0-1", "1.0")).isEqualTo(Outcome.DONE);
        assertThat(connect.chat(0).shown).as("the same dead letter").hasSize(5);

        connect.troubles.add(new ConnectError.Invalid("still odd"));
        assertThat(replay(turn, "t.dlq-0-2", "1.0")).isEqualTo(Outcome.DONE);
        assertThat(connect.chat(0).shown).last().isEqualTo(NOT_SHOWN);
        assertThat(refusedParts).containsExactly("1.0: odd", "1.0: still odd");
        assertThat(parts(turn)).extracting(SentPart::replay).contains("t.dlq-0-1", "t.dlq-0-2");
    }

    @Test
    void aReplayedTurnThatComesAfterLaterOnesSaysSo() {
        handle(Turns.ofTexts(1, "Hello"));
        handle(Turns.later(Turns.ofTexts(3, "later"), Duration.ofMinutes(5)));
        Turn late = Turns.ofTexts(2, "lost", "and found");

        assertThat(replay(late, "t.dlq-0-1", null)).isEqualTo(Outcome.DONE);
        flow = restarted();
        assertThat(replay(late, "t.dlq-0-1", null)).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown)
                .containsExactly(
                        "Hello",
                        "later",
                        "[late] written at 2026-01-01 00:00 UTC, before what is above",
                        "lost",
                        "and found");
        assertThat(parts(late)).filteredOn(SentPart::last).hasSize(1);
    }

    @Test
    void aTurnThatIsNotLateAndOneThatIsNoReplaySayNothing() {
        handle(Turns.ofTexts(1, "Hello"));
        handle(Turns.later(Turns.ofTexts(3, "later"), Duration.ofMinutes(5)));

        handle(Turns.ofTexts(2, "late, and no replay"));
        assertThat(replay(Turns.later(Turns.ofTexts(4, "replayed in time"), Duration.ofMinutes(9)), "t.dlq-0-1", null))
                .isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown).containsExactly("Hello", "later", "late, and no replay", "replayed in time");
    }

    @Test
    void aCrashAnywhereInAReplayShowsEverythingOnce() {
        Turn late = Turns.ofTexts(2, "lost", "and found");
        for (int records = 0; records < 4; records++) {
            TurnToChatTest world = new TurnToChatTest();
            world.handle(Turns.ofTexts(1, "Hello"));
            world.handle(Turns.later(Turns.ofTexts(3, "later"), Duration.ofMinutes(5)));
            world.producer.failAfter(records);
            try {
                world.replay(late, "t.dlq-0-1", null);
            } catch (NotAcknowledged e) {
                assertThat(e).hasMessageContaining("not acknowledged");
            }
            world.producer.heal();
            world.flow = world.restarted();
            assertThat(world.replay(late, "t.dlq-0-1", null)).isEqualTo(Outcome.DONE);

            assertThat(world.connect.chat(0).shown)
                    .as("after %s records", records)
                    .containsExactly(
                            "Hello",
                            "later",
                            "[late] written at 2026-01-01 00:00 UTC, before what is above",
                            "lost",
                            "and found");
        }
    }

    @Test
    void aReplayedTurnWhoseChatIsOverOpensAnotherOne() {
        Turn turn = Turns.ofTexts(1, "Hello", "odd");
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(FakeConnect.NONE);
        connect.troubles.add(new ConnectError.Invalid("odd"));
        handle(turn);
        assertThat(refusedParts).containsExactly("1.0: odd");
        connect.chat(0).over = true;
        end("contact-1");

        flow = restarted();
        assertThat(replay(turn, "t.dlq-0-1", "1.0")).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(2);
        assertThat(connect.chat(1).request.initialMessage()).isNull();
        assertThat(connect.chat(1).shown).containsExactly("odd");
        flow = restarted();
        replay(turn, "t.dlq-0-1", "1.0");
        assertThat(connect.chats).hasSize(2);
        assertThat(connect.chat(1).shown).hasSize(1);
    }

    @Test
    void ifTheNoteIsRefusedTooThePartIsLeftOut() {
        handle(Turns.ofTexts(1, "Hello"));

        connect.troubles.add(new ConnectError.Invalid("odd"));
        connect.troubles.add(new ConnectError.Invalid("the note, too"));
        assertThat(handle(Turns.ofTexts(2, "odd", "after"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chat(0).shown).containsExactly("Hello", "after");
        assertThat(refusedParts).containsExactly("0.0: odd");
    }

    @Test
    void aFirstTextThatConnectRefusesDoesNotKeepItsChatFromOpening() {
        connect.troubles.add(new ConnectError.Invalid("odd"));
        assertThat(handle(Turns.ofTexts(1, "odd", "after"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(1);
        assertThat(connect.chat(0).request.initialMessage()).isNull();
        assertThat(connect.chat(0).shown).containsExactly("odd", "after");
    }

    @Test
    void aCrashAfterAChatWasOpenedWithoutItsTextLosesNothing() {
        connect.troubles.add(new ConnectError.Invalid("odd"));
        crashAfter("connect", Turns.ofTexts(1, "odd", "after"));
        flow = restarted();
        assertThat(handle(Turns.ofTexts(1, "odd", "after"))).isEqualTo(Outcome.DONE);

        assertThat(connect.chats).hasSize(1);
        assertThat(connect.chat(0).shown).containsExactly("odd", "after");
    }

    @Test
    void asksTheFenceBeforeEveryCall() throws InterruptedException {
        int[] asked = {0};
        flow.handle(incoming(Turns.ofTexts(1, "Hello", "more"), 0), () -> asked[0]++);

        assertThat(asked[0]).isGreaterThanOrEqualTo(connect.calls.size());
    }

    /// A pause of the one business number that has a wrong setting.
    private static Outcome pause(String reason) {
        return new Outcome.Pause(Scopes.businessNumber("100"), reason);
    }

    private Outcome troubled(ConnectError trouble) {
        connect.troubles.add(trouble);
        return handle(Turns.ofTexts(1, "Hello"));
    }

    private Outcome handle(Turn turn) {
        return handle(turn, 0);
    }

    private Outcome handle(Turn turn, int attempt) {
        try {
            return flow.handle(incoming(turn, attempt), () -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A dead letter of a turn is sent to its topic again.
    private Outcome replay(Turn turn, String deadLetter, @Nullable String part) {
        Incoming<Turn> said = incoming(turn, 0);
        try {
            return flow.handle(
                    new Incoming<>(
                            said.partition(),
                            said.offset() + 100,
                            said.assignment(),
                            said.key(),
                            turn,
                            said.timestamp(),
                            0,
                            new Replay(deadLetter, part)),
                    () -> {});
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<SentPart> parts(Turn turn) {
        return producer.values(SentPart.class).stream()
                .filter(part -> part.turnId().equals(turn.id()))
                .toList();
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

    /// Another conversation proves that flow and topic are there.
    private void handleOther() {
        assertThat(handle(Turns.ofNumber("300", "Hi"))).isEqualTo(Outcome.DONE);
    }

    private TurnToChat restarted() {
        return restarted(connect);
    }

    private TurnToChat restarted(FakeConnect connect) {
        ChatMetrics metrics = new ChatMetrics(registry);
        FileMetrics fileMetrics = new FileMetrics(registry);
        ChatBook book = new ChatBook(producer, metrics);
        long offset = 0;
        for (MemoryAcknowledgedProducer.Entry entry : producer.entries()) {
            offset++;
            if (entry.value() instanceof Chat chat) {
                book.apply(entry.key(), chat, offset);
            }
        }
        MemoryPartitionTailReader<SentPart> sent =
                new MemoryPartitionTailReader<>(SentPart::turnId, producer.values(SentPart.class));
        AttachmentUploader attaching = new AttachmentUploader(
                (media, number, into) -> fetched,
                MediaFolder.ofProcess(directory, "media", 4),
                new AttachmentConverter(
                        new ConnectAttachmentRules(Set.of("jpg", "png"), 20L << 20),
                        new WavConverter(Optional.empty(), Duration.ofSeconds(30), 2),
                        new PngConverter(new PngConverter.Options(
                                1 << 20, 64, Duration.ofSeconds(30), Duration.ofSeconds(20), 1)),
                        fileMetrics),
                Optional.ofNullable(store),
                keeper,
                Duration.ofMinutes(2),
                connect,
                () -> now,
                fileMetrics);
        return new TurnToChat(
                connect.apis(),
                attaching,
                book,
                new ResultLog<>(Topics.CONNECT_MESSAGE_SENT, sent, producer),
                (turn, part, reason) -> refusedParts.add(part + ": " + reason),
                (chat, said, quoted) -> ChoiceNumber.of(said).equals(OptionalInt.of(2))
                        ? Optional.of("The second of " + chat.initialContactId())
                        : Optional.empty(),
                options,
                new Quotes(10),
                begun(book),
                () -> {},
                waiting,
                () -> now,
                new TurnMetrics(registry),
                metrics);
    }

    private BegunConversations begun(ChatBook book) {
        BegunConversations begun = new BegunConversations(
                producer, book.aliases(), new BegunConversations.Options(Duration.ofDays(7), 100));
        for (MemoryAcknowledgedProducer.Entry entry : producer.entries()) {
            if (entry.topic().equals(Topics.CONVERSATION_BEGUN.name())) {
                try {
                    begun.take(entry.key(), entry.value() == null ? null : Json.bytes(entry.value()), 0);
                } catch (UnreadableJson e) {
                    throw new AssertionError(e);
                }
            }
        }
        return begun;
    }

    /// The business has sent a template before.
    private void begins(String replyId, String customer, Instant at, Map<String, String> attributes) {
        producer.append(
                Topics.CONVERSATION_BEGUN,
                replyId,
                new ConversationBegun(
                        replyId,
                        new ConversationKey("100", customer),
                        new Customer(null, customer, null),
                        "order",
                        List.of("17", "Monday"),
                        new Beginning("Bo", "Wants a refund", new TreeMap<>(attributes)),
                        at,
                        null));
        flow = restarted();
    }

    private void end(String contact) {
        Chat chat = producer.values(Chat.class).stream()
                .filter(known -> known.initialContactId().equals(contact))
                .toList()
                .getLast();
        producer.append(Topics.CHAT, contact, chat.ended(now));
    }

    private double count(String name, String exit) {
        return registry.get(name).tag("exit", exit).counter().count();
    }

    private static TurnOptions options(boolean initialMessage) {
        return options(initialMessage, false);
    }

    private static TurnOptions options(boolean initialMessage, boolean persistent) {
        return new TurnOptions(
                "installation",
                new ChatOptions(
                        "i1",
                        "f1",
                        "t1",
                        Duration.ofHours(25),
                        "{name}",
                        Map.of("brand", "Lull"),
                        Map.of(),
                        List.of(),
                        ""),
                Map.of(
                        "200",
                        new ChatOptions(
                                "i2",
                                "f2",
                                "t2",
                                Duration.ofHours(2),
                                "{phone} at {number}",
                                Map.of(),
                                Map.of("channel", "Channel", "businessNumber", "systemNumber", "urgent", "hurry"),
                                TIMERS,
                                "Please wait")),
                AgentTexts.load("en", Optional.empty()),
                true,
                1024,
                initialMessage,
                persistent,
                List.of("text/plain"),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
    }
}
