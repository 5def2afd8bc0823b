package lull.connect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connect API: contacts. Calls block for at most the configured timeouts and never retry; all failures are answers. A
/// call with a client token that Connect has seen is done once and answered twice.
public interface ConnectPort {

    /// Starts a chat. Its flow does not run before [ParticipantPort#connect] with `start`.
    Answer<StartedChat> startChat(ChatRequest request);

    /// Has everything that happens in a chat sent to an SNS topic; answers with the streaming's id.
    Answer<String> startStreaming(String instanceId, String initialContactId, String topicArn, String clientToken);

    /// Asks what has become of a contact.
    Answer<Contact> describe(String instanceId, String contactId);

    /// A chat to be started.
    ///
    /// @param instanceId the instance that it is opened in
    /// @param contactFlowId the flow that it runs
    /// @param displayName what the agent sees the customer as
    /// @param attributes for the flow; keys of letters, digits, `-` and `_` only
    /// @param initialMessage the customer's first text; absent where it is sent later
    /// @param continues the initial id of the contact whose transcript it goes on with, which has ended
    record ChatRequest(
            String instanceId,
            String contactFlowId,
            String displayName,
            Map<String, String> attributes,
            @Nullable String initialMessage,
            @Nullable String continues,
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

    /// What has become of a contact.
    ///
    /// @param disconnectReason Connect's word for why it is over; absent for some that are, too
    record Contact(boolean over, @Nullable String disconnectReason) {

        /// Whether its flow has run, if it is over: it has not where the customer was not connected within five
        /// minutes.
        public boolean hasRun() {
            return !"CUSTOMER_CONNECTION_NOT_ESTABLISHED".equals(disconnectReason());
        }
    }

    record StartedChat(String contactId, String participantToken) {
        @Override
        public String toString() {
            return "StartedChat[" + contactId + "]";
        }
    }
}
