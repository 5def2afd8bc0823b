package lull.bridge.signals;

import java.time.Instant;
import lull.contract.chat.Chat;

/// Port that shows customers that somebody types.
@FunctionalInterface
public interface TypingIndicator {

    /// Shows a chat's customer that somebody types. Returns at once.
    ///
    /// @param at when somebody typed
    void show(Chat chat, Instant at);
}
