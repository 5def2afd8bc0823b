package lull.aggregator.turn;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lull.contract.message.ContentKind;

/// Rules for the kinds of messages.
///
/// @param openChat kinds for which a chat is opened; a turn of other kinds is shown only in a chat that
///     is open
/// @param endTurn kinds that end their turn at once
/// @param hidden kinds that are not shown to the agent; they are in the turn nevertheless
public record KindPolicy(Set<ContentKind> openChat, Set<ContentKind> endTurn, Set<ContentKind> hidden) {

    /// The default of each kind.
    public static final KindPolicy DEFAULT =
            new KindPolicy(kinds(ContentKind::opensChat), kinds(ContentKind::endsTurn), kinds(kind -> !kind.shown()));

    public KindPolicy {
        openChat = Set.copyOf(openChat);
        endTurn = Set.copyOf(endTurn);
        hidden = Set.copyOf(hidden);
    }

    private static Set<ContentKind> kinds(Predicate<ContentKind> test) {
        return Arrays.stream(ContentKind.values()).filter(test).collect(Collectors.toUnmodifiableSet());
    }
}
