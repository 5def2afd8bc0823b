package lull.bridge.outbound.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Id of an agent's file in a reply to a channel that has no uploads: Amazon Connect keeps the file, and it is fetched
/// when the reply is sent.
///
/// @param initialContactId of the chat
/// @param attachmentId of the file in it
record AgentFileId(String initialContactId, String attachmentId) {

    private static final Pattern FORM =
            Pattern.compile("connect-attachment/([A-Za-z0-9._-]{1,256})/([A-Za-z0-9._-]{1,256})");

    /// Returns the id in a text; empty if the text is another id.
    static Optional<AgentFileId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new AgentFileId(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    String text() {
        return "connect-attachment/" + initialContactId + "/" + attachmentId;
    }
}
