package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.LongPredicate;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/// Pace at which an application commits what it has forwarded, which nobody sees before. While its log is
/// read as it is written, a turn is committed at once, unless the stream thread committed a moment ago: then when
/// the interval is over. While the application catches up, nothing is requested, and Kafka Streams commits at its own,
/// longer interval: then a turn that grows several times is written once.
///
/// A commit is one of all partitions of a stream thread, so each thread has a pace of its own. Thread-safe.
public final class CommitPace {

    /// Requests nothing: for tests whose driver commits by itself.
    public static final CommitPace OFF = new CommitPace(Duration.ZERO, Duration.ofMillis(Long.MIN_VALUE));

    /// After this time a request counts as lost, for example because its partition has moved to another instance.
    private static final long LOST_MILLIS = 1_000;

    /// How often it is looked whether a requested commit is over.
    private static final Duration LOOK = Duration.ofMillis(1);

    private final long interval;
    private final long behind;
    private final ThreadLocal<OfThread> threads = ThreadLocal.withInitial(OfThread::new);

    /// @param interval the shortest time from the end of a commit to the next
    /// @param behind the age of a record, by this machine's clock, from which on the application catches up
    public CommitPace(Duration interval, Duration behind) {
        this.interval = interval.toMillis();
        this.behind = behind.toMillis();
    }

    /// Notes that something was forwarded because of a record.
    ///
    /// @param append when the record was appended, in milliseconds
    void forwarded(ProcessorContext<?, ?> context, long append) {
        long now = context.currentSystemTimeMs();
        if (now - append <= behind) {
            threads.get().forwarded(context, now, interval);
        }
    }

    /// Commits of a stream thread. Time is that of Kafka Streams, in milliseconds.
    private static final class OfThread {

        private static final long NOT_REQUESTED = Long.MIN_VALUE;
        private static final long LONG_AGO = -1_000_000;

        private @Nullable Metric commits;
        private double commitsBefore;
        private long requestedAt = NOT_REQUESTED;
        private long committedAt = LONG_AGO;
        private long dueAt = LONG_AGO;

        void forwarded(ProcessorContext<?, ?> context, long now, long interval) {
            look(now);
            // A requested commit that is not over contains this, too.
            if (requestedAt == NOT_REQUESTED) {
                long due = committedAt + interval;
                if (now >= due) {
                    request(context, now);
                } else if (dueAt <= now) {
                    dueAt = due;
                    Repeated.after(context, due - now, later -> {
                        look(later);
                        if (requestedAt == NOT_REQUESTED) {
                            request(context, later);
                        }
                        return true;
                    });
                }
            }
        }

        private void request(ProcessorContext<?, ?> context, long now) {
            if (commits == null) {
                commits = commits(context);
            }
            if (commits == null) {
                committedAt = now;
            } else {
                commitsBefore = (double) commits.metricValue();
                requestedAt = now;
                Repeated.after(context, LOOK.toMillis(), later -> {
                    look(later);
                    return requestedAt == NOT_REQUESTED;
                });
            }
            context.commit();
        }

        /// Finds out whether the requested commit is over.
        private void look(long now) {
            if (requestedAt != NOT_REQUESTED
                    && ((double) requireNonNull(commits).metricValue() != commitsBefore
                            || now - requestedAt > LOST_MILLIS)) {
                committedAt = now;
                requestedAt = NOT_REQUESTED;
            }
        }

        /// Returns the meter of the thread's commits; null if nobody counts them.
        private static @Nullable Metric commits(ProcessorContext<?, ?> context) {
            String thread = Thread.currentThread().getName();
            for (Metric metric : context.metrics().metrics().values()) {
                MetricName name = metric.metricName();
                if (name.name().equals("commit-total")
                        && thread.equals(name.tags().get("thread-id"))) {
                    return metric;
                }
            }
            return null;
        }
    }

    /// Task of a stream thread that is repeated until it says that it is done.
    private static final class Repeated {
        private final LongPredicate task;
        private @Nullable Cancellable schedule;

        private Repeated(LongPredicate task) {
            this.task = task;
        }

        static void after(ProcessorContext<?, ?> context, long millis, LongPredicate task) {
            Repeated repeated = new Repeated(task);
            repeated.schedule =
                    context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, repeated::run);
        }

        private void run(long now) {
            if (task.test(now)) {
                requireNonNull(schedule).cancel();
            }
        }
    }
}
