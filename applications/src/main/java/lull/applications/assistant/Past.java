package lull.applications.assistant;

import java.time.Instant;

/// Something that was said or happened in a conversation before a turn. Immutable.
///
/// @param from [#CUSTOMER], [#ASSISTANT], `agent` for a person of the business, `business` for anything else that it
///     sent, or `event` for what happened
record Past(String from, String text, Instant at) {

    static final String CUSTOMER = "customer";
    static final String ASSISTANT = "assistant";

    @Override
    public String toString() {
        return "Past[" + from + ", " + at + "]";
    }
}
