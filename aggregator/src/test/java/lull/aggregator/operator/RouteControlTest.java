package lull.aggregator.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lull.aggregator.operator.RouteControl.Rules;
import lull.aggregator.route.RoutingPolicy;
import lull.contract.message.Route;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RouteControlTest {

    private static final RoutingPolicy POLICY = new RoutingPolicy(List.of(), Set.of("bot"));
    private static final Route GONE = new Route("gone", null, null, 50, "removed");
    private static final Route BOT = new Route("pilot", null, null, 50, "bot");

    /// A rollback must not wait until somebody corrects other rules.
    @Test
    void aRuleWhoseDestinationWasRemovedMayStayOrGetAnotherShare() {
        List<Route> inForce = List.of(GONE, BOT);

        assertThat(unknown(inForce, GONE, BOT.withShare(0))).isNull();
        assertThat(unknown(inForce, BOT, GONE)).isNull();
        assertThat(unknown(inForce, GONE.withShare(0), BOT)).isNull();
        assertThat(unknown(inForce, BOT)).isNull();
        assertThat(RouteControl.unknown(new Rules.OfRoutes(null), inForce, POLICY))
                .isNull();
        assertThat(RouteControl.unknown(new Rules.OfFlags(List.of()), inForce, POLICY))
                .isNull();
    }

    @Test
    void aNewRuleNeedsADestinationThatIsConfigured() {
        List<Route> inForce = List.of(GONE, BOT);

        assertThat(unknown(List.of(BOT), GONE)).contains("The route gone names the destination removed");
        assertThat(unknown(inForce, new Route("gone", null, null, 50, "nowhere")))
                .contains("nowhere");
        assertThat(unknown(inForce, new Route("gone", "shop", null, 50, "removed")))
                .contains("removed");
        assertThat(unknown(inForce, new Route("pilot", null, null, 50, "removed")))
                .contains("The route pilot");
    }

    private static @Nullable String unknown(List<Route> inForce, Route... asked) {
        return RouteControl.unknown(new Rules.OfRoutes(List.of(asked)), inForce, POLICY);
    }
}
