package lull.bridge.signals;

import java.time.Instant;
import lull.contract.chat.Chat;

/// Port by which customers see that somebody types.
@FunctionalInterface
public interface TypingIndicator {

    /// Shows a chat's customer that somebody types; returns at once.
    ///
    /// @param at when they did
    void show(Chat chat, Instant at);
}
