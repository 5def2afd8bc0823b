package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Port to the Participant Service: a chat from the customer's side. Calls block for at most the
/// configured timeouts and never retry; all failures are returned as answers. A call with a client
/// token that Connect has seen has no second effect and gets the same answer.
public interface ParticipantPort {

    /// Gets a new connection token for a participant token.
    ///
    /// @param start marks the customer as connected, which starts the chat's flow
    Answer<Connection> connect(String participantToken, boolean start);

    /// Sends plain text as the customer.
    Answer<Accepted> sendText(String connectionToken, String text, String clientToken);

    /// Announces a file to a chat as the customer; it is not visible before [#completeUpload].
    Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken);

    /// Uploads an announced file. [ConnectError.Invalid] may mean that the address has expired, or that
    /// the file was uploaded before.
    Answer<String> upload(Upload upload, Path file) throws InterruptedException;

    /// Shows an uploaded file in the chat; returns its id. Succeeds also if the file is shown already.
    Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken);

    /// Sends an event as the customer, such as a receipt; returns its id.
    ///
    /// @param about Connect's id of the message that a receipt is about; absent for typing
    Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about);

    /// Leaves the chat as the customer, which ends it; returns the client token. A chat that has ended
    /// is [ConnectError.AccessDenied].
    Answer<String> disconnect(String connectionToken, String clientToken);

    /// Returns a page of the items since a time that the customer may see, oldest first.
    ///
    /// @param next of the page before; absent for the first page
    Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next);

    /// Returns the latest items, newest first, at most one page, in the form of [#transcript].
    Answer<Page> latest(String connectionToken);

    /// Returns the address at which an attached file can be fetched for some minutes. Works only until
    /// the chat ends.
    Answer<URI> attachment(String connectionToken, String attachmentId);

    /// Events that a customer can send.
    enum Happening {
        TYPING,
        DELIVERED,
        READ
    }

    /// Items of a transcript.
    ///
    /// @param items as Connect wrote them, except for the initial contact id, which contact streaming
    ///     writes into each of them
    record Page(List<JsonNode> items, Optional<String> next) {

        public Page {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Page[" + items.size() + " items]";
        }
    }

    /// A file to attach.
    ///
    /// @param name with an extension, in ASCII
    record FileInfo(String name, String mimeType, long bytes) {
        @Override
        public String toString() {
            return "FileInfo[" + mimeType + ", " + bytes + " bytes]";
        }
    }

    /// The address for uploading an announced file.
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

    record Connection(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Connection[until " + expiresAt + "]";
        }
    }

    /// A message that Connect has accepted under its own id.
    record Accepted(String id, Instant at) {}
}
