package lull.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of all HTTP ports. `ingress.port` has its own limits, because it is public.
public final class HttpSettings {

    public static final Setting<String> HOST = Formats.HOST.of(Setting.text(
            "listen.host",
            "",
            "Address of this machine on which all ports of the process listen, such as 127.0.0.1; empty means all"
                    + " addresses. Each port can have its own address, see the settings that end in `.host`"));

    public static final Setting<Optional<String>> INGRESS_HOST = host("ingress");

    public static final Setting<Optional<String>> AGGREGATOR_HOST = host("aggregator");

    public static final Setting<Optional<String>> BRIDGE_HOST = host("bridge");

    public static final Setting<Optional<String>> ADMIN_HOST = host("admin");

    public static final Setting<Integer> MAX_OF_ADDRESS = Setting.number(
            "http.max.connections.per.address",
            0,
            0,
            100_000,
            "Maximum number of connections that one client address may have at a time, at each HTTP port, including"
                    + " ingress.port; further connections are closed at once. An IPv6 client counts as its /64"
                    + " network. 0 means no limit. Set it only if clients connect directly, or through a load"
                    + " balancer that keeps client addresses. Otherwise all connections come from the load"
                    + " balancer's address, and the limit must be set at the load balancer");

    static final Setting<Integer> MAX_CONNECTIONS = Setting.number(
            "http.max.connections",
            1_000,
            1,
            1_000_000,
            "Maximum number of connections at a time at each HTTP port except ingress.port; further connections"
                    + " wait until others close. If less than an eighth is left, those without a request are closed,"
                    + " the longest idle first");

    static final Setting<Integer> MAX_IN_FLIGHT_BYTES = Setting.number(
            "http.max.inflight.bytes",
            8 * 1024 * 1024,
            1024 * 1024,
            1024 * 1024 * 1024,
            "Maximum total size of the bodies of unanswered requests, at each HTTP port except ingress.port;"
                    + " further requests are answered 503. The heap needed is up to ten times this value");

    static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "http.idle.timeout",
            "30s",
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "Idle time after which a connection is closed, at each HTTP port except ingress.port");

    static final Setting<Duration> ARRIVAL_TIMEOUT = Setting.duration(
            "http.arrival.timeout",
            "20s",
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "How long the headers of a request may take to arrive, and then its body, at each HTTP port except"
                    + " ingress.port");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(
            HOST,
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

    /// Returns the options of a port other than the ingress's.
    ///
    /// @param name of the port, in metrics
    public static HttpPort.Options options(Settings settings, String name, ListenAddress address) {
        return new HttpPort.Options(
                name,
                address,
                settings.get(MAX_CONNECTIONS),
                settings.get(MAX_OF_ADDRESS),
                settings.get(IDLE_TIMEOUT),
                settings.get(ARRIVAL_TIMEOUT),
                DRAIN);
    }

    /// Returns a memory budget for the requests of a port other than the ingress's.
    public static InFlight inFlight(Settings settings) {
        return new InFlight(settings.get(MAX_IN_FLIGHT_BYTES));
    }

    /// Returns a reader of bodies for a port other than the ingress's.
    public static BodyReader bodies(Settings settings, int maxBytes) {
        return new BodyReader(maxBytes, settings.get(ARRIVAL_TIMEOUT));
    }

    private static Setting<Optional<String>> host(String port) {
        return Formats.HOST.ofOptional(Setting.optional(
                port + ".host",
                "Address on which " + port + ".port" + (port.equals("admin") ? " of every process" : "")
                        + " listens; overrides listen.host"));
    }
}
