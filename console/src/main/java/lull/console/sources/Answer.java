package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Answer of another process to a request of a page. A page always gets one: it never waits longer than the limit of
/// a source.
public sealed interface Answer {

    /// The process answered what was asked.
    record Known(JsonNode body) implements Answer {

        @Override
        public String toString() {
            return "Known[]";
        }
    }

    /// The process refused the request, with its own words.
    ///
    /// @param status of HTTP
    /// @param problems each of them in its words, if it names several
    record Refused(int status, String reason, List<String> problems) implements Answer {

        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /// Nothing is known, because the process is not configured or does not answer.
    ///
    /// @param reason in a sentence, with what to do
    record Unknown(String reason) implements Answer {}

    /// Returns why it is not known; empty if it is.
    default String problem() {
        return switch (this) {
            case Known _ -> "";
            case Refused(int _, String reason, var _) -> reason;
            case Unknown(String reason) -> reason;
        };
    }
}
