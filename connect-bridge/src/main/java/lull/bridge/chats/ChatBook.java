package lull.bridge.chats;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.topic.Topics;
import lull.lanes.results.AcknowledgedProducer;
import org.jspecify.annotations.Nullable;

/// Cache of the chats that are known, from `connect.chat`. Connect is the source of truth. Safe for
/// several threads.
public final class ChatBook {

    private final Aliases aliases = new Aliases();
    private final ChatIndex index = new ChatIndex(aliases);
    private final AcknowledgedProducer producer;
    private final TokenCipher cipher;
    private final ChatMetrics metrics;

    /// Creates an empty book that stores tokens as they are.
    public ChatBook(AcknowledgedProducer producer, ChatMetrics metrics) {
        this(producer, TokenCipher.of(""), metrics);
    }

    /// Creates an empty book that encrypts the tokens that it stores.
    public ChatBook(AcknowledgedProducer producer, TokenCipher cipher, ChatMetrics metrics) {
        this.producer = producer;
        this.cipher = cipher;
        this.metrics = metrics;
        metrics.show(
                "chats.open",
                "Open chats, as far as known",
                index,
                all -> all.all(Chat::open).size());
    }

    /// Returns the chat of a contact.
    public Optional<Chat> byContact(String initialContactId) {
        return index.byContact(initialContactId);
    }

    /// Returns the chat of a contact. If it is not known yet, reads the topic to its present end first.
    public Optional<Chat> byContact(String initialContactId, CatchUp catchUp) throws InterruptedException {
        Optional<Chat> known = index.byContact(initialContactId);
        if (known.isPresent()) {
            return known;
        }
        catchUp.toPresentEnd();
        return index.byContact(initialContactId);
    }

    /// Returns the chat that a conversation's turns go to: an open one, otherwise the latest that is
    /// over.
    ///
    /// @param saidAt when the customer wrote under these ids; what has replaced them since is the same customer
    public Optional<Chat> latestOf(ConversationKey conversation, Customer customer, Instant saidAt) {
        return index.latestOf(conversation, customer, saidAt);
    }

    /// Returns the chat, open or over, in which a customer last wrote under any id.
    public Optional<Chat> lastHeard(ConversationKey conversation, Customer customer, Instant saidAt) {
        return index.lastHeard(conversation, customer, saidAt);
    }

    /// Returns the customer of a chat with the address that WhatsApp accepts now.
    public Customer addressOf(Chat chat) {
        return chat.conversation().isGroup() ? chat.customer() : aliases.now(chat.customer(), chat.heardAt());
    }

    /// Returns the cache of replaced customer ids; the reader of the topic fills it.
    public Aliases aliases() {
        return aliases;
    }

    /// Returns the chats that are known to be open.
    public List<Chat> open() {
        return index.all(Chat::open);
    }

    /// Writes a chat. Returns when the broker has acknowledged it and the book has it.
    public void write(Chat chat) {
        long offset = producer.append(Topics.CHAT, chat.initialContactId(), cipher.seal(chat))
                .offset();
        index.apply(chat.initialContactId(), chat, offset);
    }

    /// Deletes chats that ended, or were opened, so long ago that nothing more is expected from them.
    ///
    /// @param endedFor since its end
    /// @param openedFor since its opening, even if its end was missed
    public int forget(Instant now, Duration endedFor, Duration openedFor) {
        List<Chat> old = index.all(chat -> isOld(chat, now, endedFor, openedFor));
        for (Chat chat : old) {
            long offset =
                    producer.append(Topics.CHAT, chat.initialContactId(), null).offset();
            index.apply(chat.initialContactId(), null, offset);
        }
        return old.size();
    }

    /// Applies a record of the topic. A chat whose tokens no key decrypts counts as one without tokens:
    /// its customer is still known, and the next turn opens another chat.
    public void apply(String initialContactId, @Nullable Chat chat, long offset) {
        index.apply(initialContactId, chat == null ? null : opened(chat), offset);
    }

    private Chat opened(Chat chat) {
        Optional<Chat> opened = cipher.open(chat);
        if (opened.isEmpty()) {
            metrics.chatUnreadable();
        }
        return opened.orElseGet(() -> chat.withTokens(null, null));
    }

    private static boolean isOld(Chat chat, Instant now, Duration endedFor, Duration openedFor) {
        Instant endedAt = chat.endedAt();
        return (endedAt != null && endedAt.plus(endedFor).isBefore(now))
                || chat.openedAt().plus(openedFor).isBefore(now);
    }
}
