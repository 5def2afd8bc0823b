package lull.bridge.event;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import lull.bridge.chat.ChatBook;
import lull.bridge.journal.Journal;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.topic.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for a look at the transcript of every open chat, at the start and then now and again, so that what did not
/// arrive is found in chats where nothing else happens too. It asks slowly, as looks spend Connect's quota.
public final class LookBackSweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LookBackSweeper.class);

    private final ChatBook book;
    private final Journal journal;
    private final Duration every;
    private final Duration between;
    private final InstantSource clock;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// @param every the time between two rounds
    /// @param between the time between two chats
    public LookBackSweeper(ChatBook book, Journal journal, Duration every, Duration between, InstantSource clock) {
        this.book = book;
        this.journal = journal;
        this.every = every;
        this.between = between;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("look-back").unstarted(this::sweep);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        try {
            do {
                for (Chat chat : book.open()) {
                    ask(chat);
                    if (closing.await(between.toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                }
            } while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Chat chat) {
        try {
            String contact = chat.initialContactId();
            ChatEvent ask = new ChatEvent(
                    "look-back-" + UUID.randomUUID(),
                    contact,
                    null,
                    clock.instant(),
                    null,
                    null,
                    null,
                    new ChatEvent.LookBack(),
                    Json.object());
            journal.append(Topics.CHAT_EVENT, contact, ask);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("contactId", chat.initialContactId())
                    .addKeyValue("error", e.getMessage())
                    .log("No look back is asked for, going on");
        }
    }
}
