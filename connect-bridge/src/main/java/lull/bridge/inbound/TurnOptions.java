package lull.bridge.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.text.AgentTexts;
import lull.text.Rendering;

/// Options for turning turns into chats.
///
/// @param installation identifies this installation among others that use the same Connect instance
/// @param chats the options of chats
/// @param chatsOfNumbers the options of chats for business numbers with settings of their own
/// @param texts the words in which agents read content that is not text
/// @param attaches whether files become attachments; otherwise agents are notified of them in words
/// @param maxCharacters of a part
/// @param initialMessage whether a chat's first text is sent with its opening
/// @param persistent whether a new chat continues the customer's last one
/// @param contentTypes that agents may send
/// @param refreshBefore how long before its expiry a connection token is no longer used
/// @param quotaWait how long to wait if a quota is used up
public record TurnOptions(
        String installation,
        ChatOptions chats,
        Map<String, ChatOptions> chatsOfNumbers,
        AgentTexts texts,
        boolean attaches,
        int maxCharacters,
        boolean initialMessage,
        boolean persistent,
        List<String> contentTypes,
        Duration refreshBefore,
        Duration quotaWait) {

    public TurnOptions {
        chatsOfNumbers = Map.copyOf(chatsOfNumbers);
        contentTypes = List.copyOf(contentTypes);
    }

    /// Returns the rendering of messages for agents.
    Rendering rendering() {
        return new Rendering(texts);
    }

    /// Returns the options of the chats of a business number.
    ChatOptions chatsOf(String businessNumber) {
        return chatsOfNumbers.getOrDefault(businessNumber, chats);
    }
}
