package lull.runtime.admin;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.contract.json.Json;
import lull.runtime.http.HttpPort;
import lull.runtime.http.InFlight;

/// HTTP server of the admin port: `/livez` (alias `/healthz`), `/readyz`, `/waiting`, `/metrics` and
/// `/info`.
public final class AdminServer implements AutoCloseable {

    /// How many conversations of each flow are named.
    private static final int MOST_WAITING = 100;

    private final HttpPort server;

    private AdminServer(HttpPort server) {
        this.server = server;
    }

    /// Starts to serve within these bounds; over TLS if there is a key store.
    public static AdminServer start(
            HttpPort.Options options,
            Optional<HttpPort.KeyStore> keyStore,
            InFlight inFlight,
            Health health,
            Metrics metrics,
            Map<String, String> info) {
        Scrapes scrapes = new Scrapes(metrics::scrape);
        return new AdminServer(HttpPort.start(options, keyStore, inFlight, metrics.registry(), routes -> {
            routes.get("/livez", context -> answer(context, state("alive", health.fatalProblems())));
            routes.get("/healthz", context -> answer(context, state("alive", health.fatalProblems())));
            routes.get("/readyz", context -> answer(context, readiness(health)));
            routes.get("/waiting", context -> json(context, Map.of("flows", health.waiting(MOST_WAITING))));
            routes.get("/metrics", context -> scrape(context, scrapes));
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

    private static void scrape(Context context, Scrapes scrapes) throws IOException, InterruptedException {
        context.contentType("text/plain; version=0.0.4; charset=utf-8");
        context.outputStream().write(scrapes.text());
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
