package lull.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lull.console.pages.AdvicePage;
import lull.console.pages.SettingsPage;
import lull.console.signin.SignIn;
import lull.console.sources.Answer;
import lull.console.sources.SourceClient;

/// Routes of the page with the settings in force, which changes gaps. Safe for several threads.
final class SettingRoutes {

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
        boolean isUndo = visit.field("undo").equals("true");
        Map<String, String> before = SettingsPage.inForce(aggregator.get("/gaps", Map.of()), topic, number);
        Answer answer = aggregator.put("/gaps/" + SourceClient.encoded(topic), body);
        switch (answer) {
            case Answer.Known(JsonNode change) -> {
                actions.record(
                        isUndo ? ActionLog.Action.GAP_UNDONE : ActionLog.Action.GAP_CHANGED, visit.operator(), topic);
                signIn.leaveNote(
                        (isUndo ? "Undone: the" : "The") + " gap of " + topic
                                + (number.isEmpty() ? "" : " for number " + number) + " is "
                                + body.getOrDefault("gap", "as before") + " from the next message on, in "
                                + change.path("partitions").size() + " partitions.",
                        isUndo ? Map.of() : undo(before, topic, number, body.containsKey("policy")));
            }
            case Answer.Refused(int _, String reason) -> signIn.leaveNote("Nothing was changed: " + reason);
            case Answer.Unknown(String reason) -> signIn.leaveNote("It is not known whether it was changed. " + reason);
        }
        PageWriter.next(visit, "/settings");
    }

    /// Returns the form that restores what was in force before; empty if that is not known.
    ///
    /// @param isPolicyChanged whether the policy was changed too
    private static Map<String, String> undo(
            Map<String, String> before, String topic, String number, boolean isPolicyChanged) {
        Map<String, String> form = new LinkedHashMap<>(before);
        if (!isPolicyChanged) {
            form.keySet().retainAll(Set.of("gap"));
        }
        if (!form.isEmpty()) {
            form.put("topic", topic);
            form.put("number", number);
            form.put("undo", "true");
        }
        return form;
    }
}
