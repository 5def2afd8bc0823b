package lull.bridge.inbound;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import lull.connect.ConnectPort.ChatRequest;
import lull.contract.Channel;
import lull.contract.application.HandOver;
import lull.contract.reply.ConversationBegun;
import lull.contract.turn.Turn;
import lull.text.TextSplitter;
import org.jspecify.annotations.Nullable;

/// Builder of requests for StartChatContact.
final class ChatRequests {

    /// The attributes that the bridge sets for every chat.
    private static final List<String> OF_EVERY_CHAT = List.of(
            "channel",
            "customerId",
            "businessNumberId",
            "conversation",
            "businessNumber",
            "customerPhone",
            "customerName");

    private static final String URGENT = "urgent";
    private static final String HAND_OVER_REASON = "handOverReason";

    /// The attributes that the bridge sets itself.
    static final List<String> OWN = Stream.concat(OF_EVERY_CHAT.stream(), Stream.of(URGENT, HAND_OVER_REASON))
            .toList();

    private static final int MAX_NAME_CHARACTERS = 256;
    private static final String NAMELESS = "WhatsApp customer";

    private ChatRequests() {}

    /// Returns the request for the chat that a turn opens.
    ///
    /// @param answered the conversations that the business has begun and the turn answers, the oldest
    ///     first
    /// @param initialMessage the part that is sent with the request, if any
    /// @param continues the contact whose chat the new one continues, if any
    static ChatRequest of(
            Turn turn,
            List<ConversationBegun> answered,
            TurnOptions options,
            @Nullable String initialMessage,
            @Nullable String continues,
            String clientToken) {
        ChatOptions chats = options.chatsOf(turn.conversation().businessNumber());
        return new ChatRequest(
                chats.instanceId(),
                chats.contactFlowId(),
                displayName(chats.displayName(), turn),
                attributes(chats, turn, answered),
                initialMessage,
                continues,
                options.contentTypes(),
                chats.duration(),
                clientToken);
    }

    /// Returns the name for the agent. It is never blank, because Connect accepts no blank name.
    private static String displayName(String template, Turn turn) {
        String phone = Objects.requireNonNullElse(turn.customer().phone(), "");
        String number = Objects.requireNonNullElse(turn.business().displayPhoneNumber(), "");
        String name = template.replace("{phone}", phone)
                .replace("{number}", number)
                .replace("{name}", turn.customer().displayName())
                .strip();
        List<String> parts = TextSplitter.split(name, MAX_NAME_CHARACTERS);
        return parts.isEmpty() ? NAMELESS : parts.getFirst();
    }

    private static Map<String, String> attributes(ChatOptions chats, Turn turn, List<ConversationBegun> answered) {
        Map<String, String> own = new TreeMap<>();
        own.put("channel", Channel.of(turn.conversation()).title());
        own.put("customerId", turn.conversation().customer());
        own.put("businessNumberId", turn.conversation().businessNumber());
        own.put("conversation", turn.conversation().toString());
        putIfPresent(own, "businessNumber", turn.business().displayPhoneNumber());
        putIfPresent(own, "customerPhone", turn.customer().phone());
        putIfPresent(own, "customerName", turn.customer().profileName());
        Map<String, String> attributes = new TreeMap<>(chats.attributes());
        attributes.putAll(attributesOf(turn, answered, chats));
        own.forEach((name, value) -> attributes.put(chats.attribute(name), value));
        return attributes;
    }

    /// Returns the attributes that a turn gives its chat, whoever opened it: those of the conversations
    /// that it answers, those of a hand-over, and that it is urgent. None of them overrides one that
    /// the bridge sets for every chat.
    static Map<String, String> attributesOf(Turn turn, List<ConversationBegun> answered, ChatOptions chats) {
        Map<String, String> attributes = new TreeMap<>();
        for (ConversationBegun begun : answered) {
            attributes.putAll(HandOver.accepted(begun.beginning().attributes()));
            attributes.put("begunWith", begun.template());
            putIfPresent(attributes, "begunBy", begun.beginning().by());
        }
        removeOwn(attributes, chats);
        HandOver handOver = turn.handOver();
        if (handOver != null) {
            attributes.putAll(handOver.acceptedAttributes());
            removeOwn(attributes, chats);
            putIfPresent(attributes, chats.attribute(HAND_OVER_REASON), handOver.reason());
        }
        if (turn.urgent()) {
            attributes.put(chats.attribute(URGENT), "true");
        }
        return attributes;
    }

    private static void removeOwn(Map<String, String> attributes, ChatOptions chats) {
        OF_EVERY_CHAT.forEach(own -> attributes.remove(chats.attribute(own)));
    }

    /// Returns whether no two of the bridge's attributes have one name, if some have these.
    static boolean areDistinct(Map<String, String> names) {
        return OWN.stream().map(own -> names.getOrDefault(own, own)).distinct().count() == OWN.size();
    }

    private static void putIfPresent(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, value);
        }
    }
}
