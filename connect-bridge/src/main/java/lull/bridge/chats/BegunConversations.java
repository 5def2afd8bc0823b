package lull.bridge.chats;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.PhoneForms;
import lull.contract.chat.LastMessage;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ConversationBegun;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.lanes.results.AcknowledgedProducer;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Cache of the conversations that the business has begun, from `whatsapp.conversation.begun`. The
/// first turn of the customer after a template claims it: the claim is on the topic before Amazon
/// Connect is called, so that the same turn finds it again after a crash, and no other turn does. Safe
/// for several threads.
public final class BegunConversations {

    /// How long after its time an entry is kept, for turns that are handled again.
    private static final Duration MARGIN = Duration.ofDays(1);

    /// How much WhatsApp's clock may differ: a message that was sent earlier than that before a
    /// template is no answer.
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final AcknowledgedProducer producer;
    private final Aliases aliases;
    private final Options options;

    /// Records by the id of the reply, the oldest first.
    private final Map<String, ConversationBegun> begun;

    /// Copies with further ids, by the id of the reply, the oldest first.
    private final Map<String, ConversationBegun> copies;

    /// Ids of replies by `businessNumber|customerId`, for each id of the customer; a phone number in
    /// the form that [PhoneForms#certain(String)] gives it.
    private final Map<String, Set<String>> byCustomer = new HashMap<>();

    /// What is remembered.
    ///
    /// @param remembered how long after a template its customer's turn has its context
    /// @param most the maximum number of entries in memory
    public record Options(Duration remembered, int most) {}

    /// @param aliases cache of the customer ids that have replaced others
    public BegunConversations(AcknowledgedProducer producer, Aliases aliases, Options options) {
        this.producer = producer;
        this.aliases = aliases;
        this.options = options;
        this.begun = new BoundedMap<>(options.most(), this::droppedWithCopy);
        this.copies = new BoundedMap<>(options.most(), this::copyDropped);
    }

    /// Reads a record of the topic; a [lull.runtime.kafka.TopicFollower] delivers them.
    ///
    /// @param value absent: the record is deleted
    public void take(String key, byte @Nullable [] value, long offset) throws UnreadableJson {
        apply(key, value == null ? null : Json.read(value, ConversationBegun.class));
    }

    /// Returns the number of entries.
    public synchronized int size() {
        return begun.size();
    }

    /// Returns the conversation that a reply has begun.
    public synchronized Optional<ConversationBegun> of(String replyId) {
        return Optional.ofNullable(begun.get(replyId));
    }

    /// Records a conversation before its template is sent, unless that is recorded already.
    public void begin(ConversationBegun one) {
        if (of(one.replyId()).isEmpty()) {
            write(one.replyId(), one);
        }
    }

    /// Records that a template did not reach its customer.
    public void withdraw(String replyId) {
        if (of(replyId).filter(one -> one.answeredBy() == null).isPresent()) {
            write(replyId, null);
        }
    }

    /// Records both ids of a customer of which only one was known when the template was sent.
    ///
    /// @param both with user id and phone number
    public void learn(String replyId, Customer both) {
        Optional<ConversationBegun> known = of(replyId).filter(one -> lacks(one.customer(), both) && !hasCopy(replyId));
        known.ifPresent(one -> {
            Customer first = one.customer();
            ConversationBegun copy = one.of(new Customer(
                    first.userId() == null ? both.userId() : first.userId(),
                    first.phone() == null ? both.phone() : first.phone(),
                    first.name()));
            write(replyId + ConversationBegun.COPY, copy);
        });
    }

    /// Returns the conversations of which a turn is the first answer, the oldest template first; empty
    /// if it is no answer. A turn that has claimed some gets the same again.
    public synchronized List<ConversationBegun> answeredBy(Turn turn) {
        Instant saidAt = LastMessage.after(null, turn).sentAt();
        List<ConversationBegun> open = new ArrayList<>();
        List<ConversationBegun> claimed = new ArrayList<>();
        for (ConversationBegun one : of(turn.conversation(), turn.customer(), saidAt)) {
            String answeredBy = one.answeredBy();
            if (answeredBy == null) {
                if (saidAt.isBefore(one.at().plus(options.remembered()))
                        && !saidAt.plus(CLOCKS).isBefore(one.at())) {
                    open.add(one);
                }
            } else if (answeredBy.equals(turn.id())) {
                claimed.add(one);
            }
        }
        List<ConversationBegun> found = claimed.isEmpty() ? open : claimed;
        found.sort(Comparator.comparing(ConversationBegun::at).thenComparing(ConversationBegun::replyId));
        return found;
    }

    /// Records that a turn is the first answer. Returns when the broker has acknowledged it.
    public void claim(ConversationBegun one, Turn turn) {
        if (one.answeredBy() == null) {
            write(one.replyId(), one.answered(turn.id()));
        }
    }

    /// Deletes records whose time is over. Returns how many.
    public int forget(Instant now) {
        Instant oldest = now.minus(options.remembered()).minus(MARGIN);
        List<ConversationBegun> old;
        synchronized (this) {
            old = begun.values().stream()
                    .filter(one -> one.at().isBefore(oldest))
                    .toList();
        }
        old.forEach(one -> write(one.replyId(), null));
        return old.size();
    }

    private void write(String key, @Nullable ConversationBegun one) {
        producer.append(Topics.CONVERSATION_BEGUN, key, one);
        apply(key, one);
        if (one == null && hasCopy(key)) {
            String copy = key + ConversationBegun.COPY;
            producer.append(Topics.CONVERSATION_BEGUN, copy, null);
            apply(copy, null);
        }
    }

    private synchronized boolean hasCopy(String replyId) {
        return copies.containsKey(replyId);
    }

    private static boolean lacks(Customer known, Customer both) {
        return (known.userId() == null && PhoneForms.areSame(known.phone(), both.phone()))
                || (known.phone() == null
                        && known.userId() != null
                        && known.userId().equals(both.userId()));
    }

    private Set<ConversationBegun> of(ConversationKey conversation, Customer customer, Instant saidAt) {
        String number = conversation.businessNumber() + "|";
        Set<String> ids = new HashSet<>();
        ids.add(conversation.customer());
        if (!conversation.isGroup()) {
            Aliases.ids(customer).forEach(ids::add);
        }
        Set<ConversationBegun> found = new HashSet<>();
        ids.forEach(id -> found.addAll(known(number, id)));
        if (!conversation.isGroup()) {
            aliases.before(Set.copyOf(ids))
                    .forEach((old, replacedAt) -> known(number, old).stream()
                            .filter(one -> Aliases.isSame(one.at(), replacedAt))
                            .forEach(found::add));
            ids.forEach(id -> found.addAll(known(number, aliases.now(id, saidAt))));
        }
        return found;
    }

    private List<ConversationBegun> known(String number, String id) {
        return byCustomer.getOrDefault(key(number, id), Set.of()).stream()
                .flatMap(reply -> Optional.ofNullable(begun.get(reply)).stream())
                .toList();
    }

    private synchronized void apply(String key, @Nullable ConversationBegun one) {
        boolean isCopy = key.endsWith(ConversationBegun.COPY);
        Map<String, ConversationBegun> into = isCopy ? copies : begun;
        String reply = isCopy ? key.substring(0, key.length() - ConversationBegun.COPY.length()) : key;
        ConversationBegun before = one == null ? into.remove(reply) : into.put(reply, one);
        unlist(reply, before);
        list(reply, begun.get(reply));
        list(reply, copies.get(reply));
    }

    private void droppedWithCopy(String reply, ConversationBegun one) {
        unlist(reply, one);
        unlist(reply, copies.remove(reply));
    }

    private void copyDropped(String reply, ConversationBegun copy) {
        unlist(reply, copy);
        unlist(reply, begun.remove(reply));
    }

    private void list(String reply, @Nullable ConversationBegun one) {
        if (one != null) {
            ids(one).forEach(id ->
                    byCustomer.computeIfAbsent(id, _ -> new HashSet<>()).add(reply));
        }
    }

    private void unlist(String reply, @Nullable ConversationBegun one) {
        if (one != null) {
            ids(one).forEach(id -> byCustomer.computeIfPresent(id, (_, replies) -> {
                replies.remove(reply);
                return replies.isEmpty() ? null : replies;
            }));
        }
    }

    private static Stream<String> ids(ConversationBegun one) {
        String number = one.conversation().businessNumber() + "|";
        Stream<String> own = Stream.of(one.conversation().customer());
        return (one.conversation().isGroup() ? own : Stream.concat(own, Aliases.ids(one.customer())))
                .map(id -> key(number, id))
                .distinct();
    }

    private static String key(String number, String id) {
        return number + PhoneForms.certain(id);
    }
}
