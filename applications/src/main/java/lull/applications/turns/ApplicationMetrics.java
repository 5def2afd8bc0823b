package lull.applications.turns;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Meters of turns that applications get, by destination. Safe for several threads.
public final class ApplicationMetrics {

    private static final Logger log = LoggerFactory.getLogger(ApplicationMetrics.class);

    private final MeterRegistry registry;

    public ApplicationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Counts a turn that an application has.
    void taken(String destination) {
        count(destination, "taken");
    }

    /// Counts a turn that an application does not take.
    void refused(String destination) {
        count(destination, "refused");
    }

    /// Counts a turn that went to a person, because one talks with the customer.
    void passedOn(String destination) {
        count(destination, "passed_on");
    }

    /// Counts an answer that is not used, because a person has taken over meanwhile.
    void superseded(String destination) {
        count(destination, "superseded");
    }

    /// Counts a hand-over to a person.
    void handedOver(String destination) {
        count(destination, "handed_over");
    }

    /// Counts an answer that could not be read, and logs why.
    ///
    /// @param problems which name members, without their values
    void unreadable(String destination, List<String> problems) {
        count(destination, "unreadable");
        log.atWarn()
                .addKeyValue("destination", destination)
                .addKeyValue("problems", problems)
                .log("Something of the answer of an application cannot be read, and is not used");
    }

    private void count(String destination, String outcome) {
        Counter.builder("lull.applications.turns")
                .description("Turns that applications got, and answers of them that could not be read")
                .tag("destination", destination)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }
}
