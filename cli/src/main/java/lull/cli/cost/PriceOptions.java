package lull.cli.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lull.contract.json.UnreadableJson;
import lull.runtime.FileProblem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Options of commands that calculate with prices.
public final class PriceOptions {

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "Prices in place of the list of this version, in the form that `lull cost prices --json`"
                    + " prints.")
    private @Nullable Path file;

    @Option(
            names = "--price",
            paramLabel = "NAME=PRICE",
            description = "Another price than the list's, as often as needed. `lull cost prices` lists them.")
    private Map<String, Double> others = Map.of();

    /// Returns the prices. Throws [ParameterException] if the options are wrong.
    public Prices prices(CommandSpec spec) {
        try {
            return list(spec).with(others);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Prices list(CommandSpec spec) {
        Path list = file;
        if (list == null) {
            return Prices.listed();
        }
        try {
            Prices given = Prices.read(Files.readAllBytes(list));
            String missing = given.missing();
            if (!missing.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "--prices: The file " + list + " lacks the prices " + missing);
            }
            return given;
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--prices: " + FileProblem.words(list, e), e);
        } catch (UnreadableJson e) {
            throw new ParameterException(
                    spec.commandLine(), "--prices: The file " + list + " is no list of prices: " + e.getMessage(), e);
        }
    }
}
