package lull.bridge.accounts;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import lull.bridge.chats.ChatBook;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.message.AccountEvent;
import lull.contract.message.ControlPassed;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.AcknowledgedProducer;

/// Handler of the events by which WhatsApp says that a conversation is answered by Meta Business Agent
/// again: it requests that the customer's open chat ends, since nothing that the customer writes
/// reaches it any more. All events go on to the next handler. Safe for several threads.
public final class HandBack implements Handler<AccountEvent> {

    private final ChatBook book;
    private final AcknowledgedProducer producer;
    private final Handler<AccountEvent> next;

    /// @param next handles each event after it
    public HandBack(ChatBook book, AcknowledgedProducer producer, Handler<AccountEvent> next) {
        this.book = book;
        this.producer = producer;
        this.next = next;
    }

    @Override
    public Outcome handle(Incoming<AccountEvent> incoming, Fence fence) throws InterruptedException {
        Optional<ControlPassed> passed =
                ControlPassed.of(incoming.value().raw().path("value")).filter(ControlPassed::isToMetaBusinessAgent);
        if (passed.isPresent() && incoming.value().field().equals(ControlPassed.FIELD)) {
            requestEnd(passed.get(), incoming.value(), fence);
        }
        return next.handle(incoming, fence);
    }

    @Override
    public void givenUp(Incoming<AccountEvent> incoming, Fence fence) throws InterruptedException {
        next.givenUp(incoming, fence);
    }

    private void requestEnd(ControlPassed passed, AccountEvent event, Fence fence) {
        Instant at = passed.at() == null ? event.receivedAt() : passed.at();
        // WhatsApp tells whole seconds.
        Instant until = at.plusSeconds(1);
        String customer = Objects.requireNonNull(passed.userId() == null ? passed.phone() : passed.userId());
        ConversationKey conversation = new ConversationKey(passed.businessNumber(), customer);
        Optional<Chat> chat = book.latestOf(
                        conversation, new Customer(passed.userId(), passed.phone(), null), event.receivedAt())
                .filter(Chat::open)
                // A chat that was opened later is of a customer who was taken over again.
                .filter(open -> open.openedAt().isBefore(until));
        if (chat.isPresent()) {
            String contact = chat.get().initialContactId();
            fence.check();
            producer.append(
                    Topics.CHAT_EVENT,
                    contact,
                    ChatEvent.endRequested(
                            "hand-back-" + at.toEpochMilli(),
                            contact,
                            event.receivedAt(),
                            "handed back to Meta Business Agent"));
        }
    }
}
