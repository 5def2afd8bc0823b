package lull.cli;

import java.util.concurrent.Callable;
import lull.aggregator.AggregatorService;
import lull.aggregator.AggregatorSettings;
import lull.runtime.process.ServiceProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `lull aggregator`: runs the aggregator.
@Command(
        name = "aggregator",
        description = "Joins the messages of a conversation into turns.",
        mixinStandardHelpOptions = true)
final class AggregatorCommand implements Callable<Integer> {

    @Mixin
    private final Configuration configuration = new Configuration();

    @Override
    public Integer call() {
        return ServiceProcess.run(
                "aggregator",
                configuration.load(
                        several -> AggregatorSettings.all(several.inputs(), several.numbers(), several.destinations())),
                AggregatorService::start);
    }
}
