package lull.chatwoot;

import java.time.Duration;

/// Why Chatwoot did not do what it was asked.
public sealed interface ChatwootError {

    /// In words, without anything personal.
    String reason();

    /// It may do it later, or may have done it: there was no answer that tells.
    ///
    /// @param atLeast how long to wait
    record Retry(Duration atLeast, String reason) implements ChatwootError {}

    /// It will never accept this.
    record Refused(String reason) implements ChatwootError {}

    /// It accepts nothing until somebody corrects a setting, here or there.
    record Misconfigured(String reason) implements ChatwootError {}
}
