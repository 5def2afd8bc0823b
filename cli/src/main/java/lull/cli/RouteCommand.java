package lull.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import lull.aggregator.inforce.RouteReport;
import lull.aggregator.route.RouteText;
import lull.cli.json.JsonOutput;
import lull.contract.SettingChange;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Route;
import lull.contract.message.RouteLists;
import lull.contract.message.ShareText;
import lull.runtime.CannotStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lull route`: shows and changes routes while the aggregator runs. A change reads the list, changes it and
/// writes it whole, with the revision on which it builds.
@Command(
        name = "route",
        description = {
            "Shows and changes the routes of input topics while the aggregator runs: the rules that decide to which"
                    + " destination turns go.",
            "docs/routes.md says how to move conversations to another destination step by step, and back."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RouteCommand.Show.class,
            RouteCommand.Set.class,
            RouteCommand.Share.class,
            RouteCommand.Remove.class,
            RouteCommand.Reset.class
        })
final class RouteCommand {

    private static final String PATH = "/routes";

    /// The aggregator and the input topic whose routes are meant.
    static final class Target {

        @Option(names = "--topic", paramLabel = "TOPIC", description = "The input topic. Default: the only one.")
        private @Nullable String topic;

        @Mixin
        private final AggregatorClient aggregator = new AggregatorClient();

        /// Returns the reports of the topic that is named, or of all.
        List<RouteReport> reports() throws InterruptedException, UnreadableJson {
            String named = topic;
            return named == null
                    ? List.of(Json.read(aggregator.get(PATH), RouteReport[].class))
                    : List.of(Json.read(aggregator.get(PATH + "/" + encoded(named)), RouteReport.class));
        }

        RouteReport report() throws InterruptedException, UnreadableJson {
            List<RouteReport> reports = reports();
            if (reports.size() != 1) {
                throw new CannotStart("There are several input topics, and each has its own routes: give one of "
                        + reports.stream().map(RouteReport::topic).collect(Collectors.joining(", "))
                        + " with --topic");
            }
            return reports.getFirst();
        }

        AggregatorClient aggregator() {
            return aggregator;
        }
    }

    /// What the commands that change routes need.
    static final class Change {

        @Mixin
        private final Target target = new Target();

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "Name to record as author of the change. Default: the user of this machine.",
                showDefaultValue = Help.Visibility.NEVER)
        private String by = "";

        @Mixin
        private final JsonOutput json = new JsonOutput();

        Target target() {
            return target;
        }

        /// The author of the change.
        String by() {
            return by;
        }

        /// Whether the caller wants JSON.
        boolean isJson() {
            return json.isWanted();
        }

        /// Writes a list that builds on a report.
        private void write(RouteReport report, List<Route> routes, PrintWriter out)
                throws InterruptedException, UnreadableJson {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("revision", report.revision());
            body.put("routes", routes);
            body.put("by", by);
            print(target.aggregator.put(PATH + "/" + encoded(report.topic()), body), out);
        }

        private void print(byte[] answer, PrintWriter out) throws UnreadableJson {
            if (json.isWanted()) {
                JsonOutput.print(Json.tree(answer), out);
                return;
            }
            SettingChange change = Json.read(answer, SettingChange.class);
            String value = change.value();
            out.println("The routes of " + change.topic() + " are " + (value == null ? "the configured ones" : value)
                    + " from the next turn on, in " + change.partitions().size() + " partitions.");
        }
    }

    /// `lull route list`: the routes in force; exit code 1 if partitions differ, or a route leads nowhere.
    @Command(
            name = "list",
            description = "Shows the routes of input topics: in force, configured, and differences between partitions.",
            mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Mixin
        private final Target target = new Target();

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
                isWell &= !report.differs()
                        && report.unknownPartitions().isEmpty()
                        && report.withoutDestination().isEmpty();
            }
            return isWell ? 0 : 1;
        }

        private static void print(RouteReport report, PrintWriter out) {
            out.println(report.topic());
            for (RouteReport.InForce each : report.inForce()) {
                String where = report.inForce().size() == 1
                        ? ""
                        : " in partitions " + GapShowCommand.ranges(each.partitions());
                out.println("  "
                        + (each.configured() ? "configured routes" : "routes set while the aggregator runs")
                        + ", revision " + each.revision() + where + ":");
                print(each.routes(), out);
                if (!each.configured() && !report.configured().isEmpty()) {
                    out.println("  configured, not in force" + where + ":");
                    print(report.configured(), out);
                }
            }
            for (Route route : report.withoutDestination()) {
                out.println("  the route " + route.name() + " leads to " + route.destination()
                        + ", which is not configured: its turns go to Amazon Connect");
            }
            if (!report.unknownPartitions().isEmpty()) {
                out.println("  unknown for partitions " + GapShowCommand.ranges(report.unknownPartitions())
                        + ": their instance did not answer, or has an older version of Lull");
            }
        }

        private static void print(List<Route> routes, PrintWriter out) {
            routes.forEach(route -> out.println("    " + RouteText.of(route)));
            out.println("    all others: to=" + Route.CONNECT + " (Amazon Connect)");
        }
    }

    /// `lull route set`: adds a route, or replaces the one of this name.
    @Command(
            name = "set",
            description = {
                "Adds a route, or replaces the one of this name, from the next turn on and on every instance.",
                "The change survives restarts. The topic lull.setting.changed records who changed it."
            },
            mixinStandardHelpOptions = true)
    static final class Set implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "The name of the route.")
        private String name = "";

        @Option(
                names = "--to",
                paramLabel = "DESTINATION",
                required = true,
                description = "Destination of its turns: one of destinations, or connect (Amazon Connect).")
        private String destination = "";

        @Option(
                names = "--share",
                paramLabel = "PERCENT",
                defaultValue = "100",
                description = "Share of the conversations, with up to two decimals. Default: ${DEFAULT-VALUE}")
        private String share = "";

        @Option(names = "--app", paramLabel = "APP", description = "Only turns of this WhatsApp app.")
        private @Nullable String app;

        @Option(
                names = "--number",
                paramLabel = "ID",
                description = "Only turns of this business number (WhatsApp's phone number id).")
        private @Nullable String number;

        @Option(
                names = "--before",
                paramLabel = "OTHER",
                description = "The route before which it is tried. Default: its place does not change, or it is last if"
                        + " it is new.")
        private @Nullable String before;

        @Mixin
        private final Change change = new Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            Route route = route();
            if (name.equals(before)) {
                throw new ParameterException(spec.commandLine(), "--before names another route than NAME");
            }
            RouteReport report = change.target.report();
            change.write(
                    report,
                    changed(report, routes -> RouteLists.with(routes, route, before)),
                    spec.commandLine().getOut());
            return 0;
        }

        private Route route() {
            try {
                return new Route(name, app, number, ShareText.read(share), destination);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
    }

    /// `lull route share`: changes the share of a route.
    @Command(
            name = "share",
            description = {
                "Changes the share of a route, from the next turn on and on every instance. 0 sends none of its"
                        + " conversations there any more.",
                "A larger share adds conversations and removes none."
            },
            mixinStandardHelpOptions = true)
    static final class Share implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "The name of the route.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "PERCENT",
                description = "Share of the conversations, from 0 to 100 with up to two decimals.")
        private String share = "";

        @Mixin
        private final Change change = new Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            double percent;
            try {
                percent = ShareText.read(share);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            RouteReport report = change.target.report();
            change.write(
                    report,
                    changed(report, routes -> RouteLists.withShare(routes, name, percent)),
                    spec.commandLine().getOut());
            return 0;
        }
    }

    /// `lull route remove`: removes a route.
    @Command(
            name = "remove",
            description = "Removes a route, from the next turn on and on every instance.",
            mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {

        @Parameters(index = "0", paramLabel = "NAME", description = "The name of the route.")
        private String name = "";

        @Mixin
        private final Change change = new Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            RouteReport report = change.target.report();
            change.write(
                    report,
                    changed(report, routes -> RouteLists.without(routes, name)),
                    spec.commandLine().getOut());
            return 0;
        }
    }

    /// `lull route reset`: back to the configured routes.
    @Command(
            name = "reset",
            description = "Uses the configured routes again, from the next turn on and on every instance.",
            mixinStandardHelpOptions = true)
    static final class Reset implements Callable<Integer> {

        @Mixin
        private final Change change = new Change();

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException, UnreadableJson {
            RouteReport report = change.target.report();
            change.print(
                    change.target.aggregator.delete(PATH + "/" + encoded(report.topic()) + "?revision="
                            + report.revision() + "&by=" + encoded(change.by)),
                    spec.commandLine().getOut());
            return 0;
        }
    }

    /// Returns a changed list. It builds on that of the latest change, which some partitions may not have yet.
    private static List<Route> changed(RouteReport report, UnaryOperator<List<Route>> change) {
        List<Route> latest = report.latest()
                .orElseThrow(() -> new CannotStart("The routes of " + report.topic()
                        + " are unknown, because no instance serves its partitions yet: try again"))
                .routes();
        try {
            return change.apply(latest);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e.getMessage() + ". 'lull route list' shows them", e);
        }
    }

    /// Returns a text as a part of an address.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
