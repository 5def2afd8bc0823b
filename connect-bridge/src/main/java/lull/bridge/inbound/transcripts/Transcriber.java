package lull.bridge.inbound.transcripts;

import java.nio.file.Path;

/// Service that puts voice notes into words.
@FunctionalInterface
public interface Transcriber {

    /// Listens to a voice note, Opus in Ogg; blocks for at most the configured timeout and never retries.
    Heard transcribe(Path voice) throws InterruptedException;

    /// What was heard.
    sealed interface Heard {

        /// A word for it in metrics.
        default String word() {
            return switch (this) {
                case Words words -> "ok";
                case NotNow notNow -> "not_now";
                case Refused refused -> "refused";
            };
        }

        /// These words; none at all where nobody speaks.
        record Words(String text) implements Heard {
            @Override
            public String toString() {
                return "Words[" + text.length() + " characters]";
            }
        }

        /// Perhaps later.
        ///
        /// @param reason in words, without anything personal
        record NotNow(String reason) implements Heard {}

        /// It will never be understood.
        record Refused(String reason) implements Heard {}
    }
}
