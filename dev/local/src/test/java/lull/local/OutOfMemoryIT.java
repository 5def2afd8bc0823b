package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process whose heap is too small for what its settings let in ends, so that its supervisor starts another: it does
/// not live on with dead threads.
@Tag("proof")
final class OutOfMemoryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// What the JVM ends with at an OutOfMemoryError.
    private static final int OUT_OF_MEMORY = 3;

    private static final int BODY = 5_000_000;
    private static final int BODIES = 40;

    @TempDir
    private static Path directory;

    private final List<Socket> sockets = new ArrayList<>();

    @Test
    void aServiceThatRunsOutOfMemoryEndsAndStartsAgain() throws Exception {
        try (Lifecycle components = new Lifecycle()) {
            LocalOptions options = World.options(directory);
            LocalLull lull = LocalLull.startAround(options, SharedBroker.empty(), components);
            Map<String, String> settings = new HashMap<>(lull.settings());
            settings.put("ingress.max.inflight.bytes", Integer.toString(512 * 1024 * 1024));
            ChildService ingress = components
                    .add("ingress", new ChildService("ingress", settings, directory, World.CLASS_PATH))
                    .heap(48)
                    .start()
                    .awaitReady();

            for (int i = 0; i < BODIES; i++) {
                begin(options.ingressPort());
            }

            await().atMost(PATIENCE).until(() -> !ingress.isAlive());
            assertThat(ingress.exitCode()).as(ingress.log()).hasValue(OUT_OF_MEMORY);
            assertThat(ingress.log()).contains("OutOfMemoryError");
            for (Socket socket : sockets) {
                socket.close();
            }
            ingress.start().awaitReady();
        }
    }

    /// Sends a body but for its last byte.
    private void begin(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(("POST /webhooks/whatsapp HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BODY
                                + "\r\nX-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(new byte[BODY - 1]);
            } catch (IOException e) {
                // The process has ended, as it should.
                assertThat(e).isNotNull();
            }
        });
    }
}
