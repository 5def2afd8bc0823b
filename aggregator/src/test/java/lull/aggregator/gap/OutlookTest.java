package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutlookTest {

    private static final long SEED = Long.getLong("lull.seed", 42);

    @ParameterizedTest
    @CsvSource({"0, 0.5", "1, 0.1586552539", "1.959963985, 0.025", "-1, 0.8413447461", "5, 2.866516e-7", "-8, 1"})
    void theNormalDistributionHasItsKnownValues(double x, double above) {
        assertThat(Normal.above(x)).isCloseTo(above, within(1e-7));
    }

    /// The formula finds what trying all waits finds.
    @Test
    void theBestWaitHasTheSmallestCostOfAllWaits() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            Outlook outlook =
                    new Outlook(4 * random.nextGaussian(), 1 + 3 * random.nextDouble(), 0.3 + random.nextDouble());
            double cutSeconds = Math.exp(7 * random.nextDouble());
            double floor = 0.5 + 3 * random.nextDouble();
            double cap = floor + 40 * random.nextDouble();

            double best = outlook.bestWait(cutSeconds, floor, cap);

            assertThat(best).as("seed %s, round %s", SEED, i).isBetween(floor, cap);
            double least = Double.POSITIVE_INFINITY;
            for (int step = 0; step <= 2_000; step++) {
                least = Math.min(least, cost(outlook, cutSeconds, floor + (cap - floor) * step / 2_000));
            }
            assertThat(cost(outlook, cutSeconds, best))
                    .as("seed %s, round %s: %s", SEED, i, outlook)
                    .isLessThanOrEqualTo(least + 1e-4 * cutSeconds + 1e-6);
        }
    }

    @Test
    void waitsLongerTheMoreLikelyAnotherMessageIs() {
        double unlikely = new Outlook(-4, 2.3, 0.8).bestWait(60, 2, 20);
        double likely = new Outlook(0, 2.3, 0.8).bestWait(60, 2, 20);
        double certain = new Outlook(5, 2.3, 0.8).bestWait(60, 2, 20);

        assertThat(unlikely).isEqualTo(2);
        assertThat(likely).isBetween(5.0, 20.0);
        assertThat(certain).isEqualTo(20);
    }

    private static double cost(Outlook outlook, double cutSeconds, double wait) {
        return (1 - outlook.probability()) * wait + outlook.probability() * cutSeconds * outlook.later(wait);
    }
}
