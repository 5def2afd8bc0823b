package lull.contract.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.application.HandOver;
import lull.contract.message.Flag;
import lull.contract.trace.TraceParent;
import lull.contract.trace.Traced;
import org.jspecify.annotations.Nullable;

/// Messages of a customer up to a silence of the length of the gap, or another cause. A turn is a pure
/// function of the input topic: the same log gives the same turn, byte for byte.
///
/// @param id `topic-partition-firstOffset`, for people
/// @param firstMessageId the message that opened the turn; with [#id()] it makes the digest tokens of
///     effects
/// @param customer the customer as of the turn's last message
/// @param cause what ended the turn
/// @param gap the gap in force at the turn's last message
/// @param opensChat whether a chat may be opened for it
/// @param firstReceivedAt the earliest receive time of its messages, by the ingress's clock
/// @param lastReceivedAt the latest
/// @param gapDecision how the adaptive gap judged the turn's last message; absent where it was not asked
/// @param urgent whether a message of it has a word that makes a turn urgent; only its last one can
/// @param route the rule that decided where the turn goes; absent if no rule did, so it went to Amazon
///     Connect
/// @param handOver what the application asked that had the turn first; absent for all others
/// @param flags behaviours that operators have switched for its conversation, on or off, by the names of
///     [lull.contract.message.Flag]; the settings decide about all others
public record Turn(
        String id,
        String firstMessageId,
        ConversationKey conversation,
        Business business,
        Customer customer,
        TurnCause cause,
        @Nullable Duration gap,
        boolean opensChat,
        Instant firstReceivedAt,
        Instant lastReceivedAt,
        List<TurnItem> items,
        @Nullable GapDecision gapDecision,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean urgent,
        @Nullable TurnRoute route,
        @Nullable HandOver handOver,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Boolean> flags)
        implements Traced {

    /// Creates a turn of a fixed gap that is not urgent and that no rule routed.
    public Turn(
            String id,
            String firstMessageId,
            ConversationKey conversation,
            Business business,
            Customer customer,
            TurnCause cause,
            @Nullable Duration gap,
            boolean opensChat,
            Instant firstReceivedAt,
            Instant lastReceivedAt,
            List<TurnItem> items) {
        this(
                id,
                firstMessageId,
                conversation,
                business,
                customer,
                cause,
                gap,
                opensChat,
                firstReceivedAt,
                lastReceivedAt,
                items,
                null,
                false,
                null,
                null,
                new TreeMap<>());
    }

    @JsonCreator
    public Turn {
        requireNonNull(id, "id");
        requireNonNull(firstMessageId, "firstMessageId");
        requireNonNull(conversation, "conversation");
        requireNonNull(business, "business");
        requireNonNull(customer, "customer");
        items = List.copyOf(items);
        flags = Flag.copyOf(flags);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("A turn has at least one item");
        }
    }

    /// Returns the ids of all its messages, in the order of its items.
    @JsonIgnore
    public List<String> messageIds() {
        return items.stream()
                .flatMap(item -> item.messages().stream())
                .map(TurnMessage::id)
                .toList();
    }

    /// Returns the spans of the webhooks that brought its messages, that of the first message first.
    @Override
    public List<TraceParent> causes() {
        return items.stream()
                .flatMap(item -> item.messages().stream())
                .flatMap(message -> Optional.ofNullable(message.trace()).stream())
                .distinct()
                .toList();
    }

    /// Returns the same turn with another text in its only item, which is a text.
    public Turn saying(String text) {
        TurnItem item = items.getFirst();
        TurnItem said = new TurnItem(
                item.kind(),
                text,
                item.messages().stream().map(TurnMessage::alone).toList(),
                item.hidden());
        return with(List.of(said), handOver());
    }

    /// Returns the same turn, as an application hands it over to a person.
    public Turn handedOver(HandOver asked) {
        return with(items, asked);
    }

    /// Whether a behaviour is on for its conversation.
    ///
    /// @param configured whether it is on where no operator has switched it
    public boolean isOn(Flag flag, boolean configured) {
        return flags.getOrDefault(flag.word(), configured);
    }

    private Turn with(List<TurnItem> others, @Nullable HandOver asked) {
        return new Turn(
                id,
                firstMessageId,
                conversation,
                business,
                customer,
                cause,
                gap(),
                opensChat,
                firstReceivedAt,
                lastReceivedAt,
                others,
                gapDecision(),
                urgent,
                route(),
                asked,
                flags);
    }

    @Override
    public String toString() {
        return "Turn[" + id + ", " + items.size() + " items of " + conversation.masked() + "]";
    }
}
