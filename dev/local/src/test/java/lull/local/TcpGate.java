package lull.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lull.local.broker.FreePort;
import org.jspecify.annotations.Nullable;

/// Port that leads to another one while it is open. While it is shut nobody listens there, and whatever was connected
/// through it has been cut off. Safe for several threads.
final class TcpGate implements AutoCloseable {

    private final int port = FreePort.next();
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;

    /// Makes a gate that is shut.
    ///
    /// @param target a port of this machine
    TcpGate(int target) {
        this.target = target;
    }

    int port() {
        return port;
    }

    synchronized void open() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = opened;
        Thread.ofVirtual().name("gate").start(() -> accept(opened));
    }

    synchronized void shut() {
        ServerSocket open = listener;
        listener = null;
        if (open != null) {
            quietly(open::close);
        }
        sockets.forEach(socket -> quietly(socket::close));
        sockets.clear();
    }

    @Override
    public void close() {
        shut();
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                sockets.add(client);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                copy(client, server);
                copy(server, client);
                if (from.isClosed()) {
                    quietly(client::close);
                    quietly(server::close);
                }
            } catch (IOException e) {
                // The gate was shut.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread.ofVirtual().name("gate").start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side hung up, which the other side is to see.
            }
        });
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }
}
