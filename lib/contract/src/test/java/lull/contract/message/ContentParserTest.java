package lull.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentParserTest {

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("{'type':'text','text':{'body':'Hi'}}", new Content.Text("Hi")),
                Arguments.of(
                        "{'type':'image','image':{'id':'7','mime_type':'image/jpeg','sha256':'x','caption':'c'}}",
                        new Content.Media(ContentKind.IMAGE, "7", "image/jpeg", "x", "c", null, false, false)),
                Arguments.of(
                        "{'type':'audio','audio':{'id':7,'voice':true}}",
                        new Content.Media(ContentKind.AUDIO, "7", null, null, null, null, true, false)),
                Arguments.of(
                        "{'type':'voice','voice':{'id':'7'}}",
                        new Content.Media(ContentKind.AUDIO, "7", null, null, null, null, true, false)),
                Arguments.of(
                        "{'type':'document','document':{'id':'7','filename':'a.pdf'}}",
                        new Content.Media(ContentKind.DOCUMENT, "7", null, null, null, "a.pdf", false, false)),
                Arguments.of(
                        "{'type':'sticker','sticker':{'id':'7','animated':true}}",
                        new Content.Media(ContentKind.STICKER, "7", null, null, null, null, false, true)),
                Arguments.of(
                        "{'type':'location','location':{'latitude':52.5,'longitude':'13.4'}}",
                        new Content.Location(52.5, 13.4, null, null, null)),
                Arguments.of(
                        "{'type':'contacts','contacts':[{'name':{'formatted_name':'Ann'},'phones':[{'phone':'1'},{}]}]}",
                        new Content.Contacts(List.of(new Content.Contacts.Card(
                                "Ann",
                                null,
                                null,
                                null,
                                List.of(new Content.Contacts.Entry("1", null)),
                                List.of(),
                                List.of(),
                                List.of(),
                                null,
                                List.of())))),
                Arguments.of(
                        "{'type':'image','image':{'caption':'c'},'errors':[{'title':'t','error_data':{'details':'d'}}]}",
                        new Content.Media(ContentKind.IMAGE, "", null, null, "c", null, false, false, "d")),
                Arguments.of(
                        "{'type':'sticker','errors':[{'title':'t'}]}",
                        new Content.Media(ContentKind.STICKER, "", null, null, null, null, false, false, "t")),
                Arguments.of(
                        "{'type':'location','location':{'latitude':1,'name':'Gate'}}",
                        new Content.Location(null, null, "Gate", null, null)),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'b'}}}",
                        new Content.ButtonReply("b", "b")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'r','description':'d'}}}",
                        new Content.ListReply("r", "d", null)),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'b','title':' '}}}",
                        new Content.ButtonReply("b", "b")),
                Arguments.of("{'type':'button','button':{'payload':'p','text':''}}", new Content.ButtonReply("p", "p")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'response_json':{'a':[1]}}}}",
                        new Content.FlowReply(null, null, "{\"a\":[1]}")),
                Arguments.of(
                        "{'type':'system','system':{'type':'new_kind','text':'hello'}}",
                        new Content.SystemNotice("new_kind", null, null, List.of("hello"))),
                Arguments.of(
                        "{'type':'system','system':'plain'}",
                        new Content.SystemNotice(null, null, null, List.of("plain"))),
                Arguments.of(
                        "{'type':'unsupported','unsupported':{'type':'view_once','caption':'look'},'text':{'body':'b'}}",
                        new Content.Unsupported(0, null, "view_once", List.of("look", "b"))),
                Arguments.of("{'type':'reaction','reaction':{'emoji':'👍'}}", new Content.Reaction("", "👍")),
                Arguments.of("{'type':'revoke'}", new Content.Revoke("")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'b','title':'Yes'}}}",
                        new Content.ButtonReply("b", "Yes")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'r','title':'Row','description':'d'}}}",
                        new Content.ListReply("r", "Row", "d")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'name':'flow','body':'Sent','response_json':'{}'}}}",
                        new Content.FlowReply("flow", "Sent", "{}")),
                Arguments.of(
                        "{'type':'interactive','interactive':{'type':'call_permission_reply','call_permission_reply':{'response':'accept'}}}",
                        new Content.CallPermission("accept", null, null)),
                Arguments.of(
                        "{'type':'button','button':{'payload':'p','text':'Stop'}}",
                        new Content.ButtonReply("p", "Stop")),
                Arguments.of(
                        "{'type':'order','order':{'catalog_id':'c','product_items':[{'product_retailer_id':'r','quantity':2,'item_price':'9.90','currency':'EUR'}]}}",
                        new Content.Order("c", null, List.of(new Content.Order.Product("r", "2", "9.90", "EUR")))),
                Arguments.of(
                        "{'type':'reaction','reaction':{'message_id':'w','emoji':'👍'}}",
                        new Content.Reaction("w", "👍")),
                Arguments.of(
                        "{'type':'reaction','reaction':{'message_id':'w','emoji':''}}",
                        new Content.Reaction("w", null)),
                Arguments.of(
                        "{'type':'system','system':{'type':'user_changed_number','body':'b','wa_id':'1'}}",
                        new Content.SystemNotice("user_changed_number", "b", "1", List.of())),
                Arguments.of("{'type':'request_welcome'}", new Content.RequestWelcome()),
                Arguments.of("{'type':'revoke','revoke':{'original_message_id':'w'}}", new Content.Revoke("w")),
                Arguments.of(
                        "{'type':'unsupported','errors':[{'code':131051,'title':'Unsupported'}],'unsupported':{'type':'poll_creation'}}",
                        new Content.Unsupported(131051, "Unsupported", "poll_creation", List.of())));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void readsEveryKindOfMessage(String message, Content expected) throws UnreadableJson {
        assertThat(parse(message)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'type':'hologram','hologram':{}}",
                "{'type':'text'}",
                "{'type':'text','text':null}",
                "{'type':'text','text':{'body':{}}}",
                "{'type':'image','image':[]}",
                "{'type':'location','location':{'latitude':'north'}}",
                "{'type':'contacts','contacts':{}}",
                "{'type':'interactive','interactive':{}}",
                "{'type':'order','order':'none'}",
                "{'type':5}"
            })
    void keepsWhatItDoesNotUnderstandAsUnknown(String message) throws UnreadableJson {
        assertThat(parse(message)).isInstanceOf(Content.Unknown.class);
    }

    @Test
    void readsTheTimeOfAMessageFromTextOrNumber() throws UnreadableJson {
        Instant otherwise = Instant.EPOCH;
        assertThat(Message.sentAt(tree("{'timestamp':'1653253313'}"), otherwise))
                .hasToString("2022-05-22T21:01:53Z");
        assertThat(Message.sentAt(tree("{'timestamp':1653253313}"), otherwise)).hasToString("2022-05-22T21:01:53Z");
        assertThat(Message.sentAt(tree("{'timestamp':'asdf'}"), otherwise)).isEqualTo(otherwise);
    }

    private static Content parse(String message) throws UnreadableJson {
        return ContentParser.parse(tree(message));
    }

    private static JsonNode tree(String json) throws UnreadableJson {
        return Json.tree(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
