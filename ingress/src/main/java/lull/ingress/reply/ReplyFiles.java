package lull.ingress.reply;

import java.util.Optional;
import lull.contract.Channel;
import lull.contract.KeptFile;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent.Media;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.media.MediaBytes;
import lull.media.MediaKeeper;
import lull.runtime.http.BodyReader;
import lull.whatsapp.MediaUploader.Upload;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.WhatsAppMediaType;

/// Upload of the file of a request, for a reply that names it. Safe for several threads.
public final class ReplyFiles {

    /// The name under which WhatsApp gets a file that has none.
    private static final String UNNAMED = "file";

    private final FileUploader uploader;
    private final MediaKeeper keeper;
    private final BodyReader bodies;
    private final int maxBytes;

    /// Result of an upload.
    sealed interface Uploaded {

        /// The reply with WhatsApp's id of the file.
        record Done(Reply reply) implements Uploaded {}

        /// WhatsApp does not accept the file.
        record Refused(String error) implements Uploaded {}

        /// Nothing is accepted until an operator helps.
        record Misconfigured(String error) implements Uploaded {}

        /// It is to be tried again.
        record Retry(String error) implements Uploaded {}
    }

    /// @param keeper keeps every file that WhatsApp has accepted
    /// @param bodies reads forms: with room for a file, the request and the headers of parts
    /// @param maxBytes of a file
    public ReplyFiles(FileUploader uploader, MediaKeeper keeper, BodyReader bodies, int maxBytes) {
        this.uploader = uploader;
        this.keeper = keeper;
        this.bodies = bodies;
        this.maxBytes = maxBytes;
    }

    BodyReader bodies() {
        return bodies;
    }

    /// The maximum size of a file.
    int maxBytes() {
        return maxBytes;
    }

    /// Uploads the file of a reply.
    ///
    /// @param reply whose content is a file, see [ReplyReader#readForm]
    Uploaded upload(Reply reply, Media media, ReplyForm.Attached file) throws InterruptedException {
        String number = reply.conversation().businessNumber();
        if (!Channel.of(number).isWhatsApp()) {
            return new Uploaded.Refused("This channel takes files only as links. Give a link to the file instead");
        }
        String type = WhatsAppMediaType.of(media.kind(), file.contentType());
        Upload upload = uploader.upload(
                number,
                file.bytes(),
                type,
                Optional.ofNullable(media.filename())
                        .or(() -> Optional.ofNullable(file.fileName()))
                        .orElse(UNNAMED));
        return switch (upload) {
            case Upload.Done(String id) -> new Uploaded.Done(kept(reply.with(withId(media, id, file)), file, type));
            case WhatsAppError.Refused(int code, String reason) ->
                new Uploaded.Refused("WhatsApp does not accept the file: " + reason
                        + ". Check that the file is what its Content-Type says");
            case WhatsAppError.Misconfigured(var scope, String reason) ->
                new Uploaded.Misconfigured("The file cannot be uploaded to WhatsApp for the business number " + number
                        + ": " + reason + ". An operator has to check the access token of the ingress");
            case WhatsAppError.Transient(var atLeast, String reason) -> later(reason);
            case WhatsAppError.Unclear(boolean answered, String reason) -> later(reason);
        };
    }

    private Reply kept(Reply reply, ReplyForm.Attached file, String type) throws InterruptedException {
        Optional<KeptFile> kept = keeper.keep(
                MediaBytes.of(file.bytes()),
                new MediaKeeper.Label(MediaKeeper.Sender.APPLICATION, type, file.fileName()));
        return kept.map(reply::with).orElse(reply);
    }

    private static Uploaded later(String reason) {
        return new Uploaded.Retry("The file could not be uploaded to WhatsApp: " + reason
                + ". Send the request again with the same Idempotency-Key");
    }

    /// A document shows its file's name.
    private static Media withId(Media media, String id, ReplyForm.Attached file) {
        String name = media.filename();
        return new Media(
                media.kind(),
                id,
                null,
                media.caption(),
                name == null && media.kind() == Kind.DOCUMENT ? file.fileName() : name,
                media.voice(),
                media.more());
    }
}
