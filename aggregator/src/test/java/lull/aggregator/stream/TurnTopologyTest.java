package lull.aggregator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.aggregator.turn.InputPolicy;
import lull.aggregator.turn.KindPolicy;
import lull.aggregator.turn.TurnPolicy;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.topic.Topic;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnTopologyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private TurnTopologyTester lull = new TurnTopologyTester(TurnPolicy.ofGap(Duration.ofSeconds(5)));

    @AfterEach
    void close() {
        lull.close();
    }

    @Test
    void joinsTextsThatComeWithinTheGapIntoOneTurn() {
        for (String text : List.of("Hello", "How", "are", "you?")) {
            lull.says("alice", text);
            lull.silence(SECOND);
        }
        assertThat(lull.turns()).isEmpty();

        lull.silence(Duration.ofMillis(4_001));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.cause()).isEqualTo(TurnCause.GAP);
        assertThat(turn.conversation()).isEqualTo(TurnTopologyTester.conversation("alice"));
        assertThat(turn.items()).extracting(TurnItem::text).containsExactly("Hello\nHow\nare\nyou?");
        assertThat(turn.messageIds()).containsExactly("wamid.1", "wamid.2", "wamid.3", "wamid.4");
        assertThat(turn.firstMessageId()).isEqualTo("wamid.1");
        assertThat(turn.id()).isEqualTo("whatsapp.message.received-0-0");
        assertThat(turn.opensChat()).isTrue();
    }

    @Test
    void closesALoneMessageThoughNobodyElseWrites() {
        lull.says("alice", "Hello");
        lull.silence(Duration.ofMillis(5_001));

        assertThat(lull.turns()).hasSize(1);
    }

    @Test
    void keepsAnImageWithItsCaptionBetweenTheTextsAroundIt() {
        lull.says("alice", "one");
        lull.says("alice", "two");
        lull.sends("alice", image("look"));
        lull.says("alice", "three");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().items())
                .extracting(TurnItem::kind, TurnItem::text)
                .containsExactly(
                        tuple(ContentKind.TEXT, "one\ntwo"),
                        tuple(ContentKind.IMAGE, null),
                        tuple(ContentKind.TEXT, "three"));
    }

    @Test
    void keepsTheTextAroundAReactionTogether() {
        lull.says("alice", "one");
        lull.sends("alice", Map.of("type", "reaction", "reaction", Map.of("message_id", "wamid.0", "emoji", "👍")));
        lull.says("alice", "two");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().items())
                .extracting(TurnItem::kind)
                .containsExactly(ContentKind.TEXT, ContentKind.REACTION);
    }

    @Test
    void keepsApartWhatDifferentPeopleOfAGroupSay() {
        lull.saysInGroup("g", "alice", "one");
        lull.saysInGroup("g", "alice", "two");
        lull.saysInGroup("g", "bob", "three");
        lull.silence(Duration.ofSeconds(6));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.items()).extracting(TurnItem::text).containsExactly("one\ntwo", "three");
        assertThat(turn.items().getLast().messages().getFirst().sender().phone())
                .isEqualTo("bob");
    }

    @Test
    void opensNoChatForALoneReaction() {
        lull.sends("alice", Map.of("type", "reaction", "reaction", Map.of("message_id", "wamid.0", "emoji", "👍")));
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().opensChat()).isFalse();
    }

    @Test
    void keepsFivePhotosAsFiveItemsInOrder() {
        for (int i = 1; i <= 5; i++) {
            lull.sends("alice", image("photo " + i));
        }
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns())
                .singleElement()
                .satisfies(turn -> assertThat(turn.items())
                        .extracting(
                                TurnItem::kind,
                                item -> item.messages().stream()
                                        .map(TurnMessage::id)
                                        .toList())
                        .containsExactly(
                                tuple(ContentKind.IMAGE, List.of("wamid.1")),
                                tuple(ContentKind.IMAGE, List.of("wamid.2")),
                                tuple(ContentKind.IMAGE, List.of("wamid.3")),
                                tuple(ContentKind.IMAGE, List.of("wamid.4")),
                                tuple(ContentKind.IMAGE, List.of("wamid.5"))));
    }

    @Test
    void ordersByWhatsAppsClockAndThenByArrival() {
        lull.sends("alice", Map.of("type", "text", "text", Map.of("body", "second"), "timestamp", "1767607201"));
        lull.sends("alice", Map.of("type", "text", "text", Map.of("body", "first"), "timestamp", "1767607200"));
        lull.sends("alice", Map.of("type", "text", "text", Map.of("body", "third"), "timestamp", "1767607201"));
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().items().getFirst().text()).isEqualTo("first\nsecond\nthird");
    }

    @Test
    void hearsSomeoneWhoNeverStopsAfterTheMaximumDuration() {
        for (int i = 0; i < 40; i++) {
            lull.says("alice", "and");
            lull.silence(SECOND);
        }

        List<Turn> turns = lull.turns();
        assertThat(turns).hasSize(1);
        assertThat(turns.getFirst().cause()).isEqualTo(TurnCause.MAX_DURATION);
        assertThat(turns.getFirst().messageIds()).hasSize(31);
    }

    @Test
    void letsTheMessageThatWouldBeTooManyOpenTheNextTurn() {
        for (int i = 0; i < 51; i++) {
            lull.says("alice", "x");
        }
        lull.silence(Duration.ofSeconds(6));

        List<Turn> turns = lull.turns();
        assertThat(turns).extracting(Turn::cause).containsExactly(TurnCause.MAX_MESSAGES, TurnCause.GAP);
        assertThat(turns).extracting(turn -> turn.messageIds().size()).containsExactly(50, 1);
    }

    @Test
    void letsTheMessageThatWouldMakeItTooLargeOpenTheNextTurn() {
        String long100k = "x".repeat(100_000);
        for (int i = 0; i < 3; i++) {
            lull.says("alice", long100k);
        }
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns())
                .extracting(Turn::cause, turn -> turn.messageIds().size())
                .containsExactly(tuple(TurnCause.MAX_BYTES, 2), tuple(TurnCause.GAP, 1));
    }

    @Test
    void doesNotWaitForTheGapAfterTheAnswerToAButton() {
        lull.says("alice", "I take");
        lull.sends(
                "alice",
                Map.of(
                        "type",
                        "interactive",
                        "interactive",
                        Map.of("type", "button_reply", "button_reply", Map.of("id", "b1", "title", "Yes"))));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.cause()).isEqualTo(TurnCause.KIND);
        assertThat(turn.items()).extracting(TurnItem::kind).containsExactly(ContentKind.TEXT, ContentKind.BUTTON_REPLY);
    }

    @Test
    void endsATurnAtAFlushWordWhateverItsCaseAndPunctuation() {
        TurnPolicy ofGap = TurnPolicy.ofGap(Duration.ofSeconds(5));
        restart(new TurnPolicy(
                ofGap.gap(),
                ofGap.rule(),
                ofGap.albumWindow(),
                ofGap.maxDuration(),
                ofGap.maxMessages(),
                ofGap.maxBytes(),
                Set.of("that's all"),
                ofGap.joiner(),
                ofGap.kinds()));
        lull.says("alice", "My order is late");
        lull.says("alice", "That's ALL!");

        assertThat(lull.turns()).extracting(Turn::cause).containsExactly(TurnCause.FLUSH_WORD);
    }

    @Test
    void anUrgentWordAnywhereInATextOrCaptionEndsItsTurnAtOnceAndMakesItUrgent() {
        restart(urgent(Duration.ofSeconds(5)));
        lull.says("alice", "My boiler leaks");
        lull.says("alice", "Please come, it is URGENT!");
        lull.sends("alice", image("an emergency, look"));
        lull.says("alice", "Insurgents are in a book");
        lull.silence(Duration.ofSeconds(6));

        List<Turn> turns = lull.turns();
        assertThat(turns).extracting(Turn::cause).containsExactly(TurnCause.URGENT, TurnCause.URGENT, TurnCause.GAP);
        assertThat(turns).extracting(Turn::urgent).containsExactly(true, true, false);
        assertThat(turns.getFirst().messageIds()).containsExactly("wamid.1", "wamid.2");
    }

    @Test
    void aGapOfZeroDoesNotHideThatATurnIsUrgent() {
        restart(urgent(Duration.ZERO));
        lull.says("alice", "It is urgent");
        lull.says("alice", "Thanks");

        assertThat(lull.turns())
                .extracting(Turn::cause, Turn::urgent)
                .containsExactly(tuple(TurnCause.URGENT, true), tuple(TurnCause.PASS_THROUGH, false));
    }

    @Test
    void onlyAnUrgentTurnSaysSoInItsRecord() {
        restart(urgent(Duration.ofSeconds(5)));
        lull.says("alice", "urgent");
        lull.says("bob", "Hello");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turnRecords())
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"urgent\":true"))
                .containsExactly(true, false);
    }

    @Test
    void leavesOnlyAMarkerOfAMessageThatWasTakenBackInItsOpenTurn() {
        lull.says("alice", "My PIN is 4711");
        String hello = lull.says("alice", "Hello");
        String revoke = lull.sends("alice", revoke("wamid.1"));
        lull.silence(Duration.ofSeconds(6));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.items()).extracting(TurnItem::kind).containsExactly(ContentKind.REVOKE, ContentKind.TEXT);
        assertThat(turn.messageIds()).containsExactly("wamid.1", revoke, hello);
        assertThat(Json.text(turn)).doesNotContain("4711");
        assertThat(turn.opensChat()).isTrue();
    }

    @Test
    void knowsAMessageThatWasTakenBackByTheOtherFormOfItsId() {
        String byPhone = "wamid.HBgMMjAxMDExMTEwMDAxFQIAEhggMTFERTJBMENBNEU0M0M4RjJDQTE1QkYwRDc3QTk3NEEA";
        String byUserId =
                "wamid.HBgWVVMuODg0MjAxOTM3NTYxMDI4NDc3MRUUABIYIDExREUyQTBDQTRFNDNDOEYyQ0ExNUJGMEQ3N0E5NzRBAA==";
        lull.sends("alice", Map.of("id", byPhone, "type", "text", "text", Map.of("body", "My PIN is 4711")));
        Map<String, ?> changed = Map.of("type", "text", "text", Map.of("body", "My PIN is 4712"));
        lull.sends(
                "alice", Map.of("type", "edit", "edit", Map.of("original_message_id", byUserId, "message", changed)));
        lull.sends("alice", revoke(byUserId));
        lull.silence(Duration.ofSeconds(6));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.items()).extracting(TurnItem::kind).containsExactly(ContentKind.REVOKE);
        assertThat(Json.text(turn)).doesNotContain("4711").doesNotContain("4712");
    }

    @Test
    void leavesNothingOfWhatATakenBackMessageWasChangedInto() {
        lull.says("alice", "My PIN is 4711");
        Map<String, ?> changed = Map.of("type", "text", "text", Map.of("body", "My PIN is 4712"));
        lull.sends(
                "alice", Map.of("type", "edit", "edit", Map.of("original_message_id", "wamid.1", "message", changed)));
        lull.sends("alice", revoke("wamid.1"));
        lull.sends("alice", revoke("wamid.1"));
        lull.silence(Duration.ofSeconds(6));

        Turn turn = lull.turns().getFirst();
        assertThat(turn.items()).extracting(TurnItem::kind).containsExactly(ContentKind.REVOKE);
        assertThat(turn.messageIds()).hasSize(4);
        assertThat(Json.text(turn)).doesNotContain("4711").doesNotContain("4712");
    }

    @Test
    void endsATurnAtItsMaximumDurationThoughEachMessageWasReceivedInTimeAndNobodyTicked() {
        for (int i = 0; i < 20; i++) {
            lull.says("alice", "text " + i);
            lull.hole(Duration.ofSeconds(4));
        }
        lull.silence(Duration.ofSeconds(12));

        assertThat(lull.turns())
                .hasSizeGreaterThan(1)
                .allSatisfy(turn -> assertThat(Duration.between(turn.firstReceivedAt(), turn.lastReceivedAt()))
                        .isLessThanOrEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void opensNoChatForWhatWasTakenBackAtOnce() {
        lull.says("alice", "Oops");
        lull.sends("alice", revoke("wamid.1"));
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns()).extracting(Turn::opensChat).containsExactly(false);
    }

    @Test
    void letsNobodyTakeBackWhatAnotherOneOfTheGroupWrote() {
        lull.saysInGroup("g1", "alice", "Hello");
        lull.sendsInGroup("g1", "bob", revoke("wamid.1"));
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().items())
                .extracting(TurnItem::kind)
                .containsExactly(ContentKind.TEXT, ContentKind.REVOKE);
    }

    @Test
    void showsARevocationOfAnEarlierTurnAsAnItem() {
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));
        lull.sends("alice", revoke("wamid.1"));
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getLast().items()).extracting(TurnItem::kind).containsExactly(ContentKind.REVOKE);
    }

    @Test
    void joinsTextsByTheJoinerOfItsPolicy() {
        restart(policy(" / ", KindPolicy.DEFAULT));
        lull.says("alice", "one");
        lull.says("alice", "two");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns().getFirst().items().getFirst().text()).isEqualTo("one / two");
    }

    @Test
    void letsThePolicySayWhatKindsDo() {
        restart(policy(
                "\n",
                new KindPolicy(Set.of(ContentKind.REACTION), Set.of(ContentKind.IMAGE), Set.of(ContentKind.REACTION))));
        lull.sends("alice", Map.of("type", "reaction", "reaction", Map.of("message_id", "wamid.0", "emoji", "x")));
        lull.sends("alice", image("ends"));
        lull.says("alice", "later");
        lull.silence(Duration.ofSeconds(6));

        List<Turn> turns = lull.turns();
        assertThat(turns).extracting(Turn::cause).containsExactly(TurnCause.KIND, TurnCause.GAP);
        assertThat(turns).extracting(Turn::opensChat).containsExactly(true, false);
        assertThat(turns.getFirst().items()).extracting(TurnItem::hidden).containsExactly(true, false);
    }

    @Test
    void givesABusinessNumberItsOwnPolicy() {
        TurnPolicy atOnce = TurnPolicy.ofGap(Duration.ZERO);
        TurnPolicy ofTopic = TurnPolicy.ofGap(Duration.ofSeconds(5));
        restart(new InputPolicy(
                ofTopic,
                Map.of(TurnTopologyTester.BUSINESS_NUMBER, atOnce),
                InputPolicy.HolePolicy.DEFAULT,
                Duration.ofSeconds(10)));
        lull.says("alice", "one");
        assertThat(lull.turns()).extracting(Turn::cause).containsExactly(TurnCause.PASS_THROUGH);

        restart(new InputPolicy(
                ofTopic, Map.of("another", atOnce), InputPolicy.HolePolicy.DEFAULT, Duration.ofSeconds(10)));
        lull.says("alice", "one");
        assertThat(lull.turns()).isEmpty();
    }

    @Test
    void makesEveryMessageATurnWhereTheGapIsZero() {
        restart(TurnPolicy.ofGap(Duration.ZERO));
        lull.says("alice", "one");
        lull.says("alice", "two");

        assertThat(lull.turns())
                .extracting(Turn::cause)
                .containsExactly(TurnCause.PASS_THROUGH, TurnCause.PASS_THROUGH);
    }

    @Test
    void dropsAMessageThatComesAgainAndCountsIt() {
        Map<String, ?> hello = Map.of("type", "text", "id", "wamid.same", "text", Map.of("body", "Hello"));
        lull.sends("alice", hello);
        lull.sends("alice", hello);
        lull.silence(Duration.ofSeconds(6));
        lull.sends("alice", hello);
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.same"));
        assertThat(lull.counted("lull.messages.duplicate")).isEqualTo(2);
    }

    @Test
    void keepsTheConversationsOfDifferentCustomersApart() {
        lull.says("alice", "Hello");
        lull.says("bob", "Hi");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns())
                .extracting(turn -> turn.conversation().customer())
                .containsExactly("alice", "bob");
    }

    @Test
    void changesTheGapForTheNextMessageWhenASettingComes() {
        lull.says("alice", "one");
        lull.setsGap(Duration.ofSeconds(1));
        lull.silence(Duration.ofSeconds(2));
        assertThat(lull.turns()).isEmpty();

        lull.says("alice", "two");
        lull.silence(Duration.ofMillis(1_001));
        assertThat(lull.turns())
                .extracting(turn -> turn.items().getFirst().text())
                .containsExactly("one\ntwo");

        lull.setsGap(null);
        lull.says("alice", "three");
        lull.silence(Duration.ofSeconds(4));
        assertThat(lull.turns()).isEmpty();
    }

    @Test
    void waitsOutAHoleSoThatWhatWasBufferedStillJoins() {
        lull.says("alice", "one");
        lull.hole(Duration.ofSeconds(8));
        lull.tick();
        lull.silence(SECOND);
        assertThat(lull.turns()).isEmpty();

        lull.silence(SECOND);

        assertThat(lull.turns()).extracting(Turn::cause).containsExactly(TurnCause.GAP);
        assertThat(lull.counted("lull.log.holes")).isEqualTo(1);
    }

    @Test
    void keepsATurnWholeWhoseMessagesWaitedForAcknowledgementsOfAFollowerThatDied() {
        lull.says("alice", "one");
        lull.hole(Duration.ofMillis(5_010));
        lull.probe();
        lull.hole(Duration.ofSeconds(4));
        lull.tick();
        lull.ingressIsAhead(Duration.ofSeconds(-7));
        lull.says("alice", "two");
        lull.silence(Duration.ofSeconds(8));

        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.1", "wamid.2"));
        assertThat(lull.counted("lull.log.holes")).isEqualTo(1);
    }

    @Test
    void anAnswerOfTheBusinessChangesNoTurn() {
        lull.says("alice", "one");
        lull.silence(Duration.ofSeconds(3));
        lull.answers("alice");
        lull.answers("bob");
        lull.silence(Duration.ofMillis(1_900));
        lull.says("alice", "two");
        lull.silence(Duration.ofMillis(4_900));
        assertThat(lull.turns()).isEmpty();
        lull.answers("alice");
        lull.silence(Duration.ofMillis(200));

        List<Turn> turns = lull.turns();
        assertThat(turns).extracting(Turn::messageIds).containsExactly(List.of("wamid.1", "wamid.2"));
        assertThat(turns).extracting(Turn::cause).containsExactly(TurnCause.GAP);
        assertThat(lull.deadLetters()).isEmpty();
    }

    @Test
    void anAnswerEndsTheTurnsThatAreDueAsEachRecordOfAnIngressDoes() {
        lull.says("alice", "one");
        lull.hole(Duration.ofMillis(5_001));
        lull.answers("bob");

        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.1"));
    }

    @Test
    void anAnswerAfterAHoleEndsNoTurnBeforeTheTurnsHaveSettled() {
        lull.says("alice", "one");
        lull.hole(Duration.ofSeconds(8));
        lull.answers("alice");
        lull.silence(SECOND);
        assertThat(lull.turns()).isEmpty();

        lull.silence(SECOND);

        assertThat(lull.counted("lull.log.holes")).isEqualTo(1);
        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.1"));
    }

    @Test
    void makesADeadLetterOfAnAnswerUnderAKeyThatIsNotItsConversation() {
        lull.answers(TurnTopologyTester.conversation("bob").toString(), "alice");
        lull.pipe(
                TurnTopologyTester.conversation("alice").toString(),
                ("{\"kind\":\"answer\",\"conversation\":\"106540352242922|alice\","
                                + "\"sentAt\":\"+999999999-12-31T23:59:59Z\"}")
                        .getBytes(StandardCharsets.UTF_8),
                new RecordHeaders());

        assertThat(lull.deadLetters())
                .extracting(dead -> header(dead, "__streams.errors.message"))
                .containsExactly(
                        "An answer whose key is not its conversation",
                        "Not readable as InputRecord at line 1, column 66, member sentAt (MismatchedInputException)");
    }

    @Test
    void makesADeadLetterOfWhatCannotBeReadAndGoesOn() {
        byte[] bad = "{\"kind\":\"message\",".getBytes(StandardCharsets.UTF_8);
        RecordHeaders headers = new RecordHeaders();
        headers.add("own", "kept".getBytes(StandardCharsets.UTF_8));
        lull.pipe("key", bad, headers);
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));

        TestRecord<byte[], byte[]> dead = lull.deadLetters().getFirst();
        assertThat(dead.value()).isEqualTo(bad);
        assertThat(header(dead, "own")).isEqualTo("kept");
        assertThat(header(dead, "__streams.errors.topic")).isEqualTo("whatsapp.message.received");
        assertThat(header(dead, "__streams.errors.offset")).isEqualTo("0");
        assertThat(header(dead, "__streams.errors.message"))
                .contains("Not readable")
                .doesNotContain("kind\":");
        assertThat(lull.turns()).hasSize(1);
    }

    @Test
    void makesADeadLetterOfWhatIsTooLargeToBeKept() {
        byte[] huge = ("{\"kind\":\"tick\",\"x\":\"" + "x".repeat(Topic.MAX_VALUE_BYTES) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        lull.pipe("106540352242922|alice", huge, new RecordHeaders());
        String number = "{\"kind\":\"setting\",\"gap\":\"PT1S\",\"businessNumber\":\"" + "1".repeat(65) + "\"}";
        lull.pipe("", number.getBytes(StandardCharsets.UTF_8), new RecordHeaders());

        assertThat(lull.deadLetters()).hasSize(2);
    }

    @Test
    void makesADeadLetterOfATurnThatIsMoreThanARecordTakesAndGoesOn() {
        String tooLong = "x".repeat(Topic.MAX_VALUE_BYTES / 2);
        lull.says("alice", tooLong);
        lull.silence(Duration.ofSeconds(6));
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.2"));
        TestRecord<byte[], byte[]> dead = lull.deadLetters().getFirst();
        assertThat(new String(dead.value(), StandardCharsets.UTF_8)).contains("wamid.1", tooLong);
        assertThat(header(dead, "__streams.errors.exception")).isEqualTo("unwritable");
        assertThat(header(dead, "__streams.errors.offset")).isEqualTo("0");
    }

    @Test
    void makesADeadLetterOfATurnThatIsNestedTooDeeplyAndGoesOn() {
        String nested = "[".repeat(997) + "]".repeat(997);
        String message = new String(again("wamid.deep"), StandardCharsets.UTF_8)
                .replace("\"type\":", "\"more\":" + nested + ",\"type\":");
        String conversation = TurnTopologyTester.conversation("alice").toString();
        lull.pipe(conversation, message.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        lull.silence(Duration.ofSeconds(6));
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns()).hasSize(1);
        assertThat(new String(lull.deadLetters().getFirst().value(), StandardCharsets.UTF_8))
                .isEqualTo(message);
    }

    @Test
    void doesNotTakeAReplayedDeadLetterForADuplicate() {
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));
        byte[] message = lull.turnRecords().getFirst().value();
        lull.pipe("key", message, new RecordHeaders());
        assertThat(lull.deadLetters()).hasSize(1);

        RecordHeaders replayed = new RecordHeaders();
        replayed.add("lull-replayed", new byte[0]);
        String conversation = TurnTopologyTester.conversation("alice").toString();
        lull.pipe(conversation, again("wamid.1"), replayed);
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.turns()).extracting(Turn::messageIds).containsExactly(List.of("wamid.1"));
    }

    @Test
    void sendsNoHeaderOfOneCustomerWithTheTurnOfAnother() {
        lull.says("alice", "Hello");
        lull.hole(Duration.ofMillis(5_400));
        RecordHeaders bobs = new RecordHeaders();
        bobs.add("traceparent", "of bob".getBytes(StandardCharsets.UTF_8));
        lull.pipe("bob", "{\"kind\":\"tick\"}".getBytes(StandardCharsets.UTF_8), bobs);

        assertThat(lull.turnRecords().getFirst().headers()).isEmpty();
    }

    @Test
    void takesRecordsOfNoSensibleTimeForDeadLettersInsteadOfFailingForEver() {
        String beyond = new String(again("wamid.9"), StandardCharsets.UTF_8)
                .replace("2026-01-05T10:00:06Z", "+999999999-12-31T23:59:59Z");
        String gap = "{\"kind\":\"setting\",\"gap\":\"PT99999999999H\"}";
        lull.pipe("106540352242922|alice", beyond.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        lull.pipe("", gap.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        lull.says("alice", "Hello");
        lull.silence(Duration.ofSeconds(6));

        assertThat(lull.deadLetters()).hasSize(2);
        assertThat(lull.turns()).hasSize(1);
    }

    @Test
    void splitsNothingWhereClocksOfIngressesDiffer() {
        for (int i = 0; i < 8; i++) {
            lull.ingressIsAhead(Duration.ofSeconds(i % 2 == 0 ? 2 : -2));
            lull.says("alice", "text " + i);
            lull.silence(Duration.ofSeconds(3));
        }
        lull.silence(Duration.ofSeconds(3));

        assertThat(lull.turns())
                .singleElement()
                .satisfies(turn -> assertThat(turn.messageIds()).hasSize(8));
    }

    private void restart(TurnPolicy policy) {
        restart(InputPolicy.of(policy));
    }

    private void restart(InputPolicy policy) {
        lull.close();
        lull = new TurnTopologyTester(policy);
    }

    private static TurnPolicy policy(String joiner, KindPolicy kinds) {
        TurnPolicy ofGap = TurnPolicy.ofGap(Duration.ofSeconds(5));
        return new TurnPolicy(
                ofGap.gap(),
                ofGap.rule(),
                ofGap.albumWindow(),
                ofGap.maxDuration(),
                ofGap.maxMessages(),
                ofGap.maxBytes(),
                ofGap.flushWords(),
                joiner,
                kinds);
    }

    private static TurnPolicy urgent(Duration gap) {
        TurnPolicy ofGap = TurnPolicy.ofGap(gap);
        return new TurnPolicy(
                ofGap.gap(),
                ofGap.rule(),
                ofGap.albumWindow(),
                ofGap.maxDuration(),
                ofGap.maxMessages(),
                ofGap.maxBytes(),
                ofGap.flushWords(),
                ofGap.joiner(),
                ofGap.kinds(),
                Set.of("urgent", "emergency"));
    }

    private static Map<String, ?> revoke(String id) {
        return Map.of("type", "revoke", "revoke", Map.of("original_message_id", id));
    }

    private static byte[] again(String id) {
        return ("{\"kind\":\"message\",\"id\":\"" + id + "\",\"conversation\":\"106540352242922|alice\","
                        + "\"receivedAt\":\"2026-01-05T10:00:06Z\",\"source\":{\"door\":\"meta\",\"app\":\"default\"},"
                        + "\"business\":{\"phoneNumberId\":\"106540352242922\"},\"customer\":{\"phone\":\"alice\"},"
                        + "\"raw\":{\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, ?> image(String caption) {
        return Map.of("type", "image", "image", Map.of("id", "1003383421387256", "caption", caption));
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
