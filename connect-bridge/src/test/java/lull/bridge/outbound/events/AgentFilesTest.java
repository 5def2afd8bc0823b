package lull.bridge.outbound.events;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import lull.bridge.chats.ChatBook;
import lull.bridge.chats.ChatMetrics;
import lull.bridge.chats.ParticipantCalls;
import lull.bridge.outbound.events.AgentFiles.Carried;
import lull.connect.ScriptedChat;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.KeptFile;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.json.Json;
import lull.contract.reply.ReplyContent;
import lull.lanes.Outcome;
import lull.lanes.results.MemoryAcknowledgedProducer;
import lull.media.MediaBytes;
import lull.media.MediaKeeper;
import lull.whatsapp.CallbackData;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaUploader;
import lull.whatsapp.OutgoingFile;
import lull.whatsapp.ReplySender;
import lull.whatsapp.WhatsAppError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files of agents from a server that sends too much, or does not come to an end.
@Timeout(30)
final class AgentFilesTest {

    private static final long MAX_BYTES = 1024 * 1024;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ChatMetrics metrics = new ChatMetrics(new SimpleMeterRegistry());
    private final ChatBook book = new ChatBook(new MemoryAcknowledgedProducer(), metrics);
    private final ScriptedChat chat = new ScriptedChat();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final List<Long> uploaded = new ArrayList<>();
    private final List<MediaKeeper.Label> labels = new ArrayList<>();
    private HttpServer server;
    private @Nullable MediaFolder folder;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/whole", exchange -> {
            exchange.sendResponseHeaders(200, MAX_BYTES);
            exchange.getResponseBody().write(new byte[(int) MAX_BYTES]);
            exchange.close();
        });
        server.createContext("/small", exchange -> {
            exchange.sendResponseHeaders(200, 9);
            exchange.getResponseBody().write(new byte[9]);
            exchange.close();
        });
        server.createContext("/endless", exchange -> write(exchange, new byte[64 * 1024], 0));
        server.createContext("/drips", exchange -> write(exchange, new byte[1], 20));
        server.start();
        chat.filesAt(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        book.write(new Chat(
                "c1",
                new ConversationKey("100", "1555"),
                new Customer(null, "1555", "Ana"),
                "t-0-1",
                1,
                NOW,
                "p",
                "c",
                NOW.plusSeconds(60),
                null));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void carriesAFileUpToTheBound() throws InterruptedException {
        assertThat(carry("whole", Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(
                        Carried.Done.class,
                        done -> assertThat(done.file())
                                .isEqualTo(new KeptFile("ab".repeat(32), "image/png", MAX_BYTES, "a.png")));
        assertThat(uploaded).containsExactly(MAX_BYTES);
        assertThat(labels).containsExactly(new MediaKeeper.Label(MediaKeeper.Sender.AGENT, "image/png", "a.png"));
    }

    @Test
    void doesNotWriteMoreToTheDiskThanAFileMayHave() throws InterruptedException {
        assertThat(carry("endless", Duration.ofSeconds(20)))
                .isEqualTo(new Carried.Failed(new Outcome.Reject("it is too large")));
        assertThat(uploaded).isEmpty();
        assertThat(labels).isEmpty();
        // What the network holds comes on top.
        assertThat(sent.get()).isLessThan(64 * MAX_BYTES);
    }

    @Test
    void aFileThatDoesNotComeToAnEndIsTriedAgain() throws InterruptedException {
        assertThat(carry("drips", Duration.ofMillis(500)))
                .isInstanceOfSatisfying(
                        Carried.Failed.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Outcome.Retry.class));
    }

    @Test
    void aFileForAnotherChannelIsNotUploadedButNamed() throws InterruptedException {
        assertThat(files(Duration.ofSeconds(20))
                        .carry(new ChatEvent.Attached("small", "a.png", "image/png", "APPROVED"), "c1", "telegram.bot"))
                .isInstanceOfSatisfying(Carried.Done.class, done -> {
                    assertThat(done.content())
                            .isEqualTo(new ReplyContent.Media(
                                    ReplyContent.Media.Kind.IMAGE,
                                    "connect-attachment/c1/small",
                                    null,
                                    null,
                                    "a.png",
                                    null,
                                    Json.object().put("mime_type", "image/png")));
                    assertThat(done.file()).isNotNull();
                });
        assertThat(uploaded).isEmpty();
    }

    @Test
    void aFileThatAnotherChannelDoesNotTakeIsRefusedWithItsLimit() throws InterruptedException {
        assertThat(files(Duration.ofSeconds(20))
                        .carry(new ChatEvent.Attached("whole", "a.png", "image/png", "APPROVED"), "c1", "json.desk"))
                .isEqualTo(new Carried.Failed(new Outcome.Reject("desk takes files of at most 0 MiB")));
        assertThat(labels).isEmpty();
    }

    @Test
    void aReplyIsSentWithTheFileThatItNamesAndNothingStaysOnTheDisk() throws Exception {
        List<String> calls = new ArrayList<>();
        try (ReplySender.Call call = sender(calls, "telegram.bot").prepare(part("connect-attachment/c1/small"))) {
            assertThat(call.load()).isEmpty();
            assertThat(call.send()).isEqualTo(new ReplySender.Delivery.Accepted("1"));
        }
        assertThat(calls).containsExactly("image/png a.png 9 on the disk");
        try (var left = Files.list(directory)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("lull-media-")))
                    .isEmpty();
        }
    }

    @Test
    void aFileThatIsNotThereOrOfAnotherChannelIsNotSent() throws Exception {
        List<String> calls = new ArrayList<>();
        try (ReplySender.Call call = sender(calls, "telegram.bot").prepare(part("connect-attachment/c1/missing"))) {
            assertThat(call.load())
                    .hasValueSatisfying(error -> assertThat(error).isInstanceOf(WhatsAppError.Transient.class));
        }
        try (ReplySender.Call call = sender(calls, "telegram.other").prepare(part("connect-attachment/c1/small"))) {
            assertThat(call.load())
                    .contains(new WhatsAppError.Refused(131052, "The file is not one of a chat of this channel"));
        }
        assertThat(calls).isEmpty();
        assertThat(sender(calls, "telegram.bot").send(part("AgACAgIAAxkBAAI")))
                .as("an id of the channel")
                .isEqualTo(new ReplySender.Delivery.Accepted("2"));
    }

    private AgentFileSender sender(List<String> calls, String number) {
        ReplySender channels = new ReplySender() {
            @Override
            public Delivery send(ReplyPart part) {
                return new Delivery.Accepted("2");
            }

            @Override
            public Call prepare(ReplyPart part, OutgoingFile file) {
                return () -> {
                    calls.add(file.mimeType() + " " + file.name() + " " + file.bytes()
                            + (Files.exists(file.path()) ? " on the disk" : ""));
                    return new Delivery.Accepted("1");
                };
            }
        };
        return new AgentFileSender(channels, files(Duration.ofSeconds(20)), _ -> Optional.of(number));
    }

    private static ReplySender.ReplyPart part(String id) {
        ConversationKey key = ConversationKey.parse("telegram.bot|7001");
        return new ReplySender.ReplyPart(
                new Customer("7001", null, null),
                new ReplyContent.Media(
                        ReplyContent.Media.Kind.IMAGE,
                        id,
                        null,
                        null,
                        "a.png",
                        null,
                        Json.object().put("mime_type", "image/png")),
                null,
                new CallbackData("r1", 0, key));
    }

    private Carried carry(String attachment, Duration timeout) throws InterruptedException {
        return files(timeout).carry(new ChatEvent.Attached(attachment, "a.png", "image/png", "APPROVED"), "c1", "100");
    }

    private AgentFiles files(Duration timeout) {
        MediaUploader uploader = (_, file, _, _) -> {
            try {
                uploaded.add(Files.size(file));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return new MediaUploader.Upload.Done("1");
        };
        return new AgentFiles(
                new ParticipantCalls(book, () -> {}, chat),
                chat,
                uploader,
                (bytes, label) -> {
                    labels.add(label);
                    return Optional.of(new KeptFile("ab".repeat(32), label.contentType(), size(bytes), label.name()));
                },
                folder(),
                new AgentFiles.Options(MAX_BYTES, MAX_BYTES / 2, Duration.ofSeconds(5), timeout));
    }

    private MediaFolder folder() {
        MediaFolder open = folder;
        if (open == null) {
            open = MediaFolder.open(directory, 1);
            folder = open;
        }
        return open;
    }

    private static long size(MediaBytes bytes) {
        try {
            return bytes.size();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(HttpExchange exchange, byte[] piece, int pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
                body.write(piece);
                body.flush();
                sent.addAndGet(piece.length);
                boolean _ = pauseMillis > 0 && end.await(pauseMillis, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
