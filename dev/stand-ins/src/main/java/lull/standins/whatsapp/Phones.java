package lull.standins.whatsapp;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The customers' phones: what they received, oldest first, and when they last wrote to which business number.
final class Phones {
    static final Duration CARE_WINDOW = Duration.ofHours(24);

    /// A message on a customer's phone.
    record Received(String wamid, SendRequest message, Instant at) {}

    private record Pair(String phoneNumberId, String customer) {}

    private final InstantSource clock;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final Map<Pair, Instant> lastWrote = new ConcurrentHashMap<>();

    Phones(InstantSource clock) {
        this.clock = clock;
    }

    void receive(String wamid, SendRequest message) {
        received.add(new Received(wamid, message, clock.instant()));
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    /// The customer wrote, which opens the care window.
    void wrote(String phoneNumberId, String customer) {
        lastWrote.put(new Pair(phoneNumberId, customer), clock.instant());
    }

    boolean isCareWindowOpen(String phoneNumberId, String customer) {
        Instant last = lastWrote.get(new Pair(phoneNumberId, customer));
        return last != null && clock.instant().isBefore(last.plus(CARE_WINDOW));
    }
}
