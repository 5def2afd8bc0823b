package lull.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import lull.runtime.http.BodyReader.Body;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A port with small bounds, and clients that do what no good client does.
final class HttpPortTest {

    private static final int BUDGET = 1024 * 1024;
    private static final int LARGE = 40 * 1024 * 1024;
    private static final int CROWD = 40;
    private static final int MAX_BODY = 256 * 1024;
    private static final Duration ARRIVAL = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InFlight inFlight = new InFlight(BUDGET);
    private final BodyReader bodies = new BodyReader(MAX_BODY, ARRIVAL);
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong answering = new AtomicLong();
    private final AtomicLong genuine = new AtomicLong();
    private final CountDownLatch broker = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private HttpPort port = start(0);

    @AfterEach
    void stop() throws IOException {
        broker.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        port.close();
    }

    @Test
    void aBodyOfWhichNothingArrivesTakesNothingOfTheBudgetAndIsGivenUpInTime() throws IOException {
        long start = System.nanoTime();
        Socket silent = begin(200_000, 0);

        assertThat(answer(silent)).startsWith("HTTP/1.1 408");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ARRIVAL.minusMillis(200));
        assertThat(most).hasValue(0);
    }

    @Test
    void aWishForAWebSocketIsAnsweredAsIfItWereNotThereAndLeavesNoSession() throws IOException {
        for (String path : List.of("/nothing", "/")) {
            Socket socket = connect();
            socket.getOutputStream()
                    .write(("GET " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer)
                    .startsWith(path.equals("/") ? "HTTP/1.1 405" : "HTTP/1.1 404")
                    .contains("{\"error\":")
                    .doesNotContain("JSESSIONID")
                    .doesNotContain("Set-Cookie");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/well, 200, content-length: 4",
        "/refused, 401, www-authenticate: bearer",
        "/nothing, 404, content-type: application/json",
        "/, 405, allow: post"
    })
    void aHeadIsAnsweredAsTheGetOfItsPathWithoutABody(String path, int status, String field) throws IOException {
        Socket socket = connect();
        socket.getOutputStream()
                .write(("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase(field)
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            GET /%00 HTTP/1.1           ~ 400
            GET /%ff HTTP/1.1           ~ 400
            GET /%zz HTTP/1.1           ~ 400
            GET /../x HTTP/1.1          ~ 400
            GET nothing HTTP/1.1        ~ 400
            GET / HTTP/9.9              ~ 505
            """)
    void whatNoRouteSeesIsAnsweredInJsonWithoutRepeatingIt(String line, int status) throws IOException {
        Socket socket = connect();
        socket.getOutputStream()
                .write((line + "\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/json")
                .contains("{\"error\":\"The request ")
                .doesNotContainIgnoringCase("<html", "jetty");
    }

    @Test
    void chunksWithoutAnEndAreGivenUpInTimeThoughTheirSenderIsNeverIdle() throws Exception {
        for (String begun : List.of("5;", "5\r\nhello\r\n5;", "5\r\nhello\r\n0\r\nX: ")) {
            Socket socket = connect();
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + begun)
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();

            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                try {
                    out.write('x');
                    out.flush();
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
        await().atMost(PATIENCE).until(() -> inFlight.bytes() == 0 && inFlight.requests() == 0);
    }

    @Test
    void aBodyThatStopsHalfWayIsGivenUpInTimeAndItsRoomIsFree() throws IOException {
        Socket half = begin(200_000, 100_000);
        await().atMost(PATIENCE).until(() -> inFlight.bytes() >= 100_000);

        assertThat(answer(half)).startsWith("HTTP/1.1 408");
        await().atMost(PATIENCE).until(() -> inFlight.bytes() == 0 && inFlight.requests() == 0);
    }

    /// Their time is over long after the test, so whoever is answered has not waited for that. An honest
    /// body that needs more than a second may be given up for others too: its sender sends it again, as
    /// WhatsApp does.
    @Test
    void bodiesThatDoNotGoOnKeepNobodyOut() throws IOException {
        port.close();
        BodyReader patient = new BodyReader(MAX_BODY, PATIENCE.multipliedBy(5));
        port = HttpPort.start(
                limits("patient", 0, 1_000, PATIENCE.multipliedBy(5)),
                Optional.empty(),
                inFlight,
                registry,
                routes -> routes.post("/", context -> read(context, patient, false)));
        for (int i = 0; i < 60; i++) {
            Socket _ = begin(200_000, 30_000);
        }
        await().atMost(PATIENCE).until(() -> inFlight.bytes() > BUDGET / 2);

        for (int i = 0; i < 5; i++) {
            await().atMost(PATIENCE).until(() -> answer(begin(60_000, 60_000)).startsWith("HTTP/1.1 200"));
        }
        assertThat(most.get()).isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void aPartOfTheBudgetIsForWhatIsWholeAndGenuine() throws IOException {
        for (int i = 0; i < 60; i++) {
            Socket _ = begin(60_000, 50_000);
        }
        await().atMost(PATIENCE).until(() -> inFlight.bytes() > BUDGET / 2);

        assertThat(most.get()).isLessThanOrEqualTo(BUDGET - BUDGET / 4);
    }

    @Test
    void genuineBodiesThatWaitAreNotGivenUp() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(begin("/held", 120_000, 120_000));
            int expected = i + 1;
            await().atMost(PATIENCE).until(() -> genuine.get() == expected);
        }
        Socket tooMuch = begin("/held", 250_000, 250_000);
        assertThat(answer(tooMuch)).startsWith("HTTP/1.1 503");

        broker.countDown();
        for (Socket socket : waiting) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
        await().atMost(PATIENCE).until(() -> inFlight.bytes() == 0);
    }

    @Test
    void aClientAddressHasSoManyConnectionsAndNoMore() throws IOException {
        port.close();
        port = start(3);
        for (int i = 0; i < 3; i++) {
            assertThat(status(connect())).isEqualTo("HTTP/1.1 404");
        }

        Socket fourth = connect();
        assertThat(fourth.getInputStream().read()).isEqualTo(-1);
        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "test", "reason", "address")
                        .counter()
                        .count())
                .isEqualTo(1);

        sockets.getFirst().close();
        await().atMost(PATIENCE).until(() -> status(connect()).equals("HTTP/1.1 404"));
    }

    @Test
    void connectionsOverTheLimitAreForgottenOnceTheyAreClosed() throws Exception {
        port.close();
        port = start("limited", 3);
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 3_000; i++) {
                Future<?> _ = clients.submit(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
                        socket.setSoTimeout(200);
                        return socket.getInputStream().read();
                    }
                });
            }
        }

        await().atMost(PATIENCE).until(() -> connections() == 0);
        await().atMost(PATIENCE).until(() -> status(connect()).equals("HTTP/1.1 404"));
        assertThat(connections()).isEqualTo(1);
    }

    private double connections() {
        return registry.get("lull.http.connections")
                .tag("port", "limited")
                .gauge()
                .value();
    }

    @Test
    void anIpv6ClientIsItsNetwork() throws IOException {
        assertThat(AddressLimit.address(socket("2001:db8:1:2::7")))
                .isEqualTo(AddressLimit.address(socket("2001:db8:1:2:ffff::1")))
                .isNotEqualTo(AddressLimit.address(socket("2001:db8:1:3::7")));
        assertThat(AddressLimit.address(socket("192.0.2.7"))).isNotEqualTo(AddressLimit.address(socket("192.0.2.8")));
    }

    @Test
    void anAnswerThatIsNotReadIsGivenUpInTime() throws IOException {
        for (int i = 0; i < 3; i++) {
            Socket socket = connect();
            socket.getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        await().atMost(PATIENCE).until(() -> answering.get() == 3);

        await().atMost(PATIENCE).until(() -> answering.get() == 0);
        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "test", "reason", "slow")
                        .counter()
                        .count())
                .isEqualTo(3);
        Socket reading = connect();
        reading.getOutputStream()
                .write("GET /large HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(reading.getInputStream().readAllBytes()).hasSizeGreaterThan(LARGE);
    }

    @Test
    void aHeadThatStopsHalfWayIsClosedInTime() throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write("POST / HTTP/1.1\r\nHost: l".getBytes(StandardCharsets.US_ASCII));

        assertThat(answer(socket)).isEmpty();
        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "test", "reason", "slow")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void idleConnectionsThatUseUpAllKeepNobodyOut() throws IOException {
        port.close();
        port = start("crowded", 0, CROWD);
        Socket waiting = begin("/held", 10, 10);
        await().atMost(PATIENCE).until(() -> inFlight.requests() == 1);
        for (int i = 0; i < 2 * CROWD; i++) {
            connect();
        }

        Socket honest = connect();
        assertThat(status(honest)).isEqualTo("HTTP/1.1 404");
        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "crowded", "reason", "room")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(CROWD);

        broker.countDown();
        assertThat(answer(waiting)).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void bodiesOfWhichNothingComesThatUseUpAllConnectionsKeepNobodyOut() throws IOException {
        port.close();
        port = HttpPort.start(
                limits("waiting", 0, CROWD, Duration.ofMinutes(1)),
                Optional.empty(),
                inFlight,
                registry,
                routes -> routes.post("/", context -> {
                    try (InFlight.Reservation reservation = inFlight.enter()) {
                        Body _ = new BodyReader(MAX_BODY, Duration.ofMinutes(1)).read(context, reservation);
                    }
                }));
        for (int i = 0; i < CROWD + CROWD / 2; i++) {
            begin(1_000, 0);
        }

        Socket honest = connect();
        assertThat(status(honest)).isEqualTo("HTTP/1.1 404");
        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "waiting", "reason", "room")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void idleConnectionsStayWhileThereIsRoom() throws IOException {
        port.close();
        port = start("roomy", 0, CROWD);
        for (int i = 0; i < CROWD / 2; i++) {
            connect();
        }
        for (Socket socket : List.copyOf(sockets)) {
            assertThat(status(socket)).isEqualTo("HTTP/1.1 404");
        }

        assertThat(registry.get("lull.http.connections.closed")
                        .tags("port", "roomy", "reason", "room")
                        .counter()
                        .count())
                .isZero();
    }

    private HttpPort start(int maxOfAddress) {
        return start("test", maxOfAddress);
    }

    private HttpPort start(String name, int maxOfAddress) {
        return start(name, maxOfAddress, 1_000);
    }

    private HttpPort start(String name, int maxOfAddress, int maxConnections) {
        return HttpPort.start(
                limits(name, maxOfAddress, maxConnections, ARRIVAL), Optional.empty(), inFlight, registry, routes -> {
                    routes.post("/", context -> read(context, false));
                    routes.post("/held", context -> read(context, true));
                    routes.get("/large", this::answer);
                    routes.get(
                            "/refused",
                            context -> context.status(401)
                                    .header("WWW-Authenticate", "Bearer")
                                    .result("no token"));
                    routes.get("/well", context -> context.result("well"));
                });
    }

    private static HttpPort.Options limits(String name, int maxOfAddress, int maxConnections, Duration arrival) {
        return new HttpPort.Options(
                name,
                ListenAddress.free(),
                maxConnections,
                maxOfAddress,
                Duration.ofSeconds(30),
                arrival,
                Duration.ofMillis(100));
    }

    private void answer(Context context) throws IOException {
        answering.incrementAndGet();
        try {
            context.outputStream().write(new byte[LARGE]);
        } finally {
            answering.decrementAndGet();
        }
    }

    private void read(Context context, boolean held) throws InterruptedException {
        read(context, bodies, held);
    }

    private void read(Context context, BodyReader reader, boolean held) throws InterruptedException {
        try (InFlight.Reservation reservation = inFlight.enter()) {
            Body body = reader.read(context, reservation);
            most.accumulateAndGet(inFlight.bytes(), Math::max);
            switch (body) {
                case Body.Refused refused -> context.status(refused.refusal().status());
                case Body.Complete _ -> {
                    reservation.genuine();
                    genuine.incrementAndGet();
                    if (held) {
                        assertThat(broker.await(180, TimeUnit.SECONDS)).isTrue();
                    }
                    context.status(HttpStatus.OK);
                }
            }
        }
    }

    private Socket begin(int announced, int sent) throws IOException {
        return begin("/", announced, sent);
    }

    private Socket begin(String path, int announced, int sent) throws IOException {
        Socket socket = connect();
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + announced + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[sent]);
        return socket;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        sockets.add(socket);
        return socket;
    }

    /// The beginning of the answer; empty if there is none.
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static String status(Socket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }

    private static SocketAddress socket(String address) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), 1);
    }
}
