package lull.aggregator.gap;

import java.time.Duration;
import lull.contract.turn.GapDecision;
import org.jspecify.annotations.Nullable;

/// The adaptive gap: how long to wait after each message. Messages and answers of a conversation are given
/// in their order. It keeps nothing itself: senders and businesses are the caller's. Safe for several
/// threads, if those are.
public final class AdaptiveGap {

    private static final double MILLIS = 1_000;
    private static final Sender.Outcome NOT_FOLLOWED = new Sender.Outcome(false, 0);

    /// Waits are rounded to this.
    static final long STEP_MILLIS = 50;

    private final GapModel model;
    private final Options options;
    private final GapDecision.By by;
    private final int slot;
    private final Business.Judge judge;

    /// Options of the policy.
    ///
    /// @param cutSeconds how many seconds of delay one cut thought is worth
    /// @param floor the shortest wait
    /// @param cap the longest wait
    /// @param fixed the gap that the policy is compared with, and that rules where the policy is worse
    public record Options(double cutSeconds, Duration floor, Duration cap, Duration fixed) {
        public Options {
            if (!(cutSeconds > 0)) {
                throw new IllegalArgumentException("A cut thought must be worth more than 0 seconds");
            }
            if (floor.isNegative() || floor.compareTo(cap) > 0) {
                throw new IllegalArgumentException("The floor must be between 0 and the cap");
            }
        }

        /// Returns the options with which the policy cuts as many thoughts as a fixed gap, sooner.
        public static Options like(Duration fixed, Duration floor, GapModel model) {
            Duration cap = fixed.multipliedBy(2);
            return new Options(model.like(fixed), floor.compareTo(cap) > 0 ? cap : floor, cap, fixed);
        }
    }

    /// How long to wait after a message, and why.
    ///
    /// @param gap how long the sender must be silent until the turn ends
    /// @param policy what the policy says, whether it rules or not
    /// @param by what decides
    /// @param logOdds of another message of the same turn
    public record Decision(Duration gap, Duration policy, GapDecision.By by, double logOdds) {

        /// The probability of another message of the same turn.
        public double probability() {
            return new Outlook(logOdds, 0, 1).probability();
        }
    }

    /// Creates the policy as the one that decides.
    public AdaptiveGap(GapModel model, Options options) {
        this(model, options, GapDecision.By.ADAPTIVE, 0);
    }

    /// @param by what decides: the policy, or the fixed gap while the policy is only tried
    /// @param slot where the model's version is among those of the partition
    public AdaptiveGap(GapModel model, Options options, GapDecision.By by, int slot) {
        this.model = model;
        this.options = options;
        this.by = by;
        this.slot = slot;
        this.judge = Business.Judge.of(model.version(), options);
    }

    /// Whether what a business knows of policy and fixed gap is of this rule and this model.
    public boolean isComparedIn(Business business) {
        return business.isJudgedBy(judge);
    }

    /// Decides how long to wait after a message.
    ///
    /// @param at when it was written, in milliseconds
    public Decision wrote(Sender sender, Business business, long at, MessageShape shape) {
        business.judgeBy(judge);
        decideByWriting(sender, business, at);
        Outlook outlook = business.adjust(model.judge(Features.of(sender, at, shape)));
        double seconds = outlook.bestWait(options.cutSeconds, seconds(options.floor), seconds(options.cap));
        long policy = Math.round(seconds * MILLIS / STEP_MILLIS) * STEP_MILLIS;
        GapDecision.By ruling =
                by == GapDecision.By.ADAPTIVE && business.comparison().isWorse() ? GapDecision.By.FALLBACK : by;
        sender.wrote(at, shape);
        sender.judged(Sender.Judgement.of(outlook, policy, ruling, slot));
        Duration wait = Duration.ofMillis(policy);
        return new Decision(ruling == GapDecision.By.ADAPTIVE ? wait : options.fixed, wait, ruling, outlook.logOdds());
    }

    /// Whether a message that is written now shows that the wait after the sender's last message cut a thought. It
    /// does not if a limit of turns ended the turn before the wait was over.
    ///
    /// @param at when it is written, in milliseconds
    public boolean isCutByWriting(Sender sender, long at) {
        Sender.@Nullable Judgement last = sender.judgement();
        if (last == null || !sender.isUndecided()) {
            return false;
        }
        Sender.Outcome outcome = sender.outcomeOfWriting(at);
        long wait = last.by() == GapDecision.By.ADAPTIVE ? last.waitMillis() : options.fixed.toMillis();
        return outcome.isFollowed() && outcome.silenceMillis() > wait;
    }

    /// Records a message that ends its turn by itself.
    ///
    /// @param at when it was written, in milliseconds
    public void wroteLast(Sender sender, Business business, long at, MessageShape shape) {
        business.judgeBy(judge);
        decideByWriting(sender, business, at);
        sender.wrote(at, shape);
        sender.judged(null);
        sender.decide(NOT_FOLLOWED);
    }

    /// Records that the business has answered: the sender's turn is over.
    public void answered(Sender sender, Business business, long at) {
        over(sender, business);
        sender.answered(at);
    }

    /// Records that the sender's turn is over, whatever the reason.
    public void over(Sender sender, Business business) {
        business.judgeBy(judge);
        if (sender.isUndecided()) {
            decide(sender, business, NOT_FOLLOWED);
        }
    }

    private void decideByWriting(Sender sender, Business business, long at) {
        if (sender.isUndecided()) {
            decide(sender, business, sender.outcomeOfWriting(at));
        }
    }

    private void decide(Sender sender, Business business, Sender.Outcome outcome) {
        Sender.@Nullable Judgement judgement = sender.judgement();
        if (judgement != null && isOfThisRule(judgement)) {
            business.learn(judgement.outlook(model.spread()), outcome);
            if (outcome.isFollowed()) {
                sender.cut(
                        outcome.silenceMillis() > judgement.waitMillis(),
                        outcome.silenceMillis() > options.fixed.toMillis());
            } else {
                business.comparison()
                        .add(
                                new Comparison.Result(judgement.waitMillis() / MILLIS, sender.isPolicyCut()),
                                new Comparison.Result(seconds(options.fixed), sender.isFixedCut()),
                                options.cutSeconds);
            }
        }
        sender.decide(outcome);
    }

    /// Whether a message was judged by this model and within these limits. One that was judged before a change says
    /// nothing of what rules now.
    private boolean isOfThisRule(Sender.Judgement judgement) {
        return judgement.slot() == slot
                && judgement.waitMillis() >= options.floor.toMillis() - STEP_MILLIS
                && judgement.waitMillis() <= options.cap.toMillis() + STEP_MILLIS;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}
