package lull.contract.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;

/// Records of earlier versions stay readable.
final class ChatTest {

    /// As versions before 2026-08 wrote it.
    private static final String FIRST = """
            {"initialContactId":"c1","conversation":"100|15550001111",
             "customer":{"userId":null,"phone":"15550001111","name":"Ana"},"openedByTurn":"t-0-1","openedByOffset":1,
             "openedAt":"2026-01-31T12:00:00Z","participantToken":"p","connectionToken":"c",
             "connectionExpiresAt":"2026-02-01T12:00:00Z","endedAt":null}
            """;

    @Test
    void readsARecordOfTheFirstVersion() throws UnreadableJson {
        Chat chat = Json.read(FIRST.getBytes(UTF_8), Chat.class);

        assertThat(chat.conversation()).isEqualTo(new ConversationKey("100", "15550001111"));
        assertThat(chat.customer()).isEqualTo(new Customer(null, "15550001111", "Ana"));
        assertThat(chat.open()).isTrue();
        assertThat(chat.connectedAt()).isNull();
        assertThat(chat.lastMessage()).isNull();
        assertThat(chat.openedWithoutText()).isFalse();
    }

    @Test
    void readsWhatItWrites() throws UnreadableJson {
        Chat chat = Json.read(FIRST.getBytes(UTF_8), Chat.class)
                .heard(new LastMessage("wamid.1", Instant.EPOCH, Instant.EPOCH.plusSeconds(1)));

        assertThat(Json.read(Json.bytes(chat), Chat.class)).isEqualTo(chat);
        assertThat(Json.text(chat)).doesNotContain("openedWithoutText");
    }

    @Test
    void anotherFormOfTheSameNumberIsNoNewAddressForTheAgent() throws UnreadableJson {
        Chat chat = Json.read(FIRST.getBytes(UTF_8), Chat.class).addressed(new Customer(null, "551187654321", "Ana"));
        assertThat(chat.newAddress()).isEqualTo("551187654321");
        Chat told = Json.read(FIRST.replace("15550001111", "551187654321").getBytes(UTF_8), Chat.class);

        assertThat(told.addressed(new Customer(null, "5511987654321", "Ana")).newAddress())
                .isNull();
        assertThat(told.addressed(new Customer(null, "5511987654321", "Ana"))
                        .customer()
                        .phone())
                .isEqualTo("5511987654321");
        assertThat(told.addressed(new Customer(null, "5511987654322", "Ana")).newAddress())
                .isEqualTo("5511987654322");
    }
}
