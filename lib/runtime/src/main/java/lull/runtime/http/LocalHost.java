package lull.runtime.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// Check whether an address is on this machine. Data sent there does not leave the machine, so secrets
/// need no TLS.
public final class LocalHost {

    private static final Set<String> NAMES = Set.of("localhost", "ip6-localhost");

    private LocalHost() {}

    /// Whether nobody else can read what is sent to an address: it uses https, or is on this machine.
    public static boolean isSecure(URI address) {
        return "https".equalsIgnoreCase(address.getScheme()) || isAt(address);
    }

    /// Whether the host of an address is a loopback address, a name for one, or an address of this
    /// machine's network interfaces. Other names are not resolved, because the answer of a name server
    /// cannot be trusted.
    public static boolean isAt(URI address) {
        String host = address.getHost();
        if (host == null) {
            return false;
        }
        if (NAMES.contains(host.toLowerCase(Locale.ROOT))) {
            return true;
        }
        if (!host.startsWith("[") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
            return false;
        }
        try {
            InetAddress literal = InetAddress.ofLiteral(host);
            return literal.isLoopbackAddress() || NetworkInterface.getByInetAddress(literal) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return false;
        }
    }
}
