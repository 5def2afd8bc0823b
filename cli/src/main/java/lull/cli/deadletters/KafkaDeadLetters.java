package lull.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lull.console.sources.DeadLetterPort;
import lull.contract.DeadLetterHandled;
import lull.contract.DeadLetterHandled.Action;
import lull.contract.VisibleLine;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.runtime.CannotStart;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Dead letters of an installation as the console uses them. Each call opens the topics anew, so calls on several
/// threads do not disturb one another.
public final class KafkaDeadLetters implements DeadLetterPort {

    private static final int MAX_VALUE_CHARACTERS = 100_000;

    /// How many of those with which nothing was done an answer names.
    private static final int MAX_LEFT = 20;

    private final Supplier<DeadLetterStore> opening;

    /// @param opening opens the dead letters
    public KafkaDeadLetters(Supplier<DeadLetterStore> opening) {
        this.opening = opening;
    }

    /// Work with the dead letters.
    @FunctionalInterface
    private interface Work<T> {
        T with(DeadLetterStore store);
    }

    @Override
    public Found find(Filter filter, String after, int max) throws Unavailable, InterruptedException {
        Optional<LetterPosition> begin = LetterPosition.parse(after);
        return work(store -> {
            // No more than a page is in memory, because values may be large.
            PriorityQueue<DeadLetter> page =
                    new PriorityQueue<>(Comparator.comparing(LetterPosition::of).reversed());
            AtomicInteger count = new AtomicInteger();
            AtomicBoolean isMore = new AtomicBoolean();
            store.forEach(filter(filter), letter -> {
                count.incrementAndGet();
                if (begin.isEmpty() || LetterPosition.of(letter).compareTo(begin.get()) > 0) {
                    page.add(letter);
                    if (page.size() > max) {
                        page.poll();
                        isMore.set(true);
                    }
                }
            });
            List<DeadLetter> letters = page.stream()
                    .sorted(Comparator.comparing(LetterPosition::of))
                    .toList();
            return new Found(
                    letters.stream().map(letter -> view(store, letter)).toList(),
                    count.get(),
                    isMore.get() && !letters.isEmpty()
                            ? LetterPosition.of(letters.getLast()).text()
                            : "");
        });
    }

    @Override
    public Trial dryRun(Filter filter) throws Unavailable, InterruptedException {
        return work(store -> {
            AtomicInteger replayable = new AtomicInteger();
            Map<String, Integer> problems = new HashMap<>();
            store.forEach(
                    filter(filter),
                    letter -> store.problem(letter)
                            .ifPresentOrElse(
                                    problem -> problems.merge(problem, 1, Integer::sum), replayable::incrementAndGet));
            return new Trial(replayable.get(), problems);
        });
    }

    @Override
    public String value(String id) throws Unavailable, InterruptedException {
        return work(store -> {
            List<String> values = new ArrayList<>();
            store.forEach(
                    filter(Filter.ofIds(Set.of(id))),
                    letter -> values.add(text(letter.record().value())));
            return values.isEmpty() ? "" : values.getFirst();
        });
    }

    @Override
    public Result replay(Filter filter, String by) throws Unavailable, InterruptedException {
        return change(filter, Action.REPLAYED, by, null);
    }

    @Override
    public Result discard(Filter filter, String by, String why) throws Unavailable, InterruptedException {
        return change(filter, Action.DISCARDED, by, why);
    }

    private Result change(Filter filter, Action action, String by, @Nullable String why)
            throws Unavailable, InterruptedException {
        return work(store -> {
            store.begin();
            List<String> left = new ArrayList<>();
            AtomicInteger leftCount = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            DeadLetterBatch batch = new DeadLetterBatch(letters -> {
                store.handle(letters, action, by, why);
                done.addAndGet(letters.size());
            });
            store.forEach(filter(filter), letter -> {
                Optional<String> problem = action == Action.REPLAYED ? store.problem(letter) : Optional.empty();
                DeadLetterHandled handled = letter.handled();
                if (handled == null && problem.isEmpty()) {
                    batch.add(letter);
                } else if (leftCount.incrementAndGet() <= MAX_LEFT) {
                    left.add(letter.id() + " "
                            + (handled == null
                                    ? problem.orElseThrow()
                                    : "was " + handling(handled).what() + " before"));
                }
            });
            batch.flush();
            return new Result(done.get(), left, leftCount.get());
        });
    }

    private <T> T work(Work<T> work) throws Unavailable, InterruptedException {
        try (DeadLetterStore store = opening.get()) {
            return work.with(store);
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (CannotStart e) {
            throw new Unavailable(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            throw new Unavailable(
                    "Kafka did not answer, or refused it (" + e.getClass().getSimpleName()
                            + "): check the brokers, and the rights that docs/acls.md lists for `lull dlq`",
                    e);
        }
    }

    private static DeadLetterFilter filter(Filter filter) {
        return new DeadLetterFilter(
                filter.ids(),
                filter.topic(),
                filter.reason(),
                filter.conversation(),
                filter.since(),
                filter.until(),
                filter.withHandled());
    }

    private static Letter view(DeadLetterStore store, DeadLetter letter) {
        DeadLetterHandled handled = letter.handled();
        return new Letter(
                letter.id(),
                letter.topic(),
                letter.at(),
                letter.reason(),
                letter.message(),
                VisibleLine.of(letter.key()),
                letter.maskedKey(),
                letter.bytes(),
                handled == null ? null : handling(handled),
                store.problem(letter).orElse(null));
    }

    private static Handling handling(DeadLetterHandled handled) {
        String why = handled.why();
        String word = switch (handled.action()) {
            case REPLAYED -> "sent again";
            case DISCARDED -> "discarded";
        };
        return new Handling(
                word + " by " + VisibleLine.of(handled.by()), handled.at(), why == null ? "" : VisibleLine.of(why));
    }

    /// JSON with a member in each line; else text.
    private static String text(byte @Nullable [] value) {
        if (value == null) {
            return "The record has no value";
        }
        String text;
        try {
            JsonNode tree = Json.tree(value);
            text = tree.toPrettyString();
        } catch (UnreadableJson e) {
            text = new String(value, StandardCharsets.UTF_8);
        }
        return text.substring(0, Math.min(MAX_VALUE_CHARACTERS, text.length()));
    }
}
