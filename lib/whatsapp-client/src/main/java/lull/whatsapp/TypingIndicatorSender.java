package lull.whatsapp;

/// Port by which a typing indicator is shown.
@FunctionalInterface
public interface TypingIndicatorSender {

    /// Marks a message as read, and shows below it that somebody types; false if WhatsApp does not accept it.
    boolean type(String businessNumber, String messageId) throws InterruptedException;
}
