package lull.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import lull.cli.sizing.Sizing.Brokers;
import lull.cli.sizing.Sizing.Quotas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SizingTest {

    private static final Quotas OF_A_NEW_ACCOUNT = new Quotas(500, 10, 5, 80);

    @Test
    void littleTrafficNeedsTwoSmallProcessesOfEachService() {
        assertThat(sizing(1).processes())
                .extracting(ProcessSize::service)
                .containsExactly("ingress", "aggregator", "bridge");
        assertThat(sizing(1).processes()).allSatisfy(size -> {
            assertThat(size.number()).isEqualTo(2);
            assertThat(size.vcpus()).isEqualTo(0.5);
            // A size that Fargate offers, with the container that copies metrics.
            assertThat(size.memoryMebibytes()).isEqualTo(size.service().equals("ingress") ? 1_024 : 2_048);
        });
        assertThat(sizing(1).partitions()).isEqualTo(32);
        assertThat(sizing(1).brokers(Brokers.EXPRESS)).isEqualTo(3);
    }

    /// Half of the turns need half of the processors and of the heap that they would need in bridges.
    @Test
    void applicationsAreSizedByTheirShareOfTheTurns() {
        assertThat(sizing(1).applications(0.01).number()).isEqualTo(2);
        assertThat(sizing(8_000).applications(0.5).allVcpus())
                .isLessThan(of(sizing(8_000), "bridge").allVcpus())
                .isGreaterThanOrEqualTo(0.5 * sizing(8_000).demand().turns() / 250);
        assertThat(sizing(10).applications(1).neededMebibytes())
                .isLessThan(of(sizing(10), "bridge").neededMebibytes());
    }

    /// Four messages and their turn and answer are 4 + 4 + 5 records.
    @Test
    void theArchiveIsSizedByTheRecordsThatItReads() {
        assertThat(sizing(40).archivedRecords()).isCloseTo(130, within(0.01));
        assertThat(sizing(1).archives().number()).isEqualTo(2);
        assertThat(sizing(10_000).archives().allVcpus()).isGreaterThanOrEqualTo(32_500 / 2_000.0);
        // 10 messages a second at the peak, a quarter of that on average, for a day.
        assertThat(sizing(10).gigabytesArchived(1)).isCloseTo(2.5 * 86_400 * 3.25 * 1_200 / 1e9, within(0.01));
    }

    @Test
    void processorsFollowTheTrafficWithHalfKeptFree() {
        assertThat(of(sizing(100_000), "ingress").allVcpus()).isEqualTo(2 * 100_000 / 5_000.0);
        assertThat(of(sizing(100_000), "aggregator").allVcpus()).isBetween(50.0, 56.0);
    }

    @Test
    void eachStreamThreadHasFourPartitionsAtLeast() {
        Sizing sizing = sizing(100_000);
        int threads = of(sizing, "aggregator").number() * sizing.threadsOfAnAggregator();

        assertThat(sizing.partitions()).isGreaterThanOrEqualTo(4 * threads).isLessThan(4 * threads + 32);
    }

    /// 54,000 chats a day, of 15,000 bytes each, with half as much for the collector.
    @Test
    void aBridgeHasHeapForTheChatsOfOneThatFails() {
        Sizing sizing = sizing(50);
        ProcessSize bridges = of(sizing, "bridge");

        assertThat(sizing.demand().chatsADay()).isCloseTo(54_000, within(1.0));
        assertThat(bridges.number()).isEqualTo(2);
        assertThat(bridges.heapMebibytes()).isBetween(1_540, 1_664);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 1, 37, 500, 4_000, 30_000, 200_000})
    void everySizeIsOneThatFargateOffers(double rate) {
        assertThat(sizing(rate).processes()).allSatisfy(size -> {
            assertThat(size.vcpus()).isIn(0.5, 1.0, 2.0, 4.0);
            double gibibytesOfAVcpu = size.memoryMebibytes() / 1_024.0 / size.vcpus();
            assertThat(gibibytesOfAVcpu).isBetween(2.0, 8.0);
            assertThat(size.memoryMebibytes() % 1_024).isZero();
            assertThat(size.heapMebibytes() + 320).isLessThanOrEqualTo(size.memoryMebibytes());
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1_000})
    void limitsAreReachedAtTheSameTrafficWhateverIsPlanned(double rate) {
        List<Limit> limits = sizing(rate).limits(OF_A_NEW_ACCOUNT);

        assertThat(limits.getFirst().what()).contains("chats open at a time");
        assertThat(limits).isSortedAccordingTo((one, other) -> Double.compare(one.rate(), other.rate()));
        assertThat(limits.getFirst().rate()).isCloseTo(500 / (30 * 60 / 5.0 / 4), within(0.01));
        assertThat(limits.get(1).rate()).isCloseTo(40, within(0.01));
        assertThat(limits).allSatisfy(limit -> assertThat(limit.isExceeded()).isEqualTo(limit.rate() < rate));
    }

    @Test
    void whatNobodyAnswersReachesNoLimitOfWhatsApp() {
        Limit limit = new Sizing(Demand.usual(1_000, 4, 0, 0.25))
                .limits(OF_A_NEW_ACCOUNT)
                .getLast();

        assertThat(limit.what()).startsWith("WhatsApp");
        assertThat(limit.rate()).isInfinite();
    }

    private static Sizing sizing(double rate) {
        return new Sizing(Demand.usual(rate, 4, 1, 0.25));
    }

    private static ProcessSize of(Sizing sizing, String service) {
        return sizing.processes().stream()
                .filter(size -> size.service().equals(service))
                .findFirst()
                .orElseThrow();
    }
}
