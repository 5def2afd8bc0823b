package lull.cli.advice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import lull.aggregator.gap.Ending;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.TextShape;
import lull.aggregator.gap.Trait;
import lull.aggregator.gap.advice.Trace;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;

/// Conversations of the archive, without texts and ids. Immutable.
///
/// @param traces of the customers, who are sender 0; the business is sender 1
/// @param share which part of the conversations they are: above 0 and at most 1
/// @param period from the first message that was read until now
public record Timelines(List<Trace> traces, double share, Duration period) {

    /// How many messages are read at most, unless a caller says otherwise.
    public static final int MOST_MESSAGES = 200_000;

    private static final int CUSTOMER = 0;
    private static final int BUSINESS = 1;
    private static final MessageShape UNKNOWN = new MessageShape(0, Ending.UNKNOWN, 0);
    private static final int SHARE_DIGITS = 4;
    private static final double SHARES = 65_536;
    private static final int HEXADECIMAL = 16;

    /// A period is never shorter, so that a month can be calculated from it.
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /// How many conversations a page has at most.
    private static final String PAGE = "200";

    public Timelines {
        traces = List.copyOf(traces);
    }

    /// Conversations that are wanted.
    ///
    /// @param number only of this business number; empty: all
    /// @param to before this time
    /// @param maxMessages if there are more, only a part of the conversations is read
    public record Wanted(String number, Instant to, Duration period, int maxMessages) {}

    /// Access to the pages of the archive.
    @FunctionalInterface
    public interface Pages<X extends Exception> {
        /// Returns the page with some parameters, of which empty ones are left out.
        JsonNode page(Map<String, String> parameters) throws X, InterruptedException, UnreadableJson;
    }

    /// Reads conversations. If they have too many messages, half of the conversations are dropped, by
    /// their digests, as often as needed: which ones are left does not depend on what was written in
    /// them.
    ///
    /// @param progress gets the number of messages that were read
    public static <X extends Exception> Timelines read(Pages<X> pages, Wanted wanted, LongConsumer progress)
            throws X, InterruptedException, UnreadableJson {
        Map<String, String> parameters = new HashMap<>(Map.of(
                "number",
                wanted.number(),
                "from",
                wanted.to().minus(wanted.period()).toString(),
                "to",
                wanted.to().toString(),
                "limit",
                PAGE));
        List<Trace> traces = new ArrayList<>();
        double share = 1;
        long messages = 0;
        long read = 0;
        Instant first = wanted.to();
        String next;
        do {
            parameters.put("share", Double.toString(share));
            JsonNode page = pages.page(parameters);
            for (JsonNode item : page.path("items")) {
                Trace trace = trace(item);
                Instant begin = begin(item);
                first = begin.isBefore(first) ? begin : first;
                read += trace.lines().size();
                if (trace.lines().stream().anyMatch(trace::isOfCustomer)) {
                    messages += trace.lines().size();
                    traces.add(trace);
                }
            }
            while (messages > wanted.maxMessages() && share * SHARES > 1) {
                share /= 2;
                double left = share;
                traces.removeIf(trace -> place(trace.id()) >= left * SHARES);
                messages =
                        traces.stream().mapToLong(trace -> trace.lines().size()).sum();
            }
            progress.accept(read);
            next = page.path("next").asText("");
            parameters.put("after", next);
        } while (!next.isEmpty());
        Duration since = Duration.between(first, wanted.to());
        return new Timelines(traces, share, since.compareTo(SHORTEST) < 0 ? SHORTEST : since);
    }

    private static Instant begin(JsonNode item) {
        return Timestamps.ofIso(item.path("messages").path(0).path("at").asText())
                .orElse(Instant.MAX);
    }

    private static int place(String digest) {
        return Integer.parseInt(digest.substring(0, SHARE_DIGITS), HEXADECIMAL);
    }

    private static Trace trace(JsonNode item) throws UnreadableJson {
        String digest = item.path("conversation").asText();
        if (!digest.matches("[0-9a-f]{4,64}")) {
            throw new UnreadableJson("The answer is none of an archive of this version: check the address");
        }
        List<Trace.Line> lines = new ArrayList<>();
        long first = 0;
        boolean isEnded = false;
        for (JsonNode message : item.path("messages")) {
            long at = Timestamps.ofIso(message.path("at").asText())
                    .orElseThrow(() -> new UnreadableJson("A message of the archive has no time"))
                    .toEpochMilli();
            first = lines.isEmpty() ? at : first;
            if (message.path("direction").asText().equals("in")) {
                ContentKind kind = ContentKind.of(message.path("kind").asText());
                lines.add(new Trace.Line(
                        at - first, CUSTOMER, shape(kind, message.path("text")), isEnded, kind.endsTurn()));
                isEnded = kind.endsTurn();
            } else {
                lines.add(new Trace.Line(at - first, BUSINESS, UNKNOWN, isEnded));
                isEnded = false;
            }
        }
        return Trace.of(digest, item.path("businessNumber").asText(), CUSTOMER, lines);
    }

    /// Returns the shape as the aggregator sees it.
    private static MessageShape shape(ContentKind kind, JsonNode text) {
        if (kind == ContentKind.TEXT) {
            return TextShape.of(text.asText(""));
        }
        return kind.isMedia() && text.isTextual() ? TextShape.of(text.asText()).with(Trait.MEDIA) : MessageShape.MEDIA;
    }
}
