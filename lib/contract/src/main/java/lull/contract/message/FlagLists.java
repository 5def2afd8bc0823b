package lull.contract.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of the rules of flags, as operators make them one by one. Pure.
public final class FlagLists {

    private FlagLists() {}

    /// Returns a list with one more rule, instead of the one for the same flag and business number.
    public static List<FlagRule> with(List<FlagRule> rules, FlagRule rule) {
        List<FlagRule> changed = new ArrayList<>(without(rules, rule.flag(), rule.businessNumber()));
        changed.add(rule);
        return List.copyOf(changed);
    }

    /// Returns a list without the rule for a flag and a business number; the same rules if there is none.
    ///
    /// @param number null: all numbers
    public static List<FlagRule> without(List<FlagRule> rules, String flag, @Nullable String number) {
        return rules.stream().filter(rule -> !rule.isFor(flag, number)).toList();
    }
}
