package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.json.Json;
import lull.local.transcribe.OggOpus;
import lull.local.transcribe.TranscribeStandIn;
import lull.runtime.Lifecycle;
import lull.standins.channel.ChannelStandIn;
import lull.standins.channel.TelegramStandIn;
import lull.standins.model.ModelStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same burst on each channel: one turn, answered by the assistant, handed over to an agent who continues it, and
/// answered by the assistant again after the chat.
@Tag("proof")
final class AssistantOnEveryChannelIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String NUMBER = "100000000000061";
    private static final String TOKEN = "channel-token";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static final AtomicInteger MESSAGES = new AtomicInteger();
    private static final TranscribeStandIn EARS = COMPONENTS.add("ears", new TranscribeStandIn());
    private static ModelStandIn model;
    private static ChannelStandIn program;
    private static TelegramStandIn telegram;
    private static World world;
    private static LocalOptions options;

    /// How a customer writes, and what a customer has got.
    enum From {
        WHATSAPP("15550061001") {
            @Override
            void says(String text) {
                world.says(NUMBER, customer, text);
            }

            @Override
            List<String> got() {
                return world.phoneTexts(customer);
            }
        },
        TELEGRAM("610061002") {
            @Override
            void says(String text) {
                assertThat(telegram.says(Long.parseLong(customer), text).statusCode())
                        .isEqualTo(200);
            }

            @Override
            List<String> got() {
                return world.get(telegram.uri().resolve("/_calls?chat=" + customer))
                        .valueStream()
                        .filter(call -> call.path("method").asText().equals("sendMessage"))
                        .map(call -> call.at("/body/text").asText())
                        .toList();
            }
        },
        JSON("user-61003") {
            @Override
            void says(String text) {
                String body =
                        "{'messages':[{'id':'m-%d','from':{'id':'%s','name':'Customer %s'},'type':'text','text':'%s'}]}"
                                .formatted(MESSAGES.incrementAndGet(), customer, customer, text)
                                .replace('\'', '"');
                assertThat(world.send(HttpRequest.newBuilder(ingress("/channels/desk/messages"))
                                        .header("Authorization", "Bearer " + TOKEN)
                                        .POST(BodyPublishers.ofString(body)))
                                .statusCode())
                        .isEqualTo(200);
            }

            @Override
            List<String> got() {
                return world.get(program.uri().resolve("/_messages?to=" + customer))
                        .valueStream()
                        .map(reply -> reply.at("/data/message/text/body").asText())
                        .toList();
            }
        };

        final String customer;

        From(String customer) {
            this.customer = customer;
        }

        abstract void says(String text);

        abstract List<String> got();
    }

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory.resolve("data"));
        model = COMPONENTS.add("model", ModelStandIn.start("127.0.0.1", 0, "key"));
        program = COMPONENTS.add("program", ChannelStandIn.start("127.0.0.1", 0));
        telegram = COMPONENTS.add("telegram", TelegramStandIn.start("127.0.0.1", 0, ingress("/webhooks/telegram/bot")));
        Path prompt = directory.resolve("prompt.txt");
        Files.writeString(prompt, "You work for a shop.");
        Map<String, String> settings = new HashMap<>();
        settings.put("turn.gap", "2s");
        settings.put("channels", "desk,bot");
        settings.put("channel.desk.kind", "json");
        settings.put("channel.desk.secrets", TOKEN);
        settings.put("channel.desk.url", program.url());
        settings.put("channel.desk.signing.secrets", ChannelStandIn.SECRET);
        settings.put("channel.bot.kind", "telegram");
        settings.put("channel.bot.secrets", TelegramStandIn.SECRET);
        settings.put("channel.bot.token", TelegramStandIn.TOKEN);
        settings.put("channel.bot.url", telegram.uri().toString());
        settings.put("destinations", "helper");
        settings.put("destination.helper.kind", "assistant");
        settings.put("destination.helper.url", model.uri().toString());
        settings.put("destination.helper.key", "key");
        settings.put("destination.helper.prompt", prompt.toString());
        settings.put("destination.helper.disclosure", "");
        settings.put("destination.helper.handover.text", "One moment, please");
        settings.put("transcribe", "true");
        settings.put("transcribe.endpoint", EARS.uri().toString());
        settings.put("routes", "all: to=helper");
        LocalLull lull = LocalLull.start(options, SharedBroker.empty(), Map.of(), settings, COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @ParameterizedTest
    @EnumSource
    void aBurstIsAnsweredHandedOverContinuedByAnAgentAndComesBackToTheAssistant(From from) {
        for (String line : List.of("Hello", "Where is", "order 17?", "Thanks")) {
            from.says(line);
        }
        awaitGot(from, "Order 17 arrives tomorrow.");
        assertThat(from.got()).hasSize(1);
        assertThat(world.chats(from.customer)).isEmpty();

        from.says("I want to talk to a person");
        awaitGot(from, "One moment, please");
        await().atMost(PATIENCE).until(() -> world.customerTexts(from.customer).contains("I want to talk to a person"));
        assertThat(world.customerTexts(from.customer).getFirst()).contains("Hello\nWhere is\norder 17?\nThanks");

        JsonNode chat = world.chats(from.customer).getFirst();
        world.agentSays(chat, "I am a person");
        awaitGot(from, "I am a person");
        from.says("Good");
        await().atMost(PATIENCE).until(() -> world.customerTexts(from.customer).contains("Good"));
        assertThat(from.got()).as("the assistant is silent").hasSize(3);

        world.agent(chat, "/end", "{}");
        // A turn that comes before the bridge has heard of the end would still go to a new chat.
        await().atMost(PATIENCE)
                .until(() -> world.records("connect.chat").stream()
                        .anyMatch(entry -> entry.key()
                                        .equals(chat.path("contactId").asText())
                                && new String(entry.value(), StandardCharsets.UTF_8).contains("\"endedAt\":\"")));
        from.says("Back again");
        awaitGot(from, "You wrote: Back again");
        assertThat(world.chats(from.customer)).hasSize(1);
    }

    @Test
    void aVoiceNoteOfTelegramIsAnsweredLikeAText() {
        long chat = 610_061_004;
        ObjectNode note = telegram.upload(OggOpus.of(16_000, "says:Where is order 18?"))
                .put("mime_type", "audio/ogg")
                .put("duration", 3);

        telegram.message(chat, Json.object().set("voice", note));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.get(telegram.uri().resolve("/_calls?chat=" + chat))
                                .findValuesAsText("text"))
                        .containsExactly("Order 18 arrives tomorrow."));
    }

    @Test
    void whoAsksForAPersonBelowAPhotoGetsOne() {
        long chat = 610_061_005;
        ObjectNode photo = Json.object().put("caption", "I want to talk to a person about this");
        photo.putArray("photo").add(telegram.upload("not really a picture".getBytes(StandardCharsets.UTF_8)));

        telegram.message(chat, photo);

        await().atMost(PATIENCE)
                .until(() ->
                        world.customerTexts(Long.toString(chat)).contains("I want to talk to a person about this"));
        assertThat(world.chats(Long.toString(chat))
                        .getFirst()
                        .at("/attributes/handOverReason")
                        .asText())
                .isEqualTo("The customer asks for a person");
    }

    private static void awaitGot(From from, String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(from.got()).contains(text));
    }

    private static URI ingress(String path) {
        return URI.create("http://localhost:" + options.ingressPort() + path);
    }
}
