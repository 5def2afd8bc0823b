package lull.contract.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How it is decided how long to wait after a message. Immutable.
///
/// @param policy what decides
/// @param lambda how many seconds of delay one cut thought is worth, above 0; absent: as many as make the
///     adaptive gap cut as many thoughts as the fixed gap
/// @param floor the shortest adaptive wait
/// @param cap the longest adaptive wait; absent: twice the fixed gap, or as long as a turn may last if that is less
public record GapRule(
        Policy policy,
        @Nullable Double lambda,
        Duration floor,
        @Nullable Duration cap) {

    /// The least lambda that can be asked for. Records and stores of earlier versions may have a lower one.
    public static final double LEAST_LAMBDA = 0.001;

    /// The largest lambda.
    public static final double MAX_LAMBDA = 100_000;

    /// The longest floor and cap.
    public static final Duration LONGEST = Duration.ofMinutes(20);

    private static final Duration DEFAULT_FLOOR = Duration.ofSeconds(2);

    /// The fixed gap decides.
    public static final GapRule FIXED = new GapRule(Policy.FIXED, null, DEFAULT_FLOOR, null);

    /// What decides how long to wait after a message.
    public enum Policy {
        /// The gap in force, after each message.
        FIXED,
        /// What the message, its sender and the business tell.
        ADAPTIVE,
        /// The gap in force; what the adaptive gap would have done is recorded.
        SHADOW;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Returns the policy of a word; throws `IllegalArgumentException` for any other word.
        @JsonCreator
        public static Policy of(String word) {
            return Arrays.stream(values())
                    .filter(policy -> policy.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("A policy is fixed, adaptive or shadow"));
        }
    }

    public GapRule {
        if (lambda != null && !(lambda > 0 && lambda <= MAX_LAMBDA)) {
            throw new IllegalArgumentException("lambda is above 0 and at most " + (int) MAX_LAMBDA + " seconds");
        }
        if (floor.isNegative() || floor.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The floor must be between 0 and 20 minutes");
        }
        if (cap != null && (cap.compareTo(floor) < 0 || cap.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("The cap must be between the floor and 20 minutes");
        }
    }

    /// Whether the policy can end turns sooner than a fixed gap. A gap that is not longer than the floor decides
    /// alone.
    public boolean decidesBeside(Duration fixed) {
        return policy != Policy.FIXED && floor.compareTo(fixed) < 0;
    }

    /// Returns the longest wait beside a fixed gap.
    ///
    /// @param maxDuration how long a turn may last
    public Duration capBeside(Duration fixed, Duration maxDuration) {
        if (cap != null) {
            return cap;
        }
        Duration twice = fixed.multipliedBy(2);
        Duration most = maxDuration.compareTo(fixed) < 0 ? fixed : maxDuration;
        return twice.compareTo(most) < 0 ? twice : most;
    }
}
