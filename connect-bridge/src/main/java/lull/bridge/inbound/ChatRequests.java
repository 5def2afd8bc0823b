package lull.bridge.inbound;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lull.connect.ConnectPort.ChatRequest;
import lull.contract.Channel;
import lull.contract.application.HandOver;
import lull.contract.turn.Turn;
import lull.text.TextSplitter;
import org.jspecify.annotations.Nullable;

/// Builder of requests for StartChatContact.
final class ChatRequests {

    /// The attributes that the bridge sets for every chat.
    private static final List<String> OWN = List.of(
            "channel",
            "customerId",
            "businessNumberId",
            "conversation",
            "businessNumber",
            "customerPhone",
            "customerName");

    private static final int MAX_NAME_CHARACTERS = 256;
    private static final String NAMELESS = "WhatsApp customer";

    private ChatRequests() {}

    /// Returns the request for the chat that a turn opens.
    ///
    /// @param initialMessage the part that is sent with the request, if any
    /// @param continues the contact whose chat the new one continues, if any
    static ChatRequest of(
            Turn turn,
            TurnOptions options,
            @Nullable String initialMessage,
            @Nullable String continues,
            String clientToken) {
        ChatOptions chats = options.chatsOf(turn.conversation().businessNumber());
        return new ChatRequest(
                chats.instanceId(),
                chats.contactFlowId(),
                displayName(chats.displayName(), turn),
                attributes(chats, turn),
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

    private static Map<String, String> attributes(ChatOptions chats, Turn turn) {
        Map<String, String> attributes = new TreeMap<>(chats.attributes());
        attributes.putAll(attributesOf(turn));
        attributes.put("channel", Channel.of(turn.conversation()).title());
        attributes.put("customerId", turn.conversation().customer());
        attributes.put("businessNumberId", turn.conversation().businessNumber());
        attributes.put("conversation", turn.conversation().toString());
        putIfPresent(attributes, "businessNumber", turn.business().displayPhoneNumber());
        putIfPresent(attributes, "customerPhone", turn.customer().phone());
        putIfPresent(attributes, "customerName", turn.customer().profileName());
        return attributes;
    }

    /// Returns the attributes that a turn gives its chat, whoever opened it: that it is urgent, and those of a
    /// hand-over. None of them overrides one that the bridge sets for every chat.
    static Map<String, String> attributesOf(Turn turn) {
        Map<String, String> attributes = new TreeMap<>();
        HandOver handOver = turn.handOver();
        if (handOver != null) {
            attributes.putAll(handOver.acceptedAttributes());
            OWN.forEach(attributes::remove);
            putIfPresent(attributes, "handOverReason", handOver.reason());
        }
        if (turn.urgent()) {
            attributes.put("urgent", "true");
        }
        return attributes;
    }

    private static void putIfPresent(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.put(name, value);
        }
    }
}
