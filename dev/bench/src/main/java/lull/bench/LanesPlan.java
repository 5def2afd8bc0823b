package lull.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plan of how lanes are measured.
///
/// @param forms that are compared; the first is that of Lull
/// @param millis how long handling a record takes, in milliseconds, each of which is measured
/// @param rounds that count, after one that does not
/// @param messages of a backlog, unless handling them takes so long that fewer do
/// @param keys among which they are divided at random
/// @param killed messages of the backlog in the middle of which each form is killed; 0 where none is
/// @param jfr where the recording of Lull's lanes goes; none is made where it is absent
record LanesPlan(
        List<LaneMaker> forms,
        List<Integer> millis,
        int rounds,
        int messages,
        int keys,
        int killed,
        @Nullable Path jfr) {

    static final int PARTITIONS = 8;

    /// Records that are handled at the same time: the default of `lane.slots`.
    static final int SLOTS = 256;

    /// The default of `lane.session.timeout`.
    static final Duration SESSION = Duration.ofSeconds(30);

    /// What a member is missed after where it is killed: the least that Kafka accepts.
    static final Duration SHORT_SESSION = Duration.ofSeconds(6);

    /// How long handling takes where a process is killed.
    static final Duration HANDLING_BEFORE_KILL = Duration.ofMillis(10);

    /// What a round with slow handlers is to take.
    private static final int MOST_SECONDS = 6;

    private static final int LEAST_MESSAGES = 1_000;
    private static final int MOST_MESSAGES = 10_000_000;

    LanesPlan {
        forms = List.copyOf(forms);
        millis = List.copyOf(millis);
        require(
                !millis.isEmpty() && millis.stream().allMatch(each -> each >= 0 && each <= 1_000),
                "--millis must be from 0 to 1000");
        require(rounds >= 1 && rounds <= 1_000, "--rounds must be from 1 to 1000");
        require(
                messages >= LEAST_MESSAGES && messages <= MOST_MESSAGES,
                "--messages must be from " + LEAST_MESSAGES + " to " + MOST_MESSAGES);
        require(keys >= SLOTS && keys <= 1_000_000, "--keys must be from " + SLOTS + " to 1000000");
        require(
                killed == 0 || (killed >= LEAST_MESSAGES && killed <= MOST_MESSAGES),
                "--killed must be 0, or from " + LEAST_MESSAGES + " to " + MOST_MESSAGES);
    }

    /// How many messages there are where handling one takes so long.
    int messages(int handlingMillis) {
        long most = handlingMillis == 0 ? messages : 1_000L * SLOTS * MOST_SECONDS / handlingMillis;
        return (int) Math.min(messages, most);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
