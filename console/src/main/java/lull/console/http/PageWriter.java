package lull.console.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lull.console.pages.Templates;
import lull.console.signin.SignIn;

/// Writer of answers: pages with what all of them have in common, and parts of pages. Safe for several threads.
final class PageWriter {

    private final Templates templates;
    private final String assetVersion;
    private final boolean canSignIn;
    private final Duration every;

    /// @param canSignIn whether there are any operators
    /// @param every how often a page updates itself
    PageWriter(Templates templates, String assetVersion, boolean canSignIn, Duration every) {
        this.templates = templates;
        this.assetVersion = assetVersion;
        this.canSignIn = canSignIn;
        this.every = every;
    }

    /// Answers with a page.
    ///
    /// @param template its name, which is also the name of its entry in the navigation
    void page(Visit visit, String template, String title, Map<String, Object> model) {
        html(visit.context(), templates.render(template, common(visit, template, title, model)));
    }

    /// Answers with a part of a page.
    void part(Visit visit, String template, Map<String, Object> model) {
        html(visit.context(), templates.render(template, common(visit, template, "", model)));
    }

    private Map<String, Object> common(Visit visit, String active, String title, Map<String, Object> model) {
        Map<String, Object> all = new HashMap<>(model);
        all.put("active", active);
        all.put("title", title);
        all.put("assetVersion", assetVersion);
        all.put("canSignIn", canSignIn);
        all.put("isSignedIn", visit.isSignedIn());
        all.put("everyMillis", every.toMillis());
        all.put(
                "operator",
                visit.signIn().map(signIn -> signIn.operator().name()).orElse(""));
        all.put("formToken", visit.signIn().map(SignIn::formToken).orElse(""));
        Optional<SignIn.Note> note =
                title.isEmpty() ? Optional.empty() : visit.signIn().map(SignIn::takeNote);
        all.put("note", note.map(SignIn.Note::sentence).orElse(""));
        Optional<SignIn.Undo> undo = note.flatMap(SignIn.Note::undo);
        all.put("undoPath", undo.map(SignIn.Undo::path).orElse(""));
        all.put("undo", undo.map(SignIn.Undo::fields).orElse(Map.of()));
        return all;
    }

    /// Answers with an error as a page.
    void error(Visit visit, int status, String sentence) {
        visit.context().status(status);
        page(visit, "error", "Not possible", Map.of("sentence", sentence));
    }

    private static void html(Context context, String body) {
        context.contentType("text/html; charset=utf-8").result(body);
    }

    /// Lets the browser load the same page again, also without a script.
    static void again(Visit visit, int seconds) {
        visit.context().header("Refresh", Integer.toString(seconds));
    }

    /// Answers that the browser goes on to another page, after a change.
    static void next(Visit visit, String path) {
        visit.context().status(303).header("Location", path);
    }
}
