package lull.console.sources;

/// Result of downloading a file from another process.
public sealed interface Downloaded {

    /// It is on disk.
    ///
    /// @param disposition with which it is to be passed on
    record Done(String contentType, String disposition) implements Downloaded {}

    /// It is not.
    ///
    /// @param status for the browser
    /// @param reason in a sentence for operators
    record Failed(int status, String reason) implements Downloaded {}
}
