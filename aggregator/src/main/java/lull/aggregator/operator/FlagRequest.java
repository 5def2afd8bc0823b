package lull.aggregator.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lull.contract.message.FlagRule;
import org.jspecify.annotations.Nullable;

/// A request to change the rules of flags of an input topic, as its body says it. Pure.
///
/// @param flags the whole list
/// @param revision the revision that the list builds on
/// @param by its author; null: not said
record FlagRequest(
        List<FlagRule> flags, long revision, @Nullable String by) {

    private static final Set<String> MEMBERS = Set.of("flags", "revision", "by");
    private static final Set<String> OF_RULE = Set.of("flag", "businessNumber", "share", "on");

    FlagRequest {
        flags = List.copyOf(flags);
    }

    /// Reads a body. Throws `IllegalArgumentException` with what is wrong, in a sentence.
    static FlagRequest of(JsonNode body) {
        RouteRequest.requireKnown("the body", body, MEMBERS);
        JsonNode list = body.path("flags");
        if (!list.isArray()) {
            throw new IllegalArgumentException("flags must be the whole list of rules, or [] for none");
        }
        long revision = RouteRequest.revision(body);
        List<FlagRule> flags = new ArrayList<>();
        for (JsonNode each : list) {
            flags.add(rule(each));
        }
        return new FlagRequest(flags, revision, RouteRequest.text("the body", body, "by"));
    }

    private static FlagRule rule(JsonNode rule) {
        if (!rule.isObject()) {
            throw new IllegalArgumentException("A rule is an object such as {\"flag\":\"typing\",\"on\":false}");
        }
        String flag = RouteRequest.text("a rule", rule, "flag");
        if (flag == null) {
            throw new IllegalArgumentException("Each rule needs a flag");
        }
        String what = "the rule of " + flag;
        RouteRequest.requireKnown(what, rule, OF_RULE);
        JsonNode on = rule.path("on");
        if (!on.isBoolean()) {
            throw new IllegalArgumentException("on of " + what + " must be true or false");
        }
        return new FlagRule(
                flag,
                RouteRequest.text(what, rule, "businessNumber"),
                RouteRequest.share(what, rule),
                on.booleanValue());
    }
}
