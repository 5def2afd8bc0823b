package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import lull.whatsapp.GraphAnswer;
import lull.whatsapp.GraphError;
import lull.whatsapp.action.ActionResult.Kind;

/// Mapping from answers of the Graph API to results of actions. Pure.
final class GraphResults {

    /// Addresses of other pages contain the access token.
    private static final List<String> WITH_TOKEN = List.of("next", "previous");

    private GraphResults() {}

    /// @param tokenSetting the setting with the access token that was used
    static ActionResult of(GraphAnswer answer, String tokenSetting) {
        return switch (answer) {
            case GraphAnswer.Ok(int status, JsonNode body) ->
                body.isMissingNode()
                        ? new ActionResult.Failed(
                                Kind.MISCONFIGURED,
                                "The server answered " + status + " without JSON, so it is not the Graph API",
                                "Check whatsapp.graph.endpoint")
                        : new ActionResult.Done(withoutTokens(body));
            case GraphAnswer.Failed(GraphError error) -> failed(error, tokenSetting);
        };
    }

    private static ActionResult failed(GraphError error, String tokenSetting) {
        return switch (error) {
            case GraphError.NoToken missing ->
                new ActionResult.Failed(Kind.MISCONFIGURED, missing.reason(), "Set the access token");
            case GraphError.NotConnected(IOException cause) ->
                new ActionResult.Failed(
                        Kind.LATER,
                        "WhatsApp cannot be reached: " + cause.getClass().getSimpleName(),
                        "Nothing was done. Repeat it later");
            case GraphError.NoResponse(IOException cause) ->
                new ActionResult.Failed(
                        Kind.UNCLEAR,
                        "WhatsApp did not answer: " + cause.getClass().getSimpleName(),
                        "It may have been done. Read the present state before you repeat it");
            case GraphError.Rejected rejected -> rejected(rejected, tokenSetting);
        };
    }

    private static ActionResult rejected(GraphError.Rejected rejected, String tokenSetting) {
        JsonNode error = rejected.body().path("error");
        int code = rejected.code().orElse(0);
        int subcode = rejected.subcode().orElse(0);
        ActionAdvice advice = rejected.code().isPresent()
                ? ActionAdvice.of(code, subcode, error.path("is_transient").asBoolean(false), tokenSetting)
                : ActionAdvice.ofStatus(rejected.status(), tokenSetting);
        String details = Stream.of(
                        error.path("error_user_msg").asText(""),
                        error.path("error_data").path("details").asText(""),
                        error.path("message").asText(""),
                        // Payments have an older form.
                        rejected.body().path("errors").path(0).path("message").asText(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("no reason");
        return new ActionResult.Failed(
                advice.kind(),
                code,
                subcode,
                "WhatsApp answered " + rejected.status() + (code == 0 ? "" : ", code " + code)
                        + (subcode == 0 ? "" : ", subcode " + subcode) + ": " + details,
                advice.words(),
                rest(rejected.body()));
    }

    /// What was done in part is beside the error.
    private static JsonNode rest(JsonNode body) {
        if (body instanceof ObjectNode object) {
            ObjectNode rest = object.deepCopy();
            rest.remove(List.of("error", "errors"));
            if (!rest.isEmpty()) {
                return withoutTokens(rest);
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode withoutTokens(JsonNode body) {
        if (body.path("paging") instanceof ObjectNode paging) {
            paging.remove(WITH_TOKEN);
        }
        body.forEach(member -> {
            if (member.path("paging") instanceof ObjectNode paging) {
                paging.remove(WITH_TOKEN);
            }
        });
        return body;
    }
}
