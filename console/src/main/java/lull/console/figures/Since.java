package lull.console.figures;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Since when something has been so, as far as this console has seen. For one thread.
final class Since {

    private static final int MAX = 2_000;

    private Map<String, Instant> begun = Map.of();

    /// Returns the beginnings of what is so now.
    ///
    /// @param now keys of what is so; those beyond 2,000 are ignored
    Map<String, Instant> at(Instant time, Set<String> now) {
        Map<String, Instant> still = new LinkedHashMap<>();
        for (String key : now) {
            if (still.size() < MAX) {
                still.put(key, begun.getOrDefault(key, time));
            }
        }
        begun = Map.copyOf(still);
        return begun;
    }
}
