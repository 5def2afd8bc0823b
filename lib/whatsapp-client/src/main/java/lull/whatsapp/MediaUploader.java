package lull.whatsapp;

import java.nio.file.Path;
import java.time.Duration;

/// Lays files down at WhatsApp, to be sent by their ids.
public interface MediaUploader {

    /// Uploads a file for a business number, the only one that can send it; blocks for at most the configured
    /// timeouts and never retries. A file that is uploaded twice harms nobody.
    Upload upload(String businessNumber, Path file, String mimeType, String name) throws InterruptedException;

    /// What WhatsApp answered.
    sealed interface Upload {

        /// A word for it in metrics.
        default String word() {
            return switch (this) {
                case Done done -> "ok";
                case Again again -> "again";
                case Refused refused -> "refused";
                case Misconfigured misconfigured -> "misconfigured";
            };
        }

        /// Taken, under this id, for thirty days.
        record Done(String id) implements Upload {}

        /// To be tried again later.
        record Again(Duration atLeast, String reason) implements Upload {}

        /// WhatsApp will not take it.
        record Refused(String reason) implements Upload {}

        /// Nothing in a scope will be taken until a person helps.
        record Misconfigured(ErrorScope scope, String reason) implements Upload {}
    }
}
