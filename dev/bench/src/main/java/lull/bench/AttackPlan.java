package lull.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Plan of how hard an installation is attacked, and of what signed traffic may notice.
///
/// @param seconds that each attack lasts
/// @param rate signed webhooks a second, all the time
/// @param connections that attackers hold at a time
/// @param flood unsigned requests a second
/// @param heap of each service, in MiB
/// @param limitMillis for the 99th percentile of the answers to signed webhooks during an attack
record AttackPlan(int seconds, int rate, int connections, int flood, int heap, int limitMillis) {

    private static final int CUSTOMERS = 8;

    AttackPlan {
        require(seconds, 1, 600, "--seconds");
        require(rate, 1, 200, "--rate");
        require(connections, 10, 5_000, "--connections");
        require(flood, 1, 5_000, "--flood");
        require(heap, 128, 8_192, "--heap");
        require(limitMillis, 10, 60_000, "--limit-millis");
    }

    /// The numbers of the customers whose webhooks are signed.
    List<String> phones() {
        return IntStream.range(0, CUSTOMERS)
                .mapToObj(customer -> Long.toString(15_550_800_000L + customer))
                .toList();
    }

    /// The time between two messages of a customer.
    Duration between() {
        return Duration.ofSeconds(1).multipliedBy(CUSTOMERS).dividedBy(rate);
    }

    private static void require(int value, int min, int max, String option) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + " must be from " + min + " to " + max);
        }
    }
}
