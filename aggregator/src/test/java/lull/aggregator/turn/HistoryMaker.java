package lull.aggregator.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import lull.aggregator.gap.GapModel;
import lull.aggregator.route.RoutingPolicy;
import lull.aggregator.stream.Ticker;
import lull.aggregator.turn.History.Appended;
import lull.aggregator.turn.History.Committed;
import lull.aggregator.turn.History.Crashed;
import lull.aggregator.turn.History.Step;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Erasure;
import lull.contract.message.FlagRule;
import lull.contract.message.GapModelSetting;
import lull.contract.message.GapRule;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.Route;
import lull.contract.message.RouteSetting;
import lull.contract.message.Source;
import lull.contract.message.Tick;

/// Makes random histories: customers who write in bursts to two business numbers, ingresses whose clocks
/// differ, a broker whose clock steps and which is away at times, webhooks that are repeated and dead letters
/// that are sent again, changes of the gap, a ticker that is late, sleeps and has zombies, and an aggregator
/// that crashes. The same seed makes the same history.
final class HistoryMaker {

    private static final int EVENTS = 32;

    /// One history in so many is longer.
    private static final int LONG_ONES = 200;

    private static final int MANY_EVENTS = 2_000;
    private static final int MOST_WRONG = 8;
    private static final Set<String> FLUSH_WORDS = Set.of("ok", "that is all");
    private static final Set<String> URGENT_WORDS = Set.of("help");
    private static final List<String> APPS = List.of("default", "shop", "");
    private static final Set<String> DESTINATIONS = Set.of("bot", "crm");

    /// The last of them is not configured.
    private static final List<String> NAMED = List.of("connect", "bot", "crm", "gone");

    private record Waiting(long arrivesAt, InputRecord record, boolean replayed) {}

    private final SplittableRandom random;
    private final boolean isLong;
    private final boolean calm;
    private final boolean prompt;
    private final InputPolicy policy;
    private final TurnOracle oracle;
    private final List<Step> steps = new ArrayList<>();
    private final List<Appended> log = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Long> ingressSkew = new HashMap<>();

    private long wall = History.START.toEpochMilli();
    private long brokerStep;
    private long awayUntil;
    private long asleepUntil;
    private long lastTick;
    private long lastArrival;
    private int messages;

    private HistoryMaker(long seed) {
        // Unlike Random, whose first numbers are alike for seeds that are near to each other.
        random = new SplittableRandom(seed);
        isLong = seed % LONG_ONES == 0;
        calm = random.nextInt(5) == 0 && !isLong;
        prompt = random.nextBoolean();
        policy = policy();
        oracle = new TurnOracle(policy);
    }

    /// The history of a seed.
    static History make(long seed) {
        HistoryMaker maker = new HistoryMaker(seed);
        int customers = 1 + maker.random.nextInt(5);
        if (maker.isLong) {
            // Enough for the fixed gap to take over from a model that is wrong.
            maker.send(
                    new GapRuleSetting(new GapRule(GapRule.Policy.ADAPTIVE, 100.0, Duration.ZERO, null), null), false);
            maker.send(maker.model(-MOST_WRONG), false);
        }
        for (int event = 0; event < (maker.isLong ? MANY_EVENTS : EVENTS); event++) {
            maker.wall += maker.pause();
            maker.deliver();
            maker.event("customer" + maker.random.nextInt(customers));
        }
        maker.wall += 30_000;
        maker.deliver();
        return new History(maker.policy, maker.calm, maker.steps);
    }

    private InputPolicy policy() {
        InputPolicy policy = InputPolicy.of(turns());
        Map<String, TurnPolicy> byNumber = calm || random.nextInt(3) > 0 ? Map.of() : Map.of("2", turns());
        RoutingPolicy routing =
                new RoutingPolicy(random.nextInt(3) > 0 ? List.of() : routes(NAMED.size() - 1), DESTINATIONS);
        return new InputPolicy(policy.turns(), byNumber, policy.hole(), policy.ackTimeout(), routing);
    }

    /// @param named how many names of destinations are used
    private List<Route> routes(int named) {
        List<Route> routes = new ArrayList<>();
        for (int rule = random.nextInt(4); rule >= 0; rule--) {
            routes.add(new Route(
                    "rule-" + rule,
                    random.nextInt(3) == 0 ? "shop" : null,
                    random.nextInt(3) == 0 ? "1" : null,
                    List.of(0.0, 20.0, 33.33, 50.0, 100.0).get(random.nextInt(5)),
                    NAMED.get(random.nextInt(named))));
        }
        return routes;
    }

    private List<FlagRule> flags() {
        List<FlagRule> flags = new ArrayList<>();
        for (String flag : List.of("gathering", "typing")) {
            for (String number : Arrays.asList("1", null)) {
                if (random.nextInt(3) == 0) {
                    double share = List.of(0.0, 20.0, 33.33, 50.0, 100.0).get(random.nextInt(5));
                    flags.add(new FlagRule(flag, number, share, random.nextBoolean()));
                }
            }
        }
        return flags;
    }

    private TurnPolicy turns() {
        boolean passesThrough = !calm && random.nextInt(20) == 0;
        Duration gap = Duration.ofMillis(passesThrough ? 0 : 1_000 + random.nextInt(5_000));
        TurnPolicy usual = TurnPolicy.ofGap(gap);
        return new TurnPolicy(
                gap,
                random.nextBoolean() ? GapRule.FIXED : rule(),
                Duration.ofMillis(random.nextInt(3) * 1_500L),
                calm ? Duration.ofDays(1) : Duration.ofMillis(2_000 + random.nextInt(20_000)),
                calm ? 10_000 : 2 + random.nextInt(20),
                calm ? 10_000_000 : 1_000 + random.nextInt(6_000),
                random.nextBoolean() ? FLUSH_WORDS : Set.of(),
                usual.joiner(),
                usual.kinds(),
                random.nextBoolean() ? URGENT_WORDS : Set.of());
    }

    private GapRule rule() {
        List<GapRule.Policy> policies = List.of(GapRule.Policy.values());
        Duration floor = Duration.ofMillis(random.nextInt(3_000));
        return new GapRule(
                policies.get(random.nextInt(policies.size())),
                random.nextBoolean() ? null : 1.0 + random.nextInt(100),
                floor,
                random.nextBoolean() ? null : floor.plusMillis(random.nextInt(10_000)));
    }

    /// A model that expects more or fewer messages than the one that Lull ships.
    private GapModelSetting model(int wrong) {
        GapModel shipped = GapModel.shipped();
        GapModel other = new GapModel(
                "other-" + random.nextInt(100),
                shipped.terms(),
                shipped.logOdds() + wrong,
                shipped.logSilence(),
                shipped.spread(),
                shipped.likes());
        try {
            return new GapModelSetting(Json.tree(Json.bytes(other)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// Mostly a burst's, sometimes longer, and sometimes to the millisecond what a rule is about.
    private long pause() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> random.nextInt(12_000);
            case 2 -> edge() + random.nextInt(3) - 1;
            default -> random.nextInt(900);
        };
    }

    private long edge() {
        List<Duration> edges = List.of(
                policy.turns().gap(),
                policy.turns().maxDuration(),
                policy.hole().limit(),
                policy.hole().settle(),
                policy.turns().gap().plus(policy.hole().limit()));
        return Math.clamp(edges.get(random.nextInt(edges.size())).toMillis(), 1, 25_000);
    }

    private void event(String customer) {
        switch (random.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> steps.add(new Crashed(random.nextInt(5), random.nextBoolean()));
            case 8, 9, 10, 11, 12, 13, 14, 15 -> steps.add(new Committed());
            default -> {
                if (calm) {
                    write(customer);
                } else {
                    uncalmEvent(customer);
                }
            }
        }
    }

    private void uncalmEvent(String customer) {
        int die = random.nextInt(100);
        if (die < 62) {
            write(customer);
        } else if (die < 70 && !log.isEmpty()) {
            repeat(random.nextInt(4) == 0);
        } else if (die < 76) {
            awayUntil = wall + random.nextInt(9_000);
        } else if (die < 80) {
            // Now and then by so much that ids are forgotten.
            brokerStep += random.nextInt(8) == 0 ? Duration.ofDays(8).toMillis() : random.nextInt(8_000) - 4_000;
        } else if (die < 84) {
            asleepUntil = wall + random.nextInt(6_000);
        } else if (die < 90) {
            send(setting(), false);
        } else if (die < 92) {
            send(new Erasure(new ConversationKey(Integer.toString(1 + random.nextInt(2)), customer)), false);
        } else if (die < 98) {
            ConversationKey conversation = new ConversationKey(Integer.toString(1 + random.nextInt(2)), customer);
            long late = random.nextInt(4) == 0 ? random.nextInt(90_000) : 0;
            send(new Answer(conversation, Instant.ofEpochSecond((wall - late) / 1_000)), false);
        } else {
            for (int zombies = random.nextInt(4); zombies >= 0; zombies--) {
                send(random.nextBoolean() ? Tick.CLOSING : Tick.PROBE, false);
            }
        }
    }

    private InputRecord setting() {
        String number = random.nextBoolean() ? null : "1";
        // In a long one seldom anything but routes: the comparison of policy and gap begins anew with each other rule.
        return switch (isLong && random.nextInt(60) > 0 ? 2 : random.nextInt(6)) {
            case 0 -> new GapRuleSetting(random.nextInt(3) == 0 ? null : rule(), number);
            case 1 ->
                random.nextInt(3) == 0 ? new GapModelSetting(null) : model(random.nextInt(2 * MOST_WRONG) - MOST_WRONG);
            case 2, 3 ->
                new RouteSetting(
                        random.nextInt(4) == 0 ? null : random.nextInt(8) == 0 ? List.of() : routes(NAMED.size()),
                        1 + random.nextInt(9),
                        random.nextBoolean() ? List.of() : flags());
            default ->
                new GapSetting(random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(8) * 1_000L), number);
        };
    }

    private void write(String customer) {
        long skew = calm
                ? 0
                : ingressSkew.computeIfAbsent("ingress" + random.nextInt(2), _ -> random.nextLong(14_000) - 7_000);
        Map<String, Object> raw = new HashMap<>(content());
        raw.put("timestamp", Long.toString(wall / 1_000));
        send(message(Integer.toString(1 + random.nextInt(2)), customer, wall + skew, raw), false);
    }

    private Map<String, ?> content() {
        return switch (random.nextInt(20)) {
            case 0 -> Map.of("type", "button", "button", Map.of("text", "Yes"));
            case 1 -> Map.of("type", "image", "image", Map.of("id", "1"));
            case 2 -> Map.of("type", "reaction", "reaction", Map.of("message_id", "wamid.0", "emoji", "x"));
            case 3 -> text("OK!");
            case 4 -> text("That is\nall...");
            case 5 -> text("please, HELP!");
            case 6 -> text("this is helpful");
            default -> text("x".repeat(random.nextInt(300)));
        };
    }

    private static Map<String, ?> text(String body) {
        return Map.of("type", "text", "text", Map.of("body", body));
    }

    /// A message comes once more, from WhatsApp or from the dead letters.
    private void repeat(boolean replayed) {
        InputRecord old = log.get(random.nextInt(log.size())).record();
        if (old instanceof Message message) {
            Instant receivedAt = replayed ? message.receivedAt() : Instant.ofEpochMilli(wall);
            send(
                    new Message(
                            message.id(),
                            message.conversation(),
                            receivedAt,
                            message.source(),
                            message.business(),
                            message.customer(),
                            message.contact(),
                            message.raw()),
                    replayed);
        }
    }

    private void send(InputRecord record, boolean replayed) {
        long leaves = Math.max(wall, awayUntil + (awayUntil > wall ? random.nextInt(1_000) : 0));
        int transit = prompt ? 1 : calm ? 20 : 400;
        waiting.add(new Waiting(leaves + random.nextInt(transit), record, replayed));
    }

    /// Appends what has arrived by now, with the ticks between.
    private void deliver() {
        waiting.sort(Comparator.comparingLong(Waiting::arrivesAt));
        while (!waiting.isEmpty() && waiting.getFirst().arrivesAt() <= wall) {
            Waiting next = waiting.removeFirst();
            tickUntil(next.arrivesAt());
            append(next.arrivesAt(), next.record(), next.replayed());
        }
        tickUntil(wall);
    }

    private void tickUntil(long until) {
        long due = nextTick();
        while (due <= until) {
            lastTick = due;
            if (random.nextBoolean()) {
                append(due, Tick.PROBE, false);
            }
            append(due, Tick.CLOSING, false);
            due = nextTick();
        }
    }

    private long nextTick() {
        OptionalLong dueIn = oracle.dueIn();
        if (dueIn.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long late = prompt ? 0 : calm ? 5 : random.nextInt(200);
        long due = Math.max(lastTick + Ticker.SPACING.toMillis(), lastArrival + dueIn.getAsLong() + late);
        return Math.max(Math.max(due, awayUntil + 1), asleepUntil + 1);
    }

    private void append(long at, InputRecord record, boolean replayed) {
        lastArrival = at;
        Appended next = new Appended(at + brokerStep, record, replayed);
        oracle.read(log.size(), next.at(), record, next.value().length, replayed);
        log.add(next);
        steps.add(next);
    }

    private Message message(String number, String customer, long receivedAt, Map<String, ?> raw) {
        try {
            return new Message(
                    "wamid." + messages++,
                    new ConversationKey(number, customer),
                    Instant.ofEpochMilli(receivedAt),
                    new Source("meta", APPS.get(messages % APPS.size())),
                    new Business(number, null, null),
                    new Customer(null, customer, null),
                    null,
                    Json.tree(Json.bytes(raw)));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
