package lull.bridge.chat;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import lull.contract.turn.TurnItem;

/// The flow from `whatsapp.turn.closed` to Amazon Connect: each turn goes to its conversation's chat, and opens
/// one where there is none and it may. Handling a turn again, after a crash too, makes the same calls with the
/// same tokens, and leaves out what Connect is known to have.
public final class TurnToChat implements Handler<Turn> {

    private final ConnectPort connect;
    private final Attaching attaching;
    private final ChatBook book;
    private final Ledger<SentPart> sent;
    private final PartDeadLetters deadLetters;
    private final Choosing choices;
    private final TurnOptions options;
    private final Quotes quotes;
    private final InstantSource clock;
    private final BridgeMetrics metrics;

    private final Proven proven = new Proven();

    /// Knows what a number stands for in a chat, if anything.
    @FunctionalInterface
    public interface Choosing {
        Optional<String> answer(Chat chat, int number) throws InterruptedException;
    }

    /// Dead letters of parts of turns that Amazon Connect refuses while it accepts the other parts.
    @FunctionalInterface
    public interface PartDeadLetters {

        /// Writes the turn with the number of its part and the reason; returns once the broker has acknowledged it.
        ///
        /// @param part numbers of item and part, from 0, such as `1.0`
        void write(Incoming<Turn> turn, String part, String reason);
    }

    /// A flow on its ports.
    ///
    /// @param sent what Connect has accepted: the tail of `connect.message.sent`, whose partitions are the turns'
    ///     ones
    /// @param deadLetters takes the parts of turns that Connect refuses
    /// @param choices what customers mean by numbers
    /// @param quotes what was said, for answers to it; this flow adds what customers say
    public TurnToChat(
            ConnectPort connect,
            Attaching attaching,
            ChatBook book,
            Ledger<SentPart> sent,
            PartDeadLetters deadLetters,
            Choosing choices,
            TurnOptions options,
            Quotes quotes,
            InstantSource clock,
            BridgeMetrics metrics) {
        this.connect = connect;
        this.attaching = attaching;
        this.book = book;
        this.sent = sent;
        this.deadLetters = deadLetters;
        this.choices = choices;
        this.options = options;
        this.quotes = quotes;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<Turn> said, Fence fence) throws InterruptedException {
        Optional<Chat> latest = book.latestOf(
                        said.value().conversation(), said.value().customer())
                .map(chat -> heard(chat, said.value()));
        Incoming<Turn> incoming = latest.isPresent() ? meant(said, latest.get()) : said;
        Turn turn = incoming.value();
        AcceptedParts accepted = new AcceptedParts(incoming, sent, clock, options, quotes);
        References.of(said.value(), options.rendering()).quotes().forEach(quotes::remember);
        ChatState start = ChatState.of(
                latest,
                turn,
                latest.isPresent() && accepted.anyIn(latest.get().initialContactId()),
                clock.instant(),
                options.refreshBefore());
        return new Handover(
                        connect,
                        attaching,
                        book,
                        options,
                        clock,
                        metrics,
                        incoming,
                        fence,
                        accepted,
                        deadLetters,
                        proven)
                .from(start);
    }

    /// The turn with what a number in its place stands for.
    private Incoming<Turn> meant(Incoming<Turn> said, Chat chat) throws InterruptedException {
        List<TurnItem> items = said.value().items();
        String text = items.size() == 1 ? items.getFirst().text() : null;
        OptionalInt number = text == null ? OptionalInt.empty() : ChoiceNumber.of(text);
        if (number.isEmpty() || !chat.open()) {
            return said;
        }
        return choices.answer(chat, number.getAsInt())
                .map(answer -> said.with(said.value().saying(answer)))
                .orElse(said);
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
