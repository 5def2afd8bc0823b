package lull.bridge.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import lull.contract.message.ContentParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RenderingTest {

    private static final Rendering RENDERING = new Rendering(AgentTexts.load("en", Optional.empty()));

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    {'type':'text','text':{'body':'Hi'}}~Hi
                    {'type':'text','text':{'body':' '}}~[empty message]
                    {'type':'image','image':{'id':'1','caption':'my roof'}}~[image] my roof
                    {'type':'document','document':{'id':'1','filename':'bill.pdf'}}~[document bill.pdf]
                    {'type':'audio','audio':{'id':'1','voice':true}}~[voice note]
                    {'type':'sticker','sticker':{'id':'1'}}~[sticker]
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'1','title':'Yes'}}}~Yes
                    {'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'1','title':'Red','description':'Tue 3 Nov, 09:30'}}}~Red, Tue 3 Nov, 09:30
                    {'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'lull:Red','title':'Red','description':'d'}}}~Red
                    {'type':'interactive','interactive':{'type':'call_permission_reply','call_permission_reply':{'response':'accept'}}}~[permission to call: accept]
                    {'type':'reaction','reaction':{'message_id':'m'}}~[took a reaction back]
                    {'type':'system','system':{'type':'user_changed_number','body':'has a new number'}}~[notice] has a new number
                    {'type':'request_welcome'}~[opened the chat]
                    {'type':'revoke','revoke':{'original_message_id':'m'}}~[deleted a message]
                    {'type':'edit','edit':{'original_message_id':'m','message':{'type':'text','text':{'body':'new'}}}}~[edited message] new
                    {'type':'unsupported','errors':[{'code':131051,'title':'Unsupported'}],'unsupported':{'type':'poll'}}~[message that WhatsApp cannot pass on] poll: Unsupported
                    {'type':'hologram'}~[message of unknown type hologram]
                    {}~[message of no known type]
                    """)
    void isReadable(String raw, String shown) {
        assertThat(text(raw)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "51.47793, -0.00053, '51.47793,-0.00053'",
        "0.0000001, 179.9999999, '0.0000001,179.9999999'",
        "-90, 180, '-90,180'",
        "1e-7, -1.5E2, '0.0000001,-150'",
        "0, 0, '0,0'"
    })
    void theNumbersOfALocationAreReadByMaps(String latitude, String longitude, String shown) {
        assertThat(text("{'type':'location','location':{'latitude':" + latitude + ",'longitude':" + longitude + "}}"))
                .endsWith("query=" + shown);
    }

    @Test
    void aLocationHasALinkToAMap() {
        assertThat(
                        text(
                                "{'type':'location','location':{'latitude':52.5,'longitude':13.4,'name':'Gate','address':'Platz 1'}}"))
                .isEqualTo("[location] Gate, Platz 1\n" + "https://www.google.com/maps/search/?api=1&query=52.5,13.4");
    }

    @Test
    void contactsAreOnePerLine() {
        assertThat(text(
                        "{'type':'contacts','contacts':[{'name':{'formatted_name':'Bo'},'phones':[{'phone':'+1'},{'phone':'+2'}]},"
                                + "{'name':{'formatted_name':'Cy'},'emails':[{'email':'c@example.org'}]}]}"))
                .isEqualTo("[contact] Bo, +1, +2\n[contact] Cy, c@example.org");
    }

    @Test
    void anOrderListsItsProducts() {
        assertThat(text(
                        "{'type':'order','order':{'text':'quick','product_items':[{'product_retailer_id':'A7','quantity':2,"
                                + "'item_price':9.50,'currency':'EUR'},{'product_retailer_id':'B'}]}}"))
                .isEqualTo("[order] quick\n2 x A7 at 9.50 EUR\n1 x B");
    }

    @Test
    void aFormListsItsAnswersWithoutTheMachinesOwn() {
        assertThat(text("{'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'body':'Sent',"
                        + "'response_json':'{\\'flow_token\\':\\'t\\',\\'day\\':\\'Mon\\',\\'n\\':2}'}}}"))
                .isEqualTo("[form] Sent\nday: Mon\nn: 2");
    }

    private static String text(String raw) {
        return RENDERING.text(ContentParser.parse(Turns.json(raw)));
    }
}
