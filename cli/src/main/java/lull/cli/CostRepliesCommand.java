package lull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import lull.bridge.outbound.joins.JoinPolicy;
import lull.cli.cost.PriceOptions;
import lull.cli.cost.Prices;
import lull.cli.cost.ReplyGaps;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `lull cost replies`: what `reply.gap` would save on WhatsApp, and how long customers would wait for it, from the
/// chats of the archive.
@Command(
        name = "replies",
        description = {
            "Calculates from the chats of the archive how many messages to WhatsApp each value of reply.gap would save,"
                    + " and how long customers would wait for it.",
            "docs/cost.md describes what is joined. The archive keeps no typing events, so the bridge joins a little more."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CostRepliesCommand implements Callable<Integer> {

    private static final double PERCENT = 100;
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Duration LATE = Duration.ofMillis(400);
    private static final int WHATSAPP_CHARACTERS = 4_096;

    @Option(
            names = "--gap",
            paramLabel = "GAP",
            split = ",",
            defaultValue = "1s,2s,3s,4s,5s,8s,10s",
            description = "Gaps to calculate, such as 4s, separated by commas. Default: ${DEFAULT-VALUE}")
    private List<String> gaps = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "How far back, such as 7d. Default: ${DEFAULT-VALUE}")
    private String since = "";

    @Option(
            names = "--number",
            paramLabel = "ID",
            description = "Only conversations of this business number (WhatsApp's phone number id).")
    private @Nullable String number;

    @Option(
            names = "--max-duration",
            paramLabel = "TIME",
            defaultValue = "20s",
            description = "The value of reply.max.duration. Default: ${DEFAULT-VALUE}")
    private String maxDuration = "";

    @Option(
            names = "--max-texts",
            paramLabel = "N",
            defaultValue = "20",
            description = "The value of reply.max.texts. Default: ${DEFAULT-VALUE}")
    private int maxTexts;

    @Option(
            names = "--market",
            defaultValue = "DE",
            paramLabel = "COUNTRY",
            description = "Country of the customers, for the price of a message. Default: ${DEFAULT-VALUE}")
    private String market = "";

    @Mixin
    private final PriceOptions chosen = new PriceOptions();

    @Mixin
    private final ArchiveClient archive = new ArchiveClient();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, UnreadableJson {
        Prices prices = chosen.prices(spec);
        if (!prices.serviceMarkets().contains(market)) {
            throw wrong("--market '" + market + "' is not in the list of prices. It has "
                    + String.join(", ", prices.serviceMarkets()));
        }
        double price = prices.serviceMessage(market);
        ReplyGaps read = read(policies(), Instant.now());
        PrintWriter out = spec.commandLine().getOut();
        Duration period = period(read);
        if (archive.isJson()) {
            out.println(Json.text(json(read, period, price, prices.currency())));
        } else {
            print(read, period, price, prices.currency(), out);
        }
        out.flush();
        return 0;
    }

    private ReplyGaps read(List<JoinPolicy> policies, Instant now) throws InterruptedException, UnreadableJson {
        ReplyGaps read = new ReplyGaps(policies);
        Map<String, String> parameters = ReplyGaps.parameters(
                ArchiveClient.parameter(number), now.minus(duration("--since", since, SHORTEST, LONGEST)), now);
        String next;
        do {
            JsonNode page = archive.get("/timelines", parameters);
            for (JsonNode timeline : page.path("items")) {
                read.add(timeline);
            }
            next = page.path("next").asText("");
            parameters.put("after", next);
        } while (!next.isEmpty());
        return read;
    }

    private List<JoinPolicy> policies() {
        if (maxTexts < 2 || maxTexts > 100) {
            throw wrong("--max-texts must be from 2 to 100, not " + maxTexts);
        }
        Duration most = duration("--max-duration", maxDuration, Duration.ofSeconds(1), Duration.ofMinutes(5));
        List<JoinPolicy> policies = new ArrayList<>();
        for (String gap : gaps) {
            Duration of = duration("--gap", gap, Duration.ofMillis(1), Duration.ofMinutes(1));
            policies.add(new JoinPolicy(of, Duration.ZERO, most, maxTexts, WHATSAPP_CHARACTERS, LATE));
        }
        return policies;
    }

    /// Returns the time from the first message that was read until now, at least a day.
    private static Duration period(ReplyGaps read) {
        Duration period = read.first().equals(Instant.MAX) ? SHORTEST : Duration.between(read.first(), Instant.now());
        return period.compareTo(SHORTEST) < 0 ? SHORTEST : period;
    }

    private static double inMonth(long count, Duration period) {
        return count * ((double) MONTH.toMillis() / period.toMillis());
    }

    private static Map<String, Object> json(ReplyGaps read, Duration period, double price, String currency) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("chats", read.chats());
        json.put("texts", read.texts());
        json.put("messages", read.messages());
        json.put("days", period.toMillis() / (double) Duration.ofDays(1).toMillis());
        json.put("currency", currency);
        json.put("price", price);
        json.put(
                "gaps",
                read.results().stream()
                        .map(result -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("gapSeconds", seconds(result.gap()));
                            row.put("messages", result.messages());
                            row.put("saved", result.saved());
                            row.put("savedInMonth", inMonth(result.saved(), period));
                            row.put("amountInMonth", inMonth(result.saved(), period) * price);
                            row.put("meanWaitSeconds", seconds(result.meanWait()));
                            row.put("mostWaitSeconds", seconds(result.mostWait()));
                            return row;
                        })
                        .toList());
        return json;
    }

    private void print(ReplyGaps read, Duration period, double price, String currency, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "%,d messages to customers in %,d chats of %.1f days, of which %,d are texts. Price: %.5f %s (%s).",
                read.messages(),
                read.chats(),
                period.toMillis() / (double) Duration.ofDays(1).toMillis(),
                read.texts(),
                price,
                currency,
                market));
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%-9s %12s %9s %16s %14s %11s %11s",
                "reply.gap",
                "messages",
                "saved",
                "saved a month",
                currency + " a month",
                "mean wait",
                "95 % wait"));
        for (ReplyGaps.Result result : read.results()) {
            double month = inMonth(result.saved(), period);
            out.println(String.format(
                    Locale.ROOT,
                    "%-9s %,12d %7.1f %% %,16.0f %,14.2f %9.1f s %9.1f s",
                    Durations.text(result.gap()),
                    result.messages(),
                    read.messages() == 0 ? 0 : PERCENT * result.saved() / read.messages(),
                    month,
                    month * price,
                    seconds(result.meanWait()),
                    seconds(result.mostWait())));
        }
        out.println();
        out.println("The wait is that of the first text of a message; the first words of a chat never wait.");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private Duration duration(String option, String text, Duration least, Duration most) {
        try {
            Duration duration = Durations.parse(text.strip());
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " '" + text + "' is not a time such as 4s or 7d", e);
        }
        throw wrong(
                option + " must be from " + Durations.text(least) + " to " + Durations.text(most) + ", not " + text);
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
