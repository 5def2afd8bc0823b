package lull.bridge.chats;

import java.util.Optional;
import lull.contract.chat.Chat;

/// Port to the choices that customers were offered.
@FunctionalInterface
public interface ChoiceLookup {

    /// Returns the answer that a text stands for in a chat; empty if it stands for nothing.
    ///
    /// @param said the number or title of a choice, as the customer wrote it
    /// @param quoted the line of the message that it answers, if it names one that is known
    Optional<String> answer(Chat chat, String said, Optional<String> quoted) throws InterruptedException;
}
