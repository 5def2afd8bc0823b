package lull.connect;

import java.net.URI;
import java.nio.file.Path;
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

    /// Has everything that happens in a chat sent to an SNS topic; answers with the streaming's id.
    Answer<String> startStreaming(String instanceId, String initialContactId, String topicArn, String clientToken);

    /// Asks what has become of a contact.
    Answer<Contact> describe(String instanceId, String contactId);

    /// Gets a new connection token for a participant token.
    ///
    /// @param start marks the customer as connected, with which the chat's flow starts to run
    Answer<Connection> connect(String participantToken, boolean start);

    /// Sends plain text as the customer.
    Answer<Accepted> sendText(String connectionToken, String text, String clientToken);

    /// Announces a file to a chat as the customer; nobody sees it before [#completeUpload].
    Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken);

    /// Uploads an announced file. An answer of [ConnectError.Invalid] may mean that the address has become too old, or
    /// that the file is there already.
    Answer<String> upload(Upload upload, Path file) throws InterruptedException;

    /// Shows an uploaded file in the chat; it is no failure where it is shown already. Answers with its id.
    Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken);

    /// A file to be attached.
    ///
    /// @param name with an extension, in ASCII
    record FileInfo(String name, String mimeType, long bytes) {
        @Override
        public String toString() {
            return "FileInfo[" + mimeType + ", " + bytes + " bytes]";
        }
    }

    /// Where an announced file is to be uploaded to.
    ///
    /// @param headers that the upload must have
    record Upload(String attachmentId, URI address, Map<String, String> headers) {

        public Upload {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "Upload[" + attachmentId + "]";
        }
    }

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

    record Connection(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Connection[until " + expiresAt + "]";
        }
    }

    /// A message that Connect has taken under its own id.
    record Accepted(String id, Instant at) {}
}
