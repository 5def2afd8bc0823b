package lull.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.aggregator.gap.GapModel;
import lull.aggregator.turn.TurnSettings;
import lull.cli.advice.GapAdviser;
import lull.cli.advice.Timelines;
import lull.cli.cost.ChatPrice;
import lull.cli.cost.MonthBill;
import lull.cli.cost.Prices;
import lull.cli.deadletters.KafkaDeadLetters;
import lull.console.ConsoleService;
import lull.console.ConsoleSettings;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.BillCalculator;
import lull.console.sources.DeadLetterPort;
import lull.runtime.process.ServiceProcess;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull console`: runs the operators' console.
@Command(
        name = "console",
        description = "Serves pages on which operators see who waits, what became of a message, and what is in force.",
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {

    private static final String BROKERS = "bootstrap.servers";
    private static final Duration ADVICE_PERIOD = Duration.ofDays(30);

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        Settings settings = configuration.load(several -> {
            List<Setting<?>> all = new ArrayList<>(ConsoleSettings.ALL);
            all.addAll(DeadLetterAccess.settings(several));
            return all;
        });
        return ServiceProcess.runPlain(
                "console",
                settings,
                context -> ConsoleService.start(context, deadLetters(settings), adviser(settings), bills()));
    }

    /// Returns an adviser for gaps.
    ///
    /// @param settings of the process and of the aggregator
    public static AdviceCalculator adviser(Settings settings) {
        return new GapAdviser(
                new GapAdviser.Options(
                        ADVICE_PERIOD,
                        Timelines.MOST_MESSAGES,
                        settings.get(TurnSettings.MAX_DURATION),
                        ChatPrice.listed(),
                        GapModel.shipped()),
                Clock.systemUTC());
    }

    /// Returns the calculation of what months have cost, at list prices.
    public static BillCalculator bills() {
        return new MonthBill(Prices.listed());
    }

    /// Returns access to the dead letters; empty if no broker is configured.
    ///
    /// @param settings of the process and of the aggregator
    public static Optional<DeadLetterPort> deadLetters(Settings settings) {
        return settings.kafka().containsKey(BROKERS)
                ? Optional.of(new KafkaDeadLetters(() -> DeadLetterAccess.open(settings)))
                : Optional.empty();
    }
}
