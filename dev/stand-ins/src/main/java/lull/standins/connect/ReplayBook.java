package lull.standins.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Memory of successful answers by their ClientToken for seven days, so that a repeated call gets the first
/// answer again and has no second effect. Errors are not remembered.
final class ReplayBook {
    private static final Duration WINDOW = Duration.ofDays(7);

    /// `caller` is the instance or the participant that the token belongs to.
    record Key(Operation operation, String caller, String clientToken) {}

    private record Answer(ObjectNode body, Instant at) {}

    private final InstantSource clock;
    private final Map<Key, Answer> answers = new ConcurrentHashMap<>();

    ReplayBook(InstantSource clock) {
        this.clock = clock;
    }

    /// The first answer to this key, or that of `perform`, which runs at most once at a time for a key.
    ObjectNode answer(Key key, Supplier<ObjectNode> perform) {
        Instant now = clock.instant();
        Answer answer = answers.compute(
                key,
                (_, known) -> known != null && now.isBefore(known.at().plus(WINDOW))
                        ? known
                        : new Answer(perform.get(), now));
        return answer.body();
    }
}
