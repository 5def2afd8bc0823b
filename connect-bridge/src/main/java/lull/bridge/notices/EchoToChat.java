package lull.bridge.notices;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.pauses.ConnectFailures;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Accepted;
import lull.contract.chat.Chat;
import lull.contract.message.AccountEvent;
import lull.lanes.Fence;
import lull.lanes.Handler;
import lull.lanes.Incoming;
import lull.lanes.Outcome;
import lull.lanes.PauseScope;
import lull.text.AgentTexts;
import lull.text.BusinessEcho;
import lull.text.Quotes;

/// Flow from `whatsapp.account.event` to open chats: shows the agent what a colleague has written to
/// the customer in the WhatsApp Business app. It opens no chat and sends nothing to the customer.
public final class EchoToChat implements Handler<AccountEvent> {

    /// Maximum number of attempts; then the agent is not notified.
    private static final int MAX_ATTEMPTS = 5;

    /// WhatsApp's clock has whole seconds, and is not the bridge's clock.
    private static final Duration LATE = Duration.ofSeconds(5);

    private final ChatBook book;
    private final ParticipantCalls line;
    private final ParticipantPort port;
    private final AgentTexts texts;
    private final int maxCharacters;
    private final Quotes quotes;
    private final NoticeMetrics metrics;

    /// @param maxCharacters of a text in a chat
    /// @param quotes the texts of messages that a colleague deletes or reacts to
    public EchoToChat(
            ChatBook book,
            ParticipantCalls line,
            ParticipantPort port,
            AgentTexts texts,
            int maxCharacters,
            Quotes quotes,
            NoticeMetrics metrics) {
        this.book = book;
        this.line = line;
        this.port = port;
        this.texts = texts;
        this.maxCharacters = maxCharacters;
        this.quotes = quotes;
        this.metrics = metrics;
    }

    @Override
    public Outcome handle(Incoming<AccountEvent> incoming, Fence fence) throws InterruptedException {
        for (BusinessEcho echo : BusinessEcho.of(incoming.value())) {
            Optional<Outcome> notYet = tell(echo, incoming.attempt(), fence);
            if (notYet.isPresent()) {
                return notYet.get();
            }
        }
        return Outcome.DONE;
    }

    /// Returns the outcome if something remains to be done, otherwise empty.
    private Optional<Outcome> tell(BusinessEcho echo, int attempt, Fence fence) throws InterruptedException {
        Optional<Chat> chat = book.latestOf(echo.conversation(), echo.customer(), echo.sentAt())
                .filter(Chat::open)
                // A message that was written before belongs to no chat, or to an earlier one.
                .filter(open -> !echo.sentAt().isBefore(open.openedAt().minus(LATE)));
        if (chat.isEmpty()) {
            return left(EchoOutcome.NO_CHAT);
        }
        String contact = chat.get().initialContactId();
        List<String> parts = echo.parts(texts, quotes, maxCharacters);
        for (int part = 0; part < parts.size(); part++) {
            String text = parts.get(part);
            String token = token(contact, echo, part);
            fence.check();
            Answer<Accepted> answer = line.call(contact, connection -> port.sendText(connection, text, token));
            if (answer instanceof Answer.Failed<Accepted>(ConnectError trouble)) {
                return failed(trouble, attempt);
            }
        }
        return left(EchoOutcome.SHOWN);
    }

    private Optional<Outcome> failed(ConnectError trouble, int attempt) {
        if (trouble.isChatOver()) {
            return left(EchoOutcome.NO_CHAT);
        }
        return switch (ConnectFailures.OF_PROCESS.of(trouble)) {
            case Outcome.Reject rejected -> left(EchoOutcome.REFUSED);
            case Outcome.Deferred deferred -> Optional.of(deferred);
            case Outcome.Retry(Duration _, String reason) -> laterOrNever(reason, attempt);
            case Outcome.Pause(PauseScope _, String reason) -> laterOrNever(reason, attempt);
        };
    }

    private Optional<Outcome> laterOrNever(String reason, int attempt) {
        return attempt >= MAX_ATTEMPTS ? left(EchoOutcome.GIVEN_UP) : Optional.of(Outcome.retry(reason));
    }

    private Optional<Outcome> left(EchoOutcome exit) {
        metrics.echoHandled(exit);
        return Optional.empty();
    }

    private static String token(String contact, BusinessEcho echo, int part) {
        String about = "echo|" + contact + "|" + echo.messageId() + "|" + part;
        return UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
