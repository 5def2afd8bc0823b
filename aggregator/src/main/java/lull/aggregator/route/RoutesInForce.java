package lull.aggregator.route;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Flag;
import lull.contract.message.FlagRule;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import org.jspecify.annotations.Nullable;

/// Routes and rules of flags that the setting records of a partition have set so far. Immutable.
///
/// @param revision the number of the latest change; 0 if there was none
/// @param routes the rules that it has set; absent: the configured ones apply
/// @param flags the rules of flags that it has set
public record RoutesInForce(
        long revision,
        @Nullable List<Route> routes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FlagRule> flags) {

    /// The configured routes, before any change.
    public static final RoutesInForce CONFIGURED = new RoutesInForce(0, null, List.of());

    private static final int ALIGNMENT = 16;

    @JsonCreator
    public RoutesInForce {
        routes = routes == null ? null : List.copyOf(routes);
        flags = flags == null ? List.of() : List.copyOf(flags);
    }

    /// Returns the routes after a setting record. The last one in the log counts, whatever its revision: no
    /// instance knows the revisions of all partitions.
    public static RoutesInForce of(RouteSetting setting) {
        return new RoutesInForce(setting.revision(), setting.routes(), setting.flags());
    }

    /// Returns the rules that apply, in their order.
    public List<Route> rules(RoutingPolicy policy) {
        List<Route> set = routes;
        return set == null ? policy.configured() : set;
    }

    /// Returns the rule that decides where a turn goes: the first that matches it and whose share has its
    /// conversation; null if there is none.
    ///
    /// @param app the app of the turn's last message
    public @Nullable Route rule(RoutingPolicy policy, ConversationKey conversation, String app) {
        for (Route rule : rules(policy)) {
            if (rule.matches(app, conversation.businessNumber()) && Share.takes(rule, conversation.toString())) {
                return rule;
            }
        }
        return null;
    }

    /// Returns the flags that are switched for a conversation. A rule for its business number comes before one for all
    /// numbers; one whose share does not have the conversation does not count.
    public SortedMap<String, Boolean> flags(ConversationKey conversation) {
        SortedMap<String, Boolean> switched = new TreeMap<>();
        for (FlagRule rule : flags) {
            Boolean on = switched(rule.flag(), conversation);
            if (on != null) {
                switched.put(rule.flag(), on);
            }
        }
        return switched;
    }

    /// Whether the messages of a conversation are gathered into turns.
    public boolean gathers(ConversationKey conversation) {
        Boolean on = switched(Flag.GATHERING.word(), conversation);
        return on == null || on;
    }

    /// Returns whether a flag is on or off for a conversation; null if no rule switches it.
    private @Nullable Boolean switched(String flag, ConversationKey conversation) {
        Boolean forAll = null;
        for (FlagRule rule : flags) {
            if (rule.isFor(flag, conversation.businessNumber()) && Share.takes(rule, conversation.toString())) {
                return rule.on();
            }
            if (rule.isFor(flag, null) && Share.takes(rule, conversation.toString())) {
                forAll = rule.on();
            }
        }
        return forAll;
    }

    /// Returns it as a store keeps it: JSON, with spaces to a multiple of 16 bytes, so that versions that
    /// take it for ids of messages keep it.
    public byte[] toBytes() {
        byte[] json = Json.bytes(this);
        byte[] padded = Arrays.copyOf(json, (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    /// Reads what [#toBytes()] wrote; null stands for no change. Throws [IllegalStateException] for what
    /// this version cannot read.
    public static RoutesInForce of(byte @Nullable [] stored) {
        if (stored == null) {
            return CONFIGURED;
        }
        try {
            return Json.read(stored, RoutesInForce.class);
        } catch (UnreadableJson e) {
            throw new IllegalStateException(
                    "This version of Lull cannot read the routes of the store: run the version that has written them,"
                            + " or a later one",
                    e);
        }
    }
}
