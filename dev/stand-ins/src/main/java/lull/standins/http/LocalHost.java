package lull.standins.http;

import java.util.Set;

/// Name by which this machine reaches a server of its own.
public final class LocalHost {

    private static final Set<String> LOOPBACK_OR_ALL = Set.of("127.0.0.1", "0.0.0.0", "::", "::1", "");

    private LocalHost() {}

    /// The host for URLs of a server that listens on this address.
    public static String reachable(String host) {
        if (LOOPBACK_OR_ALL.contains(host)) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
