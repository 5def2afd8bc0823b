package lull.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An Amazon Connect chat as a participant sees it. Calls block for at most the configured timeouts and never
/// retry; all failures are answers.
public interface ChatPort {

    /// Gets a new connection token for a participant token.
    Answer<String> connect(String participantToken);

    /// Sends plain text as the customer; a client token that was seen before sends nothing again.
    Answer<String> say(String connectionToken, String text, String clientToken);

    /// Tells of something that happened.
    ///
    /// @param about Connect's id of the message that a receipt is about; absent for typing
    Answer<String> tell(String connectionToken, Happening happening, @Nullable String about);

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
}
