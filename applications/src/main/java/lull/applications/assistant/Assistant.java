package lull.applications.assistant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.applications.turns.Answer;
import lull.applications.turns.Application;
import lull.applications.turns.ConversationState;
import lull.applications.voices.Voices;
import lull.contract.Channel;
import lull.contract.application.AnswerQuality;
import lull.contract.application.HandOver;
import lull.contract.application.TurnHandled;
import lull.contract.reply.ReplyContent;
import lull.contract.turn.Turn;
import lull.lanes.Outcome;
import lull.runtime.Sha256;
import lull.runtime.log.LogLimit;
import lull.text.Markdown;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/// Application that lets a language model answer the whole turn, or hands the conversation over to
/// a person. What the model says is used only within the rules of the settings, and has no effect
/// but the answer. Whatever goes wrong with the model ends with a person. Safe for several threads.
final class Assistant implements Application {

    private static final Logger log = LoggerFactory.getLogger(Assistant.class);

    /// After this silence the customer is told again that a machine answers.
    private static final Duration FORGOTTEN = Duration.ofHours(24);

    /// With less time left the model is not asked.
    private static final Duration SHORTEST_CALL = Duration.ofMillis(500);

    /// How long a customer who asks for a person waits for a summary that the person reads.
    private static final Duration LONGEST_SUMMARY = Duration.ofSeconds(5);

    /// How soon a call is repeated at the earliest.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String name;
    private final Model model;
    private final Sources sources;
    private final Prompt prompt;
    private final HandOverRules rules;
    private final OutputRules output;
    private final SpendingLimits limits;
    private final Options options;
    private final InstantSource clock;
    private final AssistantMetrics metrics;
    private final EarlyAnswers early;
    private final LogLimit warnings = new LogLimit(log, System::nanoTime);

    /// How an assistant behaves.
    ///
    /// @param suggests whether it drafts answers for agents, and answers nothing itself
    /// @param cancels whether an answer is dropped if the customer has written more meanwhile
    /// @param history how many of the last exchanges the model gets
    /// @param timeout of a call
    /// @param prices of the model
    /// @param disclosure a text before the first answer; empty for none
    /// @param handOverText what customers read when they are handed over; empty for what the model
    ///     writes
    /// @param intents between which the model chooses; the last one is for all others
    /// @param actions that the model may ask for
    record Options(
            boolean suggests,
            boolean cancels,
            int history,
            Duration timeout,
            Prices prices,
            String disclosure,
            String handOverText,
            List<String> intents,
            Set<String> actions) {}

    /// What an assistant asks besides the model.
    ///
    /// @param voices what is said in voice notes
    record Sources(History history, Voices voices) {}

    /// The model's answer, and how it came about.
    private record Considered(AssistantAnswer answer, AnswerQuality quality) {}

    Assistant(
            String name,
            Model model,
            Sources sources,
            Prompt prompt,
            HandOverRules rules,
            OutputRules output,
            SpendingLimits limits,
            Options options,
            InstantSource clock,
            AssistantMetrics metrics) {
        this.name = name;
        this.model = model;
        this.sources = sources;
        this.prompt = prompt;
        this.rules = rules;
        this.output = output;
        this.limits = limits;
        this.options = options;
        this.clock = clock;
        this.metrics = metrics;
        this.early = new EarlyAnswers(clock, metrics, this::spend);
    }

    @Override
    public Given give(String id, Turn turn, ConversationState conversation) throws InterruptedException {
        Map<String, String> heard = sources.voices().heard(turn, conversation.until());
        return switch (consider(request(turn, heard, conversation))) {
            case Given.Taken(Answer answer) -> new Given.Taken(answer.hearing(heard));
            case Given.Failed failed -> failed;
        };
    }

    @Override
    public void expect(Turn turn, ConversationState conversation) throws InterruptedException {
        Map<String, String> heard = sources.voices().heard(turn, conversation.until());
        Request request = request(turn, heard, conversation);
        if (rules.asksForPerson(request.context().said())
                || limits.exceeded(turn.conversation().toString(), turn.id()).isPresent()) {
            return;
        }
        String instructions = instructions(turn);
        early.begin(
                turn.conversation().toString(),
                question(instructions, request),
                () -> call(instructions, request.context(), options.timeout()));
    }

    private Request request(Turn turn, Map<String, String> heard, ConversationState conversation)
            throws InterruptedException {
        List<Past> history = sources.history().before(turn, conversation.before());
        return new Request(turn, AssistantContext.of(turn, history, heard), conversation);
    }

    /// Returns what is the same if a turn is asked about in the same way. The history may have come from the archive or
    /// from results, but nothing may have been said since.
    private static String question(String instructions, Request request) {
        return Sha256.hex(instructions + "\n"
                + request.context().withoutHistory().json() + "\n"
                + request.conversation().before().size());
    }

    private String instructions(Turn turn) {
        return prompt.text(turn.conversation().businessNumber());
    }

    private EarlyAnswers.Timed call(String instructions, AssistantContext context, Duration limit)
            throws InterruptedException {
        Instant start = clock.instant();
        Completion completion = model.complete(instructions, context.json(), limit);
        Duration duration = Duration.between(start, clock.instant());
        metrics.called(completion.word(), duration);
        return new EarlyAnswers.Timed(completion, duration);
    }

    private Given consider(Request request) throws InterruptedException {
        Turn turn = request.turn();
        ConversationState conversation = request.conversation();
        if (options.suggests()) {
            return new Given.Taken(suggestion(request));
        }
        if (rules.asksForPerson(request.context().said())) {
            return new Given.Taken(
                    handOver(request, HandOverCause.WORDS, summary(request).orElse(null)));
        }
        if (isOvertaken(conversation)) {
            return new Given.Taken(cancelled(null));
        }
        Optional<HandOverCause> exceeded = limits.exceeded(turn.conversation().toString(), turn.id());
        if (exceeded.isPresent()) {
            return new Given.Taken(handOver(request, exceeded.get(), null));
        }
        return answer(request);
    }

    /// A turn, what the model gets of it, and its conversation.
    private record Request(Turn turn, AssistantContext context, ConversationState conversation) {}

    /// What came of asking the model: its answer, a cause to hand over, or a reason to try again.
    private sealed interface Reaction {
        record Answered(Considered considered) implements Reaction {}

        record Ended(HandOverCause cause) implements Reaction {}

        record Retry(Duration atLeast, String reason) implements Reaction {}
    }

    @Override
    public Optional<Answer> instead(Turn turn, ConversationState conversation) {
        List<Past> history = new KnownHistory(options.history()).before(turn, conversation.before());
        Request request = new Request(turn, AssistantContext.of(turn, history, Map.of()), conversation);
        return Optional.of(handOver(request, HandOverCause.FAILED, null));
    }

    private Given answer(Request request) throws InterruptedException {
        return switch (ask(request, options.timeout())) {
            case Reaction.Answered(Considered considered) -> new Given.Taken(use(request, considered));
            case Reaction.Ended(HandOverCause cause) -> new Given.Taken(handOver(request, cause, null));
            case Reaction.Retry(Duration wait, String reason) ->
                isInTime(request, wait)
                        ? new Given.Failed(new Outcome.Retry(wait, reason))
                        : new Given.Taken(handOver(request, HandOverCause.FAILED, null));
        };
    }

    private boolean isInTime(Request request, Duration wait) {
        Duration next = wait.compareTo(RETRY) > 0 ? wait : RETRY;
        return clock.instant()
                .plus(next)
                .plus(SHORTEST_CALL)
                .isBefore(request.conversation().until());
    }

    private Answer use(Request request, Considered considered) {
        AssistantAnswer answer = considered.answer();
        Optional<HandOverCause> cause = rules.of(answer);
        if (cause.isPresent()) {
            return handOver(request, cause.get(), considered);
        }
        if (isOvertaken(request.conversation())) {
            return cancelled(considered.quality());
        }
        if (!answer.shouldRespond()) {
            metrics.answered("silent");
            return new Answer(List.of(), null, List.of(), considered.quality());
        }
        Optional<String> text = sayable(request, answer.content());
        if (text.isEmpty()) {
            return handOver(request, HandOverCause.OUTPUT, considered);
        }
        metrics.answered("answered");
        return new Answer(List.of(said(disclosed(request, text.get()))), null, List.of(), considered.quality());
    }

    /// Whether the customer has written more, and this turn is to be answered with the next one.
    private boolean isOvertaken(ConversationState conversation) {
        return options.cancels() && conversation.isFollowed().getAsBoolean();
    }

    private Answer cancelled(@Nullable AnswerQuality quality) {
        metrics.answered("cancelled");
        return new Answer(List.of(), null, List.of(), quality);
    }

    private Answer handOver(Request request, HandOverCause cause, @Nullable Considered considered) {
        metrics.answered("handed_over");
        metrics.handedOver(cause);
        String note = considered == null ? "" : considered.answer().summary();
        return new Answer(
                farewell(request, considered).map(text -> List.of(said(text))).orElse(List.of()),
                new HandOver(cause.reason(), noted(note), attributes(request, considered)),
                List.of(),
                considered == null ? null : considered.quality());
    }

    /// Returns what the customer reads: the text of the settings, else what the model wrote because
    /// it hands over.
    private Optional<String> farewell(Request request, @Nullable Considered considered) {
        if (!options.handOverText().isBlank()) {
            return Optional.of(options.handOverText());
        }
        return Optional.ofNullable(considered)
                .map(Considered::answer)
                .filter(answer -> answer.wish() != AssistantAnswer.Wish.NO && answer.shouldRespond())
                .map(AssistantAnswer::content)
                .filter(content -> !content.isEmpty())
                .flatMap(content -> sayable(request, content));
    }

    private Answer suggestion(Request request) throws InterruptedException {
        Optional<Considered> considered = once(request, options.timeout());
        String note = considered
                .map(Considered::answer)
                .map(answer -> {
                    String draft = sayable(request, answer.content()).orElse("");
                    return answer.summary() + (draft.isEmpty() ? "" : "\n[draft]\n" + draft);
                })
                .orElse("");
        metrics.answered("suggested");
        return new Answer(
                List.of(),
                new HandOver(null, noted(note), attributes(request, considered.orElse(null))),
                List.of(),
                considered.map(Considered::quality).orElse(null));
    }

    /// Asks for a summary of what was said before, which an agent should have; empty if there is
    /// nothing to be summarized, or the model fails.
    private Optional<Considered> summary(Request request) throws InterruptedException {
        return request.context().history().isEmpty() ? Optional.empty() : once(request, LONGEST_SUMMARY);
    }

    /// Asks the model within the limits, and does without its answer if it fails.
    private Optional<Considered> once(Request request, Duration longest) throws InterruptedException {
        Turn turn = request.turn();
        if (limits.exceeded(turn.conversation().toString(), turn.id()).isPresent()) {
            return Optional.empty();
        }
        return ask(request, longest) instanceof Reaction.Answered(Considered considered)
                ? Optional.of(considered)
                : Optional.empty();
    }

    /// @param longest how long the call may take, if there is so much time
    private Reaction ask(Request request, Duration longest) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), request.conversation().until());
        Duration limit = left.compareTo(longest) < 0 ? left : longest;
        if (limit.compareTo(SHORTEST_CALL) < 0) {
            return new Reaction.Ended(HandOverCause.FAILED);
        }
        String instructions = instructions(request.turn());
        Optional<EarlyAnswers.Timed> begun =
                early.take(request.turn().conversation().toString(), question(instructions, request), limit);
        EarlyAnswers.Timed timed = begun.isPresent() ? begun.get() : call(instructions, request.context(), limit);
        Duration duration = timed.duration();
        Completion completion = timed.completion();
        return switch (completion) {
            case Completion.Written written -> read(written, instructions, duration);
            case Completion.Declined _ -> new Reaction.Ended(HandOverCause.DECLINED);
            case Completion.Cut _ -> failed("The answer of the model was cut at destination." + name + ".max.tokens");
            case Completion.TooLong _ ->
                request.context().history().isEmpty()
                        ? failed("A turn is too long for the model")
                        : ask(
                                new Request(request.turn(), request.context().withoutHistory(), request.conversation()),
                                longest);
            case Completion.Rejected(String reason) -> failed(reason);
            case Completion.Misconfigured(String reason) -> {
                warn(reason);
                yield new Reaction.Ended(HandOverCause.MISCONFIGURED);
            }
            case Completion.Retry(Duration wait, String reason) -> new Reaction.Retry(wait, reason);
        };
    }

    /// Whether an answer that is to be one has words: else nobody would answer, and no person would know.
    private static boolean saysSomething(AssistantAnswer answer) {
        return !answer.shouldRespond()
                || answer.wish() != AssistantAnswer.Wish.NO
                || !OutputRules.visible(answer.content()).isEmpty();
    }

    private Reaction failed(String reason) {
        warn(reason);
        return new Reaction.Ended(HandOverCause.FAILED);
    }

    private void warn(String reason) {
        warnings.warn(
                "An assistant cannot answer a turn, which goes to a person",
                new KeyValuePair("destination", name),
                new KeyValuePair("error", reason));
    }

    private void spend(Completion completion) {
        if (completion instanceof Completion.Written written) {
            var cost = options.prices().cost(written.inputTokens(), written.outputTokens());
            limits.spend(cost);
            metrics.spent(written.inputTokens(), written.outputTokens(), cost);
        }
    }

    private Reaction read(Completion.Written written, String instructions, Duration duration) {
        spend(written);
        return AssistantAnswer.read(written.text())
                .filter(Assistant::saysSomething)
                .<Reaction>map(answer -> {
                    metrics.confident(answer.confidence());
                    AssistantAnswer known = known(answer);
                    return new Reaction.Answered(new Considered(
                            known,
                            new AnswerQuality(
                                    written.model(),
                                    Prompt.version(instructions),
                                    known.intent(),
                                    known.confidence(),
                                    written.inputTokens(),
                                    written.outputTokens(),
                                    duration,
                                    known.actions())));
                })
                .orElseGet(() -> new Reaction.Retry(
                        Duration.ZERO, "The answer of the model does not have the form that was asked for"));
    }

    /// Returns an answer with nothing but intents and actions of the settings.
    private AssistantAnswer known(AssistantAnswer answer) {
        Map<String, String> actions = new LinkedHashMap<>();
        answer.actions().forEach((action, value) -> {
            if (options.actions().contains(action)) {
                actions.put(action, OutputRules.visible(value));
            }
        });
        return new AssistantAnswer(
                answer.shouldRespond(),
                answer.content(),
                answer.confidence(),
                options.intents().contains(answer.intent())
                        ? answer.intent()
                        : options.intents().getLast(),
                answer.wish(),
                OutputRules.visible(answer.summary()),
                actions);
    }

    /// Returns a text of the model as customers may read it; empty if it breaks a rule.
    private Optional<String> sayable(Request request, String content) {
        String visible = OutputRules.visible(content);
        String text = Channel.of(request.turn().conversation()).hasMarks()
                ? Markdown.toWhatsApp(visible)
                : Markdown.toPlain(visible);
        Optional<String> problem = output.problem(text);
        problem.ifPresent(reason -> warn("The answer of the model is not used: " + reason));
        return problem.isPresent() || text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private String disclosed(Request request, String text) {
        Instant recent = request.context().at().minus(FORGOTTEN);
        boolean isKnown = request.conversation().before().stream()
                .anyMatch(past -> past instanceof TurnHandled.Spoken spoken
                        && past.at().isAfter(recent)
                        && !spoken.exchange().replies().isEmpty());
        return isKnown || options.disclosure().isBlank() ? text : options.disclosure() + "\n\n" + text;
    }

    private static Map<String, String> attributes(Request request, @Nullable Considered considered) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (considered != null) {
            attributes.putAll(considered.answer().actions());
            attributes.put("assistantIntent", considered.answer().intent());
        }
        attributes.put("assistantLanguage", request.context().language());
        attributes.put("assistantUrgency", Integer.toString(request.context().urgency()));
        return new HandOver(null, null, attributes).acceptedAttributes();
    }

    private static @Nullable String noted(String note) {
        if (note.isBlank()) {
            return null;
        }
        return note.codePointCount(0, note.length()) <= HandOver.LONGEST_NOTE
                ? note
                : note.substring(0, note.offsetByCodePoints(0, HandOver.LONGEST_NOTE));
    }

    private static Answer.Said said(String text) {
        return new Answer.Said(new ReplyContent.Text(text), null);
    }
}
