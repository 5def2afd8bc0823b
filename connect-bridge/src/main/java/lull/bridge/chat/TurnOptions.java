package lull.bridge.chat;

import java.time.Duration;
import java.util.List;

/// How turns become chats.
///
/// @param maxCharacters of a part
/// @param initialMessage whether a chat's first text goes along with its opening
/// @param contentTypes that agents may send
/// @param chatDuration after which Connect ends a chat
/// @param refreshBefore how long before its expiry a connection token is no longer used
/// @param quotaWait how long to wait where a quota is used up
public record TurnOptions(
        int maxCharacters,
        boolean initialMessage,
        List<String> contentTypes,
        Duration chatDuration,
        Duration refreshBefore,
        Duration quotaWait) {

    public TurnOptions {
        contentTypes = List.copyOf(contentTypes);
    }
}
