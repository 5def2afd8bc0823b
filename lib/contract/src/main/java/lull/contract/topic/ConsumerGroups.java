package lull.contract.topic;

import java.util.List;

/// The catalogue of the consumer groups of a bridge. Those of the aggregator are its application ids, see
/// [Topics#applicationId(String)].
public final class ConsumerGroups {

    /// Turns on their way to chats.
    public static final String TURN_TO_CHAT = "lull-turn-to-chat";

    /// Voice notes on their way to transcripts. There only where they are transcribed.
    public static final String VOICE_TO_TRANSCRIPT = "lull-voice-to-transcript";

    /// Chat events on their way to replies.
    public static final String EVENT_TO_REPLY = "lull-event-to-reply";

    /// Replies on their way to WhatsApp.
    public static final String REPLY_TO_WHATSAPP = "lull-reply-to-whatsapp";

    /// WhatsApp's statuses of replies.
    public static final String STATUS_TO_REPLY = "lull-status-to-reply";

    /// Accepted parts of turns, whose messages are marked as read.
    public static final String PART_TO_READ_MARK = "lull-part-to-read-mark";

    /// What a business says in its own app.
    public static final String ECHO_TO_CHAT = "lull-echo-to-chat";

    /// All of them.
    public static final List<String> ALL = List.of(
            TURN_TO_CHAT,
            VOICE_TO_TRANSCRIPT,
            EVENT_TO_REPLY,
            REPLY_TO_WHATSAPP,
            STATUS_TO_REPLY,
            PART_TO_READ_MARK,
            ECHO_TO_CHAT);

    private ConsumerGroups() {}
}
