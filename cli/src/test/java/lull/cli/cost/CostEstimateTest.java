package lull.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import lull.cli.cost.CostEstimate.Architecture;
import lull.cli.cost.CostEstimate.KafkaKind;
import lull.cli.cost.CostEstimate.Line;
import lull.cli.cost.CostEstimate.Traffic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CostEstimateTest {

    private static final double THOUSAND = 1_000;

    /// For 1,000 messages at 0.010.
    @ParameterizedTest
    @CsvSource(textBlock = """
                    4, 1,   1, false, 12.50, 5.00
                    4, 1,   1, true,  20.00, 5.00
                    4, 1.3, 1, false, 12.50, 5.75
                    2, 1,   1, false, 15.00, 10.00
                    1, 1,   1, false, 20.00, 20.00
                    4, 1,   0, false, 10.00, 2.50
                    4, 1,   2, true,  30.00, 7.50
                    """)
    void chatIsPaidForByTurnsAndAnswers(
            double perTurn, double parts, double answers, boolean bot, double without, double with) {
        Line chat = estimate(new Traffic(THOUSAND, perTurn, parts, answers, bot, "DE", 1, false, 0.25))
                .lines()
                .getFirst();

        assertThat(chat.without()).isCloseTo(without, within(1e-9));
        assertThat(chat.with()).isCloseTo(with, within(1e-9));
    }

    @Test
    void theFirstThousandServiceMessagesOfANumberAreFree() {
        assertThat(line(people(4_000, 1), "WhatsApp").with()).isZero();
        assertThat(line(people(4_400, 1), "WhatsApp").with()).isCloseTo(100 * 0.055, within(1e-9));
        assertThat(line(people(4_400, 2), "WhatsApp").with()).isZero();
    }

    @Test
    void endUserMessagingTakesItsFeeForBothDirections() {
        Traffic traffic = new Traffic(THOUSAND, 4, 1, 1, false, "DE", 1, true, 0.25);

        assertThat(line(traffic, "AWS End User Messaging").with()).isCloseTo(1_250 * 0.005, within(1e-9));
    }

    @Test
    void whatIsSavedPaysForLullFromSomeVolumeOn() {
        CostEstimate estimate = estimate(people(THOUSAND, 1));
        double many = estimate.breakEven().orElseThrow();

        assertThat(saved(estimate(people(many * 1.01, 1)))).isPositive();
        assertThat(saved(estimate(people(many * 0.99, 1)))).isNegative();
        assertThat(estimate(new Traffic(THOUSAND, 1, 1, 1, false, "DE", 1, false, 0.25))
                        .breakEven())
                .isEmpty();
    }

    @Test
    void brokersAndProcessesGrowWithThePeak() {
        Line small = line(people(1e6, 1), "Lull: Fargate");
        Line large = line(people(6e10, 1), "Lull: Fargate");

        assertThat(small.with()).isCloseTo(730 * (3 * 0.03238 + 10 * 0.00356), within(1e-6));
        assertThat(large.with()).isGreaterThan(20 * small.with());
        assertThat(line(people(6e10, 1), "Lull: Amazon MSK").with())
                .isGreaterThan(10 * line(people(1e6, 1), "Lull: Amazon MSK").with());
    }

    /// The files of installations have these words.
    @Test
    void processorsOfBothArchitecturesHaveTheirPrices() {
        Traffic traffic = people(1e6, 1);
        CostEstimate x86 = new CostEstimate(traffic, KafkaKind.EXPRESS, Architecture.X86_64, Prices.listed());

        assertThat(x86.used()).contains("fargate.x86_64.vcpu.hour").doesNotContain("fargate.arm64.vcpu.hour");
        assertThat(estimate(traffic).used()).contains("fargate.arm64.vcpu.hour");
        assertThat(saved(x86)).isLessThan(saved(estimate(traffic)));
    }

    @Test
    void dataThroughTheNatGatewaysCosts() {
        double before = line(people(1e6, 1), "Lull: load balancer").with();
        CostEstimate free = new CostEstimate(
                people(1e6, 1),
                KafkaKind.EXPRESS,
                Architecture.ARM64,
                Prices.listed().with(Map.of("nat.gb", 0.0)));

        assertThat(before
                        - free.lines().stream()
                                .filter(line -> line.what().startsWith("Lull: load balancer"))
                                .findFirst()
                                .orElseThrow()
                                .with())
                .isCloseTo(250_000 * 40_000.0 / 1e9 * 0.045, within(1e-6));
    }

    @Test
    void aKafkaThatIsThereCostsNothing() {
        CostEstimate estimate =
                new CostEstimate(people(THOUSAND, 1), KafkaKind.NONE, Architecture.ARM64, Prices.listed());

        assertThat(estimate.lines()).extracting(Line::what).doesNotContain("Lull: Amazon MSK");
        assertThat(estimate.used()).noneMatch(name -> name.startsWith("msk."));
    }

    @Test
    void aGivenPriceIsTakenInsteadOfTheListed() {
        Prices prices = Prices.listed().with(Map.of("connect.chat.message", 0.004));

        assertThat(new CostEstimate(people(THOUSAND, 1), KafkaKind.NONE, Architecture.ARM64, prices)
                        .lines()
                        .getFirst()
                        .without())
                .isCloseTo(5, within(1e-9));
        assertThat(prices.unverified(List.of("connect.chat.message"))).isEmpty();
    }

    private static Traffic people(double messages, int numbers) {
        return new Traffic(messages, 4, 1, 1, false, "DE", numbers, false, 0.25);
    }

    private static CostEstimate estimate(Traffic traffic) {
        return new CostEstimate(traffic, KafkaKind.EXPRESS, Architecture.ARM64, Prices.listed());
    }

    private static Line line(Traffic traffic, String what) {
        return estimate(traffic).lines().stream()
                .filter(line -> line.what().startsWith(what))
                .findFirst()
                .orElseThrow();
    }

    private static double saved(CostEstimate estimate) {
        return estimate.lines().stream()
                .mapToDouble(line -> line.without() - line.with())
                .sum();
    }
}
