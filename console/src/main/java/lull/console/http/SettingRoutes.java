package lull.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import lull.console.http.ActionLog.Action;
import lull.console.pages.AdvicePage;
import lull.console.pages.RuleForms;
import lull.console.pages.SettingsPage;
import lull.console.signin.SignIn;
import lull.console.sources.Answer;
import lull.console.sources.SourceClient;

/// Routes of the page with the settings in force, which changes gaps, routes and flags. Safe for several threads.
final class SettingRoutes {

    static final String GAPS = "/settings/gaps";
    static final String ROUTES = "/settings/routes";
    static final String FLAGS = "/settings/flags";

    private static final String PAGE = "/settings";
    private static final String UNDO = "undo";

    private final SourceClient aggregator;
    private final SourceClient archive;
    private final PageWriter writer;
    private final ActionLog actions;

    SettingRoutes(SourceClient aggregator, SourceClient archive, PageWriter writer, ActionLog actions) {
        this.aggregator = aggregator;
        this.archive = archive;
        this.writer = writer;
        this.actions = actions;
    }

    void page(Visit visit) throws InterruptedException {
        Answer gaps = aggregator.get("/gaps", Map.of());
        Answer routes = aggregator.get("/routes", Map.of());
        Answer changes = archive.get("/changes", Map.of("limit", "50"));
        Map<String, Object> model = new HashMap<>(SettingsPage.model(gaps, routes, changes));
        writer.page(visit, "settings", "Settings", model);
    }

    /// Changes a gap and what decides how long to wait, or undoes that.
    void setGap(Visit visit) throws InterruptedException {
        SignIn signIn = visit.signIn().orElseThrow();
        String topic = visit.field("topic");
        String number = visit.field("number");
        boolean isReset = visit.field("reset").equals("true");
        boolean isUndo = visit.field(UNDO).equals("true");
        Map<String, Object> body = gapRequest(visit);
        Map<String, String> before = SettingsPage.inForce(aggregator.get("/gaps", Map.of()), topic, number);
        String path = "/gaps/" + SourceClient.encoded(topic);
        String by = visit.operator().name();
        Answer answer = isReset
                ? aggregator.change("DELETE", path, Map.of("number", number, "by", by))
                : aggregator.put(path, body);
        switch (answer) {
            case Answer.Known(JsonNode change) -> {
                actions.record(isUndo ? Action.GAP_UNDONE : Action.GAP_CHANGED, visit.operator(), topic);
                Map<String, String> undo = isUndo
                        ? Map.of()
                        : undo(before, topic, number, isReset || body.containsKey("gap"), body.containsKey("policy"));
                leaveNote(
                        signIn,
                        (isUndo ? "Undone: the " : "The ") + changed(body, isReset, topic, number)
                                + " from the next message on, in "
                                + change.path("partitions").size() + " partitions.",
                        GAPS,
                        undo);
            }
            case Answer.Refused(int _, String reason, var _) -> signIn.leaveNote("Nothing was changed: " + reason);
            case Answer.Unknown(String reason) -> signIn.leaveNote("It is not known whether it was changed. " + reason);
        }
        PageWriter.next(visit, PAGE);
    }

    /// Returns the body of a request that sets what the form names.
    private static Map<String, Object> gapRequest(Visit visit) {
        Map<String, Object> body = new LinkedHashMap<>(AdvicePage.fields(visit.field("choice")));
        for (String name : List.of("gap", "policy", "floor", "cap", "number")) {
            if (!visit.field(name).isEmpty()) {
                body.put(name, visit.field(name));
            }
        }
        if (visit.field("lambda").matches("[0-9]{1,6}([.][0-9]{1,20})?")) {
            body.put("lambda", Double.valueOf(visit.field("lambda")));
        }
        body.put("by", visit.operator().name());
        return body;
    }

    /// Returns what was changed, as the middle of a sentence: `gap of whatsapp.message.received is 8s`.
    private static String changed(Map<String, Object> body, boolean isReset, String topic, String number) {
        String of = " of " + topic + (number.isEmpty() ? "" : " for number " + number);
        if (isReset) {
            return "gap and the policy" + of + " are those of the configuration";
        }
        if (!body.containsKey("gap")) {
            return "policy" + of + " is " + body.get("policy");
        }
        return "gap" + of + " is " + body.get("gap")
                + (body.containsKey("policy") ? " with policy " + body.get("policy") : "");
    }

    /// Returns the form that restores what was in force before; empty if that is not known.
    ///
    /// @param isGapChanged whether the gap was changed; likewise the policy
    private static Map<String, String> undo(
            Map<String, String> before, String topic, String number, boolean isGapChanged, boolean isPolicyChanged) {
        Map<String, String> form = new LinkedHashMap<>(before);
        if (!isPolicyChanged) {
            form.keySet().retainAll(Set.of("gap", "reset"));
        }
        if (!isGapChanged) {
            form.remove("gap");
        }
        if (!form.isEmpty()) {
            form.put("topic", topic);
            form.put("number", number);
            form.put(UNDO, "true");
        }
        return form;
    }

    /// Changes the routes of an input topic, or undoes that.
    void setRoutes(Visit visit) throws InterruptedException {
        change(
                visit,
                new Rules(
                        "routes",
                        "/routes/",
                        ROUTES,
                        RuleForms::ofRoutes,
                        Action.ROUTES_CHANGED,
                        Action.ROUTES_UNDONE));
    }

    /// Switches a flag for an input topic, or undoes that.
    void setFlags(Visit visit) throws InterruptedException {
        change(
                visit,
                new Rules("flags", "/flags/", FLAGS, RuleForms::ofFlags, Action.FLAGS_CHANGED, Action.FLAGS_UNDONE));
    }

    /// Routes or flags.
    ///
    /// @param member of the body that changes them
    /// @param api the path of the aggregator that changes them, to which the topic is added
    /// @param path of the form that changes them
    /// @param reader says what a form asks for, by the report of what is in force
    private record Rules(
            String member,
            String api,
            String path,
            BiFunction<JsonNode, Map<String, String>, RuleForms.Request> reader,
            Action changed,
            Action undone) {}

    private void change(Visit visit, Rules rules) throws InterruptedException {
        String topic = SourceClient.encoded(visit.field("topic"));
        switch (aggregator.get("/routes/" + topic, Map.of())) {
            case Answer.Known(JsonNode report) -> {
                Map<String, String> form = visit.singleFields();
                switch (rules.reader().apply(report, form)) {
                    case RuleForms.Request.Put(List<?> list, Map<String, String> undo) -> {
                        Map<String, Object> body = new LinkedHashMap<>();
                        body.put("revision", RuleForms.revision(form));
                        body.put(rules.member(), list);
                        body.put("by", visit.operator().name());
                        report(visit, rules, undo, aggregator.put(rules.api() + topic, body));
                    }
                    case RuleForms.Request.Reset(Map<String, String> undo) -> {
                        Map<String, String> parameters = Map.of(
                                "revision",
                                Long.toString(RuleForms.revision(form)),
                                "by",
                                visit.operator().name());
                        report(visit, rules, undo, aggregator.change("DELETE", rules.api() + topic, parameters));
                    }
                    case RuleForms.Request.Absurd(String problem) ->
                        visit.signIn().orElseThrow().leaveNote("Nothing was changed: " + problem + ".");
                }
            }
            case Answer.Refused(int _, String reason, var _) ->
                visit.signIn().orElseThrow().leaveNote("Nothing was changed: " + reason);
            case Answer.Unknown(String reason) ->
                visit.signIn().orElseThrow().leaveNote("Nothing was changed. " + reason);
        }
        PageWriter.next(visit, PAGE);
    }

    /// Leaves a note about a change of routes or flags.
    private void report(Visit visit, Rules rules, Map<String, String> before, Answer answer) {
        SignIn signIn = visit.signIn().orElseThrow();
        String topic = visit.field("topic");
        boolean isUndo = visit.field(UNDO).equals("true");
        switch (answer) {
            case Answer.Known(JsonNode change) -> {
                actions.record(isUndo ? rules.undone() : rules.changed(), visit.operator(), topic);
                Map<String, String> undo = new LinkedHashMap<>(before);
                undo.put("topic", topic);
                undo.put("revision", change.path("revision").asText());
                undo.put(UNDO, "true");
                leaveNote(
                        signIn,
                        (isUndo ? "Undone: the " : "The ") + rules.member() + " of " + topic + " are "
                                + change.path("value").asText("the configured ones")
                                + " from the next turn on, in "
                                + change.path("partitions").size() + " partitions.",
                        rules.path(),
                        isUndo ? Map.of() : undo);
            }
            case Answer.Refused(int _, String reason, var _) -> signIn.leaveNote("Nothing was changed: " + reason);
            case Answer.Unknown(String reason) -> signIn.leaveNote("It is not known whether it was changed. " + reason);
        }
    }

    private static void leaveNote(SignIn signIn, String sentence, String path, Map<String, String> undo) {
        if (undo.isEmpty()) {
            signIn.leaveNote(sentence);
        } else {
            signIn.leaveNote(sentence, new SignIn.Undo(path, undo));
        }
    }
}
