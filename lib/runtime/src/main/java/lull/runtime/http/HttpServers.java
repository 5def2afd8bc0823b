package lull.runtime.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.Map;
import java.util.function.Consumer;
import lull.contract.json.Json;

/// Setup that all HTTP servers of Lull share: virtual threads, and JSON for every error, also for an
/// unknown path and an unsupported method.
final class HttpServers {

    private HttpServers() {}

    /// Creates a server that is not started, with the common setup and the given one.
    static Javalin create(Consumer<JavalinConfig> setup) {
        return Javalin.create(config -> {
            configure(config);
            setup.accept(config);
        });
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.routes.exception(HttpResponseException.class, HttpServers::refuse);
    }

    private static void refuse(HttpResponseException refusal, Context context) {
        String error = String.valueOf(refusal.getMessage());
        if (refusal instanceof MethodNotAllowedResponse) {
            // Its only detail, under a name that depends on what the client accepts.
            String methods = String.join(", ", refusal.getDetails().values());
            context.header("Allow", methods);
            error = context.path() + " does not accept " + context.method() + ", only " + methods;
        } else if (refusal.getStatus() == HttpStatus.NOT_FOUND.getCode()) {
            error = "There is nothing at " + context.path();
        }
        context.status(refusal.getStatus()).contentType("application/json").result(Json.bytes(Map.of("error", error)));
    }
}
