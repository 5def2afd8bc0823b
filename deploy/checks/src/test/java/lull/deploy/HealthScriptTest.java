package lull.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The health check of the images, beside a process that answers.
final class HealthScriptTest {

    @TempDir
    private Path folder;

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

    /// What a supervisor needs that kills what is not healthy.
    @Test
    void aProcessHasStartedOnceItWasReadyAndHasRestoredItsState() throws Exception {
        Map<String, String> answers = new ConcurrentHashMap<>(Map.of("/livez", "alive\n"));
        HttpServer server = answering(answers);
        int port = server.getAddress().getPort();
        try {
            assertThat(check(port, "--started"))
                    .as("it lives, but is not ready")
                    .isEqualTo(1);

            answers.put("/readyz", "ready\n");
            answers.put("/metrics", "lull_state_restoring{topic=\"a\"} 0.0\nlull_state_restoring{topic=\"b\"} 17.0\n");
            assertThat(check(port, "--started")).as("it restores").isEqualTo(1);

            answers.put("/metrics", "lull_ready 1.0\nlull_state_restoring{topic=\"a\"} 0.0\n");
            assertThat(check(port, "--started")).isZero();

            answers.remove("/readyz");
            assertThat(check(port, "--started")).as("a restart would not help").isZero();

            answers.remove("/livez");
            assertThat(check(port, "--started")).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    /// The next aggregator is stopped when this one has started: what it held continues at once
    /// from standbys that are up to date. A number that changes all the time must not keep a
    /// process from starting.
    @Test
    void aProcessHasStartedOnceItsStandbysAreUpToDateOrHadTheirTime() throws Exception {
        Map<String, String> answers = new ConcurrentHashMap<>(Map.of("/livez", "alive\n", "/readyz", "ready\n"));
        HttpServer server = answering(answers);
        int port = server.getAddress().getPort();
        try {
            for (String behind : List.of("NaN", "1000.0", "1.2345678E7")) {
                answers.put("/metrics", standbys("0.0", behind));
                assertThat(check(port, "--started", "3600")).as(behind).isEqualTo(1);
            }
            answers.put("/metrics", standbys("999.0", "0.0"));
            assertThat(check(port, "--started", "3600")).isZero();

            Files.delete(folder.resolve("lull-started"));
            answers.put("/metrics", standbys("0.0", "5000.0"));
            assertThat(check(port, "--started", "3600")).isEqualTo(1);
            Files.writeString(folder.resolve("lull-first-check"), "0\n");
            assertThat(check(port, "--started", "3600"))
                    .as("it has waited for an hour")
                    .isZero();

            Files.delete(folder.resolve("lull-started"));
            Files.delete(folder.resolve("lull-first-check"));
            assertThat(check(port, "--started"))
                    .as("without a time it does not wait")
                    .isZero();
        } finally {
            server.stop(0);
        }
    }

    private static String standbys(String one, String other) {
        return "# TYPE lull_state_standby_lag gauge\nlull_state_restoring{topic=\"a\"} 0.0\nlull_state_standby_lag{topic=\"a\"} "
                + one + "\nlull_state_standby_lag{topic=\"b\"} " + other + "\n";
    }

    /// For operators, in a container that has no curl.
    @Test
    void printsWhatAProcessAnswers() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/readyz", exchange -> {
            byte[] body = "{\"ready\":false}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            Process process = start(server.getAddress().getPort(), "--print", "/readyz");

            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(" 503 ")
                    .endsWith("{\"ready\":false}\n");
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPortWithTlsNeedsCurlAndSaysSo() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash", DeployFiles.DEPLOY.resolve("image/health").toString())
                .redirectErrorStream(true);
        builder.environment().put("LULL_ADMIN_TLS_KEYSTORE", "/keys.p12");
        builder.environment().put("PATH", "/nonexistent");
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("The admin port has TLS, and this check needs curl for it");
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    /// Starts a server that answers at these paths, and 503 at all others.
    private static HttpServer answering(Map<String, String> answers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = answers.get(exchange.getRequestURI().getPath());
            byte[] body = answer == null ? new byte[0] : answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private int check(int port, String... arguments) throws Exception {
        Process process = start(port, arguments);
        assertThat(process.getInputStream().readAllBytes()).isEmpty();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(int port, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("bash", DeployFiles.DEPLOY.resolve("image/health").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LULL_ADMIN_PORT", Integer.toString(port));
        builder.environment().put("TMPDIR", folder.toString());
        return builder.start();
    }
}
