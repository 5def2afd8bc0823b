package lull.whatsapp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyContent.Media.Kind;
import lull.whatsapp.CallbackData;
import lull.whatsapp.ReplySender.ReplyPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TelegramFormTest {

    private static final ConversationKey CHAT = ConversationKey.parse("telegram.shop|7001");

    @Test
    void aTextIsAMessageThatMayAnswerAnother() {
        assertThat(call(new ReplyContent.Text("Hello"), null))
                .isEqualTo("sendMessage {'chat_id':'7001','text':'Hello'}");
        assertThat(call(new ReplyContent.Text("Hello", false, null), "7001/57"))
                .isEqualTo("sendMessage {'chat_id':'7001','link_preview_options':{'is_disabled':true},'text':'Hello',"
                        + "'reply_parameters':{'message_id':57,'allow_sending_without_reply':true}}");
        assertThat(call(new ReplyContent.Text("Hello"), "u9002"))
                .as("an edit cannot be quoted")
                .isEqualTo("sendMessage {'chat_id':'7001','text':'Hello'}");
    }

    @Test
    void aFileIsSentByItsLink() {
        assertThat(call(media(Kind.IMAGE, false), null))
                .isEqualTo("sendPhoto {'chat_id':'7001','photo':'https://a/1','caption':'Look'}");
        assertThat(call(media(Kind.VIDEO, false), null)).startsWith("sendVideo {'chat_id':'7001','video'");
        assertThat(call(media(Kind.AUDIO, false), null)).startsWith("sendAudio");
        assertThat(call(media(Kind.AUDIO, true), null)).startsWith("sendVoice");
        assertThat(call(media(Kind.DOCUMENT, false), null)).startsWith("sendDocument");
        assertThat(call(media(Kind.STICKER, false), null)).startsWith("sendSticker");
    }

    @Test
    void aPlaceWithANameIsAVenue() {
        BigDecimal one = BigDecimal.ONE;
        assertThat(call(new ReplyContent.Location(one, one, null, null, null), null))
                .isEqualTo("sendLocation {'chat_id':'7001','latitude':1,'longitude':1}");
        assertThat(call(new ReplyContent.Location(one, one, "Shop", null, null), null))
                .isEqualTo("sendVenue {'chat_id':'7001','latitude':1,'longitude':1,'title':'Shop','address':''}");
    }

    @Test
    void aReactionNamesItsMessageAndAnEmptyOneRemovesIt() {
        assertThat(call(new ReplyContent.Reaction("7001/57", "👍", null), null))
                .isEqualTo(
                        "setMessageReaction {'chat_id':'7001','message_id':57,'reaction':[{'type':'emoji','emoji':'👍'}]}");
        assertThat(call(new ReplyContent.Reaction("7001/57", "", null), null)).endsWith("'reaction':[]}");
        assertThat(call(new ReplyContent.Reaction("u1", "👍", null), null))
                .isEqualTo("131051 Telegram knows no message with this id");
    }

    @Test
    void buttonsRowsAndLinksAreBelowTheMessage() {
        assertThat(call(interactive("button", """
                        {'header':{'type':'text','text':'H'},'body':{'text':'Sure?'},'footer':{'text':'F'},
                        'action':{'buttons':[{'type':'reply','reply':{'id':'y','title':'Yes'}}]}}"""), null))
                .isEqualTo(
                        "sendMessage {'chat_id':'7001','text':'H\\n\\nSure?\\n\\nF','reply_markup':{'inline_keyboard':"
                                + "[[{'text':'Yes','callback_data':'y'}]]}}");
        assertThat(call(interactive("list", """
                        {'body':{'text':'Which?'},'action':{'button':'Open','sections':[{'rows':[{'id':'1','title':'One'},
                        {'id':'2','title':'Two'}]}]}}"""), null))
                .contains("[[{'text':'One','callback_data':'1'}],[{'text':'Two','callback_data':'2'}]]");
        assertThat(call(interactive("cta_url", """
                        {'body':{'text':'See'},'action':{'parameters':{'display_text':'Go','url':'https://a'}}}"""), null)).contains("[[{'text':'Go','url':'https://a'}]]");
        assertThat(call(interactive("flow", "{'body':{'text':'a'}}"), null))
                .isEqualTo("131051 Telegram has no interactive message of the type flow");
    }

    @Test
    void anIdThatIsTooLongForTelegramIsLeftOutIfTheTitleSaysIt() {
        String title = "A very long answer that has more than sixty-four bytes in all, really";
        assertThat(call(interactive("list", choice("lull:" + title, title)), null))
                .contains("'callback_data':'lull:='");
        assertThat(call(interactive("list", choice("x".repeat(65), "Short")), null))
                .isEqualTo("131051 The id of a choice has more than the 64 bytes that Telegram accepts");
    }

    @Test
    void whatTelegramDoesNotHaveIsRefused() {
        assertThat(call(new ReplyContent.Template("t", "en", null, null), null)).startsWith("131051 Templates");
        assertThat(call(new ReplyContent.Contacts((ArrayNode) tree("[]")), null))
                .startsWith("131051 Telegram sends one");
        assertThat(call(
                        new ReplyContent.Contacts(
                                (ArrayNode) tree("[{'name':{'formatted_name':'Bo'},'phones':[{'phone':'+4915'}]}]")),
                        null))
                .isEqualTo("sendContact {'chat_id':'7001','phone_number':'+4915','first_name':'Bo'}");
    }

    private static String choice(String id, String title) {
        return "{'body':{'text':'a'},'action':{'sections':[{'rows':[{'id':'" + id + "','title':'" + title + "'}]}]}}";
    }

    private static ReplyContent media(Kind kind, boolean voice) {
        return new ReplyContent.Media(kind, null, "https://a/1", "Look", null, voice ? true : null, null);
    }

    private static ReplyContent interactive(String kind, String more) {
        return new ReplyContent.Interactive(kind, (ObjectNode) tree(more));
    }

    /// The method and its parameters, or the code and the reason why there is none.
    private static String call(ReplyContent content, @Nullable String quoted) {
        ReplyPart part =
                new ReplyPart(new Customer("7001", null, null), content, quoted, new CallbackData("app-1", 0, CHAT));
        return switch (TelegramForm.of(part)) {
            case TelegramForm.Filled.Call(String method, ObjectNode body) ->
                method + " " + Json.text(body).replace('"', '\'');
            case TelegramForm.Filled.Impossible(int code, String reason) -> code + " " + reason;
        };
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.replace('\'', '"'));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }
}
