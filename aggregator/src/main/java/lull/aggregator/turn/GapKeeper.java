package lull.aggregator.turn;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import lull.aggregator.gap.AdaptiveGap;
import lull.aggregator.gap.Business;
import lull.aggregator.gap.GapModel;
import lull.aggregator.gap.GapModels;
import lull.aggregator.gap.MessageShape;
import lull.aggregator.gap.Score;
import lull.aggregator.gap.Sender;
import lull.aggregator.gap.TextShape;
import lull.aggregator.gap.Trait;
import lull.contract.ConversationKey;
import lull.contract.message.Content;
import lull.contract.message.GapRule;
import lull.contract.message.GapRuleSetting;
import lull.contract.message.GapSetting;
import lull.contract.turn.GapDecision;
import org.jspecify.annotations.Nullable;

/// Rules of a partition for how long to wait after a message, with what they know of senders and
/// businesses. Nothing but the log decides: what is learned is kept in the duplicates' store, that of the sender of
/// an open turn with the turn, and memory holds only what [#restore(GapsInForce)] reads again. Used by one thread;
/// what [#state()] returns may be read by others.
final class GapKeeper {

    /// What the keys of senders, businesses and the model begin with. A business number of WhatsApp has
    /// digits only, so no conversation's key begins so.
    private static final String SENDER = "sender~";

    private static final String BUSINESS = "business~";
    private static final String MODEL = "model~";

    private final InputPolicy policy;
    private final TurnStore store;
    private final Map<String, Business> businesses = new HashMap<>();
    private final Map<String, AdaptiveGap> adaptive = new HashMap<>();
    private final ConcurrentMap<String, Score> scores = new ConcurrentHashMap<>();

    private GapsInForce gaps = GapsInForce.NONE;
    private GapModels models = GapModels.SHIPPED;
    private SortedMap<String, Double> lambdas = new TreeMap<>();

    /// @param store the duplicates' store
    GapKeeper(InputPolicy policy, TurnStore store) {
        this.policy = policy;
        this.store = store;
    }

    /// How long to wait after a message.
    ///
    /// @param millis of the log's time
    /// @param sender what is known of the sender afterwards, which the open turn keeps; null: as before
    /// @param probability of another message of the same turn; 1 if it is not known
    record Wait(long millis, @Nullable Sender sender, double probability) {

        Wait(long millis, @Nullable Sender sender) {
            this(millis, sender, 1);
        }

        /// Returns the sender as an open turn keeps it; null: as before.
        byte @Nullable [] senderBytes() {
            return sender == null ? null : sender.toBytes();
        }
    }

    /// Clears the memory and reads it again.
    void restore(GapsInForce inForce) {
        gaps = inForce;
        models = GapModels.of(store.get(MODEL));
        adaptive.clear();
        businesses.clear();
        scores.clear();
        store.forEach(BUSINESS, (key, value) -> {
            String number = key.substring(BUSINESS.length());
            Business business = Business.of(value);
            businesses.put(number, business);
        });
        scoreAll();
        lambdas = lambdas();
    }

    /// Whether an entry of the duplicates' store says nothing any more at the log's time.
    static boolean isForgotten(String key, byte[] value, long now) {
        if (key.startsWith(SENDER)) {
            return Sender.of(value).isForgotten(SeenMessages.oldest(now));
        }
        return !key.startsWith(BUSINESS)
                && !key.equals(MODEL)
                && SeenMessages.of(value).forgotten(now);
    }

    void change(GapSetting setting) {
        gaps = gaps.with(setting);
        forgetRules();
    }

    void change(GapRuleSetting setting) {
        gaps = gaps.with(setting);
        forgetRules();
    }

    /// @param model the new one; null: back to the one that Lull ships
    void changeModel(@Nullable GapModel model) {
        models = models.with(model);
        store.put(MODEL, models.toBytes());
        forgetRules();
    }

    private void forgetRules() {
        adaptive.clear();
        scoreAll();
        lambdas = lambdas();
    }

    /// Returns how much one cut thought is worth at the numbers whose rule leaves it to the model.
    private SortedMap<String, Double> lambdas() {
        SortedMap<String, Double> all = new TreeMap<>();
        SortedSet<String> numbers = new TreeSet<>(policy.byNumber().keySet());
        numbers.addAll(gaps.byNumber().keySet());
        numbers.addAll(gaps.rules().keySet());
        numbers.add(GapsInForce.ALL_OTHERS);
        for (String number : numbers) {
            Duration fixed = gaps.gap(number, policy);
            GapRule rule = gaps.rule(number, policy);
            if (rule.lambda() == null && rule.decidesBeside(fixed)) {
                all.put(number, models.current().like(fixed));
            }
        }
        return all;
    }

    GapsInForce inForce() {
        return gaps;
    }

    /// Returns what decides, and scores that follow what is learned later.
    GapState state() {
        return new GapState(gaps, models, scores, lambdas);
    }

    /// Decides how long to wait after a message.
    ///
    /// @param now the log's time
    /// @param joins the turn that the message joins; null if it opens one
    /// @param endsTurn whether the message ends its turn by itself
    /// @param events to which is added what happens
    Wait after(
            String conversation,
            ParsedMessage message,
            long now,
            @Nullable OpenTurn joins,
            boolean endsTurn,
            List<TurnEvent> events) {
        String number = message.conversation().businessNumber();
        Duration fixed = gaps.gap(number, policy);
        AdaptiveGap rule = adaptive(number, fixed);
        if (rule == null) {
            return new Wait(withAlbumWindow(fixed, message), null);
        }
        Sender sender = sender(conversation, joins, now);
        Business business = business(number);
        boolean learns = sender.isUndecided();
        if (joins == null && rule.isCutByWriting(sender, now)) {
            events.add(new TurnEvent.Cut());
        }
        MessageShape shape = shape(message.content());
        Duration wait = fixed;
        double probability = 1;
        if (endsTurn) {
            rule.wroteLast(sender, business, now, shape);
        } else {
            AdaptiveGap.Decision decision = rule.wrote(sender, business, now, shape);
            wait = decision.gap();
            probability = decision.probability();
            events.add(new TurnEvent.Judged(decision.by(), decision.policy()));
        }
        keepChanged(number, business, learns);
        return new Wait(withAlbumWindow(wait, message), sender, probability);
    }

    /// Decides how long to wait after a message whose conversation is not gathered.
    Wait withoutGathering(ParsedMessage message) {
        return new Wait(withAlbumWindow(Duration.ZERO, message), null);
    }

    /// Waits after a file for more of the same album.
    private long withAlbumWindow(Duration wait, ParsedMessage message) {
        return message.content().kind().isMedia()
                ? Math.max(
                        wait.toMillis(),
                        policy.of(message.conversation().businessNumber())
                                .albumWindow()
                                .toMillis())
                : wait.toMillis();
    }

    /// Records that the business has answered.
    ///
    /// @param open the turn of the conversation; null if it has none
    /// @param now the log's time
    /// @return what is known of the sender now; null: as before
    byte @Nullable [] answered(String conversation, @Nullable OpenTurn open, long now) {
        String number = ConversationKey.parse(conversation).businessNumber();
        AdaptiveGap rule = adaptive(number, gaps.gap(number, policy));
        if (rule == null) {
            return null;
        }
        Sender sender = sender(conversation, open, now);
        Business business = business(number);
        boolean learns = sender.isUndecided();
        rule.answered(sender, business, now);
        keepChanged(number, business, learns);
        return sender.toBytes();
    }

    /// Keeps what is known of a sender who has no open turn.
    ///
    /// @param sender null: as before
    void keep(String conversation, byte @Nullable [] sender) {
        if (sender != null) {
            store.put(SENDER + conversation, sender);
        }
    }

    /// Returns how the last message of a turn was judged; null if it was not.
    @Nullable
    GapDecision decision(String conversation, OpenTurn turn) {
        String number = ConversationKey.parse(conversation).businessNumber();
        if (gaps.rule(number, policy).policy() == GapRule.Policy.FIXED) {
            return null;
        }
        return Sender.of(stored(conversation, turn)).decision(turn.lastTime(), models);
    }

    /// Returns the policy of a business number; null where only the fixed gap counts.
    private @Nullable AdaptiveGap adaptive(String number, Duration fixed) {
        AdaptiveGap known = adaptive.get(number);
        if (known != null) {
            return known;
        }
        GapRule rule = gaps.rule(number, policy);
        if (!rule.decidesBeside(fixed)) {
            return null;
        }
        AdaptiveGap created = adaptive(rule, fixed, policy.of(number).maxDuration());
        adaptive.put(number, created);
        return created;
    }

    private AdaptiveGap adaptive(GapRule rule, Duration fixed, Duration maxDuration) {
        Double lambda = rule.lambda();
        Duration cap = rule.capBeside(fixed, maxDuration);
        Duration floor = rule.floor().compareTo(cap) > 0 ? cap : rule.floor();
        return new AdaptiveGap(
                models.current(),
                new AdaptiveGap.Options(lambda == null ? models.current().like(fixed) : lambda, floor, cap, fixed),
                rule.policy() == GapRule.Policy.SHADOW ? GapDecision.By.SHADOW : GapDecision.By.ADAPTIVE,
                models.slot());
    }

    /// Returns the conversation of an entry about a sender; empty if it is another entry.
    static Optional<String> senderOf(String key) {
        return key.startsWith(SENDER) ? Optional.of(key.substring(SENDER.length())) : Optional.empty();
    }

    /// Deletes what is known of a sender.
    void forget(String conversation) {
        store.delete(SENDER + conversation);
    }

    /// Returns what is known of a sender. Who has been silent for as long as duplicates are known is new:
    /// the sweep may have deleted the record or not, which must not matter.
    private Sender sender(String conversation, @Nullable OpenTurn open, long now) {
        Sender sender = Sender.of(stored(conversation, open));
        return sender.isForgotten(SeenMessages.oldest(now)) ? new Sender() : sender;
    }

    /// The open turn knows its sender, unless the gap did not adapt at any of its messages.
    private byte @Nullable [] stored(String conversation, @Nullable OpenTurn open) {
        byte[] known = open == null ? null : open.sender();
        return known == null ? store.get(SENDER + conversation) : known;
    }

    private Business business(String number) {
        return businesses.computeIfAbsent(number, _ -> new Business());
    }

    /// @param learns whether a message of a sender has been decided
    private void keepChanged(String number, Business business, boolean learns) {
        if (business.takeNewJudge() || learns) {
            store.put(BUSINESS + number, business.toBytes());
            score(number, business);
        }
    }

    private void scoreAll() {
        scores.clear();
        businesses.forEach(this::score);
    }

    /// Publishes how the rule of a business has done so far; nothing if it rules since its last message.
    private void score(String number, Business business) {
        AdaptiveGap rule = adaptive(number, gaps.gap(number, policy));
        Score score = business.comparison().score();
        if (score.turns() > 0 && (rule == null || rule.isComparedIn(business))) {
            scores.put(number, score);
        }
    }

    private static MessageShape shape(Content content) {
        return switch (content) {
            case Content.Text(String body) -> TextShape.of(body);
            case Content.Media media
            when media.caption() != null -> TextShape.of(media.caption()).with(Trait.MEDIA);
            default -> MessageShape.MEDIA;
        };
    }
}
