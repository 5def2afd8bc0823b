package lull.bridge.accounts;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.bridge.chats.ChatBook;
import lull.bridge.notices.AgentReminder;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.account.AccountFact;
import lull.contract.account.Subject;
import lull.contract.chat.Chat;
import lull.contract.message.AccountEvent;
import lull.contract.topic.Topics;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.BoundedMap;
import lull.whatsapp.account.AccountFacts;
import lull.whatsapp.account.KnownAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// First part of the flow from `whatsapp.account.event`, to `whatsapp.account`: records what WhatsApp says about
/// accounts, numbers, templates, flows and customers' wishes, so that the topic holds the present state of each. It
/// logs problems, and notifies the agent of a customer who does not want marketing messages anymore.
///
/// One flow does this and what follows, because each flow that reads a topic makes dead letters of its own.
///
/// Events come late, twice and in any order; one that is older than what is recorded changes nothing. All events about
/// one account or number have one key, so one lane handles them, and this process knows what it has recorded.
/// Safe for several threads.
public final class EventToAccount implements Handler<AccountEvent> {

    private static final Logger log = LoggerFactory.getLogger(EventToAccount.class);

    /// How long after an event its agent may be notified: notes of a chat have a minimum distance.
    private static final Duration TELLING = Duration.ofMinutes(2);

    /// How long after an event a chat may be found that was being opened then: nothing orders the two topics.
    private static final Duration OPENING = Duration.ofSeconds(5);

    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// Wishes whose agents are remembered as notified.
    private static final int MOST_TOLD = 1_000;

    private static final String STOPPED = "The customer does not want marketing messages anymore.";
    private static final String RESUMED = "The customer wants marketing messages again.";

    private final KnownAccounts known;
    private final AcknowledgedProducer producer;
    private final ChatBook book;
    private final AgentReminder agents;
    private final InstantSource clock;
    private final AccountMetrics metrics;
    private final Handler<AccountEvent> next;

    /// Notes that were sent. A wish has a fact for each id of its customer, and an event may be handled again.
    private final Map<String, Boolean> told = new BoundedMap<>(MOST_TOLD);

    /// @param next handles each event after it, and again if it is repeated
    public EventToAccount(
            KnownAccounts known,
            AcknowledgedProducer producer,
            ChatBook book,
            AgentReminder agents,
            InstantSource clock,
            AccountMetrics metrics,
            Handler<AccountEvent> next) {
        this.known = known;
        this.producer = producer;
        this.book = book;
        this.agents = agents;
        this.clock = clock;
        this.metrics = metrics;
        this.next = next;
    }

    /// How an agent's notification ended.
    private enum Note {
        /// It was sent, or nobody is to be notified.
        DONE,
        /// The customer has no open chat.
        NO_CHAT,
        /// It has to be tried again.
        NOT_SENT
    }

    @Override
    public Outcome handle(Incoming<AccountEvent> incoming, Fence fence) throws InterruptedException {
        Set<Note> notes = EnumSet.noneOf(Note.class);
        List<FactOutcome> unchanged = new ArrayList<>();
        for (AccountFact fact : AccountFacts.of(incoming.value())) {
            FactOutcome outcome = outcome(fact);
            if (outcome == FactOutcome.RECORDED) {
                fence.check();
                producer.append(Topics.ACCOUNT, fact.key(), fact);
                known.apply(fact);
                log(fact);
            }
            if (outcome == FactOutcome.RECORDED) {
                metrics.factHandled(outcome);
            } else {
                unchanged.add(outcome);
            }
            if (outcome != FactOutcome.OUTDATED && fact.subject() == Subject.CUSTOMER) {
                notes.add(notifyAgent(fact, fence));
            }
        }
        Duration age = Duration.between(incoming.value().receivedAt(), clock.instant());
        if (notes.contains(Note.NOT_SENT) && age.compareTo(TELLING) < 0) {
            return new Outcome.Retry(BETWEEN_NOTES, "The agent is not notified yet");
        }
        if (!notes.contains(Note.DONE) && notes.contains(Note.NO_CHAT) && age.compareTo(OPENING) < 0) {
            // Nothing is wrong: most customers have none.
            return new Outcome.Deferred(BETWEEN_LOOKS);
        }
        if (incoming.attempt() == 0) {
            unchanged.forEach(metrics::factHandled);
        }
        return next.handle(incoming, fence);
    }

    @Override
    public void givenUp(Incoming<AccountEvent> incoming, Fence fence) throws InterruptedException {
        next.givenUp(incoming, fence);
    }

    private FactOutcome outcome(AccountFact fact) {
        AccountFact before = known.of(fact).orElse(null);
        if (before == null) {
            return FactOutcome.RECORDED;
        }
        if (fact.at().isBefore(before.at())) {
            return FactOutcome.OUTDATED;
        }
        return fact.equals(before) ? FactOutcome.KNOWN : FactOutcome.RECORDED;
    }

    private void log(AccountFact fact) {
        if (fact.subject() == Subject.CUSTOMER) {
            return;
        }
        LoggingEventBuilder line = log.atLevel(fact.isProblemAt(clock.instant()) ? Level.WARN : Level.INFO)
                .addKeyValue("subject", fact.subject().word())
                .addKeyValue("id", fact.id())
                .addKeyValue("aspect", fact.aspect())
                .addKeyValue("value", fact.value())
                .addKeyValue("urgency", fact.urgency().word());
        if (fact.name() != null) {
            line = line.addKeyValue("name", fact.name());
        }
        if (fact.detail() != null) {
            line = line.addKeyValue("detail", fact.detail());
        }
        if (fact.until() != null) {
            line = line.addKeyValue("until", fact.until());
        }
        line.log("WhatsApp says that something about the account has changed");
    }

    private Note notifyAgent(AccountFact fact, Fence fence) throws InterruptedException {
        ConversationKey conversation = conversation(fact).orElse(null);
        if (conversation == null) {
            return Note.DONE;
        }
        Optional<Chat> chat =
                book.latestOf(conversation, customer(conversation), fact.at()).filter(Chat::open);
        if (chat.isEmpty()) {
            return Note.NO_CHAT;
        }
        String contact = chat.get().initialContactId();
        String about = contact + "|" + fact.of() + "|" + fact.at();
        if (isTold(about)) {
            return Note.DONE;
        }
        fence.check();
        if (!agents.remind(contact, about, fact.value().equals("STOP") ? STOPPED : RESUMED)) {
            return Note.NOT_SENT;
        }
        remember(about);
        return Note.DONE;
    }

    private synchronized boolean isTold(String about) {
        return told.containsKey(about);
    }

    private synchronized void remember(String about) {
        told.put(about, true);
    }

    private static Optional<ConversationKey> conversation(AccountFact fact) {
        try {
            return Optional.of(ConversationKey.parse(fact.id()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Customer customer(ConversationKey conversation) {
        return new Customer(null, conversation.customer(), null);
    }
}
