package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.CallbackData;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.GraphClient;
import lull.whatsapp.GraphMedia;
import lull.whatsapp.GraphNumbers;
import lull.whatsapp.GraphSender;
import lull.whatsapp.ReadReceiptClient;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.WhatsAppMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The calls of the Graph API, where an answer begins and does not end, or has no bound.
@Timeout(30)
final class HangingAnswersTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    private final WhatsAppMetrics metrics = new WhatsAppMetrics(new SimpleMeterRegistry());
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private boolean pours;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void aReplyWhoseAnswerDoesNotEndIsInDoubt() throws InterruptedException {
        assertThat(send()).isInstanceOf(WhatsAppError.Unclear.class);
    }

    @Test
    void aReplyWhoseAnswerHasNoBoundIsInDoubt() throws InterruptedException {
        pours = true;

        assertThat(send()).isInstanceOf(WhatsAppError.Unclear.class);
    }

    @Test
    void anUploadWhoseAnswerDoesNotEndIsTriedAgain() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[] {1, 2, 3});

        assertThat(new GraphMedia(graph(), Set.of(), LIMIT, metrics).upload("100", file, "image/png", "a.png"))
                .isInstanceOf(WhatsAppError.Transient.class);
    }

    @Test
    void aReadMarkWhoseAnswerDoesNotEndIsNotTaken() throws InterruptedException {
        assertThat(new ReadReceiptClient(graph(), Optional.empty(), Set.of(), (_, _) -> false, metrics)
                        .mark("100", "wamid.1"))
                .isFalse();
    }

    @Test
    void aLookAtANumberWhoseAnswerDoesNotEndIsAFinding() throws InterruptedException {
        assertThat(new GraphNumbers(graph()).look("100").isWell()).isFalse();
    }

    private Delivery send() throws InterruptedException {
        return new GraphSender(graph(), metrics)
                .send(new ReplyPart(
                        new Customer(null, "1555", null),
                        new ReplyContent.Text("Hi"),
                        null,
                        new CallbackData("r1", 0, new ConversationKey("100", "1555"))));
    }

    private GraphClient graph() {
        return new GraphClient(new GraphClient.Options(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                GraphAccess.same("v23.0", "secret"),
                LIMIT,
                pours ? Duration.ofSeconds(20) : LIMIT));
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
                body.write(pours ? new byte[64 * 1024] : new byte[] {' '});
                body.flush();
                boolean _ = !pours && end.await(20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
