package lull.bridge.outbound.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.topic.Topic;
import lull.lanes.flow.KeyOwner;
import lull.lanes.results.AcknowledgedProducer;
import lull.lanes.results.MemoryAcknowledgedProducer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TranscriptPollerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TranscriptPoller.Intervals INTERVALS = new TranscriptPoller.Intervals(
            Duration.ofHours(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(2));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Given given = new Given();

    /// The contacts that a test gives to the process.
    private static final class Given implements KeyOwner {
        private volatile Set<String> contacts = Set.of();
        private volatile long assignment;

        @Override
        public boolean has(String initialContactId) {
            return contacts.contains(initialContactId);
        }

        @Override
        public long assignment() {
            return assignment;
        }
    }

    @Test
    void chatsThatItIsGivenLaterAreLookedAtAtOnce() {
        ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), new ChatMetrics(new SimpleMeterRegistry()));
        List.of("c1", "c2", "c3").forEach(contact -> book.write(chat(contact)));
        try (TranscriptPoller sweeper =
                new TranscriptPoller(book, given, producer(), INTERVALS, InstantSource.fixed(NOW))) {
            sweeper.start();

            given.contacts = Set.of("c1");
            given.assignment = 1;
            await().atMost(Duration.ofMinutes(3)).until(() -> asked.size() == 1);
            given.contacts = Set.of("c1", "c3");
            given.assignment = 2;
            await().atMost(Duration.ofMinutes(3)).until(() -> asked.size() == 3);
        }
        assertThat(asked).containsExactlyInAnyOrder("c1", "c1", "c3");
    }

    private AcknowledgedProducer producer() {
        return new AcknowledgedProducer() {
            @Override
            public Written append(Topic topic, String key, @Nullable Object value) {
                asked.add(key);
                return new Written(0, 0);
            }

            @Override
            public Written append(Topic topic, int partition, String key, Object value) {
                throw new AssertionError();
            }

            @Override
            public Written appendAt(Topic topic, String key, Object value, long timestampMillis) {
                throw new AssertionError();
            }
        };
    }

    private static Chat chat(String contact) {
        return new Chat(
                contact,
                new ConversationKey("100", contact),
                new Customer(null, contact, "Ana"),
                "t-0-1",
                1,
                NOW,
                "p",
                "c",
                NOW.plusSeconds(60),
                null);
    }
}
