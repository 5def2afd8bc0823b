package lull.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Generator of load on a server over keep-alive connections, in one thread, as it shares the processors with
/// the server.
final class LoadGenerator implements AutoCloseable {

    /// How long after the load's end answers are waited for.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long MAX_LATENCY = TimeUnit.MINUTES.toNanos(10);
    private static final int ROOM_BYTES = 64 * 1024;

    /// A selector counts in milliseconds, which is too coarse for an open load: that one looks this often.
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Load load;
    private final Requests requests;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final ByteBuffer room = ByteBuffer.allocateDirect(ROOM_BYTES);
    private final Histogram latencies = new Histogram(MAX_LATENCY, 3);

    private long start;
    private long end;
    private long sent;
    private long accepted;
    private long inTime;
    private long failed;
    private int broken;
    private String flaw = "";

    private LoadGenerator(Load load, Requests requests) throws IOException {
        this.load = load;
        this.requests = requests;
        this.selector = Selector.open();
    }

    /// Connects, puts the load on and waits for the last answers. Throws where nobody listens.
    static LoadResult run(Load load, int connections, Requests requests) throws IOException {
        try (LoadGenerator generator = new LoadGenerator(load, requests)) {
            generator.connect(connections);
            return generator.run();
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private void connect(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Connection connection = Connection.open(load.port(), selector);
            connections.add(connection);
            idle.add(connection);
        }
    }

    private LoadResult run() throws IOException {
        start = System.nanoTime();
        end = start + load.duration().toNanos();
        long givenUp = end + PATIENCE.toNanos();
        long now = start;
        while (!isOver(now) && now - givenUp < 0) {
            sendWhatIsDue(now);
            await(now);
            now = System.nanoTime();
        }
        long unanswered = arrivals() - accepted - failed;
        return new LoadResult(
                accepted,
                inTime,
                failed,
                Math.max(0, unanswered),
                flaw,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                latencies.getMaxValue());
    }

    private boolean isOver(long now) {
        boolean allSent = switch (load) {
            case Load.Closed _ -> now - end >= 0;
            case Load.Open open -> sent == open.arrivals();
        };
        return broken == connections.size() || (allSent && idle.size() + broken == connections.size());
    }

    private long arrivals() {
        return switch (load) {
            case Load.Closed _ -> sent;
            case Load.Open open -> open.arrivals();
        };
    }

    private void await(long now) throws IOException {
        switch (load) {
            case Load.Closed _ -> selector.select(this::proceed, 100);
            case Load.Open open -> {
                if (selector.selectNow(this::proceed) == 0) {
                    long untilNext = start + open.due(sent) - now;
                    boolean waitsForNext = sent < open.arrivals() && !idle.isEmpty();
                    LockSupport.parkNanos(waitsForNext ? Math.min(untilNext, LOOK_NANOS) : LOOK_NANOS);
                }
            }
        }
    }

    private void sendWhatIsDue(long now) {
        while (!idle.isEmpty() && isDue(now)) {
            Connection connection = idle.remove();
            long since = switch (load) {
                case Load.Closed _ -> now;
                case Load.Open open -> start + open.due(sent);
            };
            sent++;
            try {
                connection.send(requests.next(), since);
            } catch (IOException e) {
                giveUp(connection, e);
            }
        }
    }

    private boolean isDue(long now) {
        return switch (load) {
            case Load.Closed _ -> now - end < 0;
            case Load.Open open -> sent < open.arrivals() && now - (start + open.due(sent)) >= 0;
        };
    }

    private void proceed(SelectionKey key) {
        if (!(key.attachment() instanceof Connection connection)) {
            return;
        }
        try {
            int status = connection.proceed(room);
            if (status != ResponseReader.MORE) {
                answered(connection, status);
            }
        } catch (IOException e) {
            giveUp(connection, e);
        }
    }

    private void answered(Connection connection, int status) {
        long now = System.nanoTime();
        latencies.recordValue(Math.clamp(now - connection.since(), 1, MAX_LATENCY));
        if (status == 200) {
            accepted++;
            inTime += now - end <= 0 ? 1 : 0;
        } else {
            failed("An answer was " + status);
        }
        idle.add(connection);
        sendWhatIsDue(now);
    }

    private void giveUp(Connection connection, IOException failure) {
        failed(String.valueOf(failure.getMessage()));
        broken++;
        // A server closes idle connections too.
        idle.remove(connection);
        try {
            connection.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void failed(String why) {
        failed++;
        if (flaw.isEmpty()) {
            flaw = why;
        }
    }
}
