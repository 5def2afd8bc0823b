package lull.aggregator.operator;

import java.time.Duration;
import java.util.List;
import lull.aggregator.gap.GapModel;
import lull.aggregator.inforce.RuleText;
import lull.aggregator.route.FlagText;
import lull.aggregator.route.RouteSettings;
import lull.aggregator.route.RouteText;
import lull.aggregator.turn.TurnSettings;
import lull.contract.json.Json;
import lull.contract.message.FlagRule;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRule;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// A setting of an input topic with the value that an operator asks for. Immutable.
sealed interface AskedSetting {

    /// The name of the setting.
    String name();

    /// The value as people write it; null: back to the configuration, or to the model that Lull ships.
    @Nullable
    String text();

    /// Returns the record that changes it in a partition.
    ///
    /// @param businessNumber the number to which it applies; null: all numbers without one of their own
    InputRecord record(@Nullable String businessNumber);

    /// The gap.
    ///
    /// @param value absent: the configured one
    record Gap(@Nullable Duration value) implements AskedSetting {

        @Override
        public String name() {
            return TurnSettings.GAP.name();
        }

        @Override
        public @Nullable String text() {
            Duration gap = value;
            return gap == null ? null : Durations.text(gap);
        }

        @Override
        public InputRecord record(@Nullable String businessNumber) {
            return new GapSetting(value, businessNumber);
        }
    }

    /// What decides how long to wait.
    ///
    /// @param value absent: the configured one
    record Rule(@Nullable GapRule value) implements AskedSetting {

        @Override
        public String name() {
            return TurnSettings.POLICY.name();
        }

        @Override
        public @Nullable String text() {
            GapRule rule = value;
            return rule == null ? null : RuleText.of(rule);
        }

        @Override
        public InputRecord record(@Nullable String businessNumber) {
            return new GapRuleSetting(value, businessNumber);
        }
    }

    /// The model of the adaptive gap; business numbers have none of their own.
    ///
    /// @param value absent: the one that Lull ships
    record Model(@Nullable GapModel value) implements AskedSetting {

        @Override
        public String name() {
            return "turn.gap.model";
        }

        @Override
        public @Nullable String text() {
            GapModel model = value;
            return model == null ? null : model.version();
        }

        @Override
        public InputRecord record(@Nullable String businessNumber) {
            GapModel model = value;
            return new GapModelSetting(model == null ? null : Json.verbatim(Json.text(model)));
        }
    }

    /// The routes; business numbers have none of their own, as a rule may name a number.
    ///
    /// @param value absent: the configured ones
    /// @param flags which stay as they are
    /// @param revision the number of the change
    record Routes(@Nullable List<Route> value, List<FlagRule> flags, long revision) implements AskedSetting {

        public Routes {
            value = value == null ? null : List.copyOf(value);
            flags = List.copyOf(flags);
        }

        @Override
        public String name() {
            return RouteSettings.ROUTES.name();
        }

        @Override
        public @Nullable String text() {
            List<Route> routes = value;
            return routes == null ? null : RouteText.of(routes);
        }

        @Override
        public InputRecord record(@Nullable String businessNumber) {
            return new RouteSetting(value, revision, flags);
        }
    }

    /// The rules of flags; a rule may name a number.
    ///
    /// @param routes which stay as they are
    /// @param revision the number of the change
    record Flags(List<FlagRule> value, @Nullable List<Route> routes, long revision) implements AskedSetting {

        public Flags {
            value = List.copyOf(value);
            routes = routes == null ? null : List.copyOf(routes);
        }

        @Override
        public String name() {
            return "flags";
        }

        @Override
        public String text() {
            return FlagText.of(value);
        }

        @Override
        public InputRecord record(@Nullable String businessNumber) {
            return new RouteSetting(routes, revision, value);
        }
    }
}
