package lull.applications.persons;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lull.applications.turns.TestTurns;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.json.Json;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;

final class ChatsInUseTest {

    private static final String NUMBER = "100000000000001";
    private static final String PHONE = "15550001001";
    private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant ENDED = OPENED.plusSeconds(600);
    private static final Turn TURN = TestTurns.text(1, "echo", "Hello");

    private final ChatsInUse chats = new ChatsInUse();

    @Test
    void aChatIsInUseUntilItHasEnded() throws Exception {
        assertThat(chats.isOpen(TURN)).isFalse();

        take(chat("c", PHONE, new Customer(null, PHONE, null)));
        assertThat(chats.isOpen(TURN)).isTrue();
        assertThat(chats.hasEndedSince(TURN, OPENED)).isFalse();

        take(chat("c", PHONE, new Customer(null, PHONE, null)).ended(ENDED));
        assertThat(chats.isOpen(TURN)).isFalse();
        assertThat(chats.hasEndedSince(TURN, ENDED)).isTrue();
        assertThat(chats.hasEndedSince(TURN, ENDED.plusMillis(1))).isFalse();

        chats.take("c", null);
        assertThat(chats.hasEndedSince(TURN, OPENED)).isFalse();
    }

    @Test
    void oneOfSeveralChatsIsEnough() throws Exception {
        take(chat("old", PHONE, new Customer(null, PHONE, null)).ended(ENDED));
        take(chat("new", PHONE, new Customer(null, PHONE, null)));

        assertThat(chats.isOpen(TURN)).isTrue();
        assertThat(chats.hasEndedSince(TURN, OPENED)).isTrue();
    }

    @Test
    void theCustomerIsKnownByAnyIdButOnlyAtTheSameNumber() throws Exception {
        take(chat("c", "US.1", new Customer("US.1", PHONE, null)));
        assertThat(chats.isOpen(TURN)).isTrue();

        chats.take("c", null);
        assertThat(chats.isOpen(TURN)).isFalse();
        chats.take(
                "other",
                Json.bytes(new Chat(
                        "other",
                        new ConversationKey("100000000000002", PHONE),
                        new Customer(null, PHONE, null),
                        "t",
                        1,
                        OPENED,
                        null,
                        null,
                        null,
                        null)));
        assertThat(chats.isOpen(TURN)).isFalse();
    }

    @Test
    void aMemberOfAGroupIsNotInItsChatAlone() throws Exception {
        take(chat("c", "group:1", new Customer(null, PHONE, null)));

        assertThat(chats.isOpen(TURN)).isFalse();
    }

    private void take(Chat chat) throws Exception {
        chats.take(chat.initialContactId(), Json.bytes(chat));
    }

    private static Chat chat(String contact, String customer, Customer person) {
        return new Chat(contact, new ConversationKey(NUMBER, customer), person, "t", 1, OPENED, null, null, null, null);
    }
}
