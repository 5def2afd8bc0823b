package lull.aggregator.route;

import java.util.List;
import java.util.stream.Collectors;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import lull.contract.message.ShareText;

/// How people read rules of flags: `typing: number=106540352242922, share=25, off`. Pure.
public final class FlagText {

    private FlagText() {}

    /// Returns rules as one line; `none` if there are none.
    public static String of(List<FlagRule> rules) {
        return rules.isEmpty()
                ? "none"
                : rules.stream().map(rule -> rule.flag() + ": " + what(rule)).collect(Collectors.joining("; "));
    }

    /// Returns what a rule does, without its flag: `number=106540352242922, share=25, off`.
    public static String what(FlagRule rule) {
        String number = rule.businessNumber();
        return (number == null ? "" : "number=" + number + ", ")
                + (rule.share() < Route.ALL ? "share=" + ShareText.of(rule.share()) + ", " : "")
                + (rule.on() ? "on" : "off");
    }
}
