package lull.bridge.chats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.text.Turns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChatIndexTest {

    private final Aliases aliases = new Aliases();

    private static final ConversationKey BY_PHONE = new ConversationKey("100", "1555");
    private static final ConversationKey BY_USER = new ConversationKey("100", "US.9");
    private static final Customer PHONE_ONLY = new Customer(null, "1555", null);
    private static final Customer BOTH = new Customer("US.9", "1555", null);

    private final ChatIndex index = new ChatIndex(aliases);

    @Test
    void findsTheChatOfTheLatestTurn() {
        apply(chat("c1", BY_PHONE, PHONE_ONLY, 10), 1);
        apply(chat("c2", BY_PHONE, PHONE_ONLY, 20), 2);
        apply(chat("c3", BY_PHONE, PHONE_ONLY, 15), 3);

        assertThat(latest(BY_PHONE, PHONE_ONLY)).isEqualTo("c2");
        assertThat(index.byContact("c1")).isPresent();
    }

    @Test
    void anOldRecordThatIsToldLateChangesNothing() {
        Chat chat = chat("c1", BY_PHONE, PHONE_ONLY, 10);
        apply(chat.ended(Instant.EPOCH), 5);
        apply(chat, 4);

        assertThat(index.byContact("c1"))
                .hasValueSatisfying(known -> assertThat(known.open()).isFalse());
    }

    @Test
    void findsAnOpenChatByEitherIdOfTheCustomer() {
        apply(chat("c1", BY_PHONE, BOTH, 10), 1);

        assertThat(latest(BY_USER, new Customer("US.9", null, null))).isEqualTo("c1");
        assertThat(index.latestOf(new ConversationKey("999", "US.9"), new Customer("US.9", "1555", null), Turns.NOW))
                .as("another business number")
                .isEmpty();
    }

    @Test
    void findsAnOpenChatByTheOtherFormOfAPhoneNumber() {
        ConversationKey shorter = new ConversationKey("100", "551187654321");
        ConversationKey longer = new ConversationKey("100", "5511987654321");
        apply(chat("c1", shorter, new Customer(null, "551187654321", null), 10), 1);

        assertThat(latest(longer, new Customer(null, "5511987654321", null))).isEqualTo("c1");
        assertThat(index.latestOf(
                        new ConversationKey("100", "5511934567890"),
                        new Customer(null, "5511934567890", null),
                        Turns.NOW))
                .isEmpty();
        index.apply("c1", null, 2);
        assertThat(index.latestOf(longer, new Customer(null, "5511987654321", null), Turns.NOW))
                .isEmpty();
    }

    @Test
    void anOpenChatUnderAnotherIdComesBeforeAnEndedOneUnderTheSame() {
        apply(chat("ended", BY_USER, BOTH, 10).ended(Instant.EPOCH), 1);
        apply(chat("open", BY_PHONE, BOTH, 5), 2);

        assertThat(latest(BY_USER, BOTH)).isEqualTo("open");
    }

    @Test
    void tellsOfTheEndedChatWhereNoneIsOpen() {
        apply(chat("ended", BY_USER, BOTH, 10).ended(Instant.EPOCH), 1);

        assertThat(latest(BY_USER, BOTH)).isEqualTo("ended");
    }

    @Test
    void forgetsWhatWasDeleted() {
        apply(chat("c1", BY_PHONE, BOTH, 10), 1);
        index.apply("c1", null, 2);

        assertThat(index.byContact("c1")).isEmpty();
        assertThat(index.latestOf(BY_PHONE, BOTH, Turns.NOW)).isEmpty();
    }

    @Test
    void membersOfAGroupAreNotTakenForTheirOwnConversations() {
        ConversationKey group = ConversationKey.ofGroup("100", "g1");
        apply(chat("c1", group, BOTH, 10), 1);

        assertThat(index.latestOf(BY_PHONE, PHONE_ONLY, Turns.NOW)).isEmpty();
        assertThat(latest(group, new Customer(null, "1777", null))).isEqualTo("c1");
    }

    private void apply(Chat chat, long offset) {
        index.apply(chat.initialContactId(), chat, offset);
    }

    private @Nullable String latest(ConversationKey conversation, Customer customer) {
        return index.latestOf(conversation, customer, Turns.NOW)
                .map(Chat::initialContactId)
                .orElse(null);
    }

    private static Chat chat(String contact, ConversationKey conversation, Customer customer, long offset) {
        return new Chat(contact, conversation, customer, "t-0-" + offset, offset, Turns.NOW, "p", null, null, null);
    }
}
