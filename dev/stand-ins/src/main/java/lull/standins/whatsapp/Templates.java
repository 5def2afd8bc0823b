package lull.standins.whatsapp;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The templates that WhatsApp has approved: every one, until `/_templates` says which.
final class Templates {
    private Optional<Set<String>> approved = Optional.empty();

    List<ControlRoute> routes() {
        return List.of(
                ControlRoute.get("/_templates", this::show),
                ControlRoute.post("/_templates", this::set),
                ControlRoute.delete("/_templates", this::clear));
    }

    /// Looks at a message before it is taken.
    ///
    /// @throws GraphException with 132001 for a template that is not there in its language
    synchronized void require(SendRequest message) {
        if (!message.type().equals("template") || approved.isEmpty()) {
            return;
        }
        String name = SendRequest.text(message.content(), "name");
        String language = SendRequest.text(message.content().path("language"), "code");
        if (!approved.get().contains(name + "/" + language)) {
            throw GraphException.of(
                    132001,
                    "Template name does not exist in the translation",
                    "template name (%s) does not exist in %s".formatted(name, language));
        }
    }

    private synchronized void set(Context context) {
        Set<String> names = new TreeSet<>();
        for (String name : ControlBody.of(context).text("approved").split(",", -1)) {
            if (!name.strip().matches("[^/]+/[^/]+")) {
                throw ControlException.badRequest("'approved' must be such as 'follow_up/en_US', separated by commas");
            }
            names.add(name.strip());
        }
        approved = Optional.of(names);
        show(context);
    }

    private synchronized void clear(Context context) {
        approved = Optional.empty();
        context.status(204);
    }

    private synchronized void show(Context context) {
        Json.answer(
                context,
                200,
                Json.object()
                        .put(
                                "approved",
                                approved.map(names -> String.join(",", names)).orElse("*")));
    }
}
