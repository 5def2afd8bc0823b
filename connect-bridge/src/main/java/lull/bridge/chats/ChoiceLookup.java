package lull.bridge.chats;

import java.util.Optional;
import lull.contract.chat.Chat;

/// Port to the choices that customers were offered.
@FunctionalInterface
public interface ChoiceLookup {

    /// Returns the answer that a number stands for in a chat; empty if it stands for nothing.
    Optional<String> answer(Chat chat, int number) throws InterruptedException;
}
