package lull.bridge.media;

/// What became of fetching a file from WhatsApp.
public sealed interface Fetched {

    /// It is there, whole and as it was sent.
    ///
    /// @param mimeType as WhatsApp says, without parameters
    record Here(String mimeType, long bytes) implements Fetched {}

    /// It will never come.
    record Refused(FileTrouble why) implements Fetched {}

    /// Perhaps later.
    ///
    /// @param reason in words, without anything personal
    record NotNow(String reason) implements Fetched {}
}
