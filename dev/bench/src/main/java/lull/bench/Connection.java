package lull.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A keep-alive connection to a server on this machine, which has one request under way at most.
final class Connection implements AutoCloseable {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ResponseReader reader = new ResponseReader();

    private ByteBuffer unsent = NOTHING;
    private long since;

    private Connection(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    static Connection open(int port, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return new Connection(channel, selector);
    }

    /// Sends a request, or as much of it as there is room for; the selector tells when the rest can go.
    ///
    /// @param since from when its latency counts, in nanoseconds
    void send(byte[] request, long since) throws IOException {
        this.since = since;
        unsent = ByteBuffer.wrap(request);
        flush();
    }

    /// Goes on where the selector says so. Returns the status of a whole answer, or [ResponseReader#MORE].
    ///
    /// @param room for the bytes that come, whose content does not matter
    int proceed(ByteBuffer room) throws IOException {
        if (unsent.hasRemaining() && key.isWritable()) {
            flush();
        }
        room.clear();
        if (channel.read(room) < 0) {
            throw new IOException("The server closed a connection");
        }
        room.flip();
        int status = reader.read(room);
        if (room.hasRemaining()) {
            throw new IOException("The server answered what was not asked");
        }
        return status;
    }

    long since() {
        return since;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void flush() throws IOException {
        channel.write(unsent);
        int wanted = unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }
}
