package lull.aggregator.inforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.aggregator.route.RoutesInForce;
import lull.aggregator.route.RoutingPolicy;
import lull.contract.json.Json;
import lull.contract.message.Route;
import org.junit.jupiter.api.Test;

final class RouteReportTest {

    private static final Route PILOT = new Route("pilot", null, null, 10, "bot");
    private static final Route REST = new Route("rest", null, null, 100, "connect");
    private static final RoutingPolicy POLICY = new RoutingPolicy(List.of(REST), Set.of("bot"));

    @Test
    void partitionsWithTheSameRoutesAreOneEntry() throws Exception {
        RouteReport report =
                report(Map.of(0, RoutesInForce.CONFIGURED, 1, RoutesInForce.CONFIGURED, 2, RoutesInForce.CONFIGURED));

        assertThat(report.inForce())
                .containsExactly(new RouteReport.InForce(List.of(0, 1, 2), 0, true, List.of(REST), List.of()));
        assertThat(report.revision()).isZero();
        assertThat(report.differs()).isFalse();
        assertThat(report.destinations()).containsExactly("bot", "connect");
        assertThat(Json.read(Json.bytes(report), RouteReport.class)).isEqualTo(report);
    }

    @Test
    void aChangeThatReachedSomePartitionsIsTheOneToBuildOn() {
        RouteReport report = report(Map.of(
                0,
                new RoutesInForce(7, List.of(PILOT), List.of()),
                1,
                new RoutesInForce(8, List.of(PILOT.withShare(0)), List.of()),
                2,
                new RoutesInForce(7, List.of(PILOT), List.of())));

        assertThat(report.differs()).isTrue();
        assertThat(report.revision()).isEqualTo(8);
        assertThat(report.latest().orElseThrow().routes()).containsExactly(PILOT.withShare(0));
        assertThat(report.inForce())
                .extracting(RouteReport.InForce::partitions)
                .containsExactly(List.of(0, 2), List.of(1));
    }

    @Test
    void namesWhatIsUnknownAndWhatLeadsNowhere() {
        Route lost = new Route("old", null, null, 100, "gone");
        RouteReport report = report(Map.of(1, new RoutesInForce(3, List.of(PILOT, lost, REST), List.of())));

        assertThat(report.unknownPartitions()).containsExactly(0, 2);
        assertThat(report.withoutDestination()).containsExactly(lost);
        assertThat(report(Map.of()).latest()).isEmpty();
    }

    private static RouteReport report(Map<Integer, RoutesInForce> known) {
        return RouteReport.of("input", POLICY, 3, RouteReport.here(POLICY, known));
    }
}
