package lull.bridge.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lull.bridge.text.AgentTexts;
import lull.bridge.text.Rendering;

/// Options for turning turns into chats.
///
/// @param installation tells this installation from others that use the same instance of Connect
/// @param chats what chats are like
/// @param chatsOfNumbers what they are like for business numbers with settings of their own
/// @param texts the words in which agents read what is no text
/// @param attaches whether files become attachments; else agents are told of them in words
/// @param maxCharacters of a part
/// @param initialMessage whether a chat's first text goes along with its opening
/// @param persistent whether a new chat goes on where the customer's last one has ended
/// @param contentTypes that agents may send
/// @param refreshBefore how long before its expiry a connection token is no longer used
/// @param quotaWait how long to wait where a quota is used up
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

    /// How agents read messages.
    Rendering rendering() {
        return new Rendering(texts);
    }

    /// What chats of a business number are like.
    ChatOptions chatsOf(String businessNumber) {
        return chatsOfNumbers.getOrDefault(businessNumber, chats);
    }
}
