package lull.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lull.runtime.settings.Durations;

/// A timer of a chat, which Amazon Connect runs while an agent and the customer are both in it: the API
/// UpdateParticipantRoleConfig. A message of the participant starts it again.
///
/// @param after whole minutes from 2 to 480
public record ParticipantTimer(Kind kind, Duration after) {

    private static final Duration SHORTEST = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofHours(8);

    public ParticipantTimer {
        if (after.compareTo(SHORTEST) < 0
                || after.compareTo(LONGEST) > 0
                || !after.equals(Duration.ofMinutes(after.toMinutes()))) {
            throw new IllegalArgumentException("must have whole minutes from 2m to 8h");
        }
    }

    /// Whose silence it measures, and what happens then.
    public enum Kind {
        /// Connect says that the customer is idle.
        CUSTOMER_IDLE("customer.idle"),
        /// Everyone but the customer leaves the chat. It starts when the customer is idle, if there is such a timer.
        CUSTOMER_DISCONNECT("customer.disconnect"),
        /// Connect says that the agent is idle.
        AGENT_IDLE("agent.idle"),
        /// Everyone but the customer leaves the chat. It starts when the agent is idle, if there is such a timer.
        AGENT_DISCONNECT("agent.disconnect");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// Its name in settings.
        public String word() {
            return word;
        }
    }

    /// Reads timers from pairs such as `customer.idle=10m`. Throws `IllegalArgumentException`, with what must be.
    public static List<ParticipantTimer> of(Map<String, String> pairs) {
        List<ParticipantTimer> timers = new ArrayList<>();
        pairs.forEach((word, after) -> timers.add(new ParticipantTimer(kind(word), Durations.parse(after))));
        return timers;
    }

    private static Kind kind(String word) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must have names of timers only: "
                        + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "))));
    }
}
