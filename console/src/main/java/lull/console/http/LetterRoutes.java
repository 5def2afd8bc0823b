package lull.console.http;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.console.pages.Forms;
import lull.console.signin.SignIn;
import lull.console.sources.DeadLetterDoor.Filter;
import lull.console.sources.DeadLetterDoor.Found;
import lull.console.sources.DeadLetterDoor.Letter;
import lull.console.sources.DeadLetterDoor.Result;
import lull.console.sources.DeadLetters;
import lull.console.sources.DeadLetters.Outcome;
import org.jspecify.annotations.Nullable;

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
        Outcome<Found> found = letters.find(
                new Filter(
                        Set.of(),
                        given(visit.parameter("topic")),
                        given(visit.parameter("reason")),
                        given(visit.parameter("conversation")),
                        !visit.parameter("all").isEmpty()),
                SHOWN);
        Map<String, Object> model = new HashMap<>();
        for (String name : List.of("topic", "reason", "conversation", "all")) {
            model.put(name, visit.parameter(name));
        }
        List<Letter> list = found.value().map(Found::letters).orElse(List.of());
        model.put("letters", list);
        model.put("count", found.value().map(Found::count).orElse(0));
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
        Set<String> ids = new LinkedHashSet<>(visit.fields("id"));
        SignIn signIn = visit.signIn().orElseThrow();
        if (ids.isEmpty()) {
            signIn.leaveNote("Nothing was done: choose dead letters first.");
            back(visit);
            return;
        }
        switch (visit.field("action")) {
            case "dry-run" -> dryRun(visit, ids);
            case "replay" -> {
                Outcome<Result> result = letters.replay(ids, visit.operator().name());
                record(visit, ActionLog.Action.LETTERS_REPLAYED, ids, result);
                signIn.leaveNote(sentence("Replayed", ids.size(), result));
                back(visit);
            }
            case "discard" -> {
                if (visit.field("why").isEmpty()) {
                    signIn.leaveNote("Nothing was done: say why, because the reason is recorded.");
                } else {
                    Outcome<Result> result =
                            letters.discard(ids, visit.operator().name(), visit.field("why"));
                    record(visit, ActionLog.Action.LETTERS_DISCARDED, ids, result);
                    signIn.leaveNote(sentence("Discarded", ids.size(), result));
                }
                back(visit);
            }
            default -> writer.error(visit, 400, "The form names no action that there is.");
        }
    }

    private void dryRun(Visit visit, Set<String> ids) throws InterruptedException {
        Outcome<Found> found = letters.find(new Filter(ids, null, null, null, false), ids.size());
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

    private void record(Visit visit, ActionLog.Action action, Set<String> ids, Outcome<Result> result) {
        if (result.value().isPresent()) {
            actions.record(
                    action,
                    visit.operator(),
                    String.join(" ", ids.stream().limit(20).toList()));
        }
    }

    private static String sentence(String what, int asked, Outcome<Result> result) {
        if (result.value().isEmpty()) {
            return "It is not known whether anything was done. " + result.problem();
        }
        Result done = result.value().get();
        String left = done.left().isEmpty() ? "" : " Left: " + String.join("; ", done.left()) + ".";
        return what + ": " + done.done() + " of " + asked + "." + left;
    }

    private static void back(Visit visit) {
        String query = visit.field("query");
        boolean isQuery = query.matches("[!-~]{1,2000}");
        PageWriter.next(visit, isQuery ? "/dead-letters?" + query : "/dead-letters");
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String page(String id) {
        return "/dead-letters/" + Forms.encoded(id);
    }
}
