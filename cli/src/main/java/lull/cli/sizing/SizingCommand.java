package lull.cli.sizing;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.cli.json.JsonOutput;
import lull.cli.sizing.Sizing.Brokers;
import lull.cli.sizing.Sizing.Quotas;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lull sizing`: what a traffic needs, and which limit it reaches first.
@Command(
        name = "sizing",
        description = "Prints the processes, partitions, brokers and quotas that a traffic needs, and which limit it"
                + " reaches first.",
        mixinStandardHelpOptions = true)
public final class SizingCommand implements Callable<Integer> {

    @Mixin
    private TurnOptions turns = new TurnOptions();

    @Option(
            names = "--rate",
            required = true,
            paramLabel = "N",
            description = "Messages of customers per second at the peak.")
    private double rate;

    @Option(
            names = "--turns-per-chat",
            defaultValue = "5",
            paramLabel = "N",
            description = "Turns in a chat. Default: ${DEFAULT-VALUE}")
    private double turnsPerChat;

    @Option(
            names = "--chat-minutes",
            defaultValue = "30",
            paramLabel = "N",
            description = "Minutes from the start of a chat to its end. Default: ${DEFAULT-VALUE}")
    private double chatMinutes;

    @Option(
            names = "--to-applications",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "Share of the turns that routes give to your own applications. Default: ${DEFAULT-VALUE}, and"
                    + " then no process for them is printed.")
    private double toApplications;

    @Option(
            names = "--days-kept",
            defaultValue = "7",
            paramLabel = "N",
            description = "Days for which Kafka keeps records. Default: ${DEFAULT-VALUE}")
    private double daysKept;

    @Option(
            names = "--archive-days",
            defaultValue = "0",
            paramLabel = "N",
            description = "Days for which the archive keeps rows. Default: ${DEFAULT-VALUE}, and then no archive is"
                    + " printed.")
    private double archiveDays;

    @Option(
            names = "--quota-open-chats",
            defaultValue = "500",
            paramLabel = "N",
            description = "Chats that your Amazon Connect allows at a time. Default: ${DEFAULT-VALUE}")
    private double openChats;

    @Option(
            names = "--quota-send-message",
            defaultValue = "10",
            paramLabel = "N",
            description = "Calls of SendMessage per second that it allows. Default: ${DEFAULT-VALUE}")
    private double sendMessage;

    @Option(
            names = "--quota-start-chat",
            defaultValue = "5",
            paramLabel = "N",
            description = "Calls of StartChatContact per second that it allows. Default: ${DEFAULT-VALUE}")
    private double startChat;

    @Option(
            names = "--quota-whatsapp-number",
            defaultValue = "80",
            paramLabel = "N",
            description = "Messages per second that WhatsApp accepts from a business number. Default: ${DEFAULT-VALUE}")
    private double ofANumber;

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Sizing sizing = new Sizing(new Demand(
                within("--rate", rate, 0.001, 10_000_000),
                turns.perTurn(),
                turns.answers(),
                within("--turns-per-chat", turnsPerChat, 1, 100_000),
                within("--chat-minutes", chatMinutes, 1, 10_080),
                turns.meanToPeak()));
        double share = within("--to-applications", toApplications, 0, 100) / 100;
        double days = within("--days-kept", daysKept, 0.01, 3_650);
        double archived = within("--archive-days", archiveDays, 0, 36_500);
        Quotas quotas = new Quotas(
                within("--quota-open-chats", openChats, 1, 1e9),
                within("--quota-send-message", sendMessage, 0.1, 1e6),
                within("--quota-start-chat", startChat, 0.1, 1e6),
                within("--quota-whatsapp-number", ofANumber, 0.1, 1e6));
        PrintWriter out = spec.commandLine().getOut();
        if (json.isWanted()) {
            JsonOutput.print(json(sizing, share, days, archived, quotas), out);
            return 0;
        }
        printDemand(sizing.demand(), out);
        printProcesses(sizing, share, archived > 0, out);
        printKafka(sizing, days, out);
        if (archived > 0) {
            printArchive(sizing, archived, out);
        }
        printLimits(sizing, quotas, out);
        out.flush();
        return 0;
    }

    /// Returns all figures for programs.
    ///
    /// @param share of the turns that go to applications, from 0 to 1
    /// @param days for which Kafka keeps records
    /// @param archived days for which the archive keeps rows; 0: there is none
    static Map<String, @Nullable Object> json(
            Sizing sizing, double share, double days, double archived, Quotas quotas) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("atThePeak", demand(sizing.demand()));
        json.put(
                "processes",
                sizes(sizing, share, archived > 0).stream()
                        .map(SizingCommand::process)
                        .toList());
        json.put("kafka", kafka(sizing, days));
        json.put("archive", archived > 0 ? archive(sizing, archived) : null);
        json.put(
                "limits",
                sizing.limits(quotas).stream().map(SizingCommand::limit).toList());
        return json;
    }

    private static Map<String, Object> demand(Demand demand) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("messagesPerSecond", demand.rate());
        json.put("turnsPerSecond", demand.turns());
        json.put("answersPerSecond", demand.answers());
        json.put("newChatsPerSecond", demand.newChats());
        json.put("openChats", demand.openChats());
        return json;
    }

    private static Map<String, Object> process(ProcessSize size) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("service", size.service());
        json.put("number", size.number());
        json.put("vcpus", size.vcpus());
        json.put("heapMebibytes", size.heapMebibytes());
        json.put("memoryMebibytes", size.memoryMebibytes());
        json.put("diskGigabytes", size.diskGigabytes() == 0 ? 0 : disk(size));
        return json;
    }

    private static Map<String, Object> kafka(Sizing sizing, double days) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("partitionsOfEachTopic", sizing.partitions());
        json.put("streamThreadsOfEachAggregator", sizing.threadsOfAnAggregator());
        json.put("megabytesWrittenPerSecond", sizing.megabytesWritten());
        json.put("daysKept", days);
        json.put("gigabytesKept", sizing.gigabytesKept(days));
        Map<String, Object> brokers = new LinkedHashMap<>();
        brokers.put("express.m7g.large", sizing.brokers(Brokers.EXPRESS));
        brokers.put("kafka.m7g.large", sizing.brokers(Brokers.STANDARD));
        json.put("brokers", brokers);
        return json;
    }

    private static Map<String, Object> archive(Sizing sizing, double days) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recordsPerSecond", sizing.archivedRecords());
        json.put("daysKept", days);
        json.put("gigabytesKept", sizing.gigabytesArchived(days));
        return json;
    }

    /// A limit that is never reached has no `reachedAtMessagesPerSecond`.
    private static Map<String, @Nullable Object> limit(Limit limit) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("limit", limit.what());
        json.put("needed", limit.needed());
        json.put("allowed", limit.allowed());
        json.put("reachedAtMessagesPerSecond", Double.isInfinite(limit.rate()) ? null : limit.rate());
        json.put("isExceeded", limit.isExceeded());
        json.put("remedy", limit.remedy());
        return json;
    }

    private static List<ProcessSize> sizes(Sizing sizing, double share, boolean hasArchive) {
        List<ProcessSize> sizes = new ArrayList<>(sizing.processes());
        if (share > 0) {
            sizes.add(sizing.applications(share));
        }
        if (hasArchive) {
            sizes.add(sizing.archives());
        }
        return sizes;
    }

    private static double disk(ProcessSize size) {
        return Math.max(1, size.diskGigabytes());
    }

    private static void printDemand(Demand demand, PrintWriter out) {
        out.println(String.format(
                        Locale.ROOT,
                        "At the peak, a second: %s messages in %s turns, %s answers, %s new chats; %s chats are open.",
                        number(demand.rate()),
                        number(demand.turns()),
                        number(demand.answers()),
                        number(demand.newChats()),
                        number(demand.openChats()))
                .stripTrailing());
        out.println();
    }

    private static void printProcesses(Sizing sizing, double share, boolean hasArchive, PrintWriter out) {
        out.println(String.format(
                        Locale.ROOT,
                        "%-12s %7s %6s %10s %12s %9s",
                        "process",
                        "number",
                        "vCPU",
                        "-Xmx, MiB",
                        "memory, MiB",
                        "disk, GB")
                .stripTrailing());
        for (ProcessSize size : sizes(sizing, share, hasArchive)) {
            out.println(String.format(
                            Locale.ROOT,
                            "%-12s %7d %6s %,10d %,12d %9s",
                            size.service(),
                            size.number(),
                            number(size.vcpus()),
                            size.heapMebibytes(),
                            size.memoryMebibytes(),
                            size.diskGigabytes() == 0 ? "" : number(disk(size)))
                    .stripTrailing());
        }
        out.println();
    }

    private static void printKafka(Sizing sizing, double days, PrintWriter out) {
        fact(out, "partitions of each topic", number(sizing.partitions()));
        fact(out, "streams.threads of each aggregator", number(sizing.threadsOfAnAggregator()));
        fact(out, "written to Kafka, without replicas", number(sizing.megabytesWritten()) + " MB/s");
        fact(out, "kept for " + number(days) + " days, without replicas", number(sizing.gigabytesKept(days)) + " GB");
        fact(
                out,
                "brokers of Amazon MSK",
                number(sizing.brokers(Brokers.EXPRESS)) + " x express.m7g.large, or "
                        + number(sizing.brokers(Brokers.STANDARD)) + " x kafka.m7g.large");
        out.println();
    }

    private static void printArchive(Sizing sizing, double days, PrintWriter out) {
        fact(out, "records that archives read", number(sizing.archivedRecords()) + " a second");
        fact(
                out,
                "archived for " + number(days) + " days, in PostgreSQL",
                number(sizing.gigabytesArchived(days)) + " GB");
        out.println();
    }

    private static void fact(PrintWriter out, String name, String value) {
        out.println(String.format(Locale.ROOT, "%-40s %s", name, value));
    }

    private static void printLimits(Sizing sizing, Quotas quotas, PrintWriter out) {
        out.println(String.format(
                        Locale.ROOT,
                        "%-42s %10s %10s   %s",
                        "limit, the first one first",
                        "needed",
                        "allowed",
                        "reached at messages/s")
                .stripTrailing());
        for (Limit limit : sizing.limits(quotas)) {
            out.println(String.format(
                            Locale.ROOT,
                            "%-42s %10s %10s   %s",
                            limit.what(),
                            number(limit.needed()),
                            number(limit.allowed()),
                            Double.isInfinite(limit.rate()) ? "never" : number(limit.rate()))
                    .stripTrailing());
        }
        for (Limit limit : sizing.limits(quotas)) {
            if (limit.isExceeded()) {
                out.println(String.format(Locale.ROOT, "Exceeded: %s. To do: %s.", limit.what(), limit.remedy())
                        .stripTrailing());
            }
        }
    }

    /// A number as people write it: two significant digits below ten, whole above a hundred.
    private static String number(double value) {
        if (value == Math.rint(value) || value >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value >= 1 ? "%.1f" : "%.2f", value);
    }

    private double within(String option, double value, double min, double max) {
        return OptionRange.require(spec, option, value, min, max);
    }
}
