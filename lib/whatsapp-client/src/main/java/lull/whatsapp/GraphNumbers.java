package lull.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import lull.runtime.CheckResult;

/// Lookup of business numbers, and of the owner of the access token, in WhatsApp's Graph API.
public final class GraphNumbers {

    private static final String WHATSAPP = "WhatsApp";
    private static final int BAD_TOKEN = 190;

    /// The Graph API's name for the owner of a token.
    private static final String OWNER = "me";

    private final GraphClient graph;

    public GraphNumbers(GraphClient graph) {
        this.graph = graph;
    }

    /// Looks up a number with the configured token, by a call that changes nothing.
    public CheckResult look(String businessNumber) throws InterruptedException {
        return switch (graph.number(businessNumber, "display_phone_number,quality_rating")) {
            case GraphAnswer.Ok(int status, JsonNode body) ->
                body.isMissingNode() ? notTheGraphApi() : found(businessNumber, body);
            case GraphAnswer.Failed(GraphError error) -> wrong(businessNumber, error);
        };
    }

    /// Asks whose token it is that numbers without one of their own use, by a call that changes nothing.
    public CheckResult token() throws InterruptedException {
        String setting = graph.tokenSetting(OWNER);
        return switch (graph.number(OWNER, "id")) {
            case GraphAnswer.Ok(int status, JsonNode body) ->
                body.isMissingNode() ? notTheGraphApi() : CheckResult.well(WHATSAPP, "It accepts " + setting);
            case GraphAnswer.Failed(GraphError.Rejected rejected)
            when rejected.code().orElse(0) == BAD_TOKEN ->
                CheckResult.wrong(WHATSAPP, answered(rejected) + ": " + setting + " is invalid or has expired");
            case GraphAnswer.Failed(GraphError.Rejected rejected)
            when !rejected.body().isMissingNode() ->
                CheckResult.unknown(WHATSAPP, answered(rejected) + ", so " + setting + " is not checked");
            case GraphAnswer.Failed(GraphError error) -> wrong(OWNER, error);
        };
    }

    private static String answered(GraphError.Rejected rejected) {
        return "WhatsApp answered " + rejected.status() + ", code "
                + rejected.code().orElse(0);
    }

    private CheckResult notTheGraphApi() {
        return CheckResult.wrong(WHATSAPP, "The server at " + graph.endpoint() + " is not the Graph API");
    }

    private static CheckResult found(String businessNumber, JsonNode body) {
        return CheckResult.well(
                WHATSAPP,
                "The business number " + businessNumber + " is "
                        + body.path("display_phone_number").asText("there") + ", quality "
                        + body.path("quality_rating").asText("UNKNOWN"));
    }

    private CheckResult wrong(String businessNumber, GraphError error) {
        return switch (error) {
            case GraphError.NoToken missing -> CheckResult.wrong(WHATSAPP, missing.reason());
            case GraphError.NotConnected(IOException cause) -> unreachable(cause);
            case GraphError.NoResponse(IOException cause) -> unreachable(cause);
            case GraphError.Rejected rejected ->
                rejected.body().isMissingNode() ? notTheGraphApi() : rejected(businessNumber, rejected);
        };
    }

    private CheckResult unreachable(IOException cause) {
        return CheckResult.wrong(
                WHATSAPP,
                "It cannot be reached at " + graph.endpoint() + ": "
                        + cause.getClass().getSimpleName());
    }

    private CheckResult rejected(String businessNumber, GraphError.Rejected rejected) {
        int code = rejected.code().orElse(0);
        String setting = graph.tokenSetting(businessNumber);
        return CheckResult.wrong(
                WHATSAPP,
                "The business number " + businessNumber + " cannot be read: WhatsApp answered "
                        + rejected.status() + ", code " + code
                        + (code == BAD_TOKEN
                                ? ": " + setting + " is invalid or has expired"
                                : ": is it a phone_number_id that " + setting + " may use?"));
    }
}
