package lull.ingress.reply;

import lull.whatsapp.MediaUploader.Upload;

/// Port by which files of applications are uploaded to WhatsApp, to be sent by their ids.
@FunctionalInterface
public interface FileUploader {

    /// Uploads a file for a business number, the only one that can send it; blocks for at most the configured
    /// timeouts and never retries. A file that is uploaded twice does no harm.
    ///
    /// @param name of the file, for the customer
    Upload upload(String businessNumber, byte[] file, String mimeType, String name) throws InterruptedException;
}
