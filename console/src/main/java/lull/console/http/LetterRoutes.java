package lull.console.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.console.pages.Forms;
import lull.console.signin.SignIn;
import lull.console.sources.DeadLetterPort.Filter;
import lull.console.sources.DeadLetterPort.Found;
import lull.console.sources.DeadLetterPort.Letter;
import lull.console.sources.DeadLetterPort.Result;
import lull.console.sources.DeadLetterPort.Trial;
import lull.console.sources.DeadLetters;
import lull.console.sources.DeadLetters.Outcome;

/// Routes of the pages about dead letters. Safe for several threads.
final class LetterRoutes {

    private static final int SHOWN = 200;

    private final DeadLetters letters;
    private final PageWriter writer;
    private final ActionLog actions;
    private final InstantSource clock;

    LetterRoutes(DeadLetters letters, PageWriter writer, ActionLog actions, InstantSource clock) {
        this.letters = letters;
        this.writer = writer;
        this.actions = actions;
        this.clock = clock;
    }

    void list(Visit visit) throws InterruptedException {
        LetterChoice choice = LetterChoice.of(visit::parameter, clock.instant());
        Outcome<Found> found = choice.problem().isEmpty()
                ? letters.find(choice.filter(), visit.parameter("after"), SHOWN)
                : new Outcome<>(Optional.empty(), choice.problem());
        Map<String, Object> model = new HashMap<>(choice.fields());
        List<Letter> list = found.value().map(Found::letters).orElse(List.of());
        model.put("letters", list);
        model.put("count", found.value().map(Found::count).orElse(0));
        model.put("next", found.value().map(Found::next).orElse(""));
        model.put("problem", found.problem());
        model.put("query", Optional.ofNullable(visit.context().queryString()).orElse(""));
        writer.page(visit, "dead-letters", "Dead letters", model);
    }

    void one(Visit visit) throws InterruptedException {
        String id = visit.context().pathParam("id");
        Outcome<Letter> letter = letters.one(id);
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("href", page(id));
        model.put("letter", letter.value().map(List::of).orElse(List.of()));
        model.put("problem", letter.problem());
        boolean isShown = visit.signIn().orElseThrow().isRevealed(id, clock.instant());
        Outcome<String> value = isShown ? letters.value(id) : new Outcome<>(Optional.empty(), "");
        model.put("isValueShown", isShown);
        model.put("value", value.value().orElse(value.problem()));
        writer.page(visit, "dead-letter", "Dead letter", model);
    }

    /// Shows the value of a dead letter for some minutes, and records who asked for it.
    void showValue(Visit visit) {
        String id = visit.context().pathParam("id");
        visit.signIn().orElseThrow().reveal(id, clock.instant());
        actions.record(ActionLog.Action.TEXTS_SHOWN, visit.operator(), id);
        PageWriter.next(visit, page(id));
    }

    /// Sends dead letters again, discards them, or only shows what would happen.
    void act(Visit visit) throws InterruptedException {
        String action = visit.field("action");
        SignIn signIn = visit.signIn().orElseThrow();
        if (action.equals("dry-run-all")) {
            dryRunOfAll(visit);
            return;
        }
        Set<String> ids = new LinkedHashSet<>(visit.fields("id"));
        boolean isOfAll = action.endsWith("-all");
        LetterChoice choice = LetterChoice.of(visit::field, clock.instant());
        if (isOfAll && (choice.until() == null || !choice.problem().isEmpty())) {
            writer.error(visit, 400, "The form does not say which dead letters are meant.");
            return;
        }
        if (!isOfAll && ids.isEmpty()) {
            signIn.leaveNote("Nothing was done: choose dead letters first.");
            back(visit);
            return;
        }
        Filter filter = isOfAll ? choice.openBefore(clock.instant()) : Filter.ofIds(ids);
        String what = isOfAll
                ? choice.words()
                : String.join(" ", ids.stream().limit(20).toList());
        String by = visit.operator().name();
        switch (action) {
            case "dry-run" -> dryRun(visit, ids);
            case "replay", "replay-all" -> {
                Outcome<Result> result = letters.replay(filter, by);
                record(visit, ActionLog.Action.LETTERS_REPLAYED, what, result);
                signIn.leaveNote(sentence("Replayed", result));
                back(visit);
            }
            case "discard", "discard-all" -> {
                if (visit.field("why").isEmpty()) {
                    signIn.leaveNote("Nothing was done: say why, because the reason is recorded.");
                } else {
                    Outcome<Result> result = letters.discard(filter, by, visit.field("why"));
                    record(visit, ActionLog.Action.LETTERS_DISCARDED, what, result);
                    signIn.leaveNote(sentence("Discarded", result));
                }
                back(visit);
            }
            default -> writer.error(visit, 400, "The form names no action that there is.");
        }
    }

    private void dryRun(Visit visit, Set<String> ids) throws InterruptedException {
        Outcome<Found> found = letters.find(new Filter(ids, null, null, null, null, null, false), "", ids.size());
        List<Letter> list = found.value().map(Found::letters).orElse(List.of());
        Map<String, Object> model = new HashMap<>();
        model.put("letters", list);
        model.put("asked", ids.size());
        model.put(
                "wouldBe",
                list.stream().filter(letter -> letter.problem() == null).count());
        model.put("problem", found.problem());
        writer.page(visit, "dry-run", "Dry run", model);
    }

    /// Shows what would happen with all dead letters that the list chooses, and offers to do it. What becomes a dead
    /// letter later is not of them.
    private void dryRunOfAll(Visit visit) throws InterruptedException {
        Instant now = clock.instant();
        LetterChoice choice = LetterChoice.of(visit::field, now);
        Filter filter = choice.openBefore(now);
        Outcome<Trial> trial =
                choice.problem().isEmpty() ? letters.dryRun(filter) : new Outcome<>(Optional.empty(), choice.problem());
        Map<String, Object> model = new HashMap<>(choice.fields());
        model.put(
                "since",
                Optional.ofNullable(filter.since()).map(Instant::toString).orElse(""));
        model.put(
                "until",
                Optional.ofNullable(filter.until()).map(Instant::toString).orElse(""));
        model.put("asked", trial.value().map(Trial::count).orElse(0));
        model.put("wouldBe", trial.value().map(Trial::replayable).orElse(0));
        model.put("problems", trial.value().map(Trial::problems).orElse(Map.of()));
        model.put("query", visit.field("query"));
        model.put("problem", trial.problem());
        writer.page(visit, "dry-run-all", "Dry run", model);
    }

    private void record(Visit visit, ActionLog.Action action, String what, Outcome<Result> result) {
        if (result.value().isPresent()) {
            actions.record(action, visit.operator(), what);
        }
    }

    private static String sentence(String what, Outcome<Result> result) {
        if (result.value().isEmpty()) {
            return "It is not known whether anything was done. " + result.problem();
        }
        Result done = result.value().get();
        int more = done.leftCount() - done.left().size();
        String left = done.left().isEmpty()
                ? ""
                : " Left: " + String.join("; ", done.left()) + (more > 0 ? "; and " + more + " more" : "") + ".";
        return what + ": " + done.done() + " of " + (done.done() + done.leftCount()) + "." + left;
    }

    private static void back(Visit visit) {
        String query = visit.field("query");
        boolean isQuery = query.matches("[!-~]{1,2000}");
        PageWriter.next(visit, isQuery ? "/dead-letters?" + query : "/dead-letters");
    }

    private static String page(String id) {
        return "/dead-letters/" + Forms.encoded(id);
    }
}
