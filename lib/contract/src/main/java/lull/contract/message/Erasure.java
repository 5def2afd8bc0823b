package lull.contract.message;

import static java.util.Objects.requireNonNull;

import lull.contract.ConversationKey;

/// A customer asked to be forgotten, so the aggregator forgets what it remembers of a conversation without an open
/// turn: the digests of its messages, and how fast the customer writes. It ends no turn, and does nothing while one
/// is open. Immutable.
///
/// @param conversation the conversation to forget
public record Erasure(ConversationKey conversation) implements InputRecord {

    public Erasure {
        requireNonNull(conversation, "conversation");
    }

    @Override
    public String toString() {
        return "Erasure[of " + conversation.masked() + "]";
    }
}
