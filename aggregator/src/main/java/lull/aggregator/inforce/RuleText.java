package lull.aggregator.inforce;

import java.time.Duration;
import java.util.Locale;
import lull.contract.message.GapRule;
import lull.runtime.settings.Durations;

/// How people read what decides how long to wait. Pure.
public final class RuleText {

    private RuleText() {}

    /// Returns a rule as one line, such as `adaptive, lambda 66, floor 2s, cap 20s`, or `fixed`.
    public static String of(GapRule rule) {
        if (rule.policy() == GapRule.Policy.FIXED) {
            return rule.policy().word();
        }
        Double lambda = rule.lambda();
        Duration cap = rule.cap();
        return rule.policy().word() + ", lambda " + (lambda == null ? "like the gap" : number(lambda)) + ", floor "
                + Durations.text(rule.floor()) + ", cap " + (cap == null ? "twice the gap" : Durations.text(cap));
    }

    private static String number(double lambda) {
        return lambda == Math.rint(lambda) ? String.format(Locale.ROOT, "%.0f", lambda) : Double.toString(lambda);
    }
}
