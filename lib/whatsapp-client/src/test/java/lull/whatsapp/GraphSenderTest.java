package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.ReplySender.Delivery;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The sender against a scripted HTTP server.
final class GraphSenderTest {

    private record Request(String path, @Nullable String authorization, JsonNode body) {}

    private record Scripted(int status, String body) {}

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<Scripted> answers = new LinkedBlockingQueue<>();
    private Javalin server = Javalin.create();
    private GraphSender sender = sender(1);

    @BeforeEach
    void serve() {
        server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.post("/<path>", this::answer);
                })
                .start(0);
        sender = sender(server.port());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsFromTheConversationsNumberToThePhone() throws InterruptedException {
        accept();

        Delivery delivery = send(new Customer("US.1", "15550001111", "Ana"));

        assertThat(delivery).isEqualTo(new Delivery.Accepted("wamid.1"));
        Request request = requests.take();
        assertThat(request.path()).isEqualTo("/v23.0/100/messages");
        assertThat(request.authorization()).isEqualTo("Bearer secret");
        assertThat(request.body())
                .isEqualTo(json("{'messaging_product':'whatsapp','recipient_type':'individual','to':'15550001111',"
                        + "'type':'text','text':{'body':'Hi'},'biz_opaque_callback_data':'1|r1|100|US.1'}"));
    }

    @Test
    void sendsToTheUserIdWhereThereIsNoPhone() throws InterruptedException {
        accept();

        send(new Customer("US.1", null, null));

        JsonNode body = requests.take().body();
        assertThat(body.path("recipient").asText()).isEqualTo("US.1");
        assertThat(body.has("to")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 4, Transient",
        "400, 80007, Transient",
        "400, 130429, Transient",
        "400, 131056, Transient",
        "400, 1, Unclear",
        "503, 2, Unclear",
        "500, 131000, Unclear",
        "500, 131016, Unclear",
        "500, 131057, Unclear",
        "503, 133004, Unclear",
        "401, 0, Misconfigured",
        "401, 190, Misconfigured",
        "500, 3, Misconfigured",
        "403, 10, Misconfigured",
        "403, 200, Misconfigured",
        "403, 299, Misconfigured",
        "403, 131005, Misconfigured",
        "400, 133010, Misconfigured",
        "400, 131047, Refused",
        "400, 131026, Refused",
        "400, 100, Refused",
        "400, 999999, Refused"
    })
    void theCodeSaysWhatAnErrorMeans(int status, int code, String meaning) throws InterruptedException {
        answers.add(new Scripted(status, "{'error':{'message':'no','code':" + code + "}}"));

        assertThat(send(new Customer(null, "1555", null)).getClass().getSimpleName())
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                33, 368, 131031, 131037, 131042, 131044, 131045, 133000, 133005, 133006, 133008, 133010, 133015, 133016
            })
    void theCodesOfOneNumberHoldBackThatNumberAlone(int code) throws InterruptedException {
        answers.add(new Scripted(400, "{'error':{'message':'no','code':" + code + "}}"));

        assertThat(send(new Customer(null, "1555", null)))
                .isInstanceOfSatisfying(
                        WhatsAppError.Misconfigured.class,
                        wrong -> assertThat(wrong.scope()).isEqualTo(new ErrorScope.BusinessNumber("100")));
    }

    @ParameterizedTest
    @CsvSource({"502, Unclear", "408, Unclear", "429, Transient", "401, Misconfigured", "404, Misconfigured"})
    void anAnswerWithoutCodeMeansWhatItsStatusSays(int status, String meaning) throws InterruptedException {
        answers.add(new Scripted(status, "<html>"));

        assertThat(send(new Customer(null, "1555", null)).getClass().getSimpleName())
                .isEqualTo(meaning);
    }

    @Test
    void whoDoesNotAnswerInTimeMayHaveIt() throws InterruptedException {
        assertThat(send(new Customer(null, "1555", null)))
                .isInstanceOfSatisfying(
                        WhatsAppError.Unclear.class,
                        unclear -> assertThat(unclear.answered()).isFalse());
    }

    @Test
    void aConnectionThatFailsIsTriedAgain() throws InterruptedException {
        server.stop();

        assertThat(send(new Customer(null, "1555", null))).isInstanceOf(WhatsAppError.Transient.class);
    }

    /// Such as where all other numbers are on AWS End User Messaging, so that no token is set.
    @Test
    void aNumberWithoutATokenWaitsAloneUntilItHasOne() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicReference<Optional<String>> token = new AtomicReference<>(Optional.empty());
        sender = sender(
                server.port(),
                new GraphAccess(new GraphAccess.Credential("v23.0", "whatsapp.access.token", token::get), Map.of()),
                new WhatsAppMetrics(registry));

        assertThat(send(new Customer(null, "1555", null)))
                .isEqualTo(new WhatsAppError.Misconfigured(
                        new ErrorScope.BusinessNumber("100"),
                        "There is no access token for business number 100, or it is not one line of visible ASCII"
                                + " characters: set whatsapp.access.token, or add the number to whatsapp.eum.numbers if"
                                + " AWS End User Messaging Social serves it"));
        assertThat(requests).isEmpty();
        assertThat(registry.get("lull.bridge.whatsapp.calls")
                        .tag("result", "misconfigured")
                        .timer()
                        .count())
                .isEqualTo(1);

        token.set(Optional.of("secret"));
        accept();
        assertThat(send(new Customer(null, "1555", null))).isEqualTo(new Delivery.Accepted("wamid.1"));
    }

    @Test
    void neverSendsAgainWhatWasAcceptedWithoutAnId() throws InterruptedException {
        answers.add(new Scripted(200, "{'messaging_product':'whatsapp'}"));
        answers.add(new Scripted(200, "OK"));

        assertThat(send(new Customer(null, "1555", null))).isEqualTo(new Delivery.Accepted(""));
        assertThat(send(new Customer(null, "1555", null))).isEqualTo(new Delivery.Accepted(""));
    }

    private Delivery send(Customer customer) throws InterruptedException {
        return sender.send(new ReplyPart(
                customer,
                new ReplyContent.Text("Hi"),
                null,
                new CallbackData("r1", 0, new ConversationKey("100", "US.1"))));
    }

    private void accept() {
        answers.add(new Scripted(200, "{'messaging_product':'whatsapp','messages':[{'id':'wamid.1'}]}"));
    }

    private void answer(Context context) throws InterruptedException {
        requests.add(new Request(context.path(), context.header("Authorization"), json(context.body())));
        Scripted scripted = answers.take();
        context.status(scripted.status()).result(scripted.body().replace('\'', '"'));
    }

    private static GraphSender sender(int port) {
        return sender(port, GraphAccess.same("v23.0", "secret"), new WhatsAppMetrics(new SimpleMeterRegistry()));
    }

    private static GraphSender sender(int port, GraphAccess access, WhatsAppMetrics metrics) {
        return new GraphSender(
                new GraphClient(new GraphClient.Options(
                        URI.create("http://localhost:" + port + "/"),
                        access,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1))),
                metrics);
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
