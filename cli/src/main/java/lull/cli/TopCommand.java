package lull.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lull.console.ConsoleSettings;
import lull.console.Overview;
import lull.console.pages.TopText;
import lull.contract.json.Json;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull top`: the first page of the console in a terminal.
@Command(
        name = "top",
        description = {
            "Shows who waits, since when and why, what does not work, and what turns saved, every few seconds, until you"
                    + " stop it with Ctrl-C.",
            "It reads the same settings as the console: console.watch, console.aggregator.url and console.archive.url with"
                    + " their tokens. Numbers of customers are masked."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {

    private static final Duration COUNT_EVERY = Duration.ofSeconds(30);
    private static final Duration BETWEEN_RATES = Duration.ofSeconds(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /// Moves the cursor to the top left corner, and clears the screen below it.
    private static final String CLEAR = "\u001B[H\u001B[J";

    @Mixin
    private final Configuration configuration = new Configuration();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "Time between two pages, from 1s to 1h. Default: ${DEFAULT-VALUE}")
    private String interval = "";

    @Option(names = "--once", description = "Print one page, and end. It takes a second, to know rates.")
    private boolean isOnce;

    @Option(names = "--json", description = "Print each page as a line of JSON.")
    private boolean isJson;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Duration every = every();
        Settings settings = configuration.load(several -> {
            List<Setting<?>> all = new ArrayList<>(ConsoleSettings.ALL);
            all.addAll(DeadLetterAccess.settings(several));
            return all;
        });
        try (Overview overview = new Overview(
                settings,
                ConsoleCommand.deadLetters(settings),
                ConsoleCommand.adviser(settings).price(),
                Clock.systemUTC())) {
            overview.visit();
            Instant counted = Instant.EPOCH;
            do {
                if (Duration.between(counted, Instant.now()).compareTo(COUNT_EVERY) >= 0) {
                    overview.count();
                    counted = Instant.now();
                }
                Thread.sleep(isOnce ? BETWEEN_RATES : every);
                overview.visit();
            } while (print(overview.now()) && !isOnce);
        }
        return 0;
    }

    /// Prints a page; returns whether somebody still reads them, which `head` does not after its lines.
    private boolean print(TopText.Now now) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(Json.text(TopText.json(now)));
        } else {
            out.print(!isOnce && isTerminal() ? CLEAR : "");
            TopText.lines(now, width()).forEach(out::println);
        }
        return !out.checkError() && !System.out.checkError();
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Returns the width of the terminal, as picocli finds it; without one lines may be as long as they are.
    private int width() {
        return isTerminal() ? spec.usageMessage().autoWidth(true).width() : Integer.MAX_VALUE;
    }

    private Duration every() {
        try {
            Duration every = Durations.parse(interval);
            if (every.compareTo(SHORTEST) >= 0 && every.compareTo(LONGEST) <= 0) {
                return every;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--interval '" + interval + "' is not a time such as 5s", e);
        }
        throw new ParameterException(spec.commandLine(), "--interval must be from 1s to 1h");
    }
}
