package lull.runtime.admin;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.contract.json.Json;
import lull.runtime.http.HttpServers;
import lull.runtime.http.ListenAddress;

/// The admin port: `/livez` (alias `/healthz`), `/readyz`, `/metrics` and `/info`.
public final class AdminServer implements AutoCloseable {

    private final Javalin server;

    private AdminServer(Javalin server) {
        this.server = server;
    }

    /// Serves at an address.
    public static AdminServer start(ListenAddress address, Health health, Metrics metrics, Map<String, String> info) {
        Javalin server = HttpServers.create(config -> {
            config.routes.get("/livez", context -> answer(context, state("alive", health.fatalProblems())));
            config.routes.get("/healthz", context -> answer(context, state("alive", health.fatalProblems())));
            config.routes.get("/readyz", context -> answer(context, readiness(health)));
            config.routes.get(
                    "/metrics",
                    context -> context.contentType("text/plain; version=0.0.4; charset=utf-8")
                            .result(metrics.scrape()));
            config.routes.get("/info", context -> json(context, info));
        });
        return new AdminServer(HttpServers.start(server, address));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static Map<String, Object> readiness(Health health) {
        Map<String, Object> body = state("ready", health.problems());
        body.put("degraded", health.degradations());
        return body;
    }

    private static Map<String, Object> state(String name, List<String> problems) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(name, problems.isEmpty());
        body.put("problems", problems);
        return body;
    }

    private static void answer(Context context, Map<String, Object> body) {
        context.status(body.containsValue(false) ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
        json(context, body);
    }

    private static void json(Context context, Object body) {
        context.contentType("application/json").result(Json.bytes(body));
    }
}
