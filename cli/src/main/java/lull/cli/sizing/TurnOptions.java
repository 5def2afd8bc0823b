package lull.cli.sizing;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Options of commands that calculate with the turns of a traffic: add it as a mixin. Each method throws
/// `ParameterException` if its option is out of range.
public final class TurnOptions {

    @Option(
            names = "--per-turn",
            required = true,
            paramLabel = "R",
            description = "Messages in a turn. lull_turn_messages of /metrics shows it.")
    private double perTurn;

    @Option(
            names = "--answers-per-turn",
            defaultValue = "1",
            paramLabel = "A",
            description = "Answers to a turn. Default: ${DEFAULT-VALUE}")
    private double answers;

    @Option(
            names = "--mean-to-peak",
            defaultValue = "0.25",
            paramLabel = "U",
            description = "Mean traffic divided by that at the peak: 0.25 if the peak is four times the mean. Default:"
                    + " ${DEFAULT-VALUE}")
    private double meanToPeak;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /// Returns the messages in a turn.
    public double perTurn() {
        return OptionRange.require(spec, "--per-turn", perTurn, 1, 1_000);
    }

    /// Returns the answers to a turn.
    public double answers() {
        return OptionRange.require(spec, "--answers-per-turn", answers, 0, 1_000);
    }

    /// Returns the ratio of the mean traffic of a day to that of the peak.
    public double meanToPeak() {
        return OptionRange.require(spec, "--mean-to-peak", meanToPeak, 0.001, 1);
    }
}
