package lull.bridge.chats;

import java.time.Duration;
import java.time.InstantSource;
import lull.runtime.Periodic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Cleaner that periodically forgets chats from which nothing more is expected. Several instances may
/// run at once, because deleting a chat twice has no further effect.
public final class ChatSweeper implements AutoCloseable {

    /// Connect ends every chat after a week at most.
    private static final Duration LONGEST_CHAT = Duration.ofDays(8);

    private static final Logger log = LoggerFactory.getLogger(ChatSweeper.class);

    private final ChatBook book;
    private final Duration keptAfterEnd;
    private final InstantSource clock;
    private final Periodic rounds;

    private ChatSweeper(ChatBook book, Duration keptAfterEnd, Duration every, InstantSource clock) {
        this.book = book;
        this.keptAfterEnd = keptAfterEnd;
        this.clock = clock;
        this.rounds = Periodic.start("sweep-chats", every, this::sweep);
    }

    /// Starts to sweep.
    public static ChatSweeper start(ChatBook book, Duration keptAfterEnd, Duration every, InstantSource clock) {
        return new ChatSweeper(book, keptAfterEnd, every, clock);
    }

    @Override
    public void close() {
        rounds.close();
    }

    private void sweep() {
        try {
            int forgotten = book.forget(clock.instant(), keptAfterEnd, LONGEST_CHAT);
            log.atDebug().addKeyValue("chats", forgotten).log("Forgotten");
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("error", e.getMessage()).log("Could not remove old chats; this is retried later");
        }
    }
}
