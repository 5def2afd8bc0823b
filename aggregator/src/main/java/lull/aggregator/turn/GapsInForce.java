package lull.aggregator.turn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.message.GapRule;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import org.jspecify.annotations.Nullable;

/// Gaps, and rules for them, that the setting records of a partition have set so far, by business number;
/// the empty number stands for all others. Immutable.
public record GapsInForce(SortedMap<String, Duration> byNumber, SortedMap<String, GapRule> rules) {

    static final GapsInForce NONE = new GapsInForce(new TreeMap<>(), new TreeMap<>());

    /// Stands for all business numbers without a gap of their own.
    public static final String ALL_OTHERS = "";

    /// In the order of their numbers in a store.
    private static final List<GapRule.Policy> POLICIES = List.of(GapRule.Policy.values());

    private static final int RULE_BYTES = 1 + Double.BYTES + 2 * Long.BYTES;
    private static final long NO_CAP = -1;

    /// Returns the gaps after a setting record.
    GapsInForce with(GapSetting setting) {
        return new GapsInForce(changed(byNumber, setting.businessNumber(), setting.gap()), rules);
    }

    /// Returns the rules after a setting record.
    GapsInForce with(GapRuleSetting setting) {
        return new GapsInForce(byNumber, changed(rules, setting.businessNumber(), setting.rule()));
    }

    private static <T> SortedMap<String, T> changed(
            SortedMap<String, T> values, @Nullable String businessNumber, @Nullable T value) {
        String number = businessNumber == null ? ALL_OTHERS : businessNumber;
        SortedMap<String, T> changed = new TreeMap<>(values);
        if (value == null) {
            changed.remove(number);
        } else {
            changed.put(number, value);
        }
        return changed;
    }

    /// Returns the gap of a business number: the one that a record has set for it, else the one
    /// configured for it alone, else the one that a record has set for all others, else the topic's.
    public Duration gap(String businessNumber, InputPolicy configured) {
        return inForce(
                byNumber,
                businessNumber,
                configured.of(businessNumber).gap(),
                configured.ownGaps().contains(businessNumber));
    }

    /// Returns the rule of a business number, found likewise.
    public GapRule rule(String businessNumber, InputPolicy configured) {
        return inForce(
                rules,
                businessNumber,
                configured.of(businessNumber).rule(),
                configured.ownRules().contains(businessNumber));
    }

    private static <T> T inForce(
            SortedMap<String, T> set, String businessNumber, T configured, boolean isConfiguredForItAlone) {
        T ofNumber = set.get(businessNumber);
        if (ofNumber != null) {
            return ofNumber;
        }
        T ofAllOthers = set.get(ALL_OTHERS);
        return ofAllOthers == null || isConfiguredForItAlone ? configured : ofAllOthers;
    }

    /// Writes a clock followed by the gaps and, if there are any, the rules, as the store keeps them.
    byte[] write(LogClock clock) {
        int size = LogClock.BYTES + size(byNumber, Long.BYTES) + (rules.isEmpty() ? 0 : size(rules, RULE_BYTES));
        ByteBuffer out = ByteBuffer.allocate(size);
        clock.write(out);
        out.putInt(byNumber.size());
        byNumber.forEach((number, gap) -> putText(out, number).putLong(gap.toMillis()));
        if (!rules.isEmpty()) {
            out.putInt(rules.size());
            rules.forEach((number, rule) -> {
                Double lambda = rule.lambda();
                Duration cap = rule.cap();
                putText(out, number)
                        .put((byte) POLICIES.indexOf(rule.policy()))
                        .putDouble(lambda == null ? Double.NaN : lambda)
                        .putLong(rule.floor().toMillis())
                        .putLong(cap == null ? NO_CAP : cap.toMillis());
            });
        }
        return out.array();
    }

    /// Reads what follows a clock. The first version of Lull wrote nothing, the second only gaps, without
    /// looking at what follows them.
    static GapsInForce read(ByteBuffer in) {
        SortedMap<String, Duration> gaps = new TreeMap<>();
        int count = in.hasRemaining() ? in.getInt() : 0;
        for (int i = 0; i < count; i++) {
            gaps.put(text(in), Duration.ofMillis(in.getLong()));
        }
        SortedMap<String, GapRule> rules = new TreeMap<>();
        int ruleCount = in.hasRemaining() ? in.getInt() : 0;
        for (int i = 0; i < ruleCount; i++) {
            rules.put(text(in), rule(in));
        }
        return new GapsInForce(gaps, rules);
    }

    private static GapRule rule(ByteBuffer in) {
        GapRule.Policy policy = POLICIES.get(in.get());
        double lambda = in.getDouble();
        Duration floor = Duration.ofMillis(in.getLong());
        long cap = in.getLong();
        return new GapRule(
                policy, Double.isNaN(lambda) ? null : lambda, floor, cap == NO_CAP ? null : Duration.ofMillis(cap));
    }

    private static int size(Map<String, ?> byNumber, int valueBytes) {
        return Integer.BYTES
                + byNumber.keySet().stream()
                        .mapToInt(number -> Integer.BYTES + bytes(number).length + valueBytes)
                        .sum();
    }

    private static ByteBuffer putText(ByteBuffer out, String text) {
        byte[] bytes = bytes(text);
        return out.putInt(bytes.length).put(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getInt()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
