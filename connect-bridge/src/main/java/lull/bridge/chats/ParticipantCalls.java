package lull.bridge.chats;

import java.util.function.Function;
import lull.connect.Answer;
import lull.connect.ConnectError;
import lull.connect.ParticipantPort;
import lull.connect.ParticipantPort.Connection;
import lull.contract.chat.Chat;

/// Caller of the Participant Service for a chat with its connection token, which is replaced once if it
/// is refused. A chat that is over, or unknown, is [ConnectError.AccessDenied].
public final class ParticipantCalls {

    private final ChatBook book;
    private final CatchUp catchUp;
    private final ParticipantPort port;

    public ParticipantCalls(ChatBook book, CatchUp catchUp, ParticipantPort port) {
        this.book = book;
        this.catchUp = catchUp;
        this.port = port;
    }

    /// Makes a call for the chat of an initial contact.
    public <T> Answer<T> call(String initialContactId, Function<String, Answer<T>> call) throws InterruptedException {
        Chat chat = book.byContact(initialContactId, catchUp).orElse(null);
        String participantToken = chat == null ? null : chat.participantToken();
        if (chat == null || participantToken == null) {
            return new Answer.Failed<>(new ConnectError.AccessDenied());
        }
        String connectionToken = chat.connectionToken();
        if (connectionToken != null) {
            Answer<T> answer = call.apply(connectionToken);
            if (!isDenied(answer)) {
                return answer;
            }
        }
        return switch (port.connect(participantToken, false)) {
            case Answer.Ok<Connection>(Connection fresh) -> call.apply(fresh.token());
            case Answer.Failed<Connection>(ConnectError trouble) -> new Answer.Failed<>(trouble);
        };
    }

    private static boolean isDenied(Answer<?> answer) {
        return answer instanceof Answer.Failed<?>(ConnectError trouble) && trouble instanceof ConnectError.AccessDenied;
    }
}
