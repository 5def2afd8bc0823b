package lull.contract.turn;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.message.MessageContext;
import lull.contract.message.Referral;
import lull.contract.trace.TraceParent;
import org.jspecify.annotations.Nullable;

/// Message as part of a turn.
///
/// @param sentAt when the customer sent it, in whole seconds of WhatsApp's clock
/// @param sender who sent it; in a group the senders of a turn differ
/// @param raw WhatsApp's message object, unchanged; for a number that stands for a choice, without the
///     message to which it refers
/// @param trace the span of the webhook that brought it, if the ingress traces
public record TurnMessage(
        String id,
        Instant sentAt,
        Customer sender,
        JsonNode raw,
        @Nullable TraceParent trace) {

    private static final List<String> REFERENCES = List.of("context", "referral");

    @JsonCreator
    public TurnMessage {
        requireNonNull(id, "id");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(sender, "sender");
        requireNonNull(raw, "raw");
    }

    /// Creates a message that was not traced.
    public TurnMessage(String id, Instant sentAt, Customer sender, JsonNode raw) {
        this(id, sentAt, sender, raw, null);
    }

    @JsonIgnore
    public Content content() {
        return ContentParser.parse(raw);
    }

    /// Returns what it refers to: the message it answers, that it was forwarded, the product it asks
    /// about.
    @JsonIgnore
    public Optional<MessageContext> context() {
        return MessageContext.of(raw);
    }

    /// Returns the advertisement that led the customer here.
    @JsonIgnore
    public Optional<Referral> referral() {
        return Referral.of(raw);
    }

    /// Returns the same message without a reference to another one.
    TurnMessage alone() {
        return new TurnMessage(
                id,
                sentAt,
                sender,
                raw instanceof ObjectNode object ? object.deepCopy().without(REFERENCES) : raw,
                trace());
    }

    @Override
    public String toString() {
        return "TurnMessage[" + id + "]";
    }
}
