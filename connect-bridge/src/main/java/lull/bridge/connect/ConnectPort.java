package lull.bridge.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Amazon Connect as the bridge sees it. Calls block for at most the configured timeouts and never retry; all
/// failures are answers. A call with a client token that Connect has seen is done once and answered twice.
public interface ConnectPort {

    /// Starts a chat. Its flow does not run before [#connect] with `start`.
    Answer<StartedChat> startChat(ChatRequest request);

    /// Has everything that happens in a chat sent to the SNS topic; answers with the streaming's id.
    Answer<String> startStreaming(String initialContactId, String clientToken);

    /// Gets a new connection token for a participant token.
    ///
    /// @param start marks the customer as connected, with which the chat's flow starts to run
    Answer<Connection> connect(String participantToken, boolean start);

    /// Sends plain text as the customer.
    Answer<Accepted> sendText(String connectionToken, String text, String clientToken);

    /// A chat to be started.
    ///
    /// @param displayName what the agent sees the customer as
    /// @param attributes for the flow; keys of letters, digits, `-` and `_` only
    /// @param initialMessage the customer's first text; absent where it is sent later
    record ChatRequest(
            String displayName,
            Map<String, String> attributes,
            @Nullable String initialMessage,
            List<String> contentTypes,
            Duration duration,
            String clientToken) {

        public ChatRequest {
            attributes = Map.copyOf(attributes);
            contentTypes = List.copyOf(contentTypes);
        }

        @Override
        public String toString() {
            return "ChatRequest[" + clientToken + "]";
        }
    }

    record StartedChat(String contactId, String participantToken) {
        @Override
        public String toString() {
            return "StartedChat[" + contactId + "]";
        }
    }

    record Connection(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Connection[until " + expiresAt + "]";
        }
    }

    /// A message that Connect has taken under its own id.
    record Accepted(String id, Instant at) {}
}
