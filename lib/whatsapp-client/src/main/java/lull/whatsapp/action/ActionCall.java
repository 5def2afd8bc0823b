package lull.whatsapp.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.contract.json.Json;
import lull.whatsapp.GraphAnswer;
import lull.whatsapp.GraphRequest;
import lull.whatsapp.action.ActionResult.Kind;

/// Parameters of an action that are valid, and the provider that performs it. Used by one thread.
public final class ActionCall {

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    private final ActionDescriptor action;
    private final ObjectNode given;
    private final ActionClients clients;

    ActionCall(ActionDescriptor action, ObjectNode given, ActionClients clients) {
        this.action = action;
        this.given = given;
        this.clients = clients;
    }

    /// Whether a parameter was given.
    public boolean has(String name) {
        return given.hasNonNull(name);
    }

    /// The text of a parameter; empty if it was not given.
    public String text(String name) {
        return given.path(name).asText("");
    }

    /// The value of a parameter; missing if it was not given.
    public JsonNode value(String name) {
        return given.path(name);
    }

    /// Returns the file in a parameter.
    public ActionFile file(String name) {
        return ActionFile.of(given.path(name));
    }

    /// Returns a new, empty object.
    public ObjectNode object() {
        return Json.object();
    }

    /// Returns an object with those of these parameters that were given, under their own names.
    public ObjectNode members(String... names) {
        ObjectNode members = Json.object();
        for (String name : names) {
            if (has(name)) {
                members.set(name, given.get(name));
            }
        }
        return members;
    }

    /// Returns an object with the parameters that are neither in the path nor choose the provider.
    ObjectNode rest() {
        Set<String> others = new HashSet<>(Set.of("number", "account", "app"));
        NAME.matcher(action.graph()).results().forEach(name -> others.add(name.group(1)));
        return members(action.parameters().stream()
                .map(Parameter::name)
                .filter(name -> !others.contains(name))
                .toArray(String[]::new));
    }

    ActionDescriptor action() {
        return action;
    }

    ActionClients clients() {
        return clients;
    }

    /// Begins the request of the Graph API that the description names.
    public GraphCall graph() {
        String[] verbAndPath = action.graph().split(" ", 2);
        return graph(verbAndPath[0], verbAndPath[1]);
    }

    /// Begins a request of the Graph API.
    ///
    /// @param path such as `/{number}/messages`; `{name}` stands for a parameter
    public GraphCall graph(String method, String path) {
        return new GraphCall(
                this,
                method,
                NAME.matcher(path.substring(1))
                        .replaceAll(name -> Matcher.quoteReplacement(GraphRequest.encoded(text(name.group(1))))));
    }

    /// Downloads a file with the access token into memory.
    ///
    /// @param address from an answer of the Graph API
    /// @param maxBytes of the file
    public Download download(String address, int maxBytes) throws InterruptedException {
        Optional<URI> allowed = clients.hosts().address(address);
        if (allowed.isEmpty()) {
            return new Download.Failed(new ActionResult.Failed(
                    Kind.MISCONFIGURED,
                    "The file is at an address to which the access token is not sent",
                    "Check whatsapp.media.hosts"));
        }
        try {
            Path file = Files.createTempFile("lull-action", "");
            try {
                GraphAnswer answer = clients.graph()
                        .download(text("number"), allowed.get(), clients.transferTimeout(), maxBytes, file);
                return answer instanceof GraphAnswer.Failed
                        ? new Download.Failed(
                                GraphResults.of(answer, clients.graph().tokenSetting(text("number"))))
                        : new Download.Done(Files.readAllBytes(file));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return new Download.Failed(new ActionResult.Failed(
                    Kind.LATER,
                    "The file cannot be written on this machine: "
                            + e.getClass().getSimpleName(),
                    "Check the directory for temporary files"));
        }
    }

    /// Result of a download.
    public sealed interface Download {

        /// The content of the file.
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Done(byte[] content) implements Download {}

        /// There is no file.
        record Failed(ActionResult result) implements Download {}
    }

    @Override
    public String toString() {
        return "ActionCall[" + action.name() + "]";
    }
}
