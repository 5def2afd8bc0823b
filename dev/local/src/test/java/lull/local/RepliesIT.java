package lull.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lull.cli.Configuration;
import lull.contract.reply.ReplyOutcome;
import lull.ingress.IngressService;
import lull.runtime.Lifecycle;
import lull.runtime.process.ServiceProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What applications send by `POST /replies`, from their request to the customer's phone, and what Lull itself sends
/// where a setting says so. Each test has a customer of its own.
final class RepliesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REACTION = "👍";

    @TempDir
    private static Path directory;

    private static final Lifecycle COMPONENTS = new Lifecycle();
    private static World world;
    private static LocalOptions options;
    private static LocalLull lull;

    private final OpenApiPage routes = OpenApiPage.read("openapi.yaml");

    @BeforeAll
    static void start() throws Exception {
        options = World.options(directory);
        lull = LocalLull.start(
                options,
                SharedBroker.empty(),
                Map.of(),
                Map.of("turn.gap", "1s", "whatsapp.reaction", REACTION),
                COMPONENTS);
        lull.awaitReady();
        world = COMPONENTS.add("world", new World(options, lull.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        COMPONENTS.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
        text ~ {'body':'Hello','preview_url':true}
        image ~ {'link':'https://files.example/1.jpg','caption':'Look'}
        video ~ {'id':'71'}
        audio ~ {'id':'72','voice':true}
        document ~ {'id':'73','filename':'bill.pdf','caption':'Bill'}
        sticker ~ {'id':'74'}
        location ~ {'latitude':52.520000,'longitude':13.405,'name':'Shop','address':'A street 1'}
        contacts ~ [{'name':{'formatted_name':'Ana Example'},'phones':[{'phone':'+15550001002'}]}]
        reaction ~ {'message_id':'wamid.ASKED','emoji':'x'}
        interactive ~ {'type':'button','body':{'text':'Well?'},'action':{'buttons':[{'type':'reply','reply':{'id':'y','title':'Yes'}}]}}
        interactive ~ {'type':'list','body':{'text':'Well?'},'action':{'button':'Choose','sections':[{'rows':[{'id':'y','title':'Yes'}]}]}}
        interactive ~ {'type':'cta_url','body':{'text':'Well?'},'action':{'name':'cta_url','parameters':{'display_text':'Go','url':'https://shop.example'}}}
        interactive ~ {'type':'location_request_message','body':{'text':'Where?'},'action':{'name':'send_location'}}
        interactive ~ {'type':'flow','body':{'text':'Well?'},'action':{'name':'flow','parameters':{'flow_id':'1'}}}
        interactive ~ {'type':'product','action':{'catalog_id':'1','product_retailer_id':'2'}}
        template ~ {'name':'order_shipped','language':{'code':'en_US'},'components':[{'type':'body','parameters':[{'type':'text','text':'17'}]}]}
        """)
    void everyTypeArrivesOnceAsItWasAskedForThoughItIsAskedForTwice(String type, String content) {
        String customer = "1555002" + Math.floorMod(content.hashCode(), 10_000);
        String quoted = type.equals("reaction") ? "" : ",'context':{'message_id':'wamid.ASKED'}";
        String request = "{'conversation':'100000000000002|" + customer + "','message':{'type':'" + type + "','" + type
                + "':" + content + quoted + "}}";

        String id = accepted(post("key-1", request));
        assertThat(accepted(post("key-1", request))).isEqualTo(id);
        accepted(post(
                "key-2",
                "{'conversation':'100000000000002|" + customer
                        + "','message':{'type':'text','text':{'body':'The end'}}}"));

        await().atMost(PATIENCE).until(() -> world.phoneTexts(customer).contains("The end"));
        assertThat(world.phone(customer)).hasSize(2);
        JsonNode arrived = world.phone(customer).getFirst();
        assertThat(arrived.path("from").asText()).isEqualTo("100000000000002");
        assertThat(arrived.path("type").asText()).isEqualTo(type);
        assertThat(arrived.path("content")).isEqualTo(World.tree(content.replace('\'', '"')));
        assertThat(arrived.path("replyTo").asText()).isEqualTo(quoted.isEmpty() ? "" : "wamid.ASKED");
        assertThat(arrived.path("bizOpaqueCallbackData").asText())
                .isEqualTo("1|" + id + "|100000000000002|" + customer);
    }

    @Test
    void reachesPhoneNumbersUserIdsAndGroups() {
        String message = "'message':{'type':'text','text':{'body':'Hello'}}}";
        accepted(post("k", "{'to':{'phone':'+1 555-003-0001'}," + message));
        accepted(post("k", "{'to':{'userId':'US.13491208655302741918'},'from':'100000000000002'," + message));
        accepted(post("k", "{'conversation':'100000000000002|group:Y2FwaV9ncm91cDox'," + message));

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(world.phoneTexts("15550030001")).containsExactly("Hello");
            assertThat(world.phoneTexts("US.13491208655302741918")).containsExactly("Hello");
            assertThat(world.phoneTexts("Y2FwaV9ncm91cDox")).containsExactly("Hello");
        });
        assertThat(world.phone("15550030001").getFirst().path("from").asText()).isEqualTo(World.NUMBER);
        assertThat(world.get(world.graph("/_phone/requests")).findValuesAsText("recipient_type"))
                .contains("group");
    }

    @Test
    void aTurnIsAcknowledgedOnceByAReaction() {
        String customer = "15550030009";
        world.says(customer, "Hello");
        String last = world.says(customer, "Anybody there?");

        await().atMost(PATIENCE).until(() -> !world.phone(customer).isEmpty());
        JsonNode reaction = world.phone(customer).getFirst();
        assertThat(reaction.path("type").asText()).isEqualTo("reaction");
        assertThat(reaction.at("/content/emoji").asText()).isEqualTo(REACTION);
        assertThat(reaction.at("/content/message_id").asText()).isEqualTo(last);

        world.says(customer, "Hello?");
        await().atMost(PATIENCE).until(() -> world.phone(customer).size() >= 2);
        assertThat(world.phone(customer)).as("one for each turn").hasSize(2);
        assertThat(world.customerTexts(customer)).containsExactly("Hello\nAnybody there?", "Hello?");
    }

    @Test
    void aLongTextIsSplit() {
        String text = "word ".repeat(1_000).strip();
        accepted(post("k", "{'to':{'phone':'15550030002'},'message':{'type':'text','text':{'body':'" + text + "'}}}"));

        await().atMost(PATIENCE).until(() -> world.phone("15550030002").size() == 2);
        assertThat(String.join(" ", world.phoneTexts("15550030002"))).isEqualTo(text);
    }

    @Test
    void whatWhatsAppRefusesIsRecordedAndTheNextReplyGoesOut() {
        // The stand-in knows a limit that the door leaves to WhatsApp: an interactive message of any type has a body.
        String id = accepted(post(
                "k1", "{'to':{'phone':'15550030003'},'message':{'type':'interactive','interactive':{'type':'x'}}}"));
        accepted(post("k2", "{'to':{'phone':'15550030003'},'message':{'type':'text','text':{'body':'Next'}}}"));

        await().atMost(PATIENCE).until(() -> !world.phone("15550030003").isEmpty());
        assertThat(world.phoneTexts("15550030003")).containsExactly("Next");
        assertThat(world.outcomes(id))
                .hasExactlyElementsOfTypes(ReplyOutcome.Intended.class, ReplyOutcome.Refused.class);
    }

    @Test
    void saysEverythingThatIsWrong() {
        HttpResponse<String> answer =
                post("k", "{'to':{'phone':'ana'},'message':{'type':'image','image':{}},'priority':1}");

        answers(400, answer);
        assertThat(World.tree(answer.body()).path("problems")).hasSize(3);
        assertThat(post("k", "{'to':{'phone':'15550030004'},'message':{'type':'fax'}}")
                        .body())
                .contains("message.type must be one of text, image,");
    }

    @Test
    void refusesAsItsPageSays() {
        String request = "{'to':{'phone':'15550030005'},'message':{'type':'text','text':{'body':'Hi'}}}";

        answers(401, world.send(request("k", request)));
        answers(401, world.send(request("k", request).header("Authorization", "Bearer wrong")));
        answers(413, post("k", "x".repeat(1024 * 1024 + 1)));
        answers(415, world.send(allowed("k", request).header("Content-Encoding", "gzip")));
        assertThat(world.phone("15550030005")).isEmpty();
    }

    @Test
    void anIngressWithoutTokensIsClosed() throws Exception {
        Map<String, String> settings = new HashMap<>(lull.settings());
        settings.putAll(Map.of("replies.tokens", "", "ingress.port", "0", "admin.port", "0"));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ServiceProcess.start(
                "ingress",
                Configuration.load(Map.of(), settings),
                COMPONENTS,
                context -> port.complete(IngressService.start(context)));

        HttpResponse<String> answer =
                world.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port.join() + "/replies"))
                        .header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")));

        answers(404, answer);
        assertThat(answer.body()).contains("replies.tokens");
    }

    private void answers(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(routes.statuses("POST", "/replies")).contains(Integer.toString(status));
        assertThat(World.tree(answer.body()).path("error").asText()).isNotEmpty();
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = World.tree(answer.body()).path("id").asText();
        assertThat(World.tree(answer.body()).properties())
                .extracting(Map.Entry::getKey, member -> member.getValue().asText())
                .containsExactlyInAnyOrder(tuple("id", id), tuple("status", "/replies/" + id));
        return id;
    }

    private static HttpResponse<String> post(String key, String body) {
        return world.send(allowed(key, body));
    }

    private static HttpRequest.Builder allowed(String key, String body) {
        return request(key, body).header("Authorization", "Bearer " + LocalLull.REPLIES_TOKEN);
    }

    private static HttpRequest.Builder request(String key, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + options.ingressPort() + "/replies"))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    }
}
