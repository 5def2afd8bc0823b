package lull.cli.advice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.advice.Estimate;
import lull.aggregator.gap.advice.GapAdvice;
import lull.aggregator.gap.advice.GapAdvice.Candidate;
import lull.cli.cost.ChatPrice;
import lull.console.sources.AdviceCalculator;
import lull.console.sources.ArchiveApi;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapRule;
import lull.runtime.settings.Durations;
import org.jspecify.annotations.Nullable;

/// Adviser for gaps: what each fixed gap from 1 s to 60 s, and the adaptive gap, would do with the
/// conversations of the archive. Safe for several threads.
public final class GapAdviser implements AdviceCalculator {

    private static final int LONGEST_SECONDS = 60;
    private static final List<Duration> LIKES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));

    /// The hours of a month, as in the estimate of costs.
    private static final Duration MONTH = Duration.ofHours(730);

    private static final double MILLIS = 1_000;

    private final Options options;
    private final InstantSource clock;

    /// How it is calculated.
    ///
    /// @param period of the conversations, until now
    /// @param maxMessages if there are more, only a part of the conversations is read
    /// @param maxDuration how long a turn may last
    /// @param price of a chat message
    public record Options(Duration period, int maxMessages, Duration maxDuration, ChatPrice price, GapModel model) {}

    public GapAdviser(Options options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    @Override
    public Price price() {
        ChatPrice price = options.price();
        return new Price(price.price(), price.currency(), price.known());
    }

    @Override
    public Advice advise(Question question, ArchiveApi archive, Consumer<String> progress)
            throws Unavailable, InterruptedException {
        Instant now = clock.instant();
        try {
            Timelines read = Timelines.read(
                    parameters -> archive.get("/timelines", parameters),
                    new Timelines.Wanted(question.number(), now, options.period(), options.maxMessages()),
                    messages -> progress.accept(
                            String.format(Locale.ROOT, "%,d messages of the archive were read", messages)));
            progress.accept("The gaps are being compared");
            return advice(now, read, today(question));
        } catch (UnreadableJson e) {
            throw new Unavailable("The archive's answer is not what is expected (" + e.getMessage()
                    + "): check its address, and that it has this version");
        }
    }

    private static @Nullable Candidate today(Question question) throws UnreadableJson {
        Duration gap = question.gap();
        JsonNode json = question.rule();
        if (gap == null) {
            return null;
        }
        Candidate candidate = new Candidate(gap, json == null ? GapRule.FIXED : Json.convert(json, GapRule.class));
        return candidate.isAdaptive() ? candidate : Candidate.fixed(gap);
    }

    private Advice advice(Instant now, Timelines read, @Nullable Candidate today) throws InterruptedException {
        GapAdvice advice = GapAdvice.of(read.traces(), candidates(today), options.maxDuration(), options.model());
        double factor = (double) MONTH.toMillis() / read.period().toMillis() / read.share();
        return new Advice(
                now,
                read.period(),
                read.share(),
                advice.conversations(),
                advice.messages(),
                advice.turns(),
                advice.messages() * factor,
                GapAdvice.FEWEST_TURNS,
                options.price().price(),
                options.price().currency(),
                options.price().known(),
                advice.points().stream()
                        .map(point -> row(point, factor, point.candidate().equals(today)))
                        .toList());
    }

    private List<Candidate> candidates(@Nullable Candidate today) {
        List<Duration> gaps = new ArrayList<>();
        for (int seconds = 1; seconds <= LONGEST_SECONDS; seconds++) {
            gaps.add(Duration.ofSeconds(seconds));
        }
        if (today != null && !today.isAdaptive() && !gaps.contains(today.gap())) {
            gaps.add(today.gap());
        }
        List<Candidate> candidates =
                new ArrayList<>(gaps.stream().sorted().map(Candidate::fixed).toList());
        Duration shortest = options.model().likes().getFirst().gap();
        Duration longest = options.model().likes().getLast().gap();
        for (Duration like : LIKES) {
            if (like.compareTo(shortest) >= 0 && like.compareTo(longest) <= 0) {
                candidates.add(Candidate.like(like));
            }
        }
        if (today != null && !candidates.contains(today)) {
            candidates.add(Objects.requireNonNull(today));
        }
        return candidates;
    }

    private Row row(GapAdvice.Point point, double factor, boolean isToday) {
        Candidate candidate = point.candidate();
        Estimate connect = point.connect().times(factor);
        Estimate cost = connect.times(options.price().price());
        return new Row(
                candidate.rule().policy().word(),
                Durations.text(candidate.gap()),
                candidate.gap().toMillis() / MILLIS,
                isToday,
                connect.value(),
                connect.error(),
                cost.value(),
                cost.error(),
                point.cut().value(),
                point.cut().error(),
                point.delay().value(),
                point.delay().error());
    }
}
