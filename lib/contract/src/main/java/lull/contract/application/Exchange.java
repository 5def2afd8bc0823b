package lull.contract.application;

import java.util.List;

/// What a customer wrote in a turn, and what an application answered at once. Immutable.
///
/// @param customer the turn's text, shortened
/// @param replies the texts of the replies, shortened; in brackets the type of a reply that is no text
public record Exchange(String customer, List<String> replies) {
    public Exchange {
        replies = List.copyOf(replies);
    }

    @Override
    public String toString() {
        return "Exchange[" + replies.size() + " replies]";
    }
}
