package lull.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A connection of an attacker to a port of this machine, and of no other. What it sends is bytes, which may be HTTP or
/// not.
final class AttackConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int STATUS_LINE_BYTES = 12;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    private final Socket socket = new Socket();
    private final Tally tally;

    AttackConnection(Tally tally) {
        this.tally = tally;
    }

    void connect(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        tally.connected();
    }

    /// Sends bytes of a request.
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Sends a request whose answer must be a refusal, and waits for the answer.
    void sendForged(byte[] request) {
        int status = exchange(request);
        if (status >= 200 && status < 300) {
            tally.believed();
        }
    }

    /// Sends a request and waits for the answer; returns its status, or 0 if there was none.
    int exchange(byte[] request) {
        tally.requested();
        try {
            send(request);
        } catch (IOException e) {
            // The server closed the connection before it had read all; its answer may still be there.
        }
        return answer();
    }

    /// Waits for an answer; returns its status, or 0 if there was none.
    int answer() {
        int status = status();
        tally.answered(status);
        return status;
    }

    private int status() {
        try {
            String line = new String(socket.getInputStream().readNBytes(STATUS_LINE_BYTES), StandardCharsets.US_ASCII);
            Matcher matcher = STATUS.matcher(line);
            return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone anyway.
        }
    }
}
