package lull.cli.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import lull.console.sources.DeadLetterDoor;
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
public final class KafkaDeadLetters implements DeadLetterDoor {

    private static final int MAX_VALUE_CHARACTERS = 100_000;

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
    public Found find(Filter filter, int max) throws Unavailable, InterruptedException {
        return work(store -> {
            List<Letter> letters = new ArrayList<>();
            AtomicInteger count = new AtomicInteger();
            store.forEach(filter(filter), letter -> {
                if (count.incrementAndGet() <= max) {
                    letters.add(view(store, letter));
                }
            });
            return new Found(letters, count.get());
        });
    }

    @Override
    public String value(String id) throws Unavailable, InterruptedException {
        return work(store -> {
            List<String> values = new ArrayList<>();
            store.forEach(
                    ofIds(Set.of(id)), letter -> values.add(text(letter.record().value())));
            return values.isEmpty() ? "" : values.getFirst();
        });
    }

    @Override
    public Result replay(Set<String> ids, String by) throws Unavailable, InterruptedException {
        return change(ids, Action.REPLAYED, by, null);
    }

    @Override
    public Result discard(Set<String> ids, String by, String why) throws Unavailable, InterruptedException {
        return change(ids, Action.DISCARDED, by, why);
    }

    private Result change(Set<String> ids, Action action, String by, @Nullable String why)
            throws Unavailable, InterruptedException {
        return work(store -> {
            store.begin();
            List<String> left = new ArrayList<>();
            AtomicInteger done = new AtomicInteger();
            DeadLetterBatch batch = new DeadLetterBatch(letters -> {
                store.handle(letters, action, by, why);
                done.addAndGet(letters.size());
            });
            store.forEach(ofIds(ids), letter -> {
                Optional<String> problem = action == Action.REPLAYED ? store.problem(letter) : Optional.empty();
                DeadLetterHandled handled = letter.handled();
                if (handled != null) {
                    left.add(letter.id() + " was " + handling(handled).what() + " before");
                } else if (problem.isPresent()) {
                    left.add(letter.id() + " " + problem.get());
                } else {
                    batch.add(letter);
                }
            });
            batch.flush();
            return new Result(done.get(), left);
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
                filter.ids(), filter.topic(), filter.reason(), filter.conversation(), null, null, filter.withHandled());
    }

    private static DeadLetterFilter ofIds(Set<String> ids) {
        return new DeadLetterFilter(ids, null, null, null, null, null, true);
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
