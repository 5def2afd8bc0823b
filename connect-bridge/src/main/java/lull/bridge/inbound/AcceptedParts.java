package lull.bridge.inbound;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.bridge.text.Advertisements;
import lull.bridge.text.Quotes;
import lull.bridge.text.TurnPart;
import lull.contract.chat.SentPart;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.lanes.results.ResultLog;

/// List of the parts of one turn, and which of them Connect has accepted. Used by the thread of its
/// lane only.
final class AcceptedParts {

    private final Incoming<Turn> incoming;
    private final ResultLog<SentPart> results;
    private final InstantSource clock;
    private final List<TurnPart> parts;
    private final List<SentPart> accepted;

    AcceptedParts(
            Incoming<Turn> incoming,
            ResultLog<SentPart> results,
            InstantSource clock,
            TurnOptions options,
            Quotes quotes) {
        this.incoming = incoming;
        this.results = results;
        this.clock = clock;
        this.parts = TurnPart.of(
                incoming.value(),
                options.rendering(),
                options.maxCharacters(),
                options.attaches(),
                quotes,
                // An advertisement that arrived while a chat was open is in that chat.
                quotes.advertisements()
                        .shownWith(incoming.value())
                        .filter(pending ->
                                results.of(incoming, pending.turnId()).isEmpty())
                        .map(Advertisements.Pending::line));
        this.accepted = new ArrayList<>(results.of(incoming, incoming.value().id()));
    }

    /// Whether the agent is shown nothing of the turn.
    boolean areNone() {
        return parts.isEmpty();
    }

    /// Returns the first part that Connect has not accepted yet.
    Optional<TurnPart> next() {
        return parts.stream().filter(part -> !isAccepted(part)).findFirst();
    }

    /// Returns the first part that no contact other than this one has accepted: the part that was sent,
    /// or would be sent, with its opening.
    Optional<TurnPart> firstOf(String initialContactId) {
        return parts.stream()
                .filter(part -> accepted.stream()
                        .noneMatch(sent ->
                                is(sent, part) && !sent.initialContactId().equals(initialContactId)))
                .findFirst();
    }

    /// Whether a contact has accepted any part.
    boolean anyIn(String initialContactId) {
        return accepted.stream().anyMatch(sent -> sent.initialContactId().equals(initialContactId));
    }

    boolean any() {
        return !accepted.isEmpty();
    }

    /// Records that Connect has accepted a part. If that is recorded already, writes nothing.
    void add(TurnPart part, String initialContactId, String connectMessageId) {
        if (isAccepted(part)) {
            return;
        }
        Turn turn = incoming.value();
        SentPart sent = new SentPart(
                turn.id(),
                turn.conversation(),
                part.item(),
                part.part(),
                initialContactId,
                connectMessageId,
                part.messageIds(),
                clock.instant(),
                parts.stream().allMatch(one -> one.equals(part) || isAccepted(one)));
        accepted.add(sent);
        results.add(incoming, turn.id(), sent);
    }

    private boolean isAccepted(TurnPart part) {
        return accepted.stream().anyMatch(sent -> is(sent, part));
    }

    private static boolean is(SentPart sent, TurnPart part) {
        return sent.item() == part.item() && sent.part() == part.part();
    }
}
