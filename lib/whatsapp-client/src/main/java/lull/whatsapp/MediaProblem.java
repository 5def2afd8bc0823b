package lull.whatsapp;

/// Reason why a customer's file cannot be fetched from WhatsApp.
public enum MediaProblem {
    /// It is larger than the settings allow.
    TOO_LARGE,
    /// WhatsApp does not have it, or no longer has it.
    GONE,
    /// The downloaded file is not what WhatsApp announced.
    DAMAGED
}
