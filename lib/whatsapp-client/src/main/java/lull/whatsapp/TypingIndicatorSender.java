package lull.whatsapp;

import java.time.Duration;

/// Port by which a typing indicator is shown.
@FunctionalInterface
public interface TypingIndicatorSender {

    /// How long WhatsApp shows it.
    Duration USUAL = Duration.ofSeconds(25);

    /// Marks a message as read, and shows a typing indicator below it; returns false if WhatsApp does
    /// not accept it.
    boolean type(String businessNumber, String messageId) throws InterruptedException;

    /// Returns how long it is shown by one call, unless a message arrives.
    default Duration shownFor(String businessNumber) {
        return USUAL;
    }
}
