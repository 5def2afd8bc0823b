package lull.bench;

import java.util.List;
import java.util.stream.IntStream;

/// Plan of how much goes wrong, and for how long.
///
/// @param seconds that people write and things go wrong
/// @param customers that write, each with an agent who answers, and as many who write to an application, and to an
///     assistant
/// @param seed of what goes wrong, when, and of who writes when
record ChaosPlan(int seconds, int customers, long seed) {

    ChaosPlan {
        require(seconds >= 1 && seconds <= 86_400, "--seconds must be from 1 to 86400");
        require(customers >= 1 && customers <= 1_000, "--customers must be from 1 to 1000");
    }

    /// The numbers of customers who write to agents.
    List<String> phones() {
        return phones(15_550_700_000L);
    }

    /// The numbers of as many customers who write to an application.
    List<String> phonesOfApplication() {
        return phones(15_550_800_000L);
    }

    /// The numbers of as many customers who write to an assistant.
    List<String> phonesOfAssistant() {
        return phones(15_550_900_000L);
    }

    private List<String> phones(long first) {
        return IntStream.range(0, customers)
                .mapToObj(customer -> Long.toString(first + customer))
                .toList();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
