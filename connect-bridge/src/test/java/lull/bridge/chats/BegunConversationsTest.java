package lull.bridge.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.CustomerAlias;
import lull.contract.reply.Beginning;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.text.Turns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BegunConversationsTest {

    private static final Instant NOW = Turns.NOW;

    private final MemoryAcknowledgedProducer topic = new MemoryAcknowledgedProducer();
    private final Aliases aliases = new Aliases();
    private BegunConversations begun = new BegunConversations(topic, aliases, options(100));

    @Test
    void anAnswerIsFoundByEachIdOfItsCustomerAndByBothFormsOfANumber() {
        begin("app-1", "5511987654321", NOW);

        assertThat(answered(by("5511987654321", null, "5511987654321"))).containsExactly("app-1");
        assertThat(answered(by("551187654321", null, "551187654321"))).containsExactly("app-1");
        assertThat(answered(by("BR.77", "BR.77", "551187654321"))).containsExactly("app-1");
        assertThat(answered(by("BR.77", "BR.77", null))).isEmpty();
        assertThat(answered(by("5511987654322", null, "5511987654322"))).isEmpty();

        begun.learn("app-1", new Customer("BR.77", "551187654321", null));
        assertThat(answered(by("BR.77", "BR.77", null))).containsExactly("app-1");
        restart();
        assertThat(answered(by("BR.77", "BR.77", null))).containsExactly("app-1");
    }

    @Test
    void anAnswerIsFoundUnderTheIdThatHasReplacedAnother() {
        begin("app-1", "15550001111", NOW.minusSeconds(3600));
        aliases.apply(
                "15550001111", new CustomerAlias("15550001111", "15550002222", "100", "wamid.1", NOW.minusSeconds(60)));

        assertThat(answered(by("15550002222", null, "15550002222"))).containsExactly("app-1");
    }

    @Test
    void oneTurnAnswersAllTemplatesAndIsTheOnlyOne() {
        begin("app-2", "15550001111", NOW);
        begin("app-1", "15550001111", NOW.minusSeconds(60));
        Turn first = by("15550001111", null, "15550001111");

        begun.answeredBy(first).forEach(one -> begun.claim(one, first));
        restart();

        assertThat(answered(first)).containsExactly("app-1", "app-2");
        assertThat(answered(Turns.ofTexts(2, "More"))).isEmpty();
        begun.withdraw("app-1");
        assertThat(begun.of("app-1")).isPresent();
    }

    @Test
    void whatIsOldIsForgottenWithItsCopyAndTheOldestIfThereAreTooMany() {
        begin("app-1", "15550001111", NOW.minus(Duration.ofDays(9)));
        begin("app-2", "15550001112", NOW.minus(Duration.ofDays(7)));
        begun.learn("app-1", new Customer("US.1", "15550001111", null));

        assertThat(begun.forget(NOW)).isEqualTo(1);
        assertThat(topic.entries())
                .filteredOn(entry -> entry.value() == null)
                .extracting(MemoryAcknowledgedProducer.Entry::key)
                .containsExactly("app-1", "app-1/ids");

        begun = new BegunConversations(topic, aliases, options(2));
        begin("app-3", "15550001111", NOW);
        begin("app-4", "15550001112", NOW);
        begin("app-5", "15550001113", NOW);
        assertThat(begun.size()).isEqualTo(2);
        assertThat(answered(by("15550001111", null, "15550001111"))).isEmpty();
        assertThat(answered(by("15550001113", null, "15550001113"))).containsExactly("app-5");
    }

    private static BegunConversations.Options options(int most) {
        return new BegunConversations.Options(Duration.ofDays(7), most);
    }

    private void begin(String id, String phone, Instant at) {
        begun.begin(new ConversationBegun(
                id,
                new ConversationKey("100", phone),
                new Customer(null, phone, null),
                "order",
                List.of(),
                new Beginning(null, null, new TreeMap<>()),
                at,
                null));
    }

    private List<String> answered(Turn turn) {
        return begun.answeredBy(turn).stream().map(ConversationBegun::replyId).toList();
    }

    private void restart() {
        begun = new BegunConversations(topic, aliases, options(100));
        for (MemoryAcknowledgedProducer.Entry entry : topic.entries()) {
            try {
                begun.take(entry.key(), entry.value() == null ? null : Json.bytes(entry.value()), 0);
            } catch (UnreadableJson e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Turn by(String id, @Nullable String userId, @Nullable String phone) {
        Turn turn = Turns.ofTexts(1, "Yes");
        return new Turn(
                turn.id(),
                turn.firstMessageId(),
                new ConversationKey("100", id),
                turn.business(),
                new Customer(userId, phone, "Ana"),
                turn.cause(),
                turn.gap(),
                true,
                turn.firstReceivedAt(),
                turn.lastReceivedAt(),
                turn.items());
    }
}
