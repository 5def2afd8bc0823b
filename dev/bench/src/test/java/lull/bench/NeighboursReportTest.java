package lull.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lull.bench.NeighboursBench.Delays;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class NeighboursReportTest {

    @Test
    void tellsWhatIsLaterThanTheLimitInTheMedianOfTheRounds() {
        Map<Neighbour, List<Delays>> measured = Map.of(
                Neighbour.HEALTHY, List.of(delays(100, 100), delays(100, 100), delays(100, 100)),
                Neighbour.MISCONFIGURED, List.of(delays(120, 100), delays(115, 109), delays(90, 900)));

        assertThat(NeighboursReport.excesses(measured, 10))
                .containsExactly("The 99th percentile of turns is 1.15 times that beside a healthy neighbour, and"
                        + " --within is 10 percent");
        assertThat(NeighboursReport.excesses(measured, 20)).isEmpty();
        assertThat(NeighboursReport.excesses(measured, 5)).hasSize(2);
    }

    private static Delays delays(int turnMillis, int replyMillis) {
        return new Delays(histogram(turnMillis), histogram(replyMillis), 0);
    }

    private static Histogram histogram(int millis) {
        Histogram histogram = new Histogram(60_000_000L, 3);
        histogram.recordValue(millis * 1_000L);
        return histogram;
    }
}
