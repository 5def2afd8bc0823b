package lull.text;

import java.util.Map;
import java.util.Optional;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Store of the advertisements by which customers opened a chat without writing (`request_welcome`):
/// each is shown with the first turn that follows in its conversation. Learning a turn again changes
/// nothing. Safe for several threads.
public final class Advertisements {

    private final Map<String, Pending> pending;

    /// Advertisement that waits for the customer's first message.
    ///
    /// @param turnId the turn that brought it
    /// @param line the line that the agent reads
    /// @param goesWith the turn with which it is shown; absent until there is one
    public record Pending(
            String turnId, String line, @Nullable String goesWith) {}

    /// @param most maximum number of conversations that are remembered
    Advertisements(int most) {
        this.pending = new BoundedMap<>(most);
    }

    /// Learns from a turn: it brings an advertisement without any words, or it is the turn that
    /// follows.
    synchronized void learn(Turn turn, Rendering rendering) {
        String conversation = turn.conversation().toString();
        Pending known = pending.get(conversation);
        if (hasWords(turn)) {
            if (known != null && known.goesWith() == null) {
                pending.put(conversation, new Pending(known.turnId(), known.line(), turn.id()));
            }
        } else if (known == null || !known.turnId().equals(turn.id())) {
            advertisement(turn, rendering).ifPresent(line -> {
                pending.remove(conversation);
                pending.put(conversation, new Pending(turn.id(), line, null));
            });
        }
    }

    /// Returns the advertisement that is shown with a turn, unless the turn has one of its own.
    public synchronized Optional<Pending> shownWith(Turn turn) {
        return Optional.ofNullable(pending.get(turn.conversation().toString()))
                .filter(known -> known.goesWith() == null || turn.id().equals(known.goesWith()))
                .filter(known -> hasWords(turn))
                .filter(known -> turn.items().stream()
                        .flatMap(item -> item.messages().stream())
                        .noneMatch(message -> message.referral().isPresent()));
    }

    private static Optional<String> advertisement(Turn turn, Rendering rendering) {
        return turn.items().stream()
                .flatMap(item -> item.messages().stream())
                .filter(message -> message.content() instanceof Content.RequestWelcome)
                .map(TurnMessage::referral)
                .flatMap(Optional::stream)
                .map(rendering::advertisement)
                .findFirst();
    }

    /// Whether a turn opens a chat and has words in it, above which the advertisement can be shown.
    private static boolean hasWords(Turn turn) {
        return turn.opensChat() && turn.items().stream().anyMatch(Advertisements::hasWords);
    }

    private static boolean hasWords(TurnItem item) {
        return !item.hidden()
                && !(item.content() instanceof Content.Media media
                        && (media.caption() == null || media.caption().isBlank()));
    }
}
