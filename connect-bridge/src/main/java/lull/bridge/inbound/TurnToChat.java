package lull.bridge.inbound;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.bridge.chats.BegunConversations;
import lull.bridge.chats.CatchUp;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ChoiceLookup;
import lull.bridge.inbound.attachments.AttachmentUploader;
import lull.connect.Answer;
import lull.connect.ConnectApis;
import lull.connect.ParticipantPort;
import lull.contract.Customer;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.chat.SentPart;
import lull.contract.message.MessageContext;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.results.ResultLog;
import lull.text.Addresses;
import lull.text.ChoiceNumber;
import lull.text.Quotes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Flow from `whatsapp.turn.closed` to Amazon Connect: sends each turn to the open chat of its
/// conversation, or opens a chat if it may. A turn that is handled again, also after a crash, makes the
/// same calls with the same client tokens and skips what Connect is known to have; a later change must
/// keep the tokens a function of the turn. Lanes call it in parallel, but never twice at a time for a
/// conversation.
public final class TurnToChat implements Handler<Turn> {

    private static final Logger log = LoggerFactory.getLogger(TurnToChat.class);

    /// How long a turn waits while another one of the same person opens a chat.
    private static final Duration OTHER_OPENING = Duration.ofMillis(200);

    /// A longer text is not the title of a choice.
    private static final int MAX_CHOICE_CHARACTERS = 120;

    private final ConnectApis apis;
    private final AttachmentUploader attaching;
    private final ChatBook book;
    private final ResultLog<SentPart> sent;
    private final PartDeadLetters deadLetters;
    private final ChoiceLookup choices;
    private final TurnOptions options;
    private final Quotes quotes;
    private final BegunConversations begun;
    private final CatchUp catchUp;
    private final Openings openings = new Openings();
    private final WaitingNotice waiting;
    private final InstantSource clock;
    private final TurnMetrics metrics;
    private final ChatMetrics chatMetrics;

    private final VerifiedConfiguration proven = new VerifiedConfiguration();

    /// Creates a flow on its ports.
    ///
    /// @param sent what Connect has accepted: the tail of `connect.message.sent`, whose partitions are
    ///     those of the turns
    /// @param deadLetters stores the parts of turns that Connect refuses
    /// @param choices what customers mean by numbers
    /// @param quotes the texts of messages that others refer to; this flow adds those of customers
    /// @param begun conversations that the business has begun, which customers answer
    /// @param catchUp brings the book up to date with all changes of ids that are known by now, and the
    ///     conversations with those that have begun
    /// @param waiting for customers whose chat cannot be opened yet
    public TurnToChat(
            ConnectApis apis,
            AttachmentUploader attaching,
            ChatBook book,
            ResultLog<SentPart> sent,
            PartDeadLetters deadLetters,
            ChoiceLookup choices,
            TurnOptions options,
            Quotes quotes,
            BegunConversations begun,
            CatchUp catchUp,
            WaitingNotice waiting,
            InstantSource clock,
            TurnMetrics metrics,
            ChatMetrics chatMetrics) {
        this.apis = apis;
        this.attaching = attaching;
        this.book = book;
        this.sent = sent;
        this.deadLetters = deadLetters;
        this.choices = choices;
        this.options = options;
        this.quotes = quotes;
        this.begun = begun;
        this.catchUp = catchUp;
        this.waiting = waiting;
        this.clock = clock;
        this.metrics = metrics;
        this.chatMetrics = chatMetrics;
    }

    @Override
    public Outcome handle(Incoming<Turn> said, Fence fence) throws InterruptedException {
        Optional<Chat> latest = latest(said.value());
        if (latest.isPresent() && latest.get().open()) {
            if (latest.get().openedByTurn().equals(said.value().id())) {
                // An earlier attempt has opened it, perhaps in another process, and what it has claimed is needed
                // again.
                catchUp.toPresentEnd();
            }
            return hand(said, latest, fence);
        }
        // It may open a chat, and so may another turn of the same customer under another id, in a lane
        // of its own.
        catchUp.toPresentEnd();
        Set<String> ids = openings.enter(said.value(), book.aliases());
        if (ids.isEmpty()) {
            return new Outcome.Deferred(OTHER_OPENING);
        }
        try {
            return hand(said, latest(said.value()), fence);
        } finally {
            openings.leave(ids);
        }
    }

    @Override
    public void givenUp(Incoming<Turn> incoming, Fence fence) {
        Turn turn = incoming.value();
        Optional<String> connection = latest(turn).filter(Chat::open).map(Chat::connectionToken);
        if (connection.isPresent()) {
            fence.check();
            Answer<ParticipantPort.Accepted> told = apis.participant()
                    .sendText(
                            connection.get(),
                            options.rendering().givenUp(),
                            new ClientTokens(options.installation()).givenUp(turn));
            if (told instanceof Answer.Failed<ParticipantPort.Accepted>) {
                log.atWarn()
                        .addKeyValue("turn", turn.id())
                        .log("The agent is not notified of a turn that is a dead letter");
            }
        }
        metrics.turnHandled(TurnOutcome.GIVEN_UP);
    }

    private Optional<Chat> latest(Turn turn) {
        return book.latestOf(
                turn.conversation(),
                turn.customer(),
                LastMessage.after(null, turn).sentAt());
    }

    private Outcome hand(Incoming<Turn> said, Optional<Chat> found, Fence fence) throws InterruptedException {
        Optional<Chat> latest = found.map(chat -> heard(chat, said.value()));
        Incoming<Turn> incoming = latest.isPresent() ? meant(said, latest.get()) : said;
        Turn turn = incoming.value();
        List<ConversationBegun> answered = claim(turn, latest, fence);
        AcceptedParts accepted = new AcceptedParts(
                incoming,
                latest.filter(chat -> isLate(chat, turn)).isPresent(),
                answered.stream().filter(one -> isNews(one, latest)).toList(),
                sent,
                clock,
                options,
                quotes);
        quotes.learn(said.value(), options.rendering());
        ChatState start = ChatState.of(
                latest,
                turn,
                latest.isPresent() && accepted.anyIn(latest.get().initialContactId()),
                incoming.replay() != null,
                clock.instant(),
                options.refreshBefore());
        return new Handover(
                        apis,
                        attaching,
                        book,
                        options,
                        clock,
                        metrics,
                        chatMetrics,
                        incoming,
                        answered,
                        fence,
                        accepted,
                        deadLetters,
                        waiting,
                        proven)
                .from(start);
    }

    /// Claims the conversations that a turn answers, before anything is called that depends on them.
    private List<ConversationBegun> claim(Turn turn, Optional<Chat> latest, Fence fence) {
        // A reaction is no answer.
        if (!turn.opensChat()) {
            return List.of();
        }
        List<ConversationBegun> answered = begun.answeredBy(turn);
        for (ConversationBegun one : answered) {
            if (one.answeredBy() == null) {
                fence.check();
                begun.claim(one, turn);
                metrics.conversationAnswered(latest.filter(Chat::open).isPresent());
            }
        }
        return answered;
    }

    /// Whether the agent has not read of a template: in a chat that was open when it was sent a note
    /// said so at once.
    private static boolean isNews(ConversationBegun one, Optional<Chat> latest) {
        return latest.filter(Chat::open)
                .filter(chat -> chat.openedAt().isBefore(one.at()))
                .isEmpty();
    }

    private static boolean isLate(Chat chat, Turn turn) {
        return chat.open() && isEarlier(chat.lastMessage(), turn);
    }

    /// Whether a turn was written before the last message that is recorded.
    private static boolean isEarlier(@Nullable LastMessage last, Turn turn) {
        return last != null && LastMessage.after(null, turn).sentAt().isBefore(last.sentAt());
    }

    /// Returns the turn, with the number or title of a choice replaced by what it stands for.
    private Incoming<Turn> meant(Incoming<Turn> said, Chat chat) throws InterruptedException {
        List<TurnItem> items = said.value().items();
        String text = items.size() == 1 ? items.getFirst().text() : null;
        if (text == null || text.length() > MAX_CHOICE_CHARACTERS || !chat.open()) {
            return said;
        }
        List<MessageContext> contexts = items.getFirst().messages().stream()
                .flatMap(message -> message.context().stream())
                .toList();
        Optional<String> quoted = contexts.stream()
                .map(MessageContext::messageId)
                .flatMap(Stream::ofNullable)
                .findFirst();
        // Without a reference a title is sent as it is.
        boolean mayBeTitle =
                !contexts.isEmpty() && quoted.filter(quotes::isOfPerson).isEmpty();
        if (!mayBeTitle && !ChoiceNumber.begins(text)) {
            return said;
        }
        return choices.answer(chat, text, quoted.flatMap(quotes::lineOf))
                .map(answer -> said.with(said.value().saying(answer)))
                .orElse(said);
    }

    /// Records when and from which address the customer last wrote, before the agent can answer.
    private Chat heard(Chat chat, Turn turn) {
        if (!chat.open()) {
            return chat;
        }
        LastMessage before = chat.lastMessage();
        LastMessage message = LastMessage.after(before, turn);
        Chat addressed = turn.conversation().isGroup() ? chat : addressed(chat, turn, message);
        // The flags of an earlier turn that is replayed or redelivered say nothing of now.
        Chat flagged = isEarlier(before, turn) ? addressed : addressed.flagged(turn.flags());
        if (!message.isNews(before) && flagged.equals(chat)) {
            return chat;
        }
        Chat heard = flagged.heard(message);
        book.write(heard);
        return heard;
    }

    /// Returns the chat with the customer's address after a turn. A turn that was sent before the last
    /// one that is known has no newer address.
    private Chat addressed(Chat chat, Turn turn, LastMessage last) {
        boolean isLate = turn.items().stream()
                .flatMap(item -> item.messages().stream())
                .noneMatch(message -> message.id().equals(last.id()));
        Customer said = isLate ? chat.customer() : Addresses.after(chat.customer(), turn);
        Customer now = book.aliases().now(said, last.sentAt());
        return now.equals(chat.customer()) ? chat : chat.addressed(now);
    }
}
