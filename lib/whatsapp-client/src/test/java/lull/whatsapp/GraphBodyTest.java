package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GraphBodyTest {

    private static final Customer BY_PHONE = new Customer(null, "15550001001", null);

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            {'type':'text','body':'Hi'} ~ text ~ {'body':'Hi'}
            {'type':'text','body':'Hi','previewUrl':false} ~ text ~ {'body':'Hi','preview_url':false}
            {'type':'text','body':'Hi','more':{'later':1}} ~ text ~ {'later':1,'body':'Hi'}
            {'type':'media','kind':'image','id':'7','caption':'Look'} ~ image ~ {'id':'7','caption':'Look'}
            {'type':'media','kind':'video','link':'https://a.example/1'} ~ video ~ {'link':'https://a.example/1'}
            {'type':'media','kind':'audio','id':'7','voice':true} ~ audio ~ {'id':'7','voice':true}
            {'type':'media','kind':'document','id':'7','filename':'a.pdf'} ~ document ~ {'id':'7','filename':'a.pdf'}
            {'type':'media','kind':'sticker','id':'7'} ~ sticker ~ {'id':'7'}
            {'type':'location','latitude':1.50,'longitude':-2} ~ location ~ {'latitude':1.50,'longitude':-2}
            {'type':'location','latitude':1,'longitude':2,'name':'a','address':'b'} ~ location ~ {'latitude':1,'longitude':2,'name':'a','address':'b'}
            {'type':'contacts','contacts':[{'name':{}}]} ~ contacts ~ [{'name':{}}]
            {'type':'reaction','messageId':'wamid.1','emoji':''} ~ reaction ~ {'message_id':'wamid.1','emoji':''}
            {'type':'interactive','kind':'list','more':{'action':{'x':1}}} ~ interactive ~ {'action':{'x':1},'type':'list'}
            {'type':'template','name':'a','language':'de','components':[{}]} ~ template ~ {'name':'a','language':{'code':'de'},'components':[{}]}
            {'type':'template','name':'a','language':'de','more':{'language':{'policy':'p'}}} ~ template ~ {'language':{'policy':'p','code':'de'},'name':'a'}
            """)
    void everyContentIsInWhatsAppsForm(String content, String type, String object) {
        JsonNode body = body(content, new ConversationKey("100", "15550001001"), BY_PHONE, null);

        assertThat(body)
                .isEqualTo(json("{'messaging_product':'whatsapp','recipient_type':'individual','to':'15550001001',"
                        + "'type':'" + type + "','" + type + "':" + object
                        + ",'biz_opaque_callback_data':'1|r|100|15550001001'}"));
    }

    @Test
    void writingABodyLeavesTheContentAsItWas() {
        ReplyContent content = content("{'type':'template','name':'a','language':'de','more':{'language':{'p':1}}}");
        GraphBody.of(new ReplyPart(BY_PHONE, content, null, new CallbackData("r", 0, new ConversationKey("100", "1"))));

        assertThat(content)
                .isEqualTo(content("{'type':'template','name':'a','language':'de','more':{'language':{'p':1}}}"));
    }

    @Test
    void aUtilityMessageHasItsCategory() {
        ReplyPart part = new ReplyPart(
                BY_PHONE,
                new ReplyContent.Text("Hi"),
                null,
                new CallbackData("r", 0, new ConversationKey("100", "15550001001")));

        assertThat(GraphBody.of(part.asUtility()).path("category").asText()).isEqualTo("utility");
        assertThat(GraphBody.of(part).has("category")).isFalse();
    }

    @Test
    void quotesWhatItAnswers() {
        JsonNode body =
                body("{'type':'text','body':'Hi'}", new ConversationKey("100", "15550001001"), BY_PHONE, "wamid.1");

        assertThat(body.path("context")).isEqualTo(json("{'message_id':'wamid.1'}"));
    }

    @Test
    void aReactionQuotesNothing() {
        JsonNode body = body(
                "{'type':'reaction','messageId':'wamid.1','emoji':'x'}",
                new ConversationKey("100", "15550001001"),
                BY_PHONE,
                "wamid.1");

        assertThat(body.has("context")).isFalse();
    }

    @Test
    void aGroupIsReachedByItsId() {
        JsonNode body = body(
                "{'type':'text','body':'Hi'}",
                ConversationKey.ofGroup("100", "Y2FwaV9"),
                new Customer(null, null, null),
                null);

        assertThat(body.path("recipient_type").asText()).isEqualTo("group");
        assertThat(body.path("to").asText()).isEqualTo("Y2FwaV9");
    }

    private static JsonNode body(
            String content, ConversationKey conversation, Customer customer, @Nullable String quoted) {
        // Read again, as numbers of a tree that was put together compare by their class.
        return json(Json.text(GraphBody.of(
                new ReplyPart(customer, content(content), quoted, new CallbackData("r", 0, conversation)))));
    }

    private static ReplyContent content(String text) {
        try {
            return Json.convert(json(text), ReplyContent.class);
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
