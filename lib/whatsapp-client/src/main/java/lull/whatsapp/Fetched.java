package lull.whatsapp;

import java.util.Locale;

/// Result of fetching a file from WhatsApp.
public sealed interface Fetched {

    /// A word for it in metrics.
    default String word() {
        return switch (this) {
            case Here here -> "ok";
            case Refused(MediaProblem why) -> why.name().toLowerCase(Locale.ROOT);
            case NotNow notNow -> "not_now";
        };
    }

    /// It is there, whole and as it was sent.
    ///
    /// @param mimeType as WhatsApp says, without parameters
    record Here(String mimeType, long bytes) implements Fetched {}

    /// It will never come.
    record Refused(MediaProblem why) implements Fetched {}

    /// Perhaps later.
    ///
    /// @param reason in words, without anything personal
    record NotNow(String reason) implements Fetched {}
}
