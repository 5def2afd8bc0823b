package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RouteListsTest {

    private static final Route STAFF = new Route("staff", null, "1", 100, "bot");
    private static final Route PILOT = new Route("pilot", null, null, 10, "bot");
    private static final Route REST = new Route("rest", null, null, 100, "connect");
    private static final List<Route> ALL = List.of(STAFF, PILOT, REST);

    @Test
    void aNewRouteIsTriedLastUnlessItIsSaidBeforeWhich() {
        Route trial = new Route("trial", null, null, 5, "bot");

        assertThat(RouteLists.with(ALL, trial, null)).containsExactly(STAFF, PILOT, REST, trial);
        assertThat(RouteLists.with(ALL, trial, "pilot")).containsExactly(STAFF, trial, PILOT, REST);
        assertThat(RouteLists.with(List.of(), trial, null)).containsExactly(trial);
    }

    @Test
    void aRouteOfTheSameNameIsReplacedWhereItWasOrMoved() {
        Route larger = PILOT.withShare(20);

        assertThat(RouteLists.with(ALL, larger, null)).containsExactly(STAFF, larger, REST);
        assertThat(RouteLists.with(ALL, larger, "staff")).containsExactly(larger, STAFF, REST);
        assertThat(RouteLists.with(ALL, STAFF, "rest")).containsExactly(PILOT, STAFF, REST);
    }

    @Test
    void changesTheShareAndNothingElse() {
        assertThat(RouteLists.withShare(ALL, "staff", 0.25)).containsExactly(STAFF.withShare(0.25), PILOT, REST);
        assertThat(RouteLists.without(ALL, "pilot")).containsExactly(STAFF, REST);
    }

    @Test
    void saysWhichRoutesThereAreIfOneIsMissing() {
        assertThatThrownBy(() -> RouteLists.withShare(ALL, "pilots", 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no route pilots; there are staff, pilot, rest");
        assertThatThrownBy(() -> RouteLists.without(List.of(), "pilot"))
                .hasMessage("There is no route pilot; there is none");
        assertThatThrownBy(() -> RouteLists.with(ALL, PILOT, "later")).hasMessageContaining("There is no route later");
    }
}
