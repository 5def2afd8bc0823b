package lull.runtime.http;

import io.micrometer.core.instrument.Counter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/// Limit of the connections of one client address: further ones are closed at once. An IPv6 client is
/// known by its network of 64 bits, because it owns all addresses in it. Safe for several threads.
final class AddressLimit implements Connection.Listener {

    private static final int NETWORK_BYTES = 8;

    private final int max;
    private final Counter closed;
    private final Map<String, Integer> connections = new ConcurrentHashMap<>();
    private final Map<Connection, String> counted = new ConcurrentHashMap<>();

    /// @param max the maximum number; 0 for no limit
    AddressLimit(int max, Counter closed) {
        this.max = max;
        this.closed = closed;
    }

    @Override
    public void onOpened(Connection connection) {
        // With TLS only the outer connection counts.
        if (max == 0 || connection.getEndPoint() instanceof SslConnection.SslEndPoint) {
            return;
        }
        String address = address(connection.getEndPoint().getRemoteSocketAddress());
        // Counts before adding the connection, so that a close at any moment finds both or neither.
        int count = connections.merge(address, 1, Integer::sum);
        counted.put(connection, address);
        if (count > max) {
            closed.increment();
            connection.getEndPoint().close();
        }
        // It may have been closed meanwhile, before it could be removed.
        if (!connection.getEndPoint().isOpen()) {
            onClosed(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        String address = counted.remove(connection);
        if (address != null) {
            connections.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// The number of addresses that have connections.
    int addresses() {
        return connections.size();
    }

    static String address(SocketAddress socket) {
        if (!(socket instanceof InetSocketAddress known) || known.getAddress() == null) {
            return String.valueOf(socket);
        }
        InetAddress address = known.getAddress();
        return address instanceof Inet6Address
                ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
