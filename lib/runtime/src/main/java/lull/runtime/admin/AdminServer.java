package lull.runtime.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import lull.contract.json.Json;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;

/// The admin port: `/livez` (alias `/healthz`), `/readyz`, `/metrics` and `/info`.
public final class AdminServer implements AutoCloseable {

    /// More copies of the meters are not made at a time: a client that does not read its answer keeps one.
    private static final int MAX_SCRAPES = 4;

    private final HttpPort server;

    private AdminServer(HttpPort server) {
        this.server = server;
    }

    /// Serves within these bounds.
    public static AdminServer start(
            HttpPort.Limits limits, InFlight inFlight, Health health, Metrics metrics, Map<String, String> info) {
        Semaphore scrapes = new Semaphore(MAX_SCRAPES);
        return new AdminServer(HttpPort.start(limits, inFlight, metrics.registry(), routes -> {
            routes.get("/livez", context -> answer(context, state("alive", health.fatalProblems())));
            routes.get("/healthz", context -> answer(context, state("alive", health.fatalProblems())));
            routes.get("/readyz", context -> answer(context, readiness(health)));
            routes.get("/metrics", context -> scrape(context, metrics, scrapes));
            routes.get("/info", context -> json(context, info));
        }));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void scrape(Context context, Metrics metrics, Semaphore scrapes) throws IOException {
        if (!scrapes.tryAcquire()) {
            context.status(HttpStatus.SERVICE_UNAVAILABLE).header("Retry-After", "1");
            json(
                    context,
                    Map.of(
                            "error",
                            "The metrics are being read by " + MAX_SCRAPES + " other requests; try" + " again"));
            return;
        }
        try {
            context.contentType("text/plain; version=0.0.4; charset=utf-8");
            context.outputStream().write(metrics.scrape().getBytes(StandardCharsets.UTF_8));
        } finally {
            scrapes.release();
        }
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
