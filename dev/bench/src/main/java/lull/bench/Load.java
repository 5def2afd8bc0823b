package lull.bench;

import java.time.Duration;

/// Orders for the load generator about a port.
sealed interface Load {

    int port();

    Duration duration();

    /// Each connection sends its next request as soon as it has its answer: as fast as the server can.
    record Closed(int port, Duration duration) implements Load {}

    /// Requests are due at a constant rate, whether the server keeps up or not, and their latency counts from
    /// when they were due.
    record Open(int port, Duration duration, double perSecond) implements Load {
        public Open {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("A rate is positive: " + perSecond);
            }
        }

        /// How many requests become due.
        long arrivals() {
            return Math.max(1, Math.round(perSecond * duration.toNanos() / 1e9));
        }

        /// When a request is due, in nanoseconds after the start.
        long due(long index) {
            return Math.round(index * 1e9 / perSecond);
        }
    }

    /// As one line of text.
    default String line() {
        return switch (this) {
            case Closed closed -> "closed " + closed.port() + " " + closed.duration();
            case Open open -> "open " + open.port() + " " + open.duration() + " " + open.perSecond();
        };
    }

    /// Reads what [#line] wrote.
    static Load parse(String line) {
        String[] words = line.split(" ", -1);
        int port = Integer.parseInt(words[1]);
        Duration duration = Duration.parse(words[2]);
        return switch (words[0]) {
            case "closed" -> new Closed(port, duration);
            case "open" -> new Open(port, duration, Double.parseDouble(words[3]));
            default -> throw new IllegalArgumentException("No load: " + line);
        };
    }
}
