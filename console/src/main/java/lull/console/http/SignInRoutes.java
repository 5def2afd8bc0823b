package lull.console.http;

import java.util.Map;
import java.util.Optional;
import lull.console.signin.Operator;

/// Routes by which operators sign in and out. Safe for several threads.
final class SignInRoutes {

    private final ConsoleServer.SignInParts parts;
    private final PageWriter writer;
    private final ActionLog actions;
    private final String cookie;

    /// @param cookie the name of the cookie
    SignInRoutes(ConsoleServer.SignInParts parts, PageWriter writer, ActionLog actions, String cookie) {
        this.parts = parts;
        this.writer = writer;
        this.actions = actions;
        this.cookie = cookie;
    }

    void page(Visit visit) {
        show(visit, visit.parameter("next"), "");
    }

    private void show(Visit visit, String next, String problem) {
        writer.page(visit, "sign-in", "Sign in", Map.of("next", local(next), "problem", problem));
    }

    void signIn(Visit visit) {
        String address = visit.context().ip();
        if (!parts.attempts().admits(address)) {
            visit.context().status(429).header("Retry-After", "60");
            show(visit, visit.field("next"), "Too many attempts. Try again in a minute.");
            return;
        }
        Optional<Operator> operator = parts.operators().withToken(visit.field("key"));
        if (operator.isEmpty()) {
            parts.attempts().failed(address);
            actions.refused(address);
            visit.context().status(401);
            show(visit, visit.field("next"), "No operator has this token. Check it, or ask who runs the console.");
            return;
        }
        // Whoever signs in gets a new id, so that nobody can prepare one for them.
        parts.signIns().end(visit.context().cookie(cookie));
        setCookie(visit, parts.signIns().begin(operator.get()), "");
        actions.record(ActionLog.Action.SIGNED_IN, operator.get(), "");
        PageWriter.next(visit, local(visit.field("next")));
    }

    void signOut(Visit visit) {
        actions.record(ActionLog.Action.SIGNED_OUT, visit.operator(), "");
        parts.signIns().end(visit.context().cookie(cookie));
        setCookie(visit, "", "; Max-Age=0");
        PageWriter.next(visit, "/");
    }

    private void setCookie(Visit visit, String id, String age) {
        visit.context()
                .header(
                        "Set-Cookie",
                        cookie + "=" + id + "; Path=/; HttpOnly; SameSite=Strict"
                                + (cookie.startsWith("__Host-") ? "; Secure" : "") + age);
    }

    /// Returns a page of this console: the given one, if it is one.
    private static String local(String path) {
        return path.matches("/(?![/\\\\])[!-~]{0,2000}") && !path.startsWith("/sign-in") ? path : "/";
    }
}
