package lull.whatsapp;

import java.time.Duration;
import lull.whatsapp.MediaUploader.Upload;
import lull.whatsapp.ReplySender.Delivery;

/// Error of a call of WhatsApp, by either API. Reasons are in words, without anything personal.
public sealed interface WhatsAppError extends Delivery, Upload {

    /// WhatsApp's code for a file that is not accepted, which stands for any channel's. The notes for agents explain
    /// it.
    int NO_FILE = 131052;

    /// The error in one word, for metrics.
    @Override
    default String word() {
        return switch (this) {
            case Unclear _ -> "unclear";
            case Transient _ -> "again";
            case Refused _ -> "refused";
            case Misconfigured _ -> "misconfigured";
        };
    }

    /// It is unknown whether the call had an effect.
    ///
    /// @param answered whether there was a response, with an error that does not say it
    record Unclear(boolean answered, String reason) implements WhatsAppError {}

    /// The call had no effect, and must be repeated later.
    record Transient(Duration atLeast, String reason) implements WhatsAppError {}

    /// WhatsApp never accepts this request.
    ///
    /// @param code of the Graph API, or the HTTP status; 0 if WhatsApp was not called
    record Refused(int code, String reason) implements WhatsAppError {}

    /// Nothing in a scope is accepted until an operator helps.
    record Misconfigured(ErrorScope scope, String reason) implements WhatsAppError {}
}
