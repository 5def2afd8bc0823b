package lull.bridge.text;

import java.util.Map;
import java.util.Optional;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// The advertisements by which customers opened a chat without writing (`request_welcome`): each is shown with
/// the first turn that follows in its conversation. Learning a turn again changes nothing. Safe for several
/// threads.
public final class Advertisements {

    private final Map<String, Pending> pending;

    /// An advertisement that waits for what the customer writes.
    ///
    /// @param turnId the turn that brought it
    /// @param line as the agent reads it
    /// @param goesWith the turn that it is shown with; absent until there is one
    public record Pending(
            String turnId, String line, @Nullable String goesWith) {}

    /// @param most conversations that are remembered
    Advertisements(int most) {
        this.pending = new BoundedMap<>(most);
    }

    /// Learns of a turn: that it brings an advertisement without any words, or that it is the one that follows.
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

    /// The advertisement that is shown with a turn, unless the turn has one of its own.
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

    /// Whether a turn opens a chat and has words in it, above which the advertisement can stand.
    private static boolean hasWords(Turn turn) {
        return turn.opensChat() && turn.items().stream().anyMatch(Advertisements::hasWords);
    }

    private static boolean hasWords(TurnItem item) {
        return !item.hidden()
                && !(item.content() instanceof Content.Media media
                        && (media.caption() == null || media.caption().isBlank()));
    }
}
