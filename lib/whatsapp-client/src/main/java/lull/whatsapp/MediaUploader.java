package lull.whatsapp;

import java.nio.file.Path;

/// Port by which files are uploaded to WhatsApp, to be sent by their ids.
public interface MediaUploader {

    /// Uploads a file for a business number, the only one that can send it; blocks for at most the configured
    /// timeouts and never retries.
    Upload upload(String businessNumber, Path file, String mimeType, String name) throws InterruptedException;

    /// Result of an upload. A file that is uploaded twice does no harm, so repeat the upload also after
    /// an error with an unknown result.
    sealed interface Upload permits Upload.Done, WhatsAppError {

        /// The result in one word, for metrics.
        default String uploadWord() {
            return switch (this) {
                case Done _ -> "ok";
                case WhatsAppError.Unclear _ -> "again";
                case WhatsAppError error -> error.word();
            };
        }

        /// Accepted under this id, which is valid for thirty days.
        record Done(String id) implements Upload {}
    }
}
