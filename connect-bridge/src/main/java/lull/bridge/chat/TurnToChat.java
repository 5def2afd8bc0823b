package lull.bridge.chat;

import java.time.InstantSource;
import java.util.Optional;
import lull.bridge.connect.ConnectPort;
import lull.bridge.journal.Ledger;
import lull.bridge.lane.Fence;
import lull.bridge.lane.Handler;
import lull.bridge.lane.Incoming;
import lull.bridge.lane.Outcome;
import lull.bridge.metric.BridgeMetrics;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.chat.SentPart;
import lull.contract.turn.Turn;

/// The flow from `whatsapp.turn.closed` to Amazon Connect: each turn goes to its conversation's chat, and opens
/// one where there is none and it may. Handling a turn again, after a crash too, makes the same calls with the
/// same tokens, and leaves out what Connect is known to have.
public final class TurnToChat implements Handler<Turn> {

    private final ConnectPort connect;
    private final Attaching attaching;
    private final ChatBook book;
    private final Ledger<SentPart> sent;
    private final TurnOptions options;
    private final Quotes quotes;
    private final InstantSource clock;
    private final BridgeMetrics metrics;

    private final Proven proven = new Proven();

    /// A flow on its ports.
    ///
    /// @param sent what Connect has accepted: the tail of `connect.message.sent`, whose partitions are the turns'
    ///     ones
    /// @param quotes what was said, for answers to it; this flow adds what customers say
    public TurnToChat(
            ConnectPort connect,
            Attaching attaching,
            ChatBook book,
            Ledger<SentPart> sent,
            TurnOptions options,
            Quotes quotes,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.connect = connect;
        this.attaching = attaching;
        this.book = book;
        this.sent = sent;
        this.options = options;
        this.quotes = quotes;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<Turn> incoming, Fence fence) throws InterruptedException {
        Turn turn = incoming.value();
        Optional<Chat> latest =
                book.latestOf(turn.conversation(), turn.customer()).map(chat -> heard(chat, turn));
        AcceptedParts accepted = new AcceptedParts(incoming, sent, clock, options, quotes);
        References.of(turn, options.rendering()).quotes().forEach(quotes::remember);
        ChatState start = ChatState.of(
                latest,
                turn,
                latest.isPresent() && accepted.anyIn(latest.get().initialContactId()),
                clock.instant(),
                options.refreshBefore());
        return new Handover(connect, attaching, book, options, clock, metrics, incoming, fence, accepted, proven)
                .from(start);
    }

    /// Writes down when the customer wrote last, before the agent can answer.
    private Chat heard(Chat chat, Turn turn) {
        LastMessage message = LastMessage.after(chat.lastMessage(), turn);
        if (!chat.open() || !message.isNews(chat.lastMessage())) {
            return chat;
        }
        Chat heard = chat.heard(message);
        book.write(heard);
        return heard;
    }
}
