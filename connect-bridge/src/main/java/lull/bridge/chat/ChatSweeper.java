package lull.bridge.chat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets chats of which nothing comes any more, now and then. Several instances may do it at once: deleting
/// twice is deleting.
public final class ChatSweeper implements AutoCloseable {

    /// Connect lets no chat live longer than a week.
    private static final Duration LONGEST_CHAT = Duration.ofDays(8);

    private static final Logger log = LoggerFactory.getLogger(ChatSweeper.class);

    private final ChatBook book;
    private final Duration keptAfterEnd;
    private final Duration every;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /// A sweeper that sweeps once started.
    public ChatSweeper(ChatBook book, Duration keptAfterEnd, Duration every, InstantSource clock) {
        this.book = book;
        this.keptAfterEnd = keptAfterEnd;
        this.every = every;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("sweep-chats").unstarted(this::sweepUntilClosed);
    }

    /// Starts to sweep.
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void sweepUntilClosed() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            int forgotten = book.forget(clock.instant(), keptAfterEnd, LONGEST_CHAT);
            log.atDebug().addKeyValue("chats", forgotten).log("Forgotten");
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("error", e.getMessage()).log("Could not forget old chats, trying again later");
        }
    }
}
