package lull.whatsapp;

import java.nio.file.Path;

/// Upload of files to WhatsApp, which are then sent by their ids.
public interface MediaUploader {

    /// Uploads a file for a business number, the only one that can send it; blocks for at most the configured
    /// timeouts and never retries.
    Upload upload(String businessNumber, Path file, String mimeType, String name) throws InterruptedException;

    /// What an upload resulted in. A file that is uploaded twice does no harm, so that an error that leaves it
    /// open is to be repeated as well.
    sealed interface Upload permits Upload.Done, WhatsAppError {

        /// A word for it in metrics.
        default String word() {
            return switch (this) {
                case Done done -> "ok";
                case WhatsAppError.Unclear unclear -> "again";
                case WhatsAppError.Transient again -> "again";
                case WhatsAppError.Refused refused -> "refused";
                case WhatsAppError.Misconfigured misconfigured -> "misconfigured";
            };
        }

        /// Accepted, under this id, for thirty days.
        record Done(String id) implements Upload {}
    }
}
