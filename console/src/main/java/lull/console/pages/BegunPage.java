package lull.console.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lull.console.sources.Answer;

/// Content of the page that shows what became of a template that began a conversation. Pure.
public final class BegunPage {

    /// Statuses after which hardly anything changes any more.
    private static final Set<String> FINAL = Set.of("delivered", "read", "played", "refused");

    private static final Map<String, String> WORDS = Map.of(
            "requested", "It waits for a bridge, which sends it.",
            "sending", "A bridge calls WhatsApp, or the result of its call is not known.",
            "unclear", "WhatsApp answered with an error after which it may have it. Its report is awaited.",
            "doubted", "It is not known whether WhatsApp has it. Ask the customer before you send it again.",
            "sent", "WhatsApp has it.",
            "delivered", "The customer has it.",
            "read", "The customer has read it.",
            "played", "The customer has read it.",
            "refused", "The customer does not get it.");

    private BegunPage() {}

    /// Returns the values of the template.
    ///
    /// @param answer the status of the reply
    /// @param conversation its key; empty if it is not known
    public static Map<String, Object> model(Answer answer, String id, String conversation) {
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("conversation", conversation);
        model.put("problem", "");
        model.put("status", "");
        model.put("words", "");
        model.put("reason", "");
        model.put("since", "");
        switch (answer) {
            case Answer.Known(JsonNode body) -> {
                JsonNode part = body.path("parts").path(0);
                String status = body.path("status").asText();
                String reason = part.path("reason").asText(body.path("reason").asText());
                int code = part.path("code").asInt();
                model.put("status", status);
                model.put("words", WORDS.getOrDefault(status, ""));
                model.put("reason", code == 0 || reason.isEmpty() ? reason : reason + " (code " + code + ")");
                model.put(
                        "since", part.path("at").asText(body.path("requestedAt").asText()));
            }
            case Answer.Refused(int status, String reason, var _)
            when status == HttpURLConnection.HTTP_NOT_FOUND -> {
                model.put("status", "not known yet");
                model.put("reason", reason);
            }
            case Answer.Refused(int _, String reason, var _) -> model.put("problem", reason);
            case Answer.Unknown(String reason) -> model.put("problem", reason);
        }
        model.put("isFinal", FINAL.contains(String.valueOf(model.get("status"))));
        return model;
    }
}
