package lull.aggregator.stream;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
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

    /// How long a commit is assumed to take at most, if nobody looked when it was over.
    private static final long LONGEST_COMMIT_MILLIS = 250;

    private final long interval;
    private final long behind;
    private final ThreadLocal<OfThread> threads = ThreadLocal.withInitial(OfThread::new);

    /// @param interval the shortest time from the end of a commit to the next
    /// @param behind the age of a record, by this machine's clock, from which on the application catches up
    public CommitPace(Duration interval, Duration behind) {
        this.interval = interval.toMillis();
        this.behind = behind.toMillis();
    }

    private static final class OfThread {
        private @Nullable Metric commits;
        private double committed;
        private long requestedAt;
        private long committedAt;
        private long dueAt;

        /// Finds out whether the requested commit is over, and so when the last one was.
        void look(ProcessorContext<?, ?> context, long now) {
            if (commits == null) {
                commits = commits(context);
            }
            double total = commits == null ? requestedAt : (double) commits.metricValue();
            if (total != committed) {
                committed = total;
                committedAt = Math.min(now, requestedAt + LONGEST_COMMIT_MILLIS);
            }
        }

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

    /// Notes that something was forwarded because of a record.
    ///
    /// @param append when the record was appended, in milliseconds
    void forwarded(ProcessorContext<?, ?> context, long append) {
        long now = context.currentSystemTimeMs();
        if (now - append > behind) {
            return;
        }
        OfThread thread = threads.get();
        thread.look(context, now);
        long due = thread.committedAt + interval;
        if (now >= due) {
            request(context, thread, now);
        } else if (thread.dueAt <= now) {
            thread.dueAt = due;
            new Later(context, thread).schedule(due - now);
        }
    }

    private static void request(ProcessorContext<?, ?> context, OfThread thread, long now) {
        thread.requestedAt = now;
        context.commit();
    }

    /// Request that is made once, when its time has come.
    private static final class Later {
        private final ProcessorContext<?, ?> context;
        private final OfThread thread;
        private @Nullable Cancellable schedule;

        Later(ProcessorContext<?, ?> context, OfThread thread) {
            this.context = context;
            this.thread = thread;
        }

        void schedule(long millis) {
            schedule = context.schedule(Duration.ofMillis(millis), PunctuationType.WALL_CLOCK_TIME, this::request);
        }

        private void request(long now) {
            requireNonNull(schedule).cancel();
            CommitPace.request(context, thread, now);
        }
    }
}
