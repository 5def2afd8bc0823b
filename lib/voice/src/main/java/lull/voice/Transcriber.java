package lull.voice;

import java.nio.file.Path;

/// Service that transcribes voice notes.
@FunctionalInterface
public interface Transcriber {

    /// Transcribes a voice note, Opus in Ogg. Blocks for at most the configured timeout and never
    /// retries.
    Heard transcribe(Path voice) throws InterruptedException;

    /// Result of a transcription.
    sealed interface Heard {

        /// Returns its name in metrics.
        default String word() {
            return switch (this) {
                case Words words -> "ok";
                case Retry notNow -> "not_now";
                case Refused refused -> "refused";
            };
        }

        /// The transcript; it is empty if nobody speaks.
        record Words(String text) implements Heard {
            @Override
            public String toString() {
                return "Words[" + text.length() + " characters]";
            }
        }

        /// It may succeed later.
        ///
        /// @param reason in words, without anything personal
        record Retry(String reason) implements Heard {}

        /// It will never succeed.
        record Refused(String reason) implements Heard {}
    }
}
