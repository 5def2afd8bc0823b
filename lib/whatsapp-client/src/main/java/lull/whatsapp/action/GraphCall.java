package lull.whatsapp.action;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.runtime.http.MultipartForm;
import lull.whatsapp.GraphClient;
import lull.whatsapp.GraphRequest;

/// Request of the Graph API that an action prepares and sends. Used by one thread.
public final class GraphCall {

    private static final Pattern META = Pattern.compile("https://graph\\.facebook\\.com/?");
    private static final String OTHER_HOST = "https://api.facebook.com";
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

    private final ActionCall call;
    private final String method;
    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private BodyPublisher body = BodyPublishers.noBody();
    private Optional<String> host = Optional.empty();
    private boolean isTransfer;

    GraphCall(ActionCall call, String method, String path) {
        this.call = call;
        this.method = method;
        this.path = path;
    }

    /// Adds a parameter to the query.
    public GraphCall query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /// Adds those of these parameters that were given to the query; lists and objects as JSON.
    public GraphCall queryOf(String... names) {
        return query(call.members(names));
    }

    /// Adds members to the query; lists and objects as JSON.
    public GraphCall query(ObjectNode members) {
        members.properties()
                .forEach(each -> query.put(
                        each.getKey(),
                        each.getValue().isContainerNode()
                                ? Json.text(each.getValue())
                                : each.getValue().asText()));
        return this;
    }

    /// Adds the fields of the answer to the query.
    ///
    /// @param usual if the parameter `fields` was not given
    public GraphCall fields(String usual) {
        return query("fields", call.has("fields") ? call.text("fields") : usual);
    }

    /// Adds the parameters of a page to the query.
    public GraphCall page() {
        return queryOf("limit", "after", "before");
    }

    /// Adds all parameters that are not in the path: to the query of a request without a body, else as its body.
    GraphCall rest() {
        return WITHOUT_BODY.contains(method) ? query(call.rest()) : json(call.rest());
    }

    /// Sets the body.
    public GraphCall json(ObjectNode json) {
        headers.put("Content-Type", "application/json");
        body = BodyPublishers.ofByteArray(Json.bytes(json));
        return this;
    }

    /// Sets a body with those of these parameters that were given, under their own names.
    public GraphCall jsonOf(String... names) {
        return json(call.members(names));
    }

    /// Sets a body with all parameters that are not in the path, and `messaging_product`.
    public GraphCall productJson() {
        return json(call.object().put("messaging_product", "whatsapp").setAll(call.rest()));
    }

    /// Sets the body to a form.
    public GraphCall form(MultipartForm form) {
        headers.put("Content-Type", form.contentType());
        body = form.body();
        isTransfer = true;
        return this;
    }

    /// Sets the body to the bytes of a file.
    public GraphCall bytes(ActionFile file) {
        headers.put("Content-Type", file.type());
        body = BodyPublishers.ofByteArray(file.content());
        isTransfer = true;
        return this;
    }

    /// Adds a header.
    public GraphCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Calls the host of Meta's newer API, unless a stand-in is called.
    public GraphCall onOtherHost() {
        if (META.matcher(call.clients().graph().endpoint().toString()).matches()) {
            host = Optional.of(OTHER_HOST);
        }
        return this;
    }

    /// Sends the request.
    public ActionResult send() throws InterruptedException {
        GraphClient graph = call.clients().graph();
        String number = call.text("number");
        GraphRequest request = new GraphRequest(
                method,
                host,
                path,
                query,
                headers,
                body,
                isTransfer ? Optional.of(call.clients().transferTimeout()) : Optional.empty());
        return GraphResults.of(graph.send(number, request), graph.tokenSetting(number));
    }
}
