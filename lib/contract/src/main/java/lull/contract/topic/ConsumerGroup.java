package lull.contract.topic;

import java.util.List;
import java.util.stream.Stream;

/// Catalogue of the consumer groups of bridge and applications, with the topics that each reads. Those of
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

    /// Sends to chats what a business writes in its own app, and records what WhatsApp says about accounts.
    ECHO_TO_CHAT("lull-echo-to-chat", Topics.ACCOUNT_EVENT),

    /// Notifies agents of dead letters.
    DEAD_LETTER_TO_CHAT(
            "lull-dead-letter-to-chat",
            Topics.TURN_CLOSED.deadLetters(),
            Topics.APPLICATION_TURN_CLOSED.deadLetters(),
            Topics.CHAT_EVENT.deadLetters(),
            Topics.REPLY_REQUESTED.deadLetters()) {
        @Override
        public List<Topic> topics(List<String> inputs) {
            return Stream.concat(
                            inputs.stream().map(input -> Topics.input(input).deadLetters()),
                            super.topics(inputs).stream())
                    .toList();
        }
    },

    /// Gives turns to applications.
    TURN_TO_APPLICATION("lull-turn-to-application", Topics.APPLICATION_TURN_CLOSED),

    /// Shows people in Chatwoot what became of their replies. Exists only if there is a destination of that kind.
    OUTCOME_TO_CHATWOOT("lull-outcome-to-chatwoot", Topics.REPLY_SENT);

    private final String id;

    @SuppressWarnings("ImmutableEnumChecker") // records of immutable values
    private final List<Topic> topics;

    ConsumerGroup(String id, Topic... topics) {
        this.id = id;
        this.topics = List.of(topics);
    }

    /// Whether it is one of the bridge.
    public boolean isOfBridge() {
        return this != TURN_TO_APPLICATION && this != OUTCOME_TO_CHATWOOT;
    }

    /// The group id.
    public String id() {
        return id;
    }

    /// Returns the topics that it reads.
    ///
    /// @param inputs input topics of the installation
    public List<Topic> topics(List<String> inputs) {
        return topics;
    }
}
