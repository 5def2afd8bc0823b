package lull.whatsapp.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderTemplateTest {

    private static final ConversationKey CONVERSATION = new ConversationKey("100", "15550001111");
    private static final Customer CUSTOMER = new Customer(null, "15550001111", "Ana");
    private static final String LINK = "https://files.example/offer.v2.pdf?key=1.png#x";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello",
                "She said \"no\" \\ 'maybe'",
                "one\ntwo\r\n\tthree",
                "👋🏽 Olá, ção, 你好, \u0000\u2028",
                "{to} {callback} {#latitude} {nothing}",
                "\"},\"phone\":\"999\",{\""
            })
    void aTextArrivesAsItIs(String text) throws UnreadableJson {
        JsonNode body = written(own("z-api"), new ReplyContent.Text(text), null);

        assertThat(body.path("message").textValue()).isEqualTo(text);
        assertThat(body.path("phone").textValue()).isEqualTo("15550001111");
        assertThat(body.size()).as("no quote, no member for it").isEqualTo(2);
    }

    @Test
    void aLoneSurrogateDoesNotBreakTheBody() throws UnreadableJson {
        JsonNode body = written(own("z-api"), new ReplyContent.Text("broken \uD83D emoji"), null);

        assertThat(body.path("message").textValue()).startsWith("broken ").endsWith(" emoji");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
        z-api     ~ text       ~ send-text            ~ {'phone':'15550001111','message':'Hi','messageId':'wamid.q'}
        z-api     ~ image      ~ send-image           ~ {'phone':'15550001111','image':'@','caption':'This','messageId':'wamid.q'}
        z-api     ~ video      ~ send-video           ~ {'phone':'15550001111','video':'@','caption':'This','messageId':'wamid.q'}
        z-api     ~ audio      ~ send-audio           ~ {'phone':'15550001111','audio':'@','messageId':'wamid.q'}
        z-api     ~ voice      ~ send-audio           ~ {'phone':'15550001111','audio':'@','messageId':'wamid.q'}
        z-api     ~ document   ~ send-document/docx   ~ {'phone':'15550001111','document':'@','fileName':'An offer.docx','caption':'This','messageId':'wamid.q'}
        z-api     ~ sticker    ~ send-sticker         ~ {'phone':'15550001111','sticker':'@','messageId':'wamid.q'}
        z-api     ~ location   ~ send-location        ~ {'phone':'15550001111','title':'','address':'','latitude':'52.5','longitude':'-13.25','messageId':'wamid.q'}
        z-api     ~ reaction   ~ send-reaction        ~ {'phone':'15550001111','reaction':'👍','messageId':'wamid.1'}
        z-api     ~ unreaction ~ send-remove-reaction ~ {'phone':'15550001111','messageId':'wamid.1'}
        evolution ~ text       ~ sendText             ~ {'number':'15550001111','text':'Hi','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ image      ~ sendMedia            ~ {'number':'15550001111','mediatype':'image','media':'@','caption':'This','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ voice      ~ sendWhatsAppAudio    ~ {'number':'15550001111','audio':'@','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ audio      ~ sendMedia            ~ {'number':'15550001111','mediatype':'audio','media':'@','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ document   ~ sendMedia            ~ {'number':'15550001111','mediatype':'document','media':'@','fileName':'An offer.docx','caption':'This','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ sticker    ~ sendSticker          ~ {'number':'15550001111','sticker':'@','quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ location   ~ sendLocation         ~ {'number':'15550001111','name':'','address':'','latitude':52.5,'longitude':-13.25,'quoted':{'key':{'id':'wamid.q'}}}
        evolution ~ reaction   ~ sendReaction         ~ {'key':{'id':'wamid.1','remoteJid':'15550001111@s.whatsapp.net','fromMe':false},'reaction':'👍'}
        evolution ~ unreaction ~ sendReaction         ~ {'key':{'id':'wamid.1','remoteJid':'15550001111@s.whatsapp.net','fromMe':false},'reaction':''}
        """)
    void eachKindHasTheShapeOfTheProvider(String template, String kind, String method, String body)
            throws UnreadableJson {
        ProviderTemplate.Filled.Request request = request(own(template), content(kind), "wamid.q");

        assertThat(request.method()).isEqualTo(method);
        assertThat(again(request.body()))
                .isEqualTo(Json.tree(body.replace('\'', '"')
                        .replace("\"@\"", "\"" + LINK + "\"")
                        .getBytes(UTF_8)));
    }

    @Test
    void theExtensionOfADocumentComesFromItsNameOrItsLink() {
        assertThat(request(own("z-api"), document("plan", LINK), null).method()).isEqualTo("send-document/pdf");
        assertThat(impossible(own("z-api"), document(null, "https://files.example/offer")))
                .contains("extension of the file");
        assertThat(impossible(own("z-api"), document("a.b/../c", "https://files.example/")))
                .contains("extension of the file");
    }

    @Test
    void whatATemplateCannotExpressIsRefusedWithTheReason() {
        assertThat(impossible(own("z-api"), new ReplyContent.Interactive("button", Json.object())))
                .isEqualTo("The provider's template has no interactive message");
        assertThat(impossible(own("evolution"), new ReplyContent.Template("hello", "en", null, null)))
                .isEqualTo("The provider's template has no template of WhatsApp");
        assertThat(impossible(
                        own("evolution"),
                        new ReplyContent.Contacts(Json.object().putArray("c"))))
                .isEqualTo("The provider's template has no contacts");
        assertThat(impossible(own("z-api"), new Media(Media.Kind.IMAGE, "4711", null, null, null, null, null)))
                .contains("needs a link");
        assertThat(impossible(
                        template("{'messages':{'text':{'body':{'a':'{text}'}}}}"),
                        new ReplyContent.Reaction("wamid.1", "x", null)))
                .isEqualTo("The provider's template has no reaction");
    }

    @Test
    void missingValuesTakeTheirMembersWithThem() throws UnreadableJson {
        ProviderTemplate template = template("""
                {'messages':{'image':{'body':{'fixed':[1,null,true,'x'],'caption':'{caption}','deep':{'a':['{caption}'],'b':{}},\
                'only':{'c':{'d':'{caption}'}},'beside':'> {caption}','else':'{caption|none}','id':'{id}','cb':'{callback}','n':'{from}'}}}}""");

        assertThat(written(template, new Media(Media.Kind.IMAGE, null, LINK, null, null, null, null), null))
                .isEqualTo(Json.tree("""
                        {"fixed":[1,null,true,"x"],"deep":{"b":{}},"beside":"> ","else":"none","id":"r1/2",\
                        "cb":"1|r1/2|100|15550001111","n":"100"}""".getBytes(UTF_8)));
    }

    @Test
    void groupsAndUserIdsAreAddressedByTheirIds() {
        ReplyPart group = new ReplyPart(
                new Customer(null, null, null),
                new ReplyContent.Text("Hi"),
                null,
                new CallbackData("r1", 0, ConversationKey.ofGroup("100", "1203@g.us")));
        ReplyPart user = new ReplyPart(
                new Customer("US.1", null, null),
                new ReplyContent.Text("Hi"),
                null,
                new CallbackData("r1", 0, new ConversationKey("100", "US.1")));

        assertThat(TemplateValues.of(group)).containsEntry("to", "1203@g.us");
        assertThat(TemplateValues.of(user)).containsEntry("to", "US.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E-999999999", "1E+999999999", "90.000000000000000000000000000001"})
    void absurdNumbersStayShort(String latitude) throws UnreadableJson {
        JsonNode body = written(
                own("evolution"),
                new ReplyContent.Location(new BigDecimal(latitude), BigDecimal.ONE, null, null, null),
                null);

        assertThat(Json.bytes(body)).hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
        []                                                         ~ must be a JSON object
        {                                                          ~ is not JSON
        {'messages':{},'messages':{}}                              ~ a name twice
        {}                                                         ~ needs an object messages
        {'messages':[]}                                            ~ needs an object messages
        {'messages':{'telex':{'body':{}}}}                         ~ has the kind telex
        {'messages':{'text':'Hi'}}                                 ~ needs an object in messages.text
        {'messages':{'text':{}}}                                   ~ needs an object body in messages.text
        {'messages':{'text':{'body':{'a':['{phone}']}}}}           ~ has the placeholder {phone}
        {'messages':{'location':{'body':{'a':'+{#latitude}'}}}}    ~ has {#latitude} beside other text
        {'messages':{'text':{'body':{'a':'{#text}'}}}}             ~ has {#text}, which is no number
        {'messages':{'text':{'body':{'a':'{#to}'}}}}               ~ has {#to}, which is no number
        {'messages':{'location':{'body':{'a':'{#latitude|none}'}}}} ~ which is no number without a value
        {'messages':{'text':{'body':{},'url':'x'}}}                ~ has the member messages.text.url
        {'messages':{'text':{'body':{},'method':7}}}               ~ needs a text method
        {'messages':{'text':{'body':{},'method':'{phone}'}}}       ~ has the placeholder {phone}
        {'messages':{'text':{'body':{}}},'messageId':'key.id'}     ~ needs a JSON pointer in messageId
        {'messages':{'text':{'body':{}}},'messageId':7}            ~ needs a JSON pointer in messageId
        {'messages':{'text':{'body':{}}},'doubt':{'status':200}}   ~ needs in doubt a status
        {'messages':{'text':{'body':{}}},'doubt':7}                ~ needs an object in doubt
        """)
    void whatIsNoTemplateIsToldWithTheReason(String template, String reason) {
        assertThatThrownBy(() -> template(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTemplateThatIsTooLongOrTooDeepIsNone() {
        String deep = "{'a':".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThatThrownBy(() -> template("{'messages':{'text':{'body':" + deep + "}}}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProviderTemplate.parse(new byte[ProviderTemplate.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        {'key':{'id':'BAE5'}}     ~ BAE5
        {'key':{'id':4711}}       ~ 4711
        {'key':{'id':null}}       ~ ''
        {'key':{'id':{'a':1}}}    ~ ''
        {'key':'id'}              ~ ''
        []                        ~ ''
        """)
    void theMessagesIdIsFoundOrIsEmpty(String answer, String id) throws UnreadableJson {
        assertThat(own("evolution")
                        .messageId(Json.tree(answer.replace('\'', '"').getBytes(UTF_8))))
                .isEqualTo(id);
        assertThat(own("evolution")
                        .messageId(Json.tree(("{\"key\":{\"id\":\"" + "9".repeat(513) + "\"}}").getBytes(UTF_8))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        400 ~ {'response':{'message':['Error: Timed Out']}}                     ~ true
        400 ~ {'response':{'message':[{'jid':'1@x','exists':false}]}}           ~ false
        400 ~ {'response':{'message':[['instance requires property text']]}}    ~ false
        404 ~ {'response':{'message':['Error: no instance']}}                   ~ false
        400 ~ []                                                                ~ false
        """)
    void anErrorOfEvolutionAfterTheMessageMayHaveGoneIsADoubt(int status, String answer, boolean isDoubt)
            throws UnreadableJson {
        assertThat(own("evolution")
                        .isDoubt(status, Json.tree(answer.replace('\'', '"').getBytes(UTF_8))))
                .isEqualTo(isDoubt);
        assertThat(own("z-api")
                        .isDoubt(status, Json.tree(answer.replace('\'', '"').getBytes(UTF_8))))
                .isFalse();
    }

    private static ReplyContent content(String kind) {
        return switch (kind) {
            case "text" -> new ReplyContent.Text("Hi");
            case "image" -> media(Media.Kind.IMAGE, "This", null);
            case "video" -> media(Media.Kind.VIDEO, "This", null);
            case "audio" -> media(Media.Kind.AUDIO, null, null);
            case "voice" -> media(Media.Kind.AUDIO, null, true);
            case "sticker" -> media(Media.Kind.STICKER, null, null);
            case "document" -> new Media(Media.Kind.DOCUMENT, null, LINK, "This", "An offer.docx", null, null);
            case "location" ->
                new ReplyContent.Location(new BigDecimal("52.5"), new BigDecimal("-13.25"), null, null, null);
            case "reaction" -> new ReplyContent.Reaction("wamid.1", "👍", null);
            case "unreaction" -> new ReplyContent.Reaction("wamid.1", "", null);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Media media(Media.Kind kind, @Nullable String caption, @Nullable Boolean voice) {
        return new Media(kind, null, LINK, caption, null, voice, null);
    }

    private static Media document(@Nullable String name, String link) {
        return new Media(Media.Kind.DOCUMENT, null, link, null, name, null, null);
    }

    private static ReplyPart part(ReplyContent content, @Nullable String quoted) {
        return new ReplyPart(CUSTOMER, content, quoted, new CallbackData("r1", 2, CONVERSATION));
    }

    private static ProviderTemplate.Filled.Request request(
            ProviderTemplate template, ReplyContent content, @Nullable String quoted) {
        return (ProviderTemplate.Filled.Request) template.fill(part(content, quoted));
    }

    private static String impossible(ProviderTemplate template, ReplyContent content) {
        return ((ProviderTemplate.Filled.Impossible) template.fill(part(content, null)))
                .why()
                .reason();
    }

    private static JsonNode written(ProviderTemplate template, ReplyContent content, @Nullable String quoted)
            throws UnreadableJson {
        return again(request(template, content, quoted).body());
    }

    private static JsonNode again(JsonNode body) throws UnreadableJson {
        return Json.strictTree(Json.bytes(body));
    }

    private static ProviderTemplate own(String name) {
        try {
            return ProviderTemplate.parse(ProviderSettings.own(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ProviderTemplate template(String json) {
        return ProviderTemplate.parse(json.replace('\'', '"').getBytes(UTF_8));
    }
}
