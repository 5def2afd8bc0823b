package lull.runtime.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import lull.contract.topic.KafkaAccess.Right;
import lull.runtime.kafka.KafkaRights.Denied;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.resource.ResourceType;

/// Watch over the rights that a running process has on Kafka: they can be taken away after its start, which Kafka's
/// clients report by what they were doing, and not by the right. [KafkaWatch] has it, and one thread asks it.
final class RightsWatch {

    private static final Duration WHILE_GRANTED = Duration.ofSeconds(10);
    private static final Duration WHILE_DENIED = Duration.ofSeconds(2);

    private final Admin admin;
    private final int millis;
    private final LongSupplier nanoTime;
    private final BooleanSupplier kafkaAnswers;
    private final Set<Right> needed = new CopyOnWriteArraySet<>();

    private List<Denied> denied = List.of();
    private boolean asked;
    private long askedAt;

    /// @param millis how long Kafka may take for each kind of resource
    /// @param kafkaAnswers whether it makes sense to ask
    RightsWatch(Admin admin, int millis, LongSupplier nanoTime, BooleanSupplier kafkaAnswers) {
        this.admin = admin;
        this.millis = millis;
        this.nanoTime = nanoTime;
        this.kafkaAnswers = kafkaAnswers;
    }

    /// Adds rights that the process needs from now on.
    void add(Collection<Right> rights) {
        needed.addAll(rights);
    }

    /// Names the rights that Kafka denies; empty if it denies none.
    Optional<String> problem() throws InterruptedException {
        if (!needed.isEmpty() && kafkaAnswers.getAsBoolean() && isDue()) {
            askedAt = nanoTime.getAsLong();
            asked = true;
            denied = KafkaRights.denied(admin, needed, millis);
        }
        return denied.isEmpty()
                ? Optional.empty()
                : Optional.of(denied.stream().map(Denied::words).sorted().collect(Collectors.joining("; ")));
    }

    /// Says why a topic may not be read.
    String ofTopic(String name) {
        return needed.stream()
                .filter(right ->
                        right.type() == ResourceType.TOPIC && right.name().equals(name))
                .findFirst()
                .map(right -> new Denied(right, right.operations()).words())
                .orElse("the broker does not permit it");
    }

    private boolean isDue() {
        Duration wait = denied.isEmpty() ? WHILE_GRANTED : WHILE_DENIED;
        return !asked || nanoTime.getAsLong() - askedAt >= wait.toNanos();
    }
}
