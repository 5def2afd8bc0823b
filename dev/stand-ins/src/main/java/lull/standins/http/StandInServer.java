package lull.standins.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import lull.runtime.http.ListenAddress;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Server;

/// One HTTP port on this machine that serves a protocol and, beside it, control routes.
public final class StandInServer implements AutoCloseable {
    private static final long LARGEST_BODY_BYTES = 110L << 20;

    // An ARN as a path label arrives with its slashes percent-encoded, which Jetty refuses by default.
    private static final UriCompliance ENCODED_SLASHES =
            UriCompliance.DEFAULT.with("encoded-slashes", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private final String host;
    private final Javalin javalin;

    private StandInServer(String host, Javalin javalin) {
        this.host = host;
        this.javalin = javalin;
    }

    /// Serves on `port` (0 = any free one) of an address of this machine, with `protocol` adding the routes of
    /// the real service and `unknown` answering where there is no route.
    ///
    /// @throws lull.runtime.CannotStart if this machine does not have the address or the port
    public static StandInServer start(
            String host,
            int port,
            List<ControlRoute> control,
            Consumer<RoutesConfig> protocol,
            Consumer<Context> unknown) {
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            control.forEach(route -> config.routes.addHttpHandler(route.method(), route.path(), route.handler()));
            config.routes.exception(
                    ControlException.class,
                    (refusal, context) -> answerError(context, refusal.status(), String.valueOf(refusal.getMessage())));
            config.routes.exception(NotFoundResponse.class, (_, context) -> {
                if (context.path().startsWith("/_")) {
                    answerError(context, 404, "no control route %s %s".formatted(context.method(), context.path()));
                } else {
                    unknown.accept(context);
                }
            });
            protocol.accept(config.routes);
        });
        return new StandInServer(
                host,
                new ListenAddress(host, port, "the port of a stand-in", "the host")
                        .start(() -> javalin.start(host, port)));
    }

    private static void answerError(Context context, int status, String message) {
        Json.answer(context, status, Json.object().put("error", message));
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LARGEST_BODY_BYTES;
        config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(ENCODED_SLASHES));
        config.jetty.modifyServletContextHandler(
                handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
        config.jetty.modifyServer(StandInServer::stopAtOnce);
    }

    // Whoever stops a stand-in wants it gone, not drained: a client's idle connection must not hold up the stop.
    private static void stopAtOnce(Server server) {
        server.setStopTimeout(0);
    }

    public int port() {
        return javalin.port();
    }

    public URI uri() {
        return URI.create("http://" + LocalHost.reachable(host) + ":" + port());
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
