package lull.bridge.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.account.AccountFact;
import lull.contract.account.Urgency;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import lull.contract.topic.Topics;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.whatsapp.account.KnownAccounts;
import org.junit.jupiter.api.Test;

final class EventToAccountTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String STOP =
            "\"metadata\":{\"phone_number_id\":\"100\"},\"user_preferences\":[{\"wa_id\":\"1555\","
                    + "\"user_id\":\"US.1\",\"category\":\"marketing_messages\",\"value\":\"stop\"}]";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryAcknowledgedProducer producer = new MemoryAcknowledgedProducer();
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(registry));
    private final KnownAccounts known = new KnownAccounts();
    private final List<String> notes = new ArrayList<>();
    private boolean isSent = true;
    private Instant now = NOW;
    private int followed;
    private final EventToAccount flow = new EventToAccount(
            known,
            producer,
            book,
            (contact, about, text) -> {
                notes.add(contact + " " + about + ": " + text);
                return isSent;
            },
            () -> now,
            new AccountMetrics(registry),
            (incoming, fence) -> {
                followed++;
                return Outcome.DONE;
            });

    @Test
    void whatWhatsAppSaysIsRecordedOnce() throws Exception {
        handle(review("REJECTED", NOW), 0);
        handle(review("REJECTED", NOW), 0);

        assertThat(producer.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.topic()).isEqualTo(Topics.ACCOUNT.name());
            assertThat(entry.key()).isEqualTo("account/1/1/review/");
        });
        assertThat(count("recorded")).isOne();
        assertThat(count("known")).isOne();
        assertThat(known.problems(Urgency.CRITICAL, NOW)).isOne();
    }

    @Test
    void aLaterFactTakesThePlaceOfAnEarlierOne() throws Exception {
        handle(review("REJECTED", NOW), 0);
        handle(review("APPROVED", NOW.plusSeconds(1)), 0);

        assertThat(values()).containsExactly("REJECTED", "APPROVED");
        assertThat(known.problems(Urgency.CRITICAL, NOW)).isZero();
    }

    @Test
    void anEarlierFactThatComesLateChangesNothing() throws Exception {
        handle(review("APPROVED", NOW.plusSeconds(1)), 0);
        handle(review("REJECTED", NOW), 0);

        assertThat(values()).containsExactly("APPROVED");
        assertThat(count("outdated")).isOne();
    }

    @Test
    void aRestrictionEndsByItself() throws Exception {
        handle(
                event(
                        "account_update",
                        "\"event\":\"ACCOUNT_RESTRICTION\",\"restriction_info\":[{\"restriction_type\":"
                                + "\"RESTRICTED_BIZ_INITIATED_MESSAGING\",\"expiration\":"
                                + NOW.plusSeconds(60).getEpochSecond() + "}]",
                        NOW),
                0);

        assertThat(known.problems(Urgency.CRITICAL, NOW.plusSeconds(59))).isOne();
        assertThat(known.problems(Urgency.CRITICAL, NOW.plusSeconds(60))).isZero();
    }

    @Test
    void theAgentOfTheChatLearnsThatTheCustomerWantsNoMarketing() throws Exception {
        book.write(chat());

        handle(event("user_preferences", STOP, NOW), 0);

        // One note, though each of the customer's ids has a fact.
        assertThat(notes)
                .containsExactly("c1 c1|marketing_messages|2026-03-01T10:00:00Z: The customer does not want marketing"
                        + " messages anymore.");

        handle(event("user_preferences", STOP, NOW), 1);
        assertThat(notes).hasSize(1);
    }

    @Test
    void withoutAChatNobodyIsNotified() throws Exception {
        now = NOW.plusSeconds(10);

        assertThat(handle(event("user_preferences", STOP, NOW), 0)).isEqualTo(Outcome.DONE);
        assertThat(notes).isEmpty();
        assertThat(producer.entries()).hasSize(2);
    }

    @Test
    void theAgentOfAChatThatIsBeingOpenedIsNotified() throws Exception {
        now = NOW.plusSeconds(9);
        assertThat(handle(event("user_preferences", STOP, NOW), 0)).isInstanceOf(Outcome.Deferred.class);
        assertThat(producer.entries()).hasSize(2);
        assertThat(followed).isZero();

        book.write(chat());

        assertThat(handle(event("user_preferences", STOP, NOW), 1)).isEqualTo(Outcome.DONE);
        assertThat(notes).hasSize(1);
        assertThat(registry.find("lull.bridge.account.facts").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum())
                .as("facts, each counted once")
                .isEqualTo(2);
    }

    @Test
    void aNoteThatFailsIsTriedAgainForAWhile() throws Exception {
        book.write(chat());
        isSent = false;

        assertThat(handle(event("user_preferences", STOP, NOW), 0)).isInstanceOf(Outcome.Retry.class);
        assertThat(followed).isZero();
        now = NOW.plusSeconds(125);
        assertThat(handle(event("user_preferences", STOP, NOW), 5)).isEqualTo(Outcome.DONE);
        assertThat(producer.entries()).hasSize(2);
        assertThat(followed).isOne();
    }

    private List<String> values() {
        return producer.values(AccountFact.class).stream()
                .map(AccountFact::value)
                .toList();
    }

    private Outcome handle(AccountEvent event, int attempt) throws InterruptedException {
        return flow.handle(new Incoming<>(0, 0, 1, "1", event, NOW, attempt), () -> {});
    }

    private static AccountEvent review(String decision, Instant at) throws UnreadableJson {
        return event("account_review_update", "\"decision\":\"" + decision + "\"", at);
    }

    private static AccountEvent event(String field, String value, Instant at) throws UnreadableJson {
        return new AccountEvent(
                field,
                "1",
                at,
                NOW.plusSeconds(5),
                new Source("meta", "default"),
                Json.tree("{\"value\":{" + value + "}}"));
    }

    private static Chat chat() {
        return new Chat(
                "c1",
                new ConversationKey("100", "US.1"),
                new Customer("US.1", "1555", null),
                "t-0-1",
                1,
                NOW.minusSeconds(60),
                "p",
                "c",
                NOW.plusSeconds(60),
                null);
    }

    private double count(String outcome) {
        return registry.get("lull.bridge.account.facts")
                .tag("exit", outcome)
                .counter()
                .count();
    }
}
