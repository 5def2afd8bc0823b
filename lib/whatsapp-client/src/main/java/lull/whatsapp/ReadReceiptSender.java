package lull.whatsapp;

/// Port by which messages are marked as read.
@FunctionalInterface
public interface ReadReceiptSender {

    /// Marks a message and those before it as read; returns false if WhatsApp does not accept it.
    boolean mark(String businessNumber, String messageId) throws InterruptedException;
}
