package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import lull.local.SpanCollector.Exported;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The traces that a collector of OpenTelemetry gets of a whole system.
@Tag("proof")
final class TracingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> PROPERTIES =
            Map.of("otel.bsp.schedule.delay", "100", "otel.exporter.otlp.endpoint", "");

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static SpanCollector collector;
    private static World world;

    @BeforeAll
    static void start() throws Exception {
        collector = new SpanCollector();
        PROPERTIES.forEach(System::setProperty);
        System.setProperty("otel.exporter.otlp.endpoint", collector.address());
        world = World.ofOneJvm(directory, Map.of("turn.gap", "3s", "replies.tokens", "secret"), COMPONENTS);
    }

    @AfterAll
    static void stop() {
        PROPERTIES.keySet().forEach(System::clearProperty);
        COMPONENTS.close();
        collector.close();
    }

    @Test
    void aTurnIsInTheTraceOfItsFirstMessageAndLinkedToTheOthers() {
        String customer = "15557770001";
        world.says(customer, "Where is");
        world.says(customer, "my sunflower?");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(world.customerTexts(customer)).containsExactly("Where is\nmy sunflower?"));
        Exported turn = only(span -> span.name().equals("gather turn")
                && "2".equals(span.attributes().get("lull.count")));
        List<Exported> webhooks = collector.named("receive webhook");
        Exported first = webhooks.stream()
                .filter(span -> span.id().equals(turn.parent()))
                .findFirst()
                .orElseThrow();
        Exported second = webhooks.stream()
                .filter(span -> turn.links().contains(span.id()))
                .findFirst()
                .orElseThrow();

        assertThat(first.parent()).isEmpty();
        assertThat(first.trace()).isEqualTo(turn.trace()).isNotEqualTo(second.trace());
        assertThat(first.attributes()).containsEntry("lull.door", "meta").containsEntry("lull.count", "1");
        assertThat(turn.links()).containsExactly(second.id());
        assertThat(turn.attributes())
                .containsEntry("lull.turn.cause", "gap")
                .containsEntry("lull.destination", "connect");
        Exported sent = childOf(first, "send whatsapp.message.received");
        assertThat(sent.attributes())
                .containsEntry("messaging.destination.name", "whatsapp.message.received")
                .containsKeys("messaging.destination.partition.id", "messaging.kafka.offset");
        assertThat(turn.attributes().get("lull.turn"))
                .startsWith("whatsapp.message.received-")
                .endsWith("-" + sent.attributes().get("messaging.kafka.offset"));
        Exported handled = childOf(first, "process lull-turn-to-chat");
        assertThat(handled.links()).containsExactly(second.id());
        assertThat(handled.attributes()).containsEntry("lull.outcome", "done");
        Exported opened = childOf(handled, "Connect.StartChatContact");
        assertThat(opened.kind()).isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(opened.attributes()).containsEntry("http.response.status_code", "200");
        assertThat(children(handled))
                .extracting(Exported::name)
                .contains("Connect.StartContactStreaming", "ConnectParticipant.CreateParticipantConnection");
    }

    @Test
    void aReplyIsInTheTraceOfItsEventUntilItIsRead() {
        String customer = "15557770002";
        world.says(customer, "Hello");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        JsonNode chat = world.chats(customer).getFirst();
        world.agentSays(chat, "It is in the garden");
        Exported call = only(
                span -> span.name().equals("POST") && nameOf(span.parent()).equals("process lull-reply-to-whatsapp"));
        Exported event = collector.named("receive chat event").stream()
                .filter(span -> span.trace().equals(call.trace()))
                .findFirst()
                .orElseThrow();
        assertThat(event.parent()).isEmpty();
        assertThat(childOf(event, "process lull-event-to-reply").failed()).isFalse();
        Exported reply = childOf(event, "process lull-reply-to-whatsapp");
        assertThat(call.parent()).isEqualTo(reply.id());
        assertThat(call.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200");
        Exported delivered = childOf(event, "report delivered");
        assertThat(nameOf(delivered.links().getFirst())).isEqualTo("receive webhook");
    }

    @Test
    void aReplyThatAnApplicationRequestedContinuesItsTrace() {
        String customer = "15557770003";
        world.asks("'from':'" + World.NUMBER + "','to':{'phone':'" + customer + "'}", "Your parcel is on its way");
        Exported asked = only(span -> span.name().equals("receive reply request"));
        assertThat(childOf(asked, "send whatsapp.reply.requested").failed()).isFalse();
        assertThat(childOf(asked, "process lull-reply-to-whatsapp").attributes())
                .containsEntry("lull.outcome", "done");
    }

    /// Runs last by name, so that it sees the spans of the others, too.
    @Test
    void zNothingPersonalIsInASpan() {
        String customer = "15557770004";
        String id = world.says(customer, "My password is swordfish");
        await().atMost(PATIENCE).until(() -> world.customerTexts(customer).size() == 1);
        only(span -> span.name().equals("process lull-turn-to-chat"));

        assertThat(collector.spans())
                .hasSizeGreaterThan(5)
                .allSatisfy(span -> assertThat(span.toString())
                        .doesNotContain("1555777", "swordfish", "sunflower", "garden", "parcel", "Customer 1", id));
        assertThat(collector.spans()).extracting(Exported::service).containsOnly("lull-local");
    }

    private static String nameOf(String id) {
        return collector.spans().stream()
                .filter(span -> span.id().equals(id))
                .map(Exported::name)
                .findFirst()
                .orElse("");
    }

    private static Exported only(Predicate<Exported> which) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(collector.spans()).anyMatch(which));
        return collector.spans().stream().filter(which).findFirst().orElseThrow();
    }

    private static Exported childOf(Exported parent, String name) {
        return only(span -> span.parent().equals(parent.id()) && span.name().equals(name));
    }

    private static List<Exported> children(Exported parent) {
        return collector.spans().stream()
                .filter(span -> span.parent().equals(parent.id()))
                .toList();
    }
}
