package lull.standins.connect;

import java.util.Set;

/// The content types of messages and events in a chat.
final class ContentTypes {
    static final String TEXT = "text/plain";
    static final String MARKDOWN = "text/markdown";
    static final String JSON = "application/json";
    static final String INTERACTIVE = "application/vnd.amazonaws.connect.message.interactive";
    static final String INTERACTIVE_RESPONSE = INTERACTIVE + ".response";
    static final Set<String> MESSAGES = Set.of(TEXT, MARKDOWN, JSON, INTERACTIVE, INTERACTIVE_RESPONSE);

    private static final String EVENT = "application/vnd.amazonaws.connect.event.";
    static final String TYPING = EVENT + "typing";
    static final String DELIVERED = EVENT + "message.delivered";
    static final String READ = EVENT + "message.read";
    static final String JOINED = EVENT + "participant.joined";
    static final String LEFT = EVENT + "participant.left";
    static final String TRANSFERRED = EVENT + "transfer.succeeded";
    static final String ENDED = EVENT + "chat.ended";

    private ContentTypes() {}
}
