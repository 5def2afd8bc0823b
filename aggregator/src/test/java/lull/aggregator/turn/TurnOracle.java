package lull.aggregator.turn;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.GapModels;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.TextShape;
import lull.contract.ConversationKey;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Answer;
import lull.contract.message.Content;
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
import lull.contract.message.Tick;
import lull.contract.turn.GapDecision;
import lull.contract.turn.TurnCause;
import lull.runtime.Sha256;
import org.jspecify.annotations.Nullable;

/// The rules of a turn once more, as plainly as they can be said: no index, no bytes, no stores, and
/// everything of a turn worked out from its messages when it is asked for. Give it the records of one
/// partition in the order of the log, and [#closed()] tells which turns the aggregator must have made of
/// them.
public final class TurnOracle {

    private static final Duration MEMORY = Duration.ofDays(7);
    private static final int MEMORY_LIMIT = 1_000;

    /// A turn that has ended.
    ///
    /// @param cause what ended it
    /// @param gapMillis the gap in force at its last message
    /// @param ids of its messages, in the order of the log
    /// @param closedBy offset of the record that ended it
    /// @param rule the rule that decided where it goes; null if none did
    /// @param destination where it goes
    public record Expected(
            String conversation,
            long firstOffset,
            TurnCause cause,
            long gapMillis,
            List<String> ids,
            long closedBy,
            @Nullable String rule,
            String destination,
            Map<String, Boolean> flags) {}

    private record Taken(
            String id, String app, long offset, long time, long received, long gap, long longest, int bytes) {}

    private record Seen(String id, long time) {}

    /// A sender and when the last message or answer was.
    private record Known(Sender sender, long time) {}

    private final InputPolicy policy;
    private final List<Expected> closed = new ArrayList<>();
    private final Map<String, List<Taken>> open = new LinkedHashMap<>();
    private final Map<String, List<Seen>> seen = new HashMap<>();
    private final Map<String, Duration> gaps = new HashMap<>();
    private final Map<String, GapRule> rules = new HashMap<>();
    private final Map<String, Known> senders = new HashMap<>();
    private final Map<String, Business> businesses = new HashMap<>();
    private GapModel model = GapModel.shipped();

    /// Only for how often the model has changed.
    private GapModels models = GapModels.SHIPPED;

    private @Nullable List<Route> routes;
    private List<FlagRule> flags = List.of();

    private @Nullable Long lastAppend;
    private @Nullable Long settleEnd;
    private long now;

    /// An oracle at the beginning of a log.
    public TurnOracle(InputPolicy policy) {
        this.policy = policy;
    }

    /// Reads the next record of the log.
    ///
    /// @param append its append time in milliseconds
    /// @param bytes the size of its value
    /// @param replayed whether it was sent again from the dead letters
    public void read(long offset, long append, InputRecord record, int bytes, boolean replayed) {
        Long last = lastAppend;
        now = last == null ? append : now + Math.max(0, append - last);
        lastAppend = append;
        if (record instanceof Tick tick && !tick.endsTurns()) {
            return;
        }
        switch (record) {
            case Message message when isNew(message) || replayed -> take(offset, append, message, bytes);
            case Message _, Tick _ -> {}
            case Answer answer -> answer(append, answer);
            case Erasure(ConversationKey conversation) -> {
                if (!open.containsKey(conversation.toString())) {
                    seen.remove(conversation.toString());
                    senders.remove(conversation.toString());
                }
            }
            case GapSetting setting -> {
                String number = Optional.ofNullable(setting.businessNumber()).orElse("");
                gaps.compute(number, (_, _) -> setting.gap());
            }
            case GapRuleSetting setting -> {
                String number = Optional.ofNullable(setting.businessNumber()).orElse("");
                rules.compute(number, (_, _) -> setting.rule());
            }
            case GapModelSetting setting -> {
                model = model(setting);
                models = models.with(setting.model() == null ? null : model);
            }
            case RouteSetting setting -> {
                routes = setting.routes();
                flags = setting.flags();
            }
        }
        settleEnd = open.isEmpty() ? null : settleEnd();
        if (settleEnd == null) {
            closeDue(offset);
        }
    }

    /// The turns that have ended so far, in the order in which they ended.
    public List<Expected> closed() {
        return List.copyOf(closed);
    }

    /// How many turns have not ended yet.
    public int open() {
        return open.size();
    }

    /// In how many milliseconds a tick has something to close; empty where nothing is open.
    OptionalLong dueIn() {
        Long settling = settleEnd;
        return open.values().stream()
                .mapToLong(turn -> Math.max(deadline(turn), settling == null ? 0 : settling) - now + 1)
                .min();
    }

    private boolean isNew(Message message) {
        List<Seen> before = seen.getOrDefault(message.conversation().toString(), List.of());
        return before.subList(Math.max(0, before.size() - MEMORY_LIMIT), before.size()).stream()
                .noneMatch(one -> one.id().equals(message.id()) && now - one.time() <= MEMORY.toMillis());
    }

    private void take(long offset, long append, Message message, int bytes) {
        String conversation = message.conversation().toString();
        seen.computeIfAbsent(conversation, _ -> new ArrayList<>()).add(new Seen(message.id(), now));
        long hold = policy.ackTimeout().toMillis() + 5_000;
        long received = Math.clamp(message.receivedAt().toEpochMilli(), append - hold, append + 5_000);
        List<Taken> turn = open.get(conversation);
        if (turn != null) {
            endBefore(
                    conversation,
                    turn,
                    received,
                    bytes,
                    offset,
                    turns(message.conversation().businessNumber()));
        }
        TurnPolicy turns = turns(message.conversation().businessNumber());
        boolean endsByItself = message.content().kind().endsTurn()
                || (message.content() instanceof Content.Text text
                        && (isFlushWord(text.body(), turns) || isUrgent(text.body(), turns)));
        Duration fixed = gap(message.conversation().businessNumber(), turns);
        boolean isAlone = Boolean.FALSE.equals(flags(conversation).get("gathering"));
        Duration wait = isAlone
                ? Duration.ZERO
                : adaptive(message.conversation().businessNumber(), turns, fixed)
                        .map(rule -> adaptiveWait(rule, message, fixed, endsByItself))
                        .orElse(fixed);
        boolean isFile = message.content().kind().isMedia();
        long gap = isFile && wait.compareTo(turns.albumWindow()) < 0
                ? turns.albumWindow().toMillis()
                : wait.toMillis();
        open.computeIfAbsent(conversation, _ -> new ArrayList<>())
                .add(new Taken(
                        message.id(),
                        message.source().app(),
                        offset,
                        now,
                        received,
                        gap,
                        turns.maxDuration().toMillis(),
                        bytes));
        if (message.content() instanceof Content.Text text && isUrgent(text.body(), turns)) {
            close(conversation, TurnCause.URGENT, offset);
        } else if (gap == 0) {
            close(conversation, TurnCause.PASS_THROUGH, offset);
        } else if (message.content().kind().endsTurn()) {
            close(conversation, TurnCause.KIND, offset);
        } else if (message.content() instanceof Content.Text text && isFlushWord(text.body(), turns)) {
            close(conversation, TurnCause.FLUSH_WORD, offset);
        }
    }

    private TurnPolicy turns(String number) {
        return policy.byNumber().getOrDefault(number, policy.turns());
    }

    private Duration gap(String number, TurnPolicy turns) {
        // What is set for all numbers does not concern one that is configured by itself.
        boolean ownGap = policy.ownGaps().contains(number);
        Duration ofAll = ownGap ? turns.gap() : gaps.getOrDefault("", turns.gap());
        return gaps.getOrDefault(number, ofAll);
    }

    private GapRule rule(String number, TurnPolicy turns) {
        boolean ownRule = policy.ownRules().contains(number);
        GapRule ofAll = ownRule ? turns.rule() : rules.getOrDefault("", turns.rule());
        return rules.getOrDefault(number, ofAll);
    }

    /// The adaptive gap of a number, where it decides or is tried.
    private Optional<AdaptiveGap> adaptive(String number, TurnPolicy turns, Duration fixed) {
        GapRule rule = rule(number, turns);
        if (rule.policy() == GapRule.Policy.FIXED || rule.floor().compareTo(fixed) >= 0) {
            return Optional.empty();
        }
        long twice = Math.min(
                2 * fixed.toMillis(),
                Math.max(fixed.toMillis(), turns.maxDuration().toMillis()));
        Duration cap = Optional.ofNullable(rule.cap()).orElse(Duration.ofMillis(twice));
        double lambda = Optional.ofNullable(rule.lambda()).orElse(model.like(fixed));
        Duration floor = rule.floor().compareTo(cap) < 0 ? rule.floor() : cap;
        GapDecision.By by = rule.policy() == GapRule.Policy.ADAPTIVE ? GapDecision.By.ADAPTIVE : GapDecision.By.SHADOW;
        return Optional.of(
                new AdaptiveGap(model, new AdaptiveGap.Options(lambda, floor, cap, fixed), by, models.slot()));
    }

    private Duration adaptiveWait(AdaptiveGap rule, Message message, Duration fixed, boolean endsByItself) {
        Sender sender = sender(message.conversation().toString());
        Business business = businesses.computeIfAbsent(message.conversation().businessNumber(), _ -> new Business());
        MessageShape shape =
                message.content() instanceof Content.Text(String body) ? TextShape.of(body) : MessageShape.MEDIA;
        if (endsByItself) {
            rule.wroteLast(sender, business, now, shape);
            return fixed;
        }
        return rule.wrote(sender, business, now, shape).gap();
    }

    private void answer(long append, Answer answer) {
        String number = answer.conversation().businessNumber();
        TurnPolicy turns = turns(number);
        // A later one tells nothing about messages of now.
        boolean isInTime = append - answer.sentAt().toEpochMilli() <= Sender.TURN_MILLIS;
        if (isInTime) {
            adaptive(number, turns, gap(number, turns))
                    .ifPresent(rule -> rule.answered(
                            sender(answer.conversation().toString()),
                            businesses.computeIfAbsent(number, _ -> new Business()),
                            now));
        }
    }

    /// Who has not been heard of for as long as ids are remembered is new.
    private Sender sender(String conversation) {
        Known known = senders.get(conversation);
        Sender sender = known == null || now - known.time() > MEMORY.toMillis() ? new Sender() : known.sender();
        senders.put(conversation, new Known(sender, now));
        return sender;
    }

    private static GapModel model(GapModelSetting setting) {
        try {
            return setting.model() == null ? GapModel.shipped() : GapModel.read(Json.bytes(setting.model()));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// Ends a turn that the next message of its conversation does not belong to.
    private void endBefore(
            String conversation, List<Taken> turn, long received, int bytes, long offset, TurnPolicy turns) {
        long lastReceived = turn.stream().mapToLong(Taken::received).max().orElseThrow();
        boolean inTime = now <= deadline(turn);
        boolean receivedInTime = causeOfTime(turn) == TurnCause.GAP
                && received - lastReceived <= turn.getLast().gap();
        if (!inTime && !receivedInTime) {
            close(conversation, causeOfTime(turn), offset);
        } else if (turn.size() == turns.maxMessages()) {
            close(conversation, TurnCause.MAX_MESSAGES, offset);
        } else if (turn.stream().mapToInt(Taken::bytes).sum() + bytes > turns.maxBytes()) {
            close(conversation, TurnCause.MAX_BYTES, offset);
        }
    }

    private static boolean isFlushWord(String text, TurnPolicy turns) {
        String words = String.join(" ", text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .strip();
        return turns.flushWords().contains(words);
    }

    /// Only for words of plain letters, of which the histories are.
    private static boolean isUrgent(String text, TurnPolicy turns) {
        return Arrays.stream(text.toUpperCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .anyMatch(turns.urgentWords()::contains);
    }

    /// Until when nothing closes by time; null where the log is whole.
    private @Nullable Long settleEnd() {
        long earliest = open.values().stream().mapToLong(this::deadline).min().orElseThrow();
        Long settling = settleEnd;
        long awaited = settling == null ? earliest : Math.max(settling, earliest);
        if (now > awaited + policy.hole().limit().toMillis()) {
            return now + policy.hole().settle().toMillis();
        }
        return settling != null && now <= settling ? settling : null;
    }

    private void closeDue(long offset) {
        open.entrySet().stream()
                .filter(turn -> deadline(turn.getValue()) < now)
                .sorted(Comparator.<Map.Entry<String, List<Taken>>>comparingLong(turn -> deadline(turn.getValue()))
                        .thenComparingLong(turn -> turn.getValue().getFirst().offset()))
                .toList()
                .forEach(turn -> close(turn.getKey(), causeOfTime(turn.getValue()), offset));
        settleEnd = null;
    }

    private void close(String conversation, TurnCause cause, long offset) {
        List<Taken> turn = requireNonNull(open.remove(conversation));
        List<String> ids = turn.stream().map(Taken::id).toList();
        Route rule = rule(conversation, turn.getLast().app());
        boolean isKnown = rule != null && policy.routing().destinations().contains(rule.destination());
        closed.add(new Expected(
                conversation,
                turn.getFirst().offset(),
                cause,
                turn.getLast().gap(),
                ids,
                offset,
                rule == null ? null : rule.name(),
                rule != null && isKnown ? rule.destination() : "connect",
                flags(conversation)));
    }

    /// What is switched for a conversation: by a rule for its number, else by one for all.
    private Map<String, Boolean> flags(String conversation) {
        String number = conversation.substring(0, conversation.indexOf('|'));
        Map<String, Boolean> switched = new TreeMap<>();
        for (FlagRule rule : flags) {
            boolean isIn = place("flag " + rule.flag(), conversation) < Math.round(rule.share() * 100);
            if (isIn && number.equals(rule.businessNumber())) {
                switched.put(rule.flag(), rule.on());
            } else if (isIn && rule.businessNumber() == null) {
                boolean isOverridden = flags.stream()
                        .anyMatch(other -> other.flag().equals(rule.flag())
                                && number.equals(other.businessNumber())
                                && place("flag " + other.flag(), conversation) < Math.round(other.share() * 100));
                if (!isOverridden) {
                    switched.put(rule.flag(), rule.on());
                }
            }
        }
        return switched;
    }

    /// The first rule that is about a turn and whose share its conversation is in.
    private @Nullable Route rule(String conversation, String app) {
        String number = conversation.substring(0, conversation.indexOf('|'));
        return Optional.ofNullable(routes).orElse(policy.routing().configured()).stream()
                .filter(rule -> Optional.ofNullable(rule.app()).orElse(app).equals(app))
                .filter(rule -> Optional.ofNullable(rule.businessNumber())
                        .orElse(number)
                        .equals(number))
                .filter(rule -> place(rule.name(), conversation) < Math.round(rule.share() * 100))
                .findFirst()
                .orElse(null);
    }

    private static long place(String rule, String conversation) {
        byte[] digest = Sha256.of((rule + "\u0000" + conversation).getBytes(StandardCharsets.UTF_8));
        return new BigInteger(1, Arrays.copyOf(digest, Long.BYTES))
                .mod(BigInteger.valueOf(10_000))
                .longValueExact();
    }

    private long deadline(List<Taken> turn) {
        long longest = turn.getFirst().time() + turn.getLast().longest();
        return Math.min(turn.getLast().time() + turn.getLast().gap(), longest);
    }

    private TurnCause causeOfTime(List<Taken> turn) {
        boolean full = deadline(turn) < turn.getLast().time() + turn.getLast().gap();
        return full ? TurnCause.MAX_DURATION : TurnCause.GAP;
    }
}
