package lull.whatsapp;

import java.util.Locale;

/// Result of fetching a file from WhatsApp.
public sealed interface Fetched {

    /// The result in one word, for metrics.
    default String word() {
        return switch (this) {
            case Here here -> "ok";
            case Refused(MediaProblem why) -> why.name().toLowerCase(Locale.ROOT);
            case Retry notNow -> "not_now";
        };
    }

    /// The file is complete and unchanged.
    ///
    /// @param mimeType as WhatsApp gives it, without parameters
    record Here(String mimeType, long bytes) implements Fetched {}

    /// The file can never be fetched.
    record Refused(MediaProblem why) implements Fetched {}

    /// The file may be available later.
    ///
    /// @param reason in words, without anything personal
    record Retry(String reason) implements Fetched {}
}
