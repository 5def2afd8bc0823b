package lull.bridge.inbound;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lull.contract.KeptFile;
import lull.contract.chat.SentPart;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.lanes.Incoming;
import lull.lanes.Replay;
import lull.lanes.results.ResultLog;
import lull.text.Advertisements;
import lull.text.Quotes;
import lull.text.TurnPart;
import org.jspecify.annotations.Nullable;

/// List of the parts of one turn, and which of them Connect has accepted. Used by the thread of its
/// lane only.
final class AcceptedParts {

    private final Incoming<Turn> incoming;
    private final ResultLog<SentPart> results;
    private final InstantSource clock;
    private final List<TurnPart> parts;
    private final List<SentPart> accepted;
    private final @Nullable Replay replay;

    /// @param isLate whether the agent has seen later messages of the customer
    /// @param begun conversations that the turn answers, of which the agent has not read
    AcceptedParts(
            Incoming<Turn> incoming,
            boolean isLate,
            List<ConversationBegun> begun,
            ResultLog<SentPart> results,
            InstantSource clock,
            TurnOptions options,
            Quotes quotes) {
        this.incoming = incoming;
        this.results = results;
        this.clock = clock;
        this.replay = incoming.replay();
        List<TurnPart> said = TurnPart.of(
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
        this.parts = said.isEmpty() ? said : below(said, isLate, begun, options);
        this.accepted = new ArrayList<>(results.of(incoming, incoming.value().id()));
    }

    /// Returns the parts below what the agent has to know first.
    private List<TurnPart> below(
            List<TurnPart> said, boolean isLate, List<ConversationBegun> begun, TurnOptions options) {
        Turn turn = incoming.value();
        return Stream.of(
                        replay != null && isLate
                                ? Stream.of(TurnPart.late(turn, options.rendering()))
                                : Stream.<TurnPart>empty(),
                        TurnPart.begun(turn, begun, options.rendering(), options.maxCharacters()).stream(),
                        said.stream())
                .flatMap(parts -> parts)
                .toList();
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
                .filter(part -> !isOfReplay(part))
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
    ///
    /// @param file of the part in the media store, if it is kept
    void add(TurnPart part, String initialContactId, String connectMessageId, @Nullable KeptFile file) {
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
                parts.stream().allMatch(one -> one.equals(part) || isAccepted(one)),
                replay != null && isOfReplay(part) ? replay.deadLetter() : null,
                file);
        accepted.add(sent);
        results.add(incoming, turn.id(), sent);
    }

    /// Whether a part is shown because a dead letter was replayed, though it may have been handled
    /// before: the part that was refused, or the mark of a late turn.
    boolean isOfReplay(TurnPart part) {
        return replay != null
                && (part.isLate(incoming.value()) || (part.item() + "." + part.part()).equals(replay.part()));
    }

    private boolean isAccepted(TurnPart part) {
        String needed = replay != null && isOfReplay(part) ? replay.deadLetter() : null;
        return accepted.stream().anyMatch(sent -> is(sent, part) && (needed == null || needed.equals(sent.replay())));
    }

    private static boolean is(SentPart sent, TurnPart part) {
        return sent.item() == part.item() && sent.part() == part.part();
    }
}
