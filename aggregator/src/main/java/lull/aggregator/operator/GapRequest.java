package lull.aggregator.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.contract.message.GapRule;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// A request to change a gap or its rule, as its body says it. Pure.
///
/// @param settings those that it changes, in their order
/// @param number the business number to change; null: all without one of their own
/// @param by its author; null: not said
record GapRequest(
        List<AskedSetting> settings,
        @Nullable String number,
        @Nullable String by) {

    static final String NAMES = "gap, policy, lambda, floor, cap, number, by";

    private static final Set<String> KNOWN = Set.of(NAMES.split(", "));
    private static final List<String> OF_RULE = List.of("lambda", "floor", "cap");

    GapRequest {
        settings = List.copyOf(settings);
    }

    /// Reads a body. Throws `IllegalArgumentException` with what is wrong, in a sentence.
    static GapRequest of(JsonNode body) {
        // A misspelt name would change the gap of all numbers.
        body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !KNOWN.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw unknown(name);
                });
        List<AskedSetting> settings = new ArrayList<>();
        Duration gap = duration(body, "gap");
        if (gap != null) {
            settings.add(new AskedSetting.Gap(gap));
        }
        GapRule rule = rule(body);
        if (rule != null) {
            requireFloorBelowGap(rule, gap);
            settings.add(new AskedSetting.Rule(rule));
        }
        if (settings.isEmpty()) {
            throw new IllegalArgumentException(
                    "gap must be a span of time such as 8s; it may be absent only if policy is given");
        }
        return new GapRequest(settings, text(body, "number"), text(body, "by"));
    }

    static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("Unknown name " + name + ": the body has " + NAMES);
    }

    private static @Nullable GapRule rule(JsonNode body) {
        String policy = text(body, "policy");
        if (policy == null) {
            forbidOthers(body);
            return null;
        }
        GapRule.Policy asked = GapRule.Policy.of(policy);
        if (asked == GapRule.Policy.FIXED) {
            forbidOthers(body);
            return GapRule.FIXED;
        }
        Duration given = duration(body, "floor");
        Duration floor = given == null ? GapRule.FIXED.floor() : given;
        Duration cap = duration(body, "cap");
        requireNotTooLong("floor", floor);
        if (cap != null) {
            requireNotTooLong("cap", cap);
            if (cap.compareTo(floor) < 0) {
                throw new IllegalArgumentException(
                        "The cap of " + Durations.text(cap) + " is shorter than the floor, which is "
                                + Durations.text(floor) + (given == null ? " unless floor is given" : "")
                                + ": give a longer cap or a shorter floor");
            }
        }
        return new GapRule(asked, lambda(body), floor, cap);
    }

    private static void requireNotTooLong(String what, Duration value) {
        if (value.compareTo(GapRule.LONGEST) > 0) {
            throw new IllegalArgumentException("The " + what + " of " + Durations.text(value) + " is longer than "
                    + Durations.text(GapRule.LONGEST) + ", the longest that is possible");
        }
    }

    /// A policy can only end turns sooner than the gap if its floor is shorter.
    private static void requireFloorBelowGap(GapRule rule, @Nullable Duration gap) {
        if (rule.policy() != GapRule.Policy.FIXED && gap != null && gap.isPositive() && !rule.decidesBeside(gap)) {
            throw new IllegalArgumentException("The floor of " + Durations.text(rule.floor())
                    + " is not shorter than the gap of " + Durations.text(gap)
                    + ", so the policy would have no effect: give a shorter floor or a longer gap");
        }
    }

    private static void forbidOthers(JsonNode body) {
        for (String name : OF_RULE) {
            if (!isAbsent(body, name)) {
                throw new IllegalArgumentException(name + " needs policy adaptive or shadow");
            }
        }
    }

    private static @Nullable Double lambda(JsonNode body) {
        if (isAbsent(body, "lambda")) {
            return null;
        }
        if (!body.path("lambda").isNumber()) {
            throw new IllegalArgumentException("lambda must be a number of seconds such as 66");
        }
        double lambda = body.path("lambda").asDouble();
        if (!(lambda >= GapRule.LEAST_LAMBDA && lambda <= GapRule.MAX_LAMBDA)) {
            throw new IllegalArgumentException("lambda must be from " + GapRule.LEAST_LAMBDA + " to "
                    + (int) GapRule.MAX_LAMBDA + " seconds, but it is " + lambda);
        }
        return lambda;
    }

    private static @Nullable Duration duration(JsonNode body, String name) {
        String text = text(body, name);
        if (text == null) {
            return null;
        }
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " " + e.getMessage(), e);
        }
    }

    private static @Nullable String text(JsonNode body, String name) {
        if (isAbsent(body, name)) {
            return null;
        }
        if (!body.path(name).isTextual()) {
            throw new IllegalArgumentException(
                    name.equals("gap") || OF_RULE.contains(name)
                            ? name + " must be a span of time such as 8s"
                            : name + " must be text");
        }
        return body.path(name).asText();
    }

    private static boolean isAbsent(JsonNode body, String name) {
        return body.path(name).isMissingNode() || body.path(name).isNull();
    }
}
