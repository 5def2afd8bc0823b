package lull.connect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Port to the Connect API: contacts. Calls block for at most the configured timeouts and never retry;
/// all failures are returned as answers. A call with a client token that Connect has seen has no second
/// effect and gets the same answer.
public interface ConnectPort {

    /// Starts a chat. Its flow does not run before [ParticipantPort#connect] with `start`.
    Answer<StartedChat> startChat(ChatRequest request);

    /// Starts to send all events of a chat to an SNS topic; returns the id of the streaming.
    Answer<String> startStreaming(String instanceId, String initialContactId, String topicArn, String clientToken);

    /// Returns the state of a contact.
    Answer<Contact> describe(String instanceId, String contactId);

    /// Sets attributes of a contact, for its flows and its agent; others stay as they are. Returns the contact's id.
    ///
    /// @param attributes keys of letters, digits, `-` and `_` only
    Answer<String> updateAttributes(String instanceId, String initialContactId, Map<String, String> attributes);

    /// Sets timers of a chat, for agents who join it later; others stay as they are. Returns the contact's id.
    ///
    /// @param timers at least one, each kind once
    Answer<String> setTimers(String instanceId, String contactId, List<ParticipantTimer> timers);

    /// A chat to start.
    ///
    /// @param instanceId the instance in which it is opened
    /// @param contactFlowId the flow that it runs
    /// @param displayName the customer's name as the agent sees it
    /// @param attributes for the flow; keys of letters, digits, `-` and `_` only
    /// @param initialMessage the customer's first text; absent if it is sent later
    /// @param continues the initial id of the ended contact whose transcript it continues
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

    /// The state of a contact.
    ///
    /// @param disconnectReason Connect's word for why it has ended; absent for some ended contacts too
    record Contact(boolean over, @Nullable String disconnectReason) {

        /// Whether its flow has run, if it has ended: it has not if the customer was not connected
        /// within five minutes.
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
