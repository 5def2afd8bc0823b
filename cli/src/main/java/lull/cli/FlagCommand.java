package lull.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.route.FlagText;
import lull.cli.json.JsonOutput;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Flag;
import lull.contract.message.FlagLists;
import lull.contract.message.FlagRule;
import lull.contract.message.ShareText;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull flag`: shows and switches behaviours while Lull runs. A change reads the rules, changes them and writes them
/// whole, with the revision on which it builds.
@Command(
        name = "flag",
        description = {
            "Shows and switches behaviours while Lull runs: for all conversations, a business number or a share.",
            "docs/flags.md describes each of them."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FlagCommand.Show.class, FlagCommand.Set.class, FlagCommand.Reset.class})
final class FlagCommand {

    private static final String PATH = "/flags/";

    /// The flag and the conversations that a command is about.
    static final class Which {

        @Parameters(index = "0", paramLabel = "NAME", description = "The name of the flag.")
        private String name = "";

        @Option(
                names = "--number",
                paramLabel = "ID",
                description = "Only conversations of this business number (WhatsApp's phone number id).")
        private @Nullable String number;

        /// Returns the flag. Throws [ParameterException] if there is none of this name.
        private Flag flag(CommandSpec spec) {
            return Flag.of(name)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            SettingsCommand.isSetting(name)
                                    ? name + " is a setting and no flag: change it in the configuration, and restart"
                                            + " the services that have it. The flags are " + Flag.words()
                                    : "There is no flag " + name + "; there are " + Flag.words()));
        }

        private List<FlagRule> others(RouteReport report) {
            return FlagLists.without(inForce(report), name, number);
        }
    }

    /// `lull flag list`: all flags with their rules; exit code 1 if partitions differ.
    @Command(
            name = "list",
            description = "Shows all flags, what they do, and how operators have switched them.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        private final RouteCommand.Target target = new RouteCommand.Target();

        @Option(names = "--json", description = "Prints each input topic as a JSON object in a line of its own.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            PrintWriter out = spec.commandLine().getOut();
            boolean isWell = true;
            for (RouteReport report : target.reports()) {
                if (json) {
                    out.println(new String(Json.bytes(report), StandardCharsets.UTF_8));
                } else {
                    print(report, out);
                }
                isWell &= !report.differsInFlags() && report.unknownPartitions().isEmpty();
            }
            return isWell ? 0 : 1;
        }

        private static void print(RouteReport report, PrintWriter out) {
            out.println(report.topic());
            for (Flag flag : Flag.values()) {
                out.println("  " + flag.word() + ": " + flag.description() + ".");
                boolean isSwitched = false;
                for (RouteReport.InForce each : report.inForce()) {
                    String where = report.differsInFlags()
                            ? " (partitions " + GapShowCommand.ranges(each.partitions()) + ")"
                            : "";
                    for (FlagRule rule : each.flags()) {
                        if (rule.flag().equals(flag.word())) {
                            out.println("    " + FlagText.what(rule) + where);
                            isSwitched = true;
                        }
                    }
                    if (!report.differsInFlags()) {
                        break;
                    }
                }
                out.println("    " + (isSwitched ? "all others: " : "") + "as " + flag.settings() + " configured");
            }
            if (!report.unknownPartitions().isEmpty()) {
                out.println("  unknown for partitions " + GapShowCommand.ranges(report.unknownPartitions())
                        + ": their instance did not answer, or has an older version of Lull");
            }
        }
    }

    /// `lull flag set`: switches a behaviour.
    @Command(
            name = "set",
            description = {
                "Switches a behaviour on or off, from the next turn of each conversation on.",
                "The change survives restarts. The topic lull.setting.changed records who changed it."
            },
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {

        @Mixin
        private final Which which = new Which();

        @Parameters(index = "1", paramLabel = "on|off", description = "Whether the behaviour is switched on or off.")
        private String value = "";

        @Option(
                names = "--share",
                paramLabel = "PERCENT",
                defaultValue = "100",
                description = "Share of the conversations, with up to two decimals; a larger one adds conversations and"
                        + " removes none. Default: ${DEFAULT-VALUE}")
        private String share = "";

        @Mixin
        private final RouteCommand.Change change = new RouteCommand.Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            FlagRule rule = rule();
            RouteReport report = change.target().report();
            write(
                    change,
                    report,
                    FlagLists.with(inForce(report), rule),
                    spec.commandLine().getOut());
            return 0;
        }

        private FlagRule rule() {
            Flag flag = which.flag(spec);
            if (!"on".equals(value) && !"off".equals(value)) {
                throw new ParameterException(spec.commandLine(), "Say on or off, not " + value);
            }
            try {
                return new FlagRule(flag.word(), which.number, ShareText.read(share), "on".equals(value));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /// `lull flag reset`: lets the settings decide again.
    @Command(
            name = "reset",
            description = "Removes what lull flag set has set, from the next turn of each conversation on.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {

        @Mixin
        private final Which which = new Which();

        @Mixin
        private final RouteCommand.Change change = new RouteCommand.Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            Flag flag = which.flag(spec);
            RouteReport report = change.target().report();
            List<FlagRule> rules = which.others(report);
            if (rules.size() == inForce(report).size()) {
                throw new CannotStart("The flag " + flag.word() + " is not switched"
                        + (which.number == null ? " for all numbers" : " for number " + which.number)
                        + ": 'lull flag list' shows the rules");
            }
            write(change, report, rules, spec.commandLine().getOut());
            return 0;
        }
    }

    private static void write(RouteCommand.Change change, RouteReport report, List<FlagRule> rules, PrintWriter out)
            throws InterruptedException, UnreadableJson {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("revision", report.revision());
        body.put("flags", rules);
        body.put("by", change.by());
        byte[] answer = change.target().aggregator().put(PATH + RouteCommand.encoded(report.topic()), body);
        if (change.isJson()) {
            JsonOutput.print(Json.tree(answer), out);
            return;
        }
        SettingChange made = Json.read(answer, SettingChange.class);
        out.println("The flags of " + made.topic() + " are now " + made.value()
                + ", from the next turn of each conversation on, in "
                + made.partitions().size() + " partitions.");
    }

    /// Returns the rules on which a change builds: those of the latest change.
    private static List<FlagRule> inForce(RouteReport report) {
        return report.latest()
                .orElseThrow(() -> new CannotStart("The flags of " + report.topic()
                        + " are unknown, because no instance serves its partitions yet: try again"))
                .flags();
    }
}
