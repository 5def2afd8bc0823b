package lull.bridge.inbound;

import java.time.InstantSource;
import java.util.List;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ConnectPort;
import lull.connect.ConnectPort.ChatRequest;
import lull.connect.ConnectPort.StartedChat;
import lull.connect.Extent;
import lull.contract.chat.Chat;
import lull.contract.chat.LastMessage;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.lanes.Fence;
import lull.lanes.Incoming;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opening of the chat of a turn: asks Connect for a contact, and records it before anything else is
/// done with it. Used once, by the thread of its lane.
final class Opening {

    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    private final ConnectPort connect;
    private final ChatBook book;
    private final TurnOptions options;
    private final VerifiedConfiguration proven;
    private final InstantSource clock;
    private final ChatMetrics metrics;

    Opening(
            ConnectPort connect,
            ChatBook book,
            TurnOptions options,
            VerifiedConfiguration proven,
            InstantSource clock,
            ChatMetrics metrics) {
        this.connect = connect;
        this.book = book;
        this.options = options;
        this.proven = proven;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Opens a chat and returns it.
    ///
    /// @param answered the conversations that the business has begun and the turn answers
    /// @param replaced the chat that it replaces
    /// @param initialMessage the text that is sent with the request
    Answer<Chat> open(
            Incoming<Turn> incoming,
            List<ConversationBegun> answered,
            @Nullable Chat replaced,
            @Nullable String initialMessage,
            Fence fence) {
        Turn turn = incoming.value();
        ClientTokens tokens = new ClientTokens(options.installation());
        String replaces = replaced == null ? null : replaced.initialContactId();
        boolean continues = options.persistent() && replaced != null && replaced.connectedAt() != null;
        ChatRequest request = ChatRequests.of(
                turn,
                answered,
                options,
                initialMessage,
                continues ? replaces : null,
                tokens.start(turn, answered, replaces, continues));
        Answer<StartedChat> answer = connect.startChat(request);
        if (continues && isRefused(answer)) {
            // The transcript of the previous chat is not available yet, or not any more.
            fence.check();
            request = ChatRequests.of(
                    turn, answered, options, initialMessage, null, tokens.start(turn, answered, replaces, false));
            answer = connect.startChat(request);
        }
        boolean withoutText = initialMessage != null && isInvalid(answer);
        if (withoutText) {
            // Connect may refuse the text: the text then gets a part of its own, and the chat is open
            // for others.
            fence.check();
            request = ChatRequests.of(
                    turn, answered, options, null, null, tokens.startWithoutText(turn, answered, replaces));
            answer = connect.startChat(request);
        }
        return switch (answer) {
            case Answer.Ok<StartedChat>(StartedChat started) -> {
                proven.flow(request.contactFlowId());
                // A note about a template comes before the text. If it were not known any more at the next attempt, the
                // text must not count as sent.
                boolean isBelowNote = initialMessage == null && !answered.isEmpty();
                yield new Answer.Ok<>(write(incoming, replaced, started, withoutText || isBelowNote));
            }
            case Answer.Failed<StartedChat>(ConnectError trouble) -> new Answer.Failed<>(meaning(trouble, request));
        };
    }

    private Chat write(Incoming<Turn> incoming, @Nullable Chat replaced, StartedChat started, boolean withoutText) {
        Turn turn = incoming.value();
        LastMessage before = replaced == null ? null : replaced.lastMessage();
        Chat chat = new Chat(
                started.contactId(),
                turn.conversation(),
                turn.customer(),
                turn.id(),
                incoming.offset(),
                clock.instant(),
                started.participantToken(),
                null,
                null,
                null,
                null,
                LastMessage.after(before, turn),
                withoutText,
                List.of(),
                null,
                turn.flags());
        // No event can arrive before its chat is known, because nothing is streamed yet.
        book.write(chat);
        metrics.chatOpened();
        log.atInfo()
                .addKeyValue("conversation", turn.conversation().masked())
                .addKeyValue("contactId", started.contactId())
                .log("Chat opened");
        return chat;
    }

    /// Returns what an error of StartChatContact means. If something does not exist, it is the instance
    /// or the flow. Until the flow has started a first chat, a request that Connect does not accept
    /// says more about the settings than about the turn.
    private ConnectError meaning(ConnectError trouble, ChatRequest request) {
        return switch (trouble) {
            case ConnectError.NotFound(String reason) -> new ConnectError.Misconfigured(Extent.NUMBER, reason);
            case ConnectError.Invalid(String reason)
            when !proven.isFlow(request.contactFlowId()) -> new ConnectError.Misconfigured(Extent.NUMBER, reason);
            case ConnectError other -> other;
        };
    }

    private static boolean isRefused(Answer<StartedChat> answer) {
        return isInvalid(answer)
                || (answer instanceof Answer.Failed<StartedChat>(ConnectError trouble)
                        && trouble instanceof ConnectError.NotFound);
    }

    private static boolean isInvalid(Answer<StartedChat> answer) {
        return answer instanceof Answer.Failed<StartedChat>(ConnectError trouble)
                && trouble instanceof ConnectError.Invalid;
    }
}
