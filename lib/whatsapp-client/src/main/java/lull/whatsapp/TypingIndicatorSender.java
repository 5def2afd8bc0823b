package lull.whatsapp;

/// Port by which a typing indicator is shown.
@FunctionalInterface
public interface TypingIndicatorSender {

    /// Marks a message as read, and shows a typing indicator below it; returns false if WhatsApp does
    /// not accept it.
    boolean type(String businessNumber, String messageId) throws InterruptedException;
}
