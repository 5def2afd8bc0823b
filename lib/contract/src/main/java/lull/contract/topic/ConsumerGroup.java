package lull.contract.topic;

/// Catalogue of the consumer groups of bridge and applications, with the topic that each reads. Those of
/// the aggregator are its application ids, see [Topics#applicationId(String)].
public enum ConsumerGroup {

    /// Sends turns to chats.
    TURN_TO_CHAT("lull-turn-to-chat", Topics.TURN_CLOSED),

    /// Transcribes voice notes. Exists only if voice notes are transcribed.
    VOICE_TO_TRANSCRIPT("lull-voice-to-transcript", Topics.TURN_CLOSED),

    /// Turns chat events into replies.
    EVENT_TO_REPLY("lull-event-to-reply", Topics.CHAT_EVENT),

    /// Sends replies to WhatsApp.
    REPLY_TO_WHATSAPP("lull-reply-to-whatsapp", Topics.REPLY_REQUESTED),

    /// Applies WhatsApp's statuses to replies.
    STATUS_TO_REPLY("lull-status-to-reply", Topics.MESSAGE_STATUS),

    /// Marks the messages of accepted parts of turns as read.
    PART_TO_READ_MARK("lull-part-to-read-mark", Topics.CONNECT_MESSAGE_SENT),

    /// Sends to chats what a business writes in its own app.
    ECHO_TO_CHAT("lull-echo-to-chat", Topics.ACCOUNT_EVENT),

    /// Gives turns to applications.
    TURN_TO_APPLICATION("lull-turn-to-application", Topics.APPLICATION_TURN_CLOSED);

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Topic topic;

    ConsumerGroup(String id, Topic topic) {
        this.id = id;
        this.topic = topic;
    }

    /// Whether it is one of the bridge.
    public boolean isOfBridge() {
        return this != TURN_TO_APPLICATION;
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
