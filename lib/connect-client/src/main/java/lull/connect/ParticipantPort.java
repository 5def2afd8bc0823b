package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Participant Service: a chat as the customer takes part in it. Calls block for at most the configured timeouts and
/// never retry; all failures are answers. A call with a client token that Connect has seen is done once and answered
/// twice.
public interface ParticipantPort {

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

    /// Sends an event as the customer, such as a receipt; returns its id.
    ///
    /// @param about Connect's id of the message that a receipt is about; absent for typing
    Answer<String> sendEvent(String connectionToken, Happening happening, @Nullable String about);

    /// A page of what has happened since a moment, oldest first: what the customer may see of it.
    ///
    /// @param next of the page before; absent for the first page
    Answer<Page> transcript(String connectionToken, Instant since, @Nullable String next);

    /// The latest that has happened, newest first, as far as a page holds it; in the form of [#transcript].
    Answer<Page> latest(String connectionToken);

    /// Where a file that was attached can be fetched for some minutes. Only while the chat is not over.
    Answer<URI> attachment(String connectionToken, String attachmentId);

    /// What a customer can be seen to do.
    enum Happening {
        TYPING,
        DELIVERED,
        READ
    }

    /// Items of a transcript.
    ///
    /// @param items as Connect wrote them, but for the initial contact id, which contact streaming writes into each
    ///     of them
    record Page(List<JsonNode> items, Optional<String> next) {

        public Page {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return "Page[" + items.size() + " items]";
        }
    }

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

    record Connection(String token, Instant expiresAt) {
        @Override
        public String toString() {
            return "Connection[until " + expiresAt + "]";
        }
    }

    /// A message that Connect has taken under its own id.
    record Accepted(String id, Instant at) {}
}
