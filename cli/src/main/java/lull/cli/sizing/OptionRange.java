package lull.cli.sizing;

import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Range of an option that is a number.
public final class OptionRange {

    private OptionRange() {}

    /// Returns the value. Throws `ParameterException`, which names the option and the range, if it is outside or not a
    /// number.
    public static double require(CommandSpec spec, String option, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " is " + plain(value) + ", and must be " + plain(min) + " to " + plain(max));
        }
        return value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
