package lull.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// The settings of all HTTP ports. `ingress.port` has bounds of its own, as strangers reach it.
public final class HttpSettings {

    public static final Setting<Optional<String>> INGRESS_HOST = host("ingress");

    public static final Setting<Optional<String>> AGGREGATOR_HOST = host("aggregator");

    public static final Setting<Optional<String>> BRIDGE_HOST = host("bridge");

    public static final Setting<Optional<String>> ADMIN_HOST = host("admin");

    public static final Setting<Integer> MAX_OF_ADDRESS = Setting.number(
            "http.max.connections.per.address",
            0,
            0,
            100_000,
            "Connections that one client address may have at a time at each HTTP port, ingress.port included; more are"
                    + " closed at once. An IPv6 client is its network of 64 bits. 0: no bound. Set it only if clients"
                    + " connect directly, or through a load balancer that keeps their addresses; else all come from the"
                    + " balancer's address, and the bound must be set at the balancer");

    static final Setting<Integer> MAX_CONNECTIONS = Setting.number(
            "http.max.connections",
            1_000,
            1,
            1_000_000,
            "Connections that each HTTP port but ingress.port may have at a time; more wait until others end");

    static final Setting<Integer> MAX_IN_FLIGHT_BYTES = Setting.number(
            "http.max.inflight.bytes",
            8 * 1024 * 1024,
            1024 * 1024,
            1024 * 1024 * 1024,
            "How much the bodies of requests that are not answered yet may take together at each HTTP port but"
                    + " ingress.port; more is refused with 503. The memory needed is up to ten times that");

    static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "http.idle.timeout",
            "30s",
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "How long a connection of each HTTP port but ingress.port may say nothing before it is closed");

    static final Setting<Duration> ARRIVAL_TIMEOUT = Setting.duration(
            "http.arrival.timeout",
            "20s",
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "How long the head of a request may take to arrive at each HTTP port but ingress.port, and how long its"
                    + " body");

    /// All of them.
    public static final List<Setting<?>> ALL = List.of(
            INGRESS_HOST,
            AGGREGATOR_HOST,
            BRIDGE_HOST,
            ADMIN_HOST,
            MAX_OF_ADDRESS,
            MAX_CONNECTIONS,
            MAX_IN_FLIGHT_BYTES,
            IDLE_TIMEOUT,
            ARRIVAL_TIMEOUT);

    private static final Duration DRAIN = Duration.ofSeconds(2);

    private HttpSettings() {}

    /// The bounds of a port that is not the ingress's.
    ///
    /// @param name of the port, in metrics
    public static HttpPort.Limits limits(Settings settings, String name, ListenAddress address) {
        return new HttpPort.Limits(
                name,
                address,
                settings.get(MAX_CONNECTIONS),
                settings.get(MAX_OF_ADDRESS),
                settings.get(IDLE_TIMEOUT),
                settings.get(ARRIVAL_TIMEOUT),
                DRAIN);
    }

    /// A budget for the requests of a port that is not the ingress's.
    public static InFlight inFlight(Settings settings) {
        return new InFlight(settings.get(MAX_IN_FLIGHT_BYTES));
    }

    /// A reader of bodies for a port that is not the ingress's.
    public static BodyReader bodies(Settings settings, int maxBytes) {
        return new BodyReader(maxBytes, settings.get(ARRIVAL_TIMEOUT));
    }

    private static Setting<Optional<String>> host(String port) {
        return Setting.optional(
                port + ".host",
                "The same for " + port + ".port" + (port.equals("admin") ? " of every process" : "")
                        + " alone, which overrides listen.host");
    }
}
