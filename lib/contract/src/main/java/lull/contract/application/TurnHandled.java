package lull.contract.application;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import lull.contract.ConversationKey;
import lull.contract.reply.Reply;
import org.jspecify.annotations.Nullable;

/// What became of a turn at an application: the values of `application.turn.handled`, written in the
/// partition of the turn. Immutable.
///
/// A turn that was begun without a later result means that it is unknown whether the application has the turn; it
/// gets it again, with the same id.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TurnHandled.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = TurnHandled.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = TurnHandled.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = TurnHandled.PassedOn.class, name = "passed_on"),
    @JsonSubTypes.Type(value = TurnHandled.HandedOver.class, name = "handed_over"),
    @JsonSubTypes.Type(value = TurnHandled.Spoken.class, name = "spoken")
})
public sealed interface TurnHandled {

    String turnId();

    /// The name of the application's destination.
    String destination();

    Instant at();

    /// The application is about to get the turn for the first time.
    record Begun(String turnId, String destination, Instant at) implements TurnHandled {}

    /// The application has the turn.
    ///
    /// @param replies what it answered, in order; empty if it answers later or not at all
    /// @param handOver absent if the application keeps the conversation
    /// @param quality how it came to the answer; absent if it is no assistant, or asked no model
    record Answered(
            String turnId,
            String destination,
            ConversationKey conversation,
            List<Reply> replies,
            @Nullable HandOver handOver,
            Instant at,
            @Nullable AnswerQuality quality)
            implements TurnHandled {
        public Answered {
            replies = List.copyOf(replies);
        }

        @Override
        public String toString() {
            return "Answered[" + turnId + ", " + replies.size() + " replies]";
        }
    }

    /// The application does not take the turn.
    ///
    /// @param reason in words, without anything personal
    record Declined(String turnId, String destination, String reason, Instant at) implements TurnHandled {}

    /// A person talks with the customer, so the turn went to Amazon Connect without the application.
    record PassedOn(String turnId, String destination, Instant at) implements TurnHandled {}

    /// The conversation went to Amazon Connect with this turn. Written under the conversation, not under
    /// the turn's id, so that later turns of the conversation find it.
    record HandedOver(String turnId, String destination, ConversationKey conversation, Instant at)
            implements TurnHandled {
        @Override
        public String toString() {
            return "HandedOver[" + turnId + "]";
        }
    }

    /// What customer and application said in a turn, for the agent to whom the conversation may be handed over.
    /// Written under the conversation, like [HandedOver].
    record Spoken(String turnId, String destination, ConversationKey conversation, Exchange exchange, Instant at)
            implements TurnHandled {
        @Override
        public String toString() {
            return "Spoken[" + turnId + "]";
        }
    }
}
