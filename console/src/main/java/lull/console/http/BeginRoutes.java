package lull.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import lull.console.pages.BeginForm;
import lull.console.pages.BegunPage;
import lull.console.pages.Forms;
import lull.console.sources.Answer;
import lull.console.sources.SourceClient;
import lull.contract.ConversationKey;
import lull.contract.Masking;

/// Routes of the page on which an operator begins a conversation with a template. Each form has an Idempotency-Key,
/// so that it is sent once however often the browser sends it. Safe for several threads.
final class BeginRoutes {

    private static final String CORRECT = "Nothing was sent. Correct what is marked.";

    /// Answers after which the ingress may still have accepted the request.
    private static final Set<Integer> UNCERTAIN =
            Set.of(HttpURLConnection.HTTP_CLIENT_TIMEOUT, 500, 502, HttpURLConnection.HTTP_UNAVAILABLE, 504);

    private final SourceClient ingress;
    private final PageWriter writer;
    private final ActionLog actions;
    private final Duration every;

    /// @param every how often the page with the status updates itself
    BeginRoutes(SourceClient ingress, PageWriter writer, ActionLog actions, Duration every) {
        this.ingress = ingress;
        this.writer = writer;
        this.actions = actions;
        this.every = every;
    }

    void form(Visit visit) {
        show(
                visit,
                Map.of("number", visit.parameter("number"), "customer", visit.parameter("customer")),
                newKey(),
                "",
                Map.of());
    }

    void begin(Visit visit) throws InterruptedException {
        Map<String, String> form = visit.singleFields();
        String key = visit.field("key").isEmpty() ? newKey() : visit.field("key");
        Optional<String> obstacle = ingress.problem();
        if (obstacle.isPresent()) {
            again(visit, HttpURLConnection.HTTP_UNAVAILABLE, key, "Nothing was sent.", Map.of());
            return;
        }
        switch (BeginForm.read(form, visit.operator().name())) {
            case BeginForm.Request.Absurd(Map<String, List<String>> problems) ->
                again(visit, HttpURLConnection.HTTP_BAD_REQUEST, key, CORRECT, problems);
            case BeginForm.Request.Post post ->
                answered(visit, key, post, ingress.post("/conversations", key, post.body()));
        }
    }

    private void answered(Visit visit, String key, BeginForm.Request.Post post, Answer answer) {
        switch (answer) {
            case Answer.Known(JsonNode body) -> {
                actions.record(
                        ActionLog.Action.CONVERSATION_BEGUN,
                        visit.operator(),
                        post.conversation()
                                .map(ConversationKey::masked)
                                .orElseGet(() -> Masking.masked(visit.field("customer"))));
                PageWriter.next(
                        visit,
                        "/begin/" + Forms.encoded(body.path("id").asText())
                                + post.conversation()
                                        .map(one -> "?conversation=" + Forms.encoded(one.toString()))
                                        .orElse(""));
            }
            case Answer.Refused(int status, String _, List<String> problems)
            when status == HttpURLConnection.HTTP_BAD_REQUEST && !problems.isEmpty() ->
                again(visit, status, key, CORRECT, BeginForm.byField(problems));
            case Answer.Refused(int status, String _, var _)
            when status == HttpURLConnection.HTTP_CONFLICT ->
                again(
                        visit,
                        status,
                        newKey(),
                        "This was not sent, because the form was sent before with other content. Send it once more if"
                                + " the customer should get a further template.",
                        Map.of());
            case Answer.Refused(int status, String reason, var _)
            when UNCERTAIN.contains(status) ->
                again(visit, HttpURLConnection.HTTP_UNAVAILABLE, key, uncertain(reason), Map.of());
            case Answer.Refused(int _, String reason, var _) ->
                again(visit, HttpURLConnection.HTTP_BAD_REQUEST, key, "Nothing was sent: " + reason + ".", Map.of());
            case Answer.Unknown(String reason) ->
                again(visit, HttpURLConnection.HTTP_UNAVAILABLE, key, uncertain(reason), Map.of());
        }
    }

    private static String uncertain(String reason) {
        return "It is not known whether it was sent: " + reason
                + ". Send the form once more without changes: the customer gets the template once.";
    }

    /// Shows what became of the template. The page loads itself again until the customer has it.
    void status(Visit visit) throws InterruptedException {
        String id = visit.context().pathParam("id");
        Map<String, Object> model = BegunPage.model(
                ingress.get("/replies/" + SourceClient.encoded(id), Map.of()), id, visit.parameter("conversation"));
        if (!Boolean.TRUE.equals(model.get("isFinal"))) {
            PageWriter.again(visit, (int) Math.max(1, every.toSeconds()));
        }
        writer.page(visit, "begun", "Conversation begun", model);
    }

    private void again(Visit visit, int status, String key, String problem, Map<String, List<String>> problems) {
        visit.context().status(status);
        show(visit, visit.singleFields(), key, problem, problems);
    }

    private void show(
            Visit visit, Map<String, String> form, String key, String problem, Map<String, List<String>> problems) {
        Map<String, Object> model = BeginForm.model(form, key, problem, problems);
        model.put("obstacle", ingress.problem().orElse(""));
        writer.page(visit, "begin", "Begin a conversation", model);
    }

    private static String newKey() {
        return "console-" + UUID.randomUUID();
    }
}
