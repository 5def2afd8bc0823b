package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.notices.NoticeMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.account.Urgency;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.message.CustomerAlias;
import lull.contract.reply.Beginning;
import lull.contract.reply.ConversationBegun;
import lull.contract.reply.JoinedText;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.reply.ReplyOutcome;
import lull.contract.reply.ReplyOutcome.Doubted.Decision;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.lanes.results.MemoryPartitionTailReader;
import lull.lanes.results.ResultLog;
import lull.runtime.TokenBucket;
import lull.runtime.kafka.NotAcknowledged;
import lull.text.AgentTexts;
import lull.text.Rendering;
import lull.text.Turns;
import lull.whatsapp.ErrorScope;
import lull.whatsapp.ReplySender;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.SendRateLimiter;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.account.KnownAccounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyToWhatsAppTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ReplyPart> sent = new ArrayList<>();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final RecentCustomers recent = new RecentCustomers(100);
    private final ChatBook book =
            new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
    private final List<String> notes = new ArrayList<>();
    private final MemoryAcknowledgedProducer begunTopic = new MemoryAcknowledgedProducer();
    private final BegunConversations begun =
            new BegunConversations(begunTopic, book.aliases(), new BegunConversations.Options(Duration.ofDays(7), 100));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private MemoryPartitionTailReader<ReplyOutcome> tail = tail();
    private boolean connectFails;
    private boolean reportsStatus = true;
    private boolean isOver;
    private String templates = "";
    private Set<String> direct = Set.of();
    private boolean sendsDirectly = true;
    private final KnownAccounts accounts = new KnownAccounts();
    private Instant now = NOW;
    private boolean cannotBuild;
    private @Nullable WhatsAppError notLoaded;
    private int closed;
    private ReplyToWhatsApp flow = restarted();

    @Test
    void sendsAReplyAndRecordsItInTheRequestsPartition() throws InterruptedException {
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyToWhatsAppTest::body).containsExactly("Hello");
        assertThat(sent.getFirst().callback().text()).isEqualTo("1|r1|100|1555");
        assertThat(producer.entries())
                .containsExactly(
                        new MemoryAcknowledgedProducer.Entry(
                                "whatsapp.reply.sent", 3, "r1", new ReplyOutcome.Intended("r1", 0, "c1", NOW)),
                        new MemoryAcknowledgedProducer.Entry(
                                "whatsapp.reply.sent", 3, "r1", new ReplyOutcome.Sent("r1", 0, "wamid.1", NOW)));
    }

    @Test
    void splitsAReplyThatIsTooLong() throws InterruptedException {
        handle(reply("word ".repeat(1_000).strip()));

        assertThat(sent).hasSize(2).allSatisfy(part -> assertThat(body(part)).hasSizeLessThanOrEqualTo(4_096));
        assertThat(producer.values(ReplyOutcome.Sent.class))
                .extracting(ReplyOutcome.Sent::part)
                .containsExactly(0, 1);
    }

    @Test
    void sendsNothingAgainThatWasSent() throws InterruptedException {
        handle(reply("Hello"));
        handle(reply("Hello"));
        flow = restarted();
        handle(reply("Hello"));

        assertThat(sent).hasSize(1);
    }

    @Test
    void goesOnWithThePartThatIsLeft() throws InterruptedException {
        Reply reply = reply("word ".repeat(1_000).strip());
        deliveries.add(new Delivery.Accepted("wamid.1"));
        deliveries.add(new WhatsAppError.Transient(Duration.ofSeconds(6), "pair rate"));

        assertThat(handle(reply)).isEqualTo(new Outcome.Retry(Duration.ofSeconds(6), "pair rate"));
        flow = restarted();
        handle(reply);

        assertThat(sent).hasSize(3);
        assertThat(sent.get(1).content()).isEqualTo(sent.get(2).content());
    }

    @Test
    void nothingIsSentThatCouldNotBeAnnounced() throws InterruptedException {
        producer.failAfter(0);
        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(NotAcknowledged.class);

        assertThat(sent).isEmpty();
    }

    @Test
    void whatCouldNotBeAnnouncedIsNotInDoubtForTheProcessThatKnows() throws InterruptedException {
        for (Reply reply : List.of(reply("Hello"), fromApplication(new ReplyContent.Text("On its way")))) {
            sent.clear();
            producer.failAfter(0);
            assertThatThrownBy(() -> handle(reply)).isInstanceOf(NotAcknowledged.class);
            assertThatThrownBy(() -> handle(reply)).isInstanceOf(NotAcknowledged.class);
            producer.heal();

            assertThat(handle(reply)).isEqualTo(Outcome.DONE);
            assertThat(handle(reply)).isEqualTo(Outcome.DONE);
            assertThat(sent).hasSize(1);
        }
        assertThat(producer.values(ReplyOutcome.Doubted.class)).isEmpty();
    }

    @Test
    void whatWasAnnouncedWhenThePartitionWasLostIsNotInDoubtWhenItComesBack() throws InterruptedException {
        Reply reply = fromApplication(new ReplyContent.Text("On its way"));
        assertThatThrownBy(() -> flow.handle(incoming(reply), lostAtCheck(2)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(producer.values(ReplyOutcome.Intended.class)).hasSize(1);

        assertThat(handle(reply)).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(producer.values(ReplyOutcome.class))
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Intended", "NotTaken", "Intended", "Sent");
    }

    @Test
    void whatAnotherProcessHasAnnouncedIsInDoubt() throws InterruptedException {
        Reply reply = fromApplication(new ReplyContent.Text("On its way"));
        assertThatThrownBy(() -> flow.handle(incoming(reply), lostAtCheck(2)))
                .isInstanceOf(IllegalStateException.class);
        flow = restarted();

        assertThat(handle(reply)).isInstanceOf(Outcome.Retry.class);
        assertThat(sent).isEmpty();
    }

    /// The partition went to another process, which has decided, and came back.
    @Test
    void whatAnotherProcessHasDecidedMeanwhileStays() throws InterruptedException {
        Reply reply = fromApplication(new ReplyContent.Text("On its way"));
        ReplyToWhatsApp first = flow;
        MemoryPartitionTailReader<ReplyOutcome> ofFirst = tail;
        assertThatThrownBy(() -> first.handle(incoming(reply), lostAtCheck(2)))
                .isInstanceOf(IllegalStateException.class);
        flow = restarted();
        now = NOW.plusSeconds(61);
        assertThat(handle(reply)).isEqualTo(Outcome.DONE);
        producer.values(ReplyOutcome.Doubted.class).forEach(doubted -> ofFirst.add(3, 0, doubted.replyId(), doubted));

        assertThat(first.handle(incoming(reply), () -> {})).isEqualTo(Outcome.DONE);

        assertThat(sent).isEmpty();
        assertThat(producer.values(ReplyOutcome.NotTaken.class)).isEmpty();
    }

    /// Loses the partition at one of the checks.
    private static Fence lostAtCheck(int number) {
        AtomicInteger checks = new AtomicInteger();
        return () -> {
            if (checks.incrementAndGet() == number) {
                throw new IllegalStateException("lost");
            }
        };
    }

    @Test
    void whatTheBrokerDidNotTakeIsWrittenLaterAndNotSentAgain() throws InterruptedException {
        producer.failAfter(1);
        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(NotAcknowledged.class);
        producer.heal();

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(producer.values(ReplyOutcome.Sent.class)).hasSize(1);
    }

    @Test
    void aRefusalIsRecordedAndEndsTheReply() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(131047, "more than 24 hours"));

        assertThat(handle(reply("word ".repeat(1_000)))).isEqualTo(Outcome.DONE);
        flow = restarted();
        assertThat(handle(reply("word ".repeat(1_000)))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(producer.values(ReplyOutcome.Refused.class))
                .containsExactly(new ReplyOutcome.Refused("r1", 0, 131047, "more than 24 hours", NOW));
    }

    @Test
    void whatHasExpiredIsNotSentAnyMore() throws InterruptedException {
        Reply trial = expiring("Hello", NOW.plusSeconds(60));
        deliveries.add(new WhatsAppError.Misconfigured(new ErrorScope.Everything(), "token"));
        assertThat(handle(trial)).isEqualTo(new Outcome.Pause(PauseScope.PROCESS, "token"));
        now = NOW.plusSeconds(61);

        assertThat(handle(trial)).isEqualTo(Outcome.DONE);
        assertThat(handle(trial)).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(producer.values(ReplyOutcome.Refused.class))
                .containsExactly(new ReplyOutcome.Refused("r1", 0, 0, "It has expired", now));
    }

    @Test
    void whatHasNotExpiredYetIsSent() throws InterruptedException {
        now = NOW.plusSeconds(60);

        assertThat(handle(expiring("Hello", NOW.plusSeconds(60)))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
    }

    @Test
    void aDoubtAboutWhatHasExpiredIsNotSentAgain() throws InterruptedException {
        Reply trial = expiring("Hello", NOW.plusSeconds(60));
        deliveries.add(new WhatsAppError.Unclear(false, "no answer"));
        handle(trial);
        now = NOW.plus(Duration.ofDays(1));

        handle(trial);

        assertThat(sent).hasSize(1);
    }

    private static Reply expiring(String text, Instant expiresAt) {
        Reply reply = reply(text);
        return new Reply(
                reply.id(),
                reply.conversation(),
                reply.customer(),
                reply.origin(),
                reply.content(),
                reply.requestedAt(),
                null,
                expiresAt);
    }

    @Test
    void wrongSettingsPauseTheFlow() throws InterruptedException {
        deliveries.add(new WhatsAppError.Misconfigured(new ErrorScope.Everything(), "token"));

        assertThat(handle(reply("Hello"))).isEqualTo(new Outcome.Pause(PauseScope.PROCESS, "token"));
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aReplyThatSaysNothingIsRefused() throws InterruptedException {
        assertThat(handle(reply(" "))).isInstanceOf(Outcome.Reject.class);
    }

    @Test
    void whatIsNotTextIsOneMessage() throws InterruptedException {
        ReplyContent picture = new ReplyContent.Media(
                ReplyContent.Media.Kind.IMAGE,
                null,
                "https://files.example/1.jpg",
                "c".repeat(5_000),
                null,
                null,
                null);

        assertThat(handle(fromApplication(picture))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyPart::content).containsExactly(picture);
        assertThat(sent.getFirst().quotedMessageId()).isEqualTo("wamid.asked");
    }

    @Test
    void theFirstPartOfATextQuotesAndAllShowPreviews() throws InterruptedException {
        handle(fromApplication(new ReplyContent.Text("word ".repeat(1_000).strip(), true, null)));

        assertThat(sent).extracting(ReplyPart::quotedMessageId).containsExactly("wamid.asked", null);
        assertThat(sent)
                .extracting(part -> ((ReplyContent.Text) part.content()).previewUrl())
                .containsExactly(true, true);
    }

    @Test
    void aRefusedReplyOfAnApplicationIsRecorded() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(131047, "more than 24 hours"));

        assertThat(handle(fromApplication(new ReplyContent.Text("Hello")))).isEqualTo(Outcome.DONE);
        assertThat(handle(fromApplication(new ReplyContent.Text("Hello")))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(producer.values(ReplyOutcome.Refused.class)).hasSize(1);
    }

    @Test
    void aCrashBehindTheCallSendsNothingAgainWhenWhatsAppReports() throws InterruptedException {
        crashBehindTheCall();
        tail.writtenByOthers(new ReplyOutcome.Reported("r1", 0, "wamid.1", "delivered", NOW));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(doubts("reported")).isEqualTo(1);
    }

    @Test
    void whatIsInDoubtWaitsForAReport() throws InterruptedException {
        crashBehindTheCall();

        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(59);
        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        assertThat(sent).hasSize(1);

        now = NOW.plusSeconds(60);
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
        assertThat(doubts("sent_again")).isEqualTo(1);
        assertThat(producer.values(ReplyOutcome.Doubted.class))
                .containsExactly(new ReplyOutcome.Doubted("r1", 0, Decision.SENT_AGAIN, now));
    }

    @Test
    void afterALongOutageReportsThatNobodyHasReadYetAreWaitedFor() throws InterruptedException {
        crashBehindTheCall();
        now = NOW.plusSeconds(600);
        flow = restarted();

        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        tail.writtenByOthers(new ReplyOutcome.Reported("r1", 0, "wamid.1", "delivered", now));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(1);
    }

    @Test
    void anApplicationsReplyInDoubtIsNotSentAgain() throws InterruptedException {
        deliveries.add(new WhatsAppError.Unclear(false, "no answer"));
        Reply reply = fromApplication(new ReplyContent.Text("Hello"));
        assertThat(handle(reply)).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(60);

        assertThat(handle(reply)).isEqualTo(Outcome.DONE);
        flow = restarted();
        assertThat(handle(reply)).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(notes).isEmpty();
        assertThat(doubts("not_sent_again")).isEqualTo(1);
    }

    @Test
    void anErrorThatLeavesItOpenIsADoubtOfAShorterWait() throws InterruptedException {
        deliveries.add(new WhatsAppError.Unclear(true, "code 131000"));

        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(9);
        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(10);

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void whatIsInDoubtAgainAndAgainIsToldAtLast() throws InterruptedException {
        for (int time = 0; time < 4; time++) {
            deliveries.add(new WhatsAppError.Unclear(true, "code 131000"));
        }

        for (int time = 0; time < 5; time++) {
            handle(reply("Hello"));
            now = now.plusSeconds(60);
        }

        assertThat(sent).hasSize(4);
        assertThat(notes)
                .hasSize(1)
                .first()
                .asString()
                .contains("Perhaps not delivered")
                .contains("Hello");
    }

    @Test
    void whatWasCertainlyNotTakenIsNoDoubt() throws InterruptedException {
        deliveries.add(new WhatsAppError.Transient(Duration.ofSeconds(6), "pair rate"));
        handle(reply("Hello"));
        flow = restarted();

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void theAgentIsToldWhatWasRefusedAlsoWhenConnectFailsAtFirst() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(131047, "more than 24 hours"));
        connectFails = true;
        assertThat(handle(reply("Hello"))).isInstanceOf(Outcome.Retry.class);
        connectFails = false;
        flow = restarted();

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(1);
        assertThat(notes).hasSize(1).first().asString().startsWith("c1 r1/0 Not delivered: more than 24 hours");
    }

    @Test
    void attemptsBeforeTheRefusalDoNotCountAsAttemptsToTell() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(131047, "more than 24 hours"));
        connectFails = true;

        assertThat(flow.handle(attempt(9), () -> {})).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(59);
        assertThat(flow.handle(attempt(10), () -> {})).isInstanceOf(Outcome.Retry.class);
        now = NOW.plusSeconds(60);
        assertThat(flow.handle(attempt(4), () -> {})).isInstanceOf(Outcome.Retry.class);
        assertThat(flow.handle(attempt(11), () -> {})).isEqualTo(Outcome.DONE);

        assertThat(notes).isEmpty();
        assertThat(sent).hasSize(1);
    }

    private static Incoming<Reply> attempt(int number) {
        Incoming<Reply> first = incoming(reply("Hello"));
        return new Incoming<>(
                first.partition(),
                first.offset(),
                first.assignment(),
                first.key(),
                first.value(),
                first.timestamp(),
                number);
    }

    @Test
    void theReplyBehindAFileWaitsUntilTheFileIsSent() throws InterruptedException {
        ReplyContent file = new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "1", null, null, null, null, null);
        handle(fromApplication(file));

        assertThat(handle(reply("Look"))).isInstanceOf(Outcome.Retry.class);
        assertThat(sent).hasSize(1);
        tail.writtenByOthers(new ReplyOutcome.Reported("app-1", 0, "wamid.1", "sent", NOW));
        assertThat(handle(reply("Look"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void theReplyBehindAFileDoesNotWaitForStatusesThatNeverArrive() throws InterruptedException {
        reportsStatus = false;
        handle(fromApplication(
                new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "1", null, null, null, null, null)));

        assertThat(handle(reply("Look"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void theReplyBehindAFileWaitsNoLongerThanItsTime() throws InterruptedException {
        ReplyContent file = new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "1", null, null, null, null, null);
        handle(fromApplication(file));
        now = NOW.plusSeconds(5);

        assertThat(handle(reply("Look"))).isEqualTo(Outcome.DONE);
    }

    @Test
    void nothingIsSentInVainBehindTheCareWindow() throws InterruptedException {
        isOver = true;

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).isEmpty();
        assertThat(producer.entries())
                .extracting(MemoryAcknowledgedProducer.Entry::value)
                .containsExactly(new ReplyOutcome.Refused("r1", 0, 131047, "The care window is over", NOW));
        assertThat(notes).singleElement().asString().startsWith("c1 r1/0 Not delivered: more than 24 hours");
        assertThat(behindTheCareWindow("refused")).isOne();
    }

    @Test
    void aTemplateGoesThroughTheClosedWindow() throws InterruptedException {
        isOver = true;
        ReplyContent template = new ReplyContent.Template("news", "en", null, null);

        assertThat(handle(fromApplication(template))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyPart::content).containsExactly(template);
    }

    @Test
    void aTemplateTakesThePlaceOfATextAndTheAgentIsTold() throws InterruptedException {
        templates = "100=follow_up/en";
        flow = restarted();
        isOver = true;

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent)
                .singleElement()
                .extracting(part -> ((ReplyContent.Template) part.content()).name())
                .isEqualTo("follow_up");
        assertThat(notes).singleElement().asString().startsWith("c1 r1/template Sent as a template");
        assertThat(behindTheCareWindow("template")).isOne();
    }

    @Test
    void aTemplateTakesThePlaceOfWhatWhatsAppRefusesThoughNobodyKnew() throws InterruptedException {
        templates = "100=follow_up/en";
        flow = restarted();
        deliveries.add(new WhatsAppError.Refused(131047, "WhatsApp answered 400, code 131047"));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(2);
        assertThat(sent.getLast().content()).isInstanceOf(ReplyContent.Template.class);
        assertThat(producer.values(ReplyOutcome.Sent.class)).hasSize(1);
    }

    @Test
    void aTemplateThatIsRefusedIsNotToldAsSent() throws InterruptedException {
        templates = "100=follow_up/en";
        flow = restarted();
        isOver = true;
        deliveries.add(new WhatsAppError.Refused(132001, "WhatsApp answered 404, code 132001"));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(notes).singleElement().asString().startsWith("c1 r1/0 Not delivered: WhatsApp refused it");
    }

    @Test
    void aTemplateThatWhatsAppDoesNotSendTakesNoPlace() throws InterruptedException {
        templates = "100=follow_up/en";
        flow = restarted();
        isOver = true;
        known(Subject.TEMPLATE, "7", "follow_up", "en", "status", null, "REJECTED");

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).isEmpty();
        assertThat(notes).singleElement().asString().startsWith("c1 r1/0 Not delivered: more than 24 hours");
    }

    @ParameterizedTest
    @CsvSource({
        "MARKETING, STOP, 1555, false",
        "marketing, STOP, 1555, false",
        "MARKETING, STOP, 1666, true",
        "MARKETING, RESUME, 1555, true",
        "UTILITY, STOP, 1555, true"
    })
    void aTemplateForMarketingGoesOnlyToThoseWhoWantIt(String category, String value, String customer, boolean goes)
            throws InterruptedException {
        known(Subject.TEMPLATE, "7", "news", "en", "category", null, category);
        known(Subject.CUSTOMER, "100|" + customer, null, null, "preference", "marketing_messages", value);
        ReplyContent template = new ReplyContent.Template("news", "en", null, null);

        assertThat(handle(fromApplication(template))).isEqualTo(Outcome.DONE);
        assertThat(handle(fromApplication(template))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(goes ? 1 : 0);
        assertThat(producer.values(ReplyOutcome.Refused.class))
                .extracting(ReplyOutcome.Refused::code)
                .containsExactlyElementsOf(goes ? List.of() : List.of(131050));
    }

    private void known(
            Subject subject,
            String id,
            @Nullable String name,
            @Nullable String language,
            String aspect,
            @Nullable String of,
            String value) {
        AccountFact fact = new AccountFact(
                subject, id, name, language, aspect, of, value, null, Urgency.NOTICE, null, "1", "test", now);
        accounts.apply(fact);
    }

    @Test
    void theRestOfALongTextIsRefusedBehindItsTemplate() throws InterruptedException {
        templates = "*=follow_up/en";
        flow = restarted();
        isOver = true;

        handle(reply("word ".repeat(1_000).strip()));

        assertThat(sent).hasSize(1);
        assertThat(notes).hasSize(2).last().asString().startsWith("c1 r1/1 Not delivered: more than 24 hours");
    }

    @Test
    void anAgentsTextGoesOutAsAUtilityMessageBeforeATemplate() throws InterruptedException {
        directly("100=follow_up/en");

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).singleElement().satisfies(part -> {
            assertThat(part.isUtility()).isTrue();
            assertThat(body(part)).isEqualTo("Hello");
        });
        assertThat(notes).isEmpty();
        assertThat(behindTheCareWindow("direct")).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 131047, 131064, 132015, 139200})
    void aTemplateTakesThePlaceOfWhatWhatsAppRefusesAsAUtilityMessage(int code) throws InterruptedException {
        directly("100=follow_up/en");
        deliveries.add(new WhatsAppError.Refused(code, "WhatsApp answered 400, code " + code));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyPart::isUtility).containsExactly(true, false);
        assertThat(sent.getLast().content()).isInstanceOf(ReplyContent.Template.class);
        assertThat(producer.values(ReplyOutcome.NotTaken.class))
                .containsExactly(new ReplyOutcome.NotTaken("r1", 0, code, NOW));
        assertThat(notes).singleElement().asString().startsWith("c1 r1/template Sent as a template");
        assertThat(behindTheCareWindow("direct_refused")).isOne();
        assertThat(behindTheCareWindow("template")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "100, only a template may be sent",
        "131064, has reached WhatsApp's limit for texts without a template",
        "139200, WhatsApp accepts no texts of the business without a template",
        "131026, WhatsApp cannot reach this customer"
    })
    void withoutATemplateTheAgentReadsWhyTheUtilityMessageWasRefused(int code, String why) throws InterruptedException {
        directly("");
        deliveries.add(new WhatsAppError.Refused(code, "WhatsApp answered 400, code " + code));

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(1);
        assertThat(notes).hasSize(2).allSatisfy(note -> assertThat(note).contains(why));
    }

    @Test
    void aUtilityMessageInDoubtIsSentAgainAsTheSame() throws InterruptedException {
        directly("100=follow_up/en");
        crashBehindTheCall();
        now = NOW.plusSeconds(61);

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).hasSize(2);
        assertThat(sent.getLast()).isEqualTo(sent.getFirst());
    }

    /// The account may have been allowed in the meantime.
    @Test
    void aTemplateInDoubtIsNotFollowedByAUtilityMessage() throws InterruptedException {
        directly("100=follow_up/en");
        deliveries.add(new WhatsAppError.Refused(139200, "WhatsApp answered 400, code 139200"));
        // Two intents and the refusal are written, but not the template's outcome.
        producer.failAfter(3);
        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(NotAcknowledged.class);
        producer.heal();
        flow = restarted();
        now = NOW.plusSeconds(61);

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyPart::isUtility).containsExactly(true, false, false);
        assertThat(sent.getLast()).isEqualTo(sent.get(1));
    }

    @Test
    void whatCannotBeAUtilityMessageGoesTheOldWay() throws InterruptedException {
        directly("100=follow_up/en");

        handle(reply("x".repeat(1_025)));
        handle(fromApplication(new ReplyContent.Template("news", "en", null, null)));
        assertThat(sent)
                .hasSize(2)
                .allSatisfy(part -> assertThat(part.content()).isInstanceOf(ReplyContent.Template.class));

        handle(another("r2", "AGENT", "word ".repeat(1_000).strip()));
        handle(another("r3", "SYSTEM", "Please wait"));
        sendsDirectly = false;
        handle(another("r4", "AGENT", "Hello"));
        sendsDirectly = true;
        direct = Set.of("200");
        flow = restarted();
        handle(another("r5", "AGENT", "Hello"));
        assertThat(sent).hasSize(6).noneMatch(ReplyPart::isUtility);
    }

    private static Reply another(String id, String role, String text) {
        return new Reply(
                id,
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Chat("c1", role, "Bo"),
                new ReplyContent.Text(text),
                NOW);
    }

    private void directly(String templatesThen) {
        templates = templatesThen;
        direct = Set.of("100");
        flow = restarted();
        isOver = true;
    }

    private double behindTheCareWindow(String exit) {
        return registry.get("lull.bridge.care.windows")
                .tag("exit", exit)
                .counter()
                .count();
    }

    /// The call is made, and the process dies before it can write down what came of it.
    private void crashBehindTheCall() {
        producer.failAfter(1);
        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(NotAcknowledged.class);
        producer.heal();
        flow = restarted();
        assertThat(sent).hasSize(1);
    }

    private double doubts(String exit) {
        return registry.get("lull.bridge.doubts").tag("exit", exit).counter().count();
    }

    private static String body(ReplyPart part) {
        return ((ReplyContent.Text) part.content()).body();
    }

    private static Reply fromApplication(ReplyContent content) {
        return new Reply(
                "app-1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Application(null),
                content,
                NOW,
                "wamid.asked");
    }

    @Test
    void anApplicationsReplyByPhoneGoesOnInTheConversationByUserId() throws InterruptedException {
        ConversationKey byUser = new ConversationKey("100", "US.1");
        book.write(new Chat(
                "c1",
                byUser,
                new Customer("US.1", "1555", "Ana"),
                "t-0-1",
                1,
                NOW,
                "p",
                "c",
                NOW.plusSeconds(60),
                null));
        Reply byPhone = new Reply(
                "app-1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Application("shop"),
                new ReplyContent.Text("Ready"),
                NOW);

        assertThat(handle(byPhone)).isEqualTo(Outcome.DONE);

        assertThat(sent).isEmpty();
        Reply forwarded = producer.values(Reply.class).getLast();
        assertThat(forwarded.id()).isEqualTo("app-1");
        assertThat(forwarded.conversation()).isEqualTo(byUser);
        assertThat(forwarded.customer()).isEqualTo(new Customer("US.1", "1555", "Ana"));
        assertThat(handle(forwarded)).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(1);
    }

    @Test
    void anApplicationsReplyByPhoneFindsTheConversationByUserIdWithoutAChat() throws InterruptedException {
        recent.learn(Turns.of(new ConversationKey("100", "US.7"), new Customer("US.7", "1777", "Bo"), NOW));
        Reply byPhone = byPhone("1777");

        assertThat(handle(byPhone)).isEqualTo(Outcome.DONE);

        assertThat(sent).isEmpty();
        Reply forwarded = producer.values(Reply.class).getLast();
        assertThat(forwarded.conversation()).isEqualTo(new ConversationKey("100", "US.7"));
        assertThat(forwarded.customer()).isEqualTo(new Customer("US.7", "1777", "Bo"));
        assertThat(handle(forwarded)).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(1);
    }

    private static Reply byPhone(String phone) {
        return new Reply(
                "app-7",
                new ConversationKey("100", phone),
                new Customer(null, phone, null),
                new ReplyOrigin.Application("shop"),
                new ReplyContent.Text("Ready"),
                NOW);
    }

    @Test
    void aReplyThatWaitedGoesToTheNumberOfNow() throws InterruptedException {
        book.aliases().apply("1555", new CustomerAlias("1555", "1666", "100", "m", NOW.plusSeconds(5)));

        handle(reply("Hello"));

        assertThat(sent).first().extracting(part -> part.customer().phone()).isEqualTo("1666");
    }

    @Test
    void announcesNothingThatCannotBeBuilt() {
        cannotBuild = true;

        assertThatThrownBy(() -> handle(reply("Hello"))).isInstanceOf(IllegalArgumentException.class);

        assertThat(producer.values(ReplyOutcome.class)).isEmpty();
        assertThat(sent).isEmpty();
    }

    @Test
    void announcesNothingWhoseFileIsNotThereYet() throws InterruptedException {
        notLoaded = new WhatsAppError.Transient(Duration.ofSeconds(7), "later");

        assertThat(handle(reply("Hello"))).isEqualTo(new Outcome.Retry(Duration.ofSeconds(7), "later"));
        assertThat(producer.values(ReplyOutcome.class)).isEmpty();
        assertThat(sent).isEmpty();
        assertThat(closed).isEqualTo(1);

        notLoaded = null;
        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(sent).hasSize(1);
        assertThat(closed).isEqualTo(2);
    }

    @Test
    void refusesAReplyWhoseFileIsGoneWithoutACall() throws InterruptedException {
        notLoaded = new WhatsAppError.Refused(131052, "gone");

        assertThat(handle(reply("Hello"))).isEqualTo(Outcome.DONE);
        assertThat(producer.values(ReplyOutcome.class))
                .singleElement()
                .isInstanceOfSatisfying(
                        ReplyOutcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(131052));
        assertThat(sent).isEmpty();
        assertThat(notes).singleElement().asString().contains("WhatsApp did not take the file");
    }

    @Test
    void tellsTheAgentOfAReplyWhoseHandlingIsGivenUp() throws InterruptedException {
        flow.givenUp(incoming(reply("Hello")), () -> {});

        assertThat(notes)
                .singleElement()
                .asString()
                .contains("an unexpected error")
                .contains("Hello");
    }

    private static Incoming<Reply> incoming(Reply reply) {
        return new Incoming<>(3, 0, 1, reply.conversation().toString(), reply, NOW, 0);
    }

    private Outcome handle(Reply reply) throws InterruptedException {
        return flow.handle(incoming(reply), () -> {});
    }

    private Delivery sendNow(ReplyPart part) {
        sent.add(part);
        Delivery scripted = deliveries.poll();
        return scripted != null ? scripted : new Delivery.Accepted("wamid." + sent.size());
    }

    private ReplyToWhatsApp restarted() {
        ReplySender sender = new ReplySender() {
            @Override
            public boolean reportsStatus(String businessNumber) {
                return reportsStatus;
            }

            @Override
            public boolean sendsDirectly(String businessNumber) {
                return sendsDirectly;
            }

            @Override
            public Delivery send(ReplyPart part) {
                return sendNow(part);
            }

            @Override
            public Call prepare(ReplyPart part) {
                if (cannotBuild) {
                    throw new IllegalArgumentException("no request");
                }
                return new Call() {
                    @Override
                    public Delivery send() {
                        return sendNow(part);
                    }

                    @Override
                    public Optional<WhatsAppError> load() {
                        return Optional.ofNullable(notLoaded);
                    }

                    @Override
                    public void close() {
                        closed++;
                    }
                };
            }
        };
        tail = tail();
        return new ReplyToWhatsApp(
                sender,
                new ResultLog<>(Topics.REPLY_SENT, tail, producer),
                new ReplyToWhatsApp.Options(
                        4_096,
                        new DoubtPolicy(
                                Duration.ofSeconds(60), Duration.ofSeconds(10), 3, Decision.SENT_AGAIN, Decision.TOLD),
                        Duration.ofSeconds(5),
                        new Fallback(Fallback.templates(templates), 900),
                        new DirectSend(direct)),
                new SendRateLimiter(
                        new TokenBucket.Rate(Duration.ofMillis(1), 1_000),
                        new TokenBucket.Rate(Duration.ofMillis(1), 1_000),
                        () -> 0),
                this::tell,
                _ -> isOver,
                accounts,
                new KnownConversations(book, recent),
                new BegunByReplies(
                        begun,
                        book,
                        this::tell,
                        new Rendering(AgentTexts.load("en", Optional.empty())),
                        1_024,
                        () -> now),
                producer,
                () -> now,
                new ReplyMetrics(registry),
                new NoticeMetrics(registry));
    }

    @Test
    void whatATemplateBeginsIsRecordedBeforeWhatsAppIsCalled() throws InterruptedException {
        deliveries.add(new WhatsAppError.Transient(Duration.ofSeconds(6), "pair rate"));
        handle(beginning());
        assertThat(begunTopic.values(ConversationBegun.class)).singleElement().satisfies(one -> {
            assertThat(one.template()).isEqualTo("order");
            assertThat(one.values()).containsExactly("17");
            assertThat(one.at()).isEqualTo(NOW);
        });

        handle(beginning());
        assertThat(sent).hasSize(2);
        assertThat(begunTopic.entries()).hasSize(1);
        assertThat(notes).isEmpty();
    }

    @Test
    void whatARefusedTemplateBeginsIsWithdrawn() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(132001, "no such template"));
        handle(beginning());

        assertThat(begunTopic.entries())
                .extracting(MemoryAcknowledgedProducer.Entry::key)
                .containsExactly("app-1", "app-1");
        assertThat(begun.of("app-1")).isEmpty();
    }

    @Test
    void anAgentWhoHasAChatReadsAtOnceThatATemplateWasSent() throws InterruptedException {
        book.write(new Chat(
                "c9",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                "t-0-1",
                1,
                NOW.minusSeconds(60),
                "p",
                "c",
                NOW.plusSeconds(60),
                null));
        handle(beginning());

        assertThat(notes)
                .containsExactly("c9 app-1/begun [Ana sent the template order at 2026-01-01 00:00 UTC] 17\nAsk for it");
    }

    @Test
    void textsThatWereJoinedAreOneMessageAndEachIsClaimedBeforeIt() throws InterruptedException {
        Reply reply = joined("e1", "e2");
        assertThat(handle(reply)).isEqualTo(Outcome.DONE);

        assertThat(sent).extracting(ReplyToWhatsAppTest::body).containsExactly("text e1\ntext e2");
        assertThat(sent.getFirst().callback().text()).isEqualTo("1|" + reply.id() + "|100|1555");
        assertThat(producer.values(ReplyOutcome.class))
                .containsExactly(
                        new ReplyOutcome.Joined("e1", 0, reply.id(), NOW),
                        new ReplyOutcome.Joined("e2", 0, reply.id(), NOW),
                        new ReplyOutcome.Intended(reply.id(), 0, "c1", NOW, null, List.of("e1", "e2")),
                        new ReplyOutcome.Sent(reply.id(), 0, "wamid.1", NOW));
    }

    @Test
    void aTextIsSentOnceInWhateverGroupItIsRequestedAgain() throws InterruptedException {
        handle(single("e1"));
        handle(joined("e1", "e2", "e3"));
        flow = restarted();
        for (Reply reply : List.of(
                joined("e2", "e3"), single("e2"), joined("e3", "e4"), single("e3"), joined("e1", "e2", "e3", "e4"))) {
            assertThat(handle(reply)).isEqualTo(Outcome.DONE);
        }

        assertThat(sent)
                .extracting(ReplyToWhatsAppTest::body)
                .containsExactly("text e1", "text e2\ntext e3", "text e4");
    }

    @Test
    void aGroupThatWasRefusedIsNotSentInAnother() throws InterruptedException {
        deliveries.add(new WhatsAppError.Refused(131026, "no"));
        handle(joined("e1", "e2"));
        handle(joined("e2", "e3"));

        assertThat(sent).extracting(ReplyToWhatsAppTest::body).containsExactly("text e1\ntext e2", "text e3");
        assertThat(notes).singleElement().asString().contains("text e1");
    }

    /// Chats whose texts are requested in random groups again and again, as after crashes of the flow
    /// before, while this one is killed at random: before a claim, between claims, before the intent,
    /// and after the call of WhatsApp, which then reports the message. Each text is sent once, in
    /// order.
    @Test
    void inAnyGroupsAndWithAnyCrashEachTextIsSentOnceInOrder() throws InterruptedException {
        long seed = Long.getLong("lull.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int number = 0; number < 100; number++) {
            int run = number;
            sent.clear();
            flow = restarted();
            int texts = 1 + random.nextInt(12);
            int handled = 0;
            while (handled < texts) {
                // The groups from the last commit on, until the flow before is killed again.
                int from = Math.max(0, handled - random.nextInt(4));
                while (from < texts) {
                    int to = Math.min(texts, from + 1 + random.nextInt(4));
                    Reply reply = group(run, from, to);
                    untilDone(reply, random);
                    handled = Math.max(handled, to);
                    from = to;
                    if (random.nextInt(4) == 0) {
                        break;
                    }
                }
            }
            List<String> expected = IntStream.range(0, texts)
                    .mapToObj(text -> "text " + id(run, text))
                    .toList();
            assertThat(sent.stream().flatMap(part -> Stream.of(body(part).split("\n", -1))))
                    .as("-Dlull.seed=%d, run %d", seed, run)
                    .containsExactlyElementsOf(expected);
        }
    }

    private void untilDone(Reply reply, Random random) throws InterruptedException {
        Outcome outcome = Outcome.retry("");
        while (!outcome.equals(Outcome.DONE)) {
            int before = sent.size();
            boolean isKilled = random.nextInt(3) == 0;
            if (isKilled) {
                producer.failAfter(random.nextInt(7));
            }
            try {
                outcome = handle(reply);
            } catch (NotAcknowledged e) {
                producer.heal();
                if (sent.size() > before) {
                    // WhatsApp has it, and says so.
                    String id = sent.getLast().callback().replyId();
                    producer.append(Topics.REPLY_SENT, 3, id, new ReplyOutcome.Reported(id, 0, "wamid", "sent", now));
                }
                flow = restarted();
            }
            producer.heal();
            now = now.plusSeconds(61);
        }
    }

    private static Reply group(int run, int from, int to) {
        String[] ids = IntStream.range(from, to).mapToObj(text -> id(run, text)).toArray(String[]::new);
        return ids.length == 1 ? single(ids[0]) : joined(ids);
    }

    private static String id(int run, int text) {
        return "e" + run + "-" + text;
    }

    private static Reply single(String id) {
        return new Reply(
                id,
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                new ReplyContent.Text("text " + id),
                NOW);
    }

    private static Reply joined(String... ids) {
        return new Reply(
                        ReplyIds.ofJoined(List.of(ids)),
                        new ConversationKey("100", "1555"),
                        new Customer(null, "1555", null),
                        new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                        new ReplyContent.Text(""),
                        NOW)
                .joining(Stream.of(ids)
                        .map(id -> new JoinedText(id, NOW, "text " + id))
                        .toList());
    }

    private static Reply beginning() {
        return new Reply(
                        "app-1",
                        new ConversationKey("100", "1555"),
                        new Customer(null, "1555", null),
                        new ReplyOrigin.Application(null),
                        new ReplyContent.Template("order", "en", components("17"), null),
                        NOW)
                .beginning(new Beginning("Ana", "Ask for it", new TreeMap<>()));
    }

    private static ArrayNode components(String value) {
        ArrayNode components = Json.object().putArray("components");
        components
                .addObject()
                .put("type", "body")
                .putArray("parameters")
                .addObject()
                .put("type", "text")
                .put("text", value);
        return components;
    }

    private boolean tell(String contact, String about, String text) {
        if (!connectFails) {
            notes.add(contact + " " + about + " " + text);
        }
        return !connectFails;
    }

    private MemoryPartitionTailReader<ReplyOutcome> tail() {
        return new MemoryPartitionTailReader<>(ReplyOutcome::replyId, producer.values(ReplyOutcome.class));
    }

    private static Reply reply(String text) {
        return new Reply(
                "r1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", null),
                new ReplyOrigin.Chat("c1", "AGENT", "Bo"),
                new ReplyContent.Text(text),
                NOW);
    }
}
