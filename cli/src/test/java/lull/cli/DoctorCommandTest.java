package lull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lull.contract.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The doctor in an installation where AWS and WhatsApp are one server that answers nonsense.
final class DoctorCommandTest {

    private static final String SECRET = "EAAsecret";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine lull =
            Lull.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    private final HttpServer server;

    @TempDir
    private Path directory;

    DoctorCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] nonsense =
                "{\"Attributes\":{\"VisibilityTimeout\":\"soon\"},\"Contact\":{}}".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(405, -1);
                exchange.close();
                return;
            }
            exchange.sendResponseHeaders(200, nonsense.length);
            exchange.getResponseBody().write(nonsense);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCheckThatFailsUnexpectedlyIsOneFailedLineAndTheOthersAreMade() throws IOException {
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        Path settings = settings(at);

        assertThat(lull.execute("doctor", "--config", settings.toString()))
                .as(() -> out.toString() + err)
                .isEqualTo(1);

        assertThat(out.toString())
                .as(err.toString())
                .contains("FAIL   Kafka            Kafka cannot be used: ")
                .containsPattern(
                        "FAIL   ingress +This check failed unexpectedly.*NumberFormatException at lull\\.runtime")
                .containsPattern("OK +Amazon Connect +accepts our calls in us-east-1")
                .containsPattern(
                        "FAIL   Amazon Connect +This check failed unexpectedly.*NullPointerException at lull\\.connect")
                .containsPattern("FAIL   SQS +This check failed unexpectedly.*NumberFormatException")
                .containsPattern("WhatsApp +The business number 100000000000001 is")
                .contains("OK     application      bot at " + at + "/turns answers")
                .contains(
                        "FAIL   application      destination.crm.function is missing, which a destination of the kind lambda"
                                + " needs")
                .containsPattern("OK +clock +This machine's clock and that of AWS agree");
        assertThat(out.toString() + err).doesNotContain(SECRET, "\tat ");
    }

    @Test
    void eachFindingIsAJsonObjectForPrograms() throws Exception {
        Path settings = settings("http://127.0.0.1:" + server.getAddress().getPort());

        assertThat(lull.execute("doctor", "--json", "--config", settings.toString()))
                .isEqualTo(1);

        List<JsonNode> findings = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            findings.add(Json.tree(line));
        }
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.path("state").asText()).isIn("ok", "fail", "unknown");
            assertThat(finding.path("about").asText()).isNotEmpty();
        });
        assertThat(findings.getFirst().path("about").asText()).isEqualTo("Kafka");
        assertThat(findings.getFirst().path("state").asText()).isEqualTo("fail");
        assertThat(findings.getFirst().path("text").asText()).startsWith("Kafka cannot be used: ");
        assertThat(findings)
                .anyMatch(finding -> finding.path("state").asText().equals("ok"))
                .noneMatch(finding -> finding.toString().contains(SECRET));
    }

    private Path settings(String at) throws IOException {
        return Files.writeString(directory.resolve("l.properties"), """
                kafka.bootstrap.servers=127.0.0.1:1
                kafka.default.api.timeout.ms=1000
                kafka.request.timeout.ms=500
                eum.queue.url=%1$s/123456789012/eum
                eum.queue.endpoint=%1$s
                connect.queue.endpoint=%1$s
                eum.topic.arns=arn:aws:sns:us-east-1:123456789012:eum
                connect.queue.url=%1$s/123456789012/events
                connect.endpoint=%1$s
                connect.participant.endpoint=%1$s
                eum.queue.credentials=placeholder
                connect.credentials=placeholder
                connect.region=us-east-1
                connect.instance.id=11111111-2222-4333-8444-555555555555
                connect.contact.flow.id=66666666-7777-4888-8999-000000000000
                connect.streaming.topic.arn=arn:aws:sns:us-east-1:123456789012:connect-chat
                whatsapp.graph.endpoint=%1$s
                whatsapp.access.token=%2$s
                replies.business.number=100000000000001
                destinations=bot,crm
                destination.bot.kind=http
                destination.bot.url=%1$s/turns
                destination.crm.kind=lambda
                """.formatted(at, SECRET));
    }
}
