package lull.aggregator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Source;
import lull.contract.message.Tick;
import org.jspecify.annotations.Nullable;

/// A random log of a partition, and the policy it is read by: customers who write in bursts, ingresses whose
/// clocks differ, a broker whose clock steps and which is away at times, repeated webhooks, changes of the gap,
/// and a ticker that is late, sleeps and has zombies. The same seed makes the same history.
final class History {

    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    /// A record of the log.
    ///
    /// @param append its append time in milliseconds
    record Entry(long append, InputRecord record) {}

    private record Waiting(long arrivesAt, InputRecord record) {}

    final InputPolicy policy;
    final List<Entry> log = new ArrayList<>();

    /// Whether broker, ingresses and ticker did nothing but their work.
    final boolean calm;

    private final SplittableRandom random;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Long> ingressSkew = new HashMap<>();
    private final PartitionTurns shadow;

    private long wall = START.toEpochMilli();
    private long brokerSkew;
    private long awayUntil;
    private long asleepUntil;
    private long lastTick;
    private int messages;

    History(long seed) {
        // Unlike Random, whose first numbers are alike for seeds that are near to each other.
        random = new SplittableRandom(seed);
        calm = random.nextInt(4) == 0;
        Duration gap = Duration.ofMillis(1_000 + random.nextInt(5_000));
        TurnPolicy ofGap = TurnPolicy.ofGap(gap);
        policy = InputPolicy.of(new TurnPolicy(
                gap,
                gap.multipliedBy(calm ? 1_000 : 2 + random.nextInt(5)),
                calm ? 10_000 : 2 + random.nextInt(20),
                calm ? 10_000_000 : 2_000 + random.nextInt(10_000),
                ofGap.flushWords(),
                ofGap.joiner(),
                ofGap.kinds()));
        shadow = new PartitionTurns(
                policy, new MapStore(), new MapStore(), new TurnWriter("t", 0, policy), new RecordingOutlet());
        int customers = 1 + random.nextInt(5);
        for (int step = 0; step < 60; step++) {
            wall += random.nextInt(4) == 0 ? random.nextInt(12_000) : random.nextInt(900);
            deliver();
            event("customer" + random.nextInt(customers));
        }
        finish();
    }

    private void event(String customer) {
        int die = random.nextInt(100);
        if (die < 70 || calm) {
            write(customer);
        } else if (die < 76 && !log.isEmpty()) {
            repeat();
        } else if (die < 82) {
            awayUntil = wall + random.nextInt(9_000);
        } else if (die < 86) {
            brokerSkew += random.nextInt(8_000) - 4_000;
        } else if (die < 90) {
            asleepUntil = wall + random.nextInt(6_000);
        } else if (die < 94) {
            Duration gap = random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(8_000));
            send(new GapSetting(gap, random.nextBoolean() ? null : "1"));
        } else {
            send(new Tick());
        }
    }

    private void write(String customer) {
        long skew = calm
                ? 0
                : ingressSkew.computeIfAbsent("ingress" + random.nextInt(2), _ -> random.nextLong(4_000) - 2_000);
        Map<String, ?> raw = random.nextInt(20) == 0
                ? Map.of("type", "button", "button", Map.of("text", "Yes"))
                : Map.of("type", "text", "text", Map.of("body", "x".repeat(random.nextInt(300))));
        send(message(customer, "wamid." + messages++, wall + skew, raw));
    }

    private void repeat() {
        InputRecord old = log.get(random.nextInt(log.size())).record();
        if (old instanceof Message message) {
            send(new Message(
                    message.id(),
                    message.conversation(),
                    Instant.ofEpochMilli(wall),
                    message.source(),
                    message.business(),
                    message.customer(),
                    message.contact(),
                    message.raw()));
        }
    }

    private void send(InputRecord record) {
        long leaves = Math.max(wall, awayUntil + (awayUntil > wall ? random.nextInt(1_000) : 0));
        waiting.add(new Waiting(leaves + random.nextInt(calm ? 20 : 400), record));
    }

    /// Appends what has arrived by now, with the ticks between.
    private void deliver() {
        waiting.sort(Comparator.comparingLong(Waiting::arrivesAt));
        while (!waiting.isEmpty() && waiting.getFirst().arrivesAt() <= wall) {
            Waiting next = waiting.removeFirst();
            tickUntil(next.arrivesAt());
            append(next.arrivesAt(), next.record());
        }
        tickUntil(wall);
    }

    private void tickUntil(long until) {
        Long due = nextTick();
        while (due != null && due <= until) {
            append(due, new Tick());
            due = nextTick();
        }
    }

    private @Nullable Long nextTick() {
        OptionalLong dueIn = shadow.dueIn();
        if (dueIn.isEmpty()) {
            return null;
        }
        long late = calm ? 5 : random.nextInt(200);
        long due = Math.max(lastTick + 100, shadow.now() + dueIn.getAsLong() - brokerSkewedNow() + late);
        return Math.max(Math.max(due, awayUntil + 1), asleepUntil + 1);
    }

    /// What must be added to wall time to get the time of the log's clock.
    private long brokerSkewedNow() {
        return log.isEmpty() ? 0 : shadow.now() - lastWall;
    }

    private long lastWall;

    private void append(long at, InputRecord record) {
        if (record instanceof Tick) {
            lastTick = at;
        }
        lastWall = at;
        Entry entry = new Entry(at + brokerSkew, record);
        feed(shadow, log.size(), entry);
        log.add(entry);
    }

    /// Lets everything arrive and every turn end.
    private void finish() {
        wall += 60_000;
        deliver();
        for (int i = 0; i < 3; i++) {
            wall += policy.turns().maxDuration().toMillis() + 60_000;
            append(wall, new Tick());
            wall += 1_600;
            append(wall, new Tick());
        }
    }

    /// Gives an entry to the rules.
    static void feed(PartitionTurns turns, long offset, Entry entry) {
        switch (entry.record()) {
            case Message message ->
                turns.message(
                        message.conversation().toString(),
                        offset,
                        entry.append(),
                        message,
                        Json.bytes((InputRecord) message),
                        false);
            case Tick _ -> turns.tick(entry.append());
            case GapSetting setting -> turns.setting(entry.append(), setting);
        }
    }

    private static Message message(String customer, String id, long receivedAt, Map<String, ?> raw) {
        try {
            return new Message(
                    id,
                    new ConversationKey("1", customer),
                    Instant.ofEpochMilli(receivedAt),
                    new Source("meta", "default"),
                    new Business("1", null, null),
                    new Customer(null, customer, null),
                    null,
                    Json.tree(Json.bytes(raw)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
