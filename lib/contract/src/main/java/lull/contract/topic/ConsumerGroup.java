package lull.contract.topic;

/// The catalogue of the consumer groups of a bridge, with the topic that each reads. Those of the aggregator are its
/// application ids, see [Topics#applicationId(String)].
public enum ConsumerGroup {

    /// Turns on their way to chats.
    TURN_TO_CHAT("lull-turn-to-chat", Topics.TURN_CLOSED),

    /// Voice notes on their way to transcripts. There only where they are transcribed.
    VOICE_TO_TRANSCRIPT("lull-voice-to-transcript", Topics.TURN_CLOSED),

    /// Chat events on their way to replies.
    EVENT_TO_REPLY("lull-event-to-reply", Topics.CHAT_EVENT),

    /// Replies on their way to WhatsApp.
    REPLY_TO_WHATSAPP("lull-reply-to-whatsapp", Topics.REPLY_REQUESTED),

    /// WhatsApp's statuses of replies.
    STATUS_TO_REPLY("lull-status-to-reply", Topics.MESSAGE_STATUS),

    /// Accepted parts of turns, whose messages are marked as read.
    PART_TO_READ_MARK("lull-part-to-read-mark", Topics.CONNECT_MESSAGE_SENT),

    /// What a business says in its own app.
    ECHO_TO_CHAT("lull-echo-to-chat", Topics.ACCOUNT_EVENT);

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Topic topic;

    ConsumerGroup(String id, Topic topic) {
        this.id = id;
        this.topic = topic;
    }

    /// The group id.
    public String id() {
        return id;
    }

    /// The topic that it reads.
    public Topic topic() {
        return topic;
    }
}
