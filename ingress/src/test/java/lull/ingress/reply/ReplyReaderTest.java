package lull.ingress.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyOrigin;
import lull.ingress.reply.ReplyReader.ReadResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyReaderTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String TEXT = "{'type':'text','text':{'body':'Hi'}}";

    private final ReplyReader reader = new ReplyReader(new ReplyReader.Senders(
            Optional.of("100"), Map.of(), Set.of("telegram.shop", "json.desk", "z-api.zap", "evolution.evo")));

    @Test
    void aRequestIsAReplyOfAnApplication() {
        Reply reply = reply("{'conversation':'100|15550001001','message':" + TEXT + "}");

        assertThat(reply)
                .isEqualTo(new Reply(
                        reply.id(),
                        new ConversationKey("100", "15550001001"),
                        new Customer(null, "15550001001", null),
                        new ReplyOrigin.Application(null),
                        new ReplyContent.Text("Hi"),
                        NOW));
        assertThat(reply.id()).matches("app-[0-9a-f]{64}");
    }

    @Test
    void theIdIsThatOfKeyAndConversation() {
        String one = reply("k1", "{'conversation':'100|15550001001','message':" + TEXT + "}")
                .id();

        assertThat(reply("k1", "{'to':{'phone':'+1 555-000-1001'},'message':{'type':'sticker','sticker':{'id':'1'}}}")
                        .id())
                .isEqualTo(one);
        assertThat(reply("k2", "{'conversation':'100|15550001001','message':" + TEXT + "}")
                        .id())
                .isNotEqualTo(one);
        assertThat(reply("k1", "{'conversation':'101|15550001001','message':" + TEXT + "}")
                        .id())
                .isNotEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', nullValues = "-", textBlock = """
            'conversation':'200|15550001001' ~ 200|15550001001 ~ - ~ 15550001001
            'conversation':'200|US.13491208655302741918' ~ 200|US.13491208655302741918 ~ US.13491208655302741918 ~ -
            'conversation':'200|group:Y2FwaV9n==' ~ 200|group:Y2FwaV9n== ~ - ~ -
            'conversation':'telegram.shop|70010001' ~ telegram.shop|70010001 ~ 70010001 ~ -
            'conversation':'json.desk.a1|u-7' ~ json.desk.a1|u-7 ~ u-7 ~ -
            'conversation':'json.desk|group:g-1' ~ json.desk|group:g-1 ~ - ~ -
            'conversation':'z-api.zap|15550001001' ~ z-api.zap|15550001001 ~ - ~ 15550001001
            'conversation':'evolution.evo|81896604192873.lid' ~ evolution.evo|81896604192873.lid ~ 81896604192873.lid ~ -
            'from':'json.desk','to':{'userId':'u-7'} ~ json.desk|u-7 ~ u-7 ~ -
            'to':{'phone':' +1 555 000-1001 '} ~ 100|15550001001 ~ - ~ 15550001001
            'to':{'phone':'15550001001'},'from':'300' ~ 300|15550001001 ~ - ~ 15550001001
            'to':{'userId':'US.1'},'from':'300' ~ 300|US.1 ~ US.1 ~ -
            'to':{'userId':'US.1','phone':'15550001001'} ~ 100|US.1 ~ US.1 ~ 15550001001
            """)
    void knowsToWhom(String addressee, String conversation, @Nullable String userId, @Nullable String phone) {
        Reply reply = reply("{" + addressee + ",'message':" + TEXT + "}");

        assertThat(reply.conversation()).hasToString(conversation);
        assertThat(reply.customer()).isEqualTo(new Customer(userId, phone, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            {} ~ conversation or to is needed, and not both
            {'conversation':'1|15550001001','to':{'phone':'15550001001'}} ~ conversation or to is needed, and not both
            {'conversation':'15550001001'} ~ conversation must be written
            {'conversation':'1|ana'} ~ conversation must be written
            {'conversation':'1|unidentified:wamid.1'} ~ conversation must be written
            {'conversation':'x|15550001001'} ~ conversation must be written
            {'conversation':'1|15550001001','from':'1'} ~ from is allowed only with to
            {'conversation':5} ~ conversation must be text
            {'to':'15550001001'} ~ to must be an object
            {'to':{}} ~ to.phone or to.userId is needed
            {'to':{'phone':'ana'}} ~ to.phone must be a phone number
            {'to':{'phone':'1234567890123456'}} ~ to.phone must be a phone number
            {'to':{'phone':'0015550001001'}} ~ to.phone must be a phone number
            {'to':{'userId':'15550001001'}} ~ to.userId must be a user id
            {'to':{'phone':'15550001001','email':'a'}} ~ to.email is not known here
            {'to':{'phone':'15550001001'},'from':'ana'} ~ from must be a phone_number_id
            {'to':{'phone':'15550001001'},'form':'1'} ~ form is not known here
            {'conversation':'telegram.gone|70010001'} ~ conversation names the channel telegram.gone, which is not configured: channels does not have this name, or it has another kind
            {'conversation':'z-api.shop|15550001001'} ~ conversation names the channel z-api.shop, which is not configured
            {'to':{'userId':'u-7'},'from':'json.gone.a1'} ~ from names the channel json.gone, which is not configured
            """)
    void saysWhatIsWrongWithTheAddressee(String request, String problem) {
        String addressee = request.substring(0, request.length() - 1);
        String body = addressee + (addressee.length() > 1 ? "," : "") + "'message':" + TEXT + "}";

        assertThat(problems("k", body)).singleElement().asString().startsWith(problem);
    }

    @Test
    void aNumberIsNeededWhereNoneIsConfigured() {
        ReadResult reading = new ReplyReader(ReplyReader.Senders.of(Optional.empty()))
                .read("k", bytes("{'to':{'phone':'15550001001'},'message':" + TEXT + "}"), NOW);

        assertThat(((ReadResult.Wrong) reading).problems())
                .containsExactly("from is needed, as replies.business.number names no business number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'text','text':{'body':'Hi','preview_url':true}}",
                "{'type':'text','text':{'body':'Hi','of_next_year':1}}",
                "{'type':'image','image':{'id':'7','caption':'Look'}}",
                "{'type':'video','video':{'link':'https://files.example/1.mp4'}}",
                "{'type':'audio','audio':{'id':'7','voice':true}}",
                "{'type':'document','document':{'id':'7','filename':'a.pdf','caption':'Bill'}}",
                "{'type':'sticker','sticker':{'id':'7'}}",
                "{'type':'location','location':{'latitude':-90,'longitude':180}}",
                "{'type':'location','location':{'latitude':'37.5','longitude':'-122.1','name':'a','address':'b'}}",
                "{'type':'contacts','contacts':[{'name':{'formatted_name':'Ana'}}]}",
                "{'type':'reaction','reaction':{'message_id':'wamid.1','emoji':''}}",
                "{'type':'interactive','interactive':{'type':'button','body':{'text':'Well?'},'action':{'buttons':"
                        + "[{'type':'reply','reply':{'id':'y','title':'Yes'}}]}}}",
                "{'type':'interactive','interactive':{'type':'of next year','whatever':1}}",
                "{'type':'template','template':{'name':'hello','language':{'code':'en_US','policy':'deterministic'},"
                        + "'components':[{'type':'body'}],'namespace':'n'}}"
            })
    void everyTypeIsTakenWithAllThatItHolds(String message) {
        Reply reply = reply("{'conversation':'100|15550001001','message':" + message + "}");

        // Nothing of the values may be lost on the way to the topic.
        String written = Json.text(reply.content());
        for (String value : message.replaceAll("'[a-z_]+':", "").split("[{}\\[\\],']+", -1)) {
            assertThat(written).contains(value);
        }
    }

    @Test
    void aMessageMayQuoteAnother() {
        String message = "{'type':'text','text':{'body':'Hi'},'context':{'message_id':'wamid.1'}}";

        assertThat(reply("{'conversation':'100|15550001001','message':" + message + "}")
                        .quotedMessageId())
                .isEqualTo("wamid.1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            5 ~ message must be an object
            {'text':{'body':'Hi'}} ~ message.type is needed
            {'type':'fax','fax':{}} ~ message.type must be one of text, image, video, audio, document, sticker, location, contacts, reaction, interactive, template
            {'type':'text'} ~ message.text is needed
            {'type':'text','text':{}} ~ message.text.body is needed
            {'type':'text','text':{'body':' '}} ~ message.text.body must not be blank
            {'type':'text','text':{'body':7}} ~ message.text.body must be text
            {'type':'text','text':{'body':'Hi','preview_url':'yes'}} ~ message.text.preview_url must be true or false
            {'type':'text','text':{'body':'Hi'},'context':{}} ~ message.context.message_id is needed
            {'type':'text','text':{'body':'Hi'},'biz_opaque_callback_data':'a'} ~ message.biz_opaque_callback_data is not known here
            {'type':'image','image':{}} ~ message.image.id or link is needed, and not both
            {'type':'image','image':{'id':'1','link':'https://a.example/1'}} ~ message.image.id or link is needed, and not both
            {'type':'image','image':{'link':'http://a.example/1'}} ~ message.image.link must be an https address
            {'type':'image','image':{'link':'https:a'}} ~ message.image.link must be an https address
            {'type':'image','image':{'id':'1','filename':'a'}} ~ message.image.filename goes with document only
            {'type':'image','image':{'id':'1','voice':true}} ~ message.image.voice goes with audio only
            {'type':'audio','audio':{'id':'1','caption':'a'}} ~ message.audio.caption does not go with audio
            {'type':'sticker','sticker':{'id':'1','caption':'a'}} ~ message.sticker.caption does not go with sticker
            {'type':'location','location':{'latitude':90.1,'longitude':0}} ~ message.location.latitude must be a number from -90 to 90
            {'type':'location','location':{'latitude':1}} ~ message.location.longitude is needed
            {'type':'contacts','contacts':[]} ~ message.contacts must have 1 to 257 elements
            {'type':'contacts','contacts':{}} ~ message.contacts must be a list
            {'type':'contacts','contacts':['Ana']} ~ message.contacts[0] must be an object
            {'type':'reaction','reaction':{'emoji':'x'}} ~ message.reaction.message_id is needed
            {'type':'reaction','reaction':{'message_id':'wamid.1'}} ~ message.reaction.emoji is needed; empty takes a reaction back
            {'type':'reaction','reaction':{'message_id':'w','emoji':''},'context':{'message_id':'w'}} ~ message.context does not go with reaction
            {'type':'interactive','interactive':{'body':{'text':'a'}}} ~ message.interactive.type is needed
            {'type':'interactive','interactive':{'type':'flow'}} ~ message.interactive.body is needed
            {'type':'interactive','interactive':{'type':'button','body':{'text':'a'}}} ~ message.interactive.action is needed
            {'type':'interactive','interactive':{'type':'button','body':{'text':'a'},'action':{'buttons':[]}}} ~ message.interactive.action.buttons must have 1 to 3 elements
            {'type':'interactive','interactive':{'type':'button','body':{'text':'a'},'action':{'buttons':[{'reply':{'id':'1','title':'123456789012345678901'}}]}}} ~ message.interactive.action.buttons[0].reply.title must have at most 20 characters
            {'type':'interactive','interactive':{'type':'list','body':{'text':'a'},'action':{'button':'b','sections':[{'rows':[]}]}}} ~ message.interactive.action.sections[0].rows must have 1 to 10 elements
            {'type':'interactive','interactive':{'type':'cta_url','body':{'text':'a'},'action':{'parameters':{'url':'https://a.example'}}}} ~ message.interactive.action.parameters.display_text is needed
            {'type':'template','template':{'name':'a'}} ~ message.template.language is needed
            {'type':'template','template':{'name':'a','language':{}}} ~ message.template.language.code is needed
            {'type':'template','template':{'name':'a','language':{'code':'de'},'components':[1]}} ~ message.template.components[0] must be an object
            """)
    void saysWhatIsWrongWithTheMessage(String message, String problem) {
        assertThat(problems("k", "{'conversation':'100|15550001001','message':" + message + "}"))
                .containsExactly(problem);
    }

    @Test
    void aTextMayBeSixteenTimesWhatFitsInAMessageAndNoLonger() {
        String start = "{'conversation':'100|15550001001','message':{'type':'text','text':{'body':'";

        assertThat(reply(start + "ä".repeat(65_536) + "'}}}").content()).isInstanceOf(ReplyContent.Text.class);
        assertThat(problems("k", start + "ä".repeat(65_537) + "'}}}"))
                .containsExactly("message.text.body must have at most 65536 characters");
    }

    @Test
    void aListHasAtMostTenRowsInAllItsSections() {
        String row = "{'id':'1','title':'a'}";
        String six = "{'title':'s','rows':[" + (row + ",").repeat(5) + row + "]}";
        String message =
                "{'type':'interactive','interactive':{'type':'list','body':{'text':'a'},'action':{'button':'b',"
                        + "'sections':[" + six + "," + six + "]}}}";

        assertThat(problems("k", "{'conversation':'100|15550001001','message':" + message + "}"))
                .containsExactly("message.interactive.action.sections must have at most 10 rows in all");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(problems(null, "{'to':{'phone':'x'},'message':{'type':'image','image':{'caption':5}},'more':1}"))
                .containsExactly(
                        "The header Idempotency-Key is needed, with 1 to 255 visible ASCII characters",
                        "to.phone must be a phone number with its country code, of 5 to 15 digits",
                        "message.image.caption must be text",
                        "message.image.id or link is needed, and not both",
                        "more is not known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "5", "null", "{", "{} {}", "\"text\""})
    void whatIsNoObjectIsAProblem(String body) {
        assertThat(problems("k", body)).singleElement().asString().startsWith("The body ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "Grüße", "a\tb"})
    void aKeyIsVisible(String key) {
        assertThat(problems(key, "{'conversation':'100|15550001001','message':" + TEXT + "}"))
                .singleElement()
                .asString()
                .startsWith("The header Idempotency-Key");
        assertThat(problems("k".repeat(256), "{'conversation':'100|15550001001','message':" + TEXT + "}"))
                .hasSize(1);
        assertThat(reply("k".repeat(255), "{'conversation':'100|15550001001','message':" + TEXT + "}"))
                .isNotNull();
    }

    @Test
    void aQueuedRequestWithAnIdIsTheReplyThatTheRouteWouldTake() {
        String request = "'conversation':'100|15550001001','message':" + TEXT + "}";

        assertThat(queued("m1", "{'id':'k1'," + request)).isEqualTo(reply("k1", "{" + request));
        assertThat(queued("m1", "{" + request)).isEqualTo(reply("m1", "{" + request));
    }

    @ParameterizedTest
    @CsvSource({"shop, 200", "other, 100"})
    void theShortFormIsATextFromTheNumberOfItsApp(String app, String number) {
        Reply reply = queued("m1", "{'app_id':'" + app + "','phone_number':'+15550001001','message_to_send':'Hi'}");

        assertThat(reply)
                .isEqualTo(new Reply(
                        reply.id(),
                        new ConversationKey(number, "15550001001"),
                        new Customer(null, "15550001001", null),
                        new ReplyOrigin.Application(app),
                        new ReplyContent.Text("Hi"),
                        NOW));
        assertThat(queued("m1", "{'app_id':'" + app + "','phone_number':'15550001001','message_to_send':'Hi'}"))
                .isEqualTo(reply);
        assertThat(queued("m2", "{'app_id':'" + app + "','phone_number':'15550001001','message_to_send':'Hi'}")
                        .id())
                .isNotEqualTo(reply.id());
        assertThat(queued(
                                "m2",
                                "{'id':'m1','app_id':'" + app
                                        + "','phone_number':'15550001001','message_to_send':'Hi'}")
                        .id())
                .isEqualTo(reply.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "no; The body is not JSON, or an object of it has a name twice",
                "[]; The body must be a JSON object",
                "{}; conversation or to is needed, and not both",
                "{'id':'','app_id':'shop','phone_number':'15550001001','message_to_send':'Hi'}; id must have 1 to 255"
                        + " visible ASCII characters",
                "{'app_id':'gone','phone_number':'15550001001','message_to_send':'Hi'}; app_id must be an app of"
                        + " whatsapp.apps, or the default app",
                "{'app_id':'shop','message_to_send':'Hi'}; phone_number is needed",
                "{'phone_number':'15550001001','message_to_send':'Hi'}; app_id is needed",
                "{'app_id':'shop','phone_number':'me','message_to_send':'Hi'}; to.phone must be a phone number with its"
                        + " country code, of 5 to 15 digits",
                "{'app_id':'shop','phone_number':'15550001001','message_to_send':''}; message_to_send must not be blank",
                "{'app_id':'shop','phone_number':'15550001001','message_to_send':7}; message_to_send must be text"
            })
    void saysWhatIsWrongInTheQueue(String body, String problem) {
        assertThat(problemsOfQueued(reader(Optional.of("100")), body)).contains(problem);
    }

    @Test
    void anAppWithoutANumberCannotSend() {
        assertThat(problemsOfQueued(
                        reader(Optional.empty()),
                        "{'app_id':'other','phone_number':'15550001001','message_to_send':'Hi'}"))
                .containsExactly(
                        "app_id has no business number: set replies.business.number or replies.business.number.other");
    }

    private static ReplyReader reader(Optional<String> number) {
        return new ReplyReader(new ReplyReader.Senders(
                number, Map.of("shop", Optional.of("200"), "other", Optional.empty()), Set.of()));
    }

    private static Reply queued(String messageId, String body) {
        return switch (reader(Optional.of("100")).readQueued(messageId, bytes(body), NOW)) {
            case ReadResult.Asked(Reply reply) -> reply;
            case ReadResult.Wrong(List<String> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> problemsOfQueued(ReplyReader reader, String body) {
        return switch (reader.readQueued("m1", bytes(body), NOW)) {
            case ReadResult.Asked(Reply reply) -> throw new AssertionError(reply.toString());
            case ReadResult.Wrong(List<String> problems) -> problems;
        };
    }

    private Reply reply(String body) {
        return reply("k", body);
    }

    private Reply reply(String key, String body) {
        ReadResult reading = reader.read(key, bytes(body), NOW);
        assertThat(reading).isInstanceOf(ReadResult.Asked.class);
        return ((ReadResult.Asked) reading).reply();
    }

    private List<String> problems(@Nullable String key, String body) {
        ReadResult reading = reader.read(key, bytes(body), NOW);
        assertThat(reading).isInstanceOf(ReadResult.Wrong.class);
        return ((ReadResult.Wrong) reading).problems();
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
