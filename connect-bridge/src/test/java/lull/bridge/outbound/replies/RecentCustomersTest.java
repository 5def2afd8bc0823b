package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.text.Turns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RecentCustomersTest {

    private static final Instant EARLIER = Turns.NOW;
    private static final Instant LATER = EARLIER.plusSeconds(60);

    private final RecentCustomers customers = new RecentCustomers(4);

    @Test
    void findsAConversationByEachIdOfItsCustomer() {
        learn("US.1", "US.1", "1555", EARLIER);

        assertThat(find("1555", null, "1555")).hasValue("100|US.1");
        assertThat(find("US.1", "US.1", null)).hasValue("100|US.1");
        assertThat(find("1666", null, "1666")).isEmpty();
    }

    @Test
    void aConversationThatIsStillByPhoneIsFoundByUserId() {
        learn("1555", "US.1", "1555", EARLIER);

        assertThat(find("US.1", "US.1", null)).hasValue("100|1555");
    }

    @Test
    void findsAConversationByTheOtherFormOfAPhoneNumber() {
        learn("551187654321", null, "551187654321", EARLIER);

        assertThat(find("5511987654321", null, "5511987654321")).hasValue("100|551187654321");
        assertThat(find("5511987654322", null, "5511987654322")).isEmpty();
    }

    @Test
    void thePhoneNumberIsOfWhoeverWroteLastInWhateverOrderTheTurnsAreRead() {
        learn("1555", null, "1555", LATER);
        learn("US.1", "US.1", "1555", EARLIER);

        assertThat(find("1555", null, "1555")).hasValue("100|1555");
        assertThat(find("US.1", "US.1", null)).hasValue("100|US.1");
        assertThat(find("US.1", "US.1", "1555")).as("the later one of both").hasValue("100|1555");
    }

    @Test
    void customersOfAnotherBusinessNumberAreOthers() {
        learn("US.1", "US.1", "1555", EARLIER);

        assertThat(customers.find(new ConversationKey("200", "1555"), new Customer(null, "1555", null)))
                .isEmpty();
    }

    @Test
    void groupsAreNobody() {
        learn("group:1", "US.1", "1555", EARLIER);

        assertThat(customers.size()).isZero();
    }

    @Test
    void forgetsWhoHasNotWrittenForTheLongest() {
        learn("US.1", "US.1", "1551", EARLIER);
        learn("US.2", "US.2", "1552", EARLIER);
        learn("US.1", "US.1", "1551", LATER);
        learn("US.3", "US.3", "1553", LATER);

        assertThat(customers.size()).isEqualTo(4);
        assertThat(find("1552", null, "1552")).isEmpty();
        assertThat(find("1551", null, "1551")).hasValue("100|US.1");
        assertThat(find("1553", null, "1553")).hasValue("100|US.3");
    }

    private void learn(String conversation, @Nullable String userId, String phone, Instant at) {
        customers.learn(Turns.of(new ConversationKey("100", conversation), new Customer(userId, phone, "Ana"), at));
    }

    private Optional<String> find(String named, @Nullable String userId, @Nullable String phone) {
        return customers
                .find(new ConversationKey("100", named), new Customer(userId, phone, null))
                .map(heard -> heard.conversation().toString());
    }
}
