package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The health check of the images, beside a process that answers.
final class HealthScriptTest {

    @ParameterizedTest
    @CsvSource({"200, 0", "503, 1"})
    void asksWhetherTheProcessIsReady(int status, int exitCode) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(check(server.getAddress().getPort())).isEqualTo(exitCode);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aProcessThatDoesNotListenIsNotReady() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }

        assertThat(check(port)).isEqualTo(1);
    }

    private static int check(int port) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "bash", DeployFiles.DEPLOY.resolve("image/health").toString())
                .redirectErrorStream(true);
        builder.environment().put("LULL_ADMIN_PORT", Integer.toString(port));
        Process process = builder.start();
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
