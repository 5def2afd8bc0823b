package lull.console.sources;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import lull.runtime.BoundedMap;
import org.jspecify.annotations.Nullable;

/// Answers of the archive about single days (UTC). A day that cannot change anymore is asked for once. Safe for several
/// threads.
final class ArchiveDays {

    /// How long after its end a day may still change, because the archive is behind.
    private static final Duration SETTLED = Duration.ofHours(2);

    private final SourceClient archive;
    private final String path;
    private final InstantSource clock;

    /// Days that are over. Guarded by this.
    private final Map<LocalDate, JsonNode> settled;

    /// @param path with the parameters `from` and `to`
    /// @param most the maximum number of days that are remembered
    ArchiveDays(SourceClient archive, String path, int most, InstantSource clock) {
        this.archive = archive;
        this.path = path;
        this.settled = new BoundedMap<>(most);
        this.clock = clock;
    }

    /// Returns the present day.
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Whether a day is remembered, so that it is not asked for.
    synchronized boolean isSettled(LocalDate day) {
        return settled.containsKey(day);
    }

    /// Returns the answer about a day.
    Answer of(LocalDate day) throws InterruptedException {
        JsonNode known = settled(day);
        if (known != null) {
            return new Answer.Known(known);
        }
        Instant end = begin(day.plusDays(1));
        Answer answer = archive.get(path, Map.of("from", begin(day).toString(), "to", end.toString()));
        if (answer instanceof Answer.Known(JsonNode body) && end.plus(SETTLED).isBefore(clock.instant())) {
            keep(day, body);
        }
        return answer;
    }

    private synchronized @Nullable JsonNode settled(LocalDate day) {
        return settled.get(day);
    }

    private synchronized void keep(LocalDate day, JsonNode body) {
        settled.put(day, body);
    }

    static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
