package lull.text;

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
                    {'type':'image','image':{'caption':'the broken hinge'}}~`[image] the broken hinge
                    [WhatsApp did not deliver the file]`
                    {'type':'image','image':{'caption':'the broken hinge'},'errors':[{'code':131052,'title':'Media download error','error_data':{'details':'Failed to download the media'}}]}~`[image] the broken hinge
                    [WhatsApp did not deliver the file] Failed to download the media`
                    {'type':'document','document':{'filename':'bill.pdf','caption':'May'},'errors':[{'code':1,'title':'Gone'}]}~`[document bill.pdf] May
                    [WhatsApp did not deliver the file] Gone`
                    {'type':'audio','audio':{'voice':true},'errors':[{'message':'Too old'}]}~`[voice note]
                    [WhatsApp did not deliver the file] Too old`
                    {'type':'video','errors':[{'title':'Media download error'}]}~`[video]
                    [WhatsApp did not deliver the file] Media download error`
                    {'type':'image','image':{'link':'https://x.example/a__b.jpg','caption':'c'}}~`[image] c
                    [WhatsApp did not deliver the file] link: https://x.example/a__b.jpg`
                    {'type':'video','video':{'url':'https://x.example/v'},'errors':[{'code':501},{'title':'Gone','details':'Removed by the sender'}]}~`[video]
                    [WhatsApp did not deliver the file] Removed by the sender; url: https://x.example/v`
                    {'type':'unknown','errors':[{'code':501,'title':'Unknown message type','details':'Message type is not supported'}]}~[message that WhatsApp cannot pass on] Message type is not supported
                    {'type':'interactive','interactive':{'button_reply':{'id':'1','title':'Yes'}}}~Yes
                    {'type':'interactive','interactive':['Yes']}~[message of unknown type interactive] Yes
                    {'type':'interactive','interactive':{'list_reply':{'id':'1','title':'Red','description':'Large'}}}~Red, Large
                    {'type':'order','order':{'product_items':[{'quantity':1,'item_price':5,'currency':'EUR'}]}}~`[order]
                    1 x ? at 5 EUR`
                    {'type':'sticker','sticker':{}}~`[sticker]
                    [WhatsApp did not deliver the file]`
                    {'type':'document','document':{'id':'1','filename':'../目录/报价单.pdf'}}~[document 报价单.pdf]
                    {'type':'location','location':{'name':'Gate','address':'Platz 1'}}~[location] Gate, Platz 1
                    {'type':'location','location':{'address':'Platz 1','latitude':'?'}}~[location] Platz 1
                    {'type':'location','location':{'url':'https://example.org/here'}}~`[location]
                    https://example.org/here`
                    {'type':'location','location':{'latitude':'north'}}~[message of unknown type location] latitude: north
                    {'type':'contacts','contacts':{'name':{'formatted_name':'Bo'}}}~[contact] Bo
                    {'type':'contacts','contacts':[{'phones':[{'phone':'+1'}]},{}]}~`[contact] +1
                    [contact]`
                    {'type':'interactive','interactive':{'type':'button_reply','button_reply':{'id':'yes'}}}~yes
                    {'type':'interactive','interactive':{'type':'list_reply','list_reply':{'id':'r','description':'Tuesday'}}}~Tuesday
                    {'type':'reaction','reaction':{'emoji':'👍'}}~[reaction] 👍
                    {'type':'edit','edit':{'original_message_id':'m'}}~[edited message]
                    {'type':'edit','edit':{'message':{'type':'image','image':{'caption':'new'}}}}~[edited message] [image] new
                    {'type':'contacts','contacts':[{'name':{'formatted_name':'A\\n[contact] B'}}]}~[contact] A [contact] B
                    {'type':'order','order':{'product_items':[{'product_retailer_id':'p','quantity':2,'item_price':1e-7,'currency':'EUR'}]}}~`[order]
                    2 x p at 0.0000001 EUR`
                    {'type':'order','order':{'product_items':[{'product_retailer_id':'p','quantity':2,'item_price':'1e999999999'}]}}~`[order]
                    2 x p at 1e999999999`
                    {'type':'text','text':{}}~[empty message]
                    {'type':'text','errors':[{'title':'Too long'}]}~[message of unknown type text] Too long
                    {'type':'interactive','interactive':{'type':'product_reply','product_reply':{'id':'p1','title':'Red sofa, 3 seats','description':'499 EUR'}}}~[message of unknown type interactive product_reply] Red sofa, 3 seats; 499 EUR
                    {'type':'scheduled_event','from':'1','id':'2','scheduled_event':{'name':'Site visit','text':'Monday 9 am'}}~[message of unknown type scheduled_event] Site visit; Monday 9 am
                    {'type':'poll','poll':{'question':'Lunch?','options':[{'title':'Soup','votes':2},{'title':'Rice','votes':0}],'poll_id':'7'}}~[message of unknown type poll] Lunch?; Soup; votes: 2; Rice; votes: 0
                    {'type':'note','note':'two\\nlines'}~[message of unknown type note] two lines
                    {'type':'gift','errors':[{'error_data':{'details':'Not supported'}}]}~[message of unknown type gift] Not supported
                    {'hello':'world','a':[1,true,null,'x']}~[message of no known type] hello: world; a: 1; a: true; a: x
                    {'type':'hologram','hologram':{'type':'hologram','deep':{'deeper':{'title':'T','token':'secret'}}}}~[message of unknown type hologram] T
                    {'type':'call','call':{'status':'FAILED','timestamp':'1795718423'}}~[missed call at 2026-11-26 18:40 UTC]
                    {'type':'call','call':{'status':'COMPLETED','start_time':1795718423,'timestamp':'1795718500','duration':65}}~[call at 2026-11-26 18:40 UTC, 1:05 min]
                    {'type':'call','call':{'status':'COMPLETED','timestamp':'1795718423'}}~[call at 2026-11-26 18:40 UTC, ? min]
                    {'type':'call','call':{'timestamp':'soon'}}~[missed call at ?]
                    {'type':'take_over','take_over':{'sender':{'phone_number':'1'},'recipient':{'phone_number_id':'2'},'control_passed':{'metadata':'wants a person','conversation_context':{'summary':{'text':'Asks for\\na refund'}}}}}~`[taken over from Meta Business Agent] wants a person
                    Asks for a refund`
                    {'type':'take_over','take_over':{'sender':{'phone_number':'1'},'recipient':{'phone_number_id':'2'},'control_passed':{}}}~[taken over from Meta Business Agent]
                    {'type':'take_over','take_over':7}~[message of unknown type take_over] 7
                    {'type':'call','call':'x'}~[message of unknown type call] x
                    {'type':'contacts','contacts':[{'vcard':'BEGIN:VCARD\\nVERSION:3.0\\nN:Lind;Rosa;;;\\nFN:Rosa Lind\\nTEL;type=CELL;waid=49151:+49 151\\nitem1.EMAIL;type=WORK:rosa@b.example\\nORG:Lind;Elektro\\nEND:VCARD'}]}~[contact] Rosa Lind, Elektro, Lind, +49 151 (cell), rosa@b.example (work)
                    {'type':'contacts','contacts':[{'vcard':'BEGIN:VCARD\\nVERSION:2.1\\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=\\n=E6=98=8E;;;\\nTEL;CELL;PREF:+86 1\\nTEL;TYPE=voice,WORK:tel:+86-2\\nTEL;waid=8613:\\nADR;HOME:;;Nanjing Rd 1;Shanghai;;200000;China\\nBDAY:1990-01-01\\nNOTE:rings\\\\, once\\nPHOTO;ENCODING=b:AAAA\\n AAAA\\nEND:VCARD'}]}~[contact] 小明 王, +86 1 (cell), +86-2 (work), +8613, Nanjing Rd 1, 200000 Shanghai, China (home), born 1990-01-01, rings, once
                    {'type':'contacts','contacts':[{'vcard':'FN:Bo\\nNOTE;ENCODING=QUOTED-PRINTABLE:on=\\nc=\\ne='}]}~[contact] Bo, once
                    {'type':'contacts','contacts':[{'name':{'formatted_name':'Bo'},'vcard':'BEGIN:VCARD\\nTEL:+1\\nEND:VCARD'}]}~[contact] Bo, +1
                    {'type':'contacts','contacts':[{'name':'Bo','phones':['+49 1',2],'emails':'a@b.example','org':'Firm','addresses':{'city':'Ulm'},'urls':['https://a.example/b_c']}]}~[contact] Bo, Firm, +49 1, 2, a@b.example, Ulm, https://a.example/b_c
                    {'type':'contacts','contacts':['Bo',null]}~`[contact] Bo
                    [contact]`
                    {'type':'contacts','contacts':[{'name':{'formatted_name':'A','nickname':'Pip'},'org':{'role':'boss'},'note':'rings once','ims':[{'service':'skype'}]}]}~[contact] A, nickname: Pip, role: boss, note: rings once, service: skype
                    {'type':'contacts','contacts':[{'name':{'formatted_name':'Anabel','first_name':'Ana'}}]}~[contact] Anabel (Ana)
                    {'type':'contacts','contacts':[{'name':{'formatted_name':'ROSA LIND','first_name':'Rosa','last_name':'Lind'}},{'name':{'formatted_name':'王小明','first_name':'小明','last_name':'王'}},{'name':{'formatted_name':'أحمد','last_name':'محمد'}}]}~`[contact] ROSA LIND
                    [contact] 王小明
                    [contact] أحمد (محمد)`
                    {'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'body':'Sent','response_json':{'a':'b'}}}}~`[form] Sent
                    a: b`
                    {'type':'interactive','interactive':{'type':'nfm_reply','nfm_reply':{'response_json':'[1,2]'}}}~`[form]
                    [1,2]`
                    {'type':'button','button':{'payload':'p','text':' '}}~p
                    {'type':'system','system':{'type':'new_kind','text':'hello'}}~[notice] new_kind; hello
                    {'type':'unsupported','unsupported':{'type':'view_once','caption':'look'}}~[message that WhatsApp cannot pass on] view_once; look
                    {'type':'edit','edit':{'message':'new'}}~[edited message] new
                    {'type':'edit','edit':{'message':{'text':{'body':'new'}}}}~[edited message] new
                    {'type':'holo\\ngram'}~[message of unknown type holo gram]
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
    void aContactShowsEverythingThatItSays() {
        assertThat(text(
                        "{'type':'contacts','contacts':[{'name':{'formatted_name':'Dr. Rosa Lind','first_name':'Rosa','last_name':'Lind','prefix':'Dr.'},"
                                + "'org':{'company':'Lind Elektro','department':'Service','title':'Head of service'},"
                                + "'addresses':[{'street':'Am Markt 4','city':'Bremen','zip':'28195','country':'Germany','type':'WORK'}],"
                                + "'urls':[{'url':'https://lind-elektro.example','type':'WORK'}],'emails':[{'email':'rosa@lind-elektro.example','type':'WORK'}],"
                                + "'birthday':'1981-05-02','phones':[{'phone':'+49 421 555 0100','wa_id':'494215550100','type':'WORK'},"
                                + "{'phone':'+49 151 5550 1010','type':'CELL'}]}]}"))
                .isEqualTo(
                        "[contact] Dr. Rosa Lind, Head of service, Service, Lind Elektro, +49 421 555 0100 (work), +49 151 5550 1010 (cell),"
                                + " rosa@lind-elektro.example (work), Am Markt 4, 28195 Bremen, Germany (work), https://lind-elektro.example (work), born 1981-05-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                    {'name':{'first_name':'Ana','last_name':'Souza'},'phones':[{'phone':'+55 11 5550-1000'}]}~Ana Souza, +55 11 5550-1000
                    {'name':{'formatted_name':'No Plain Phone'},'phones':[{'wa_id':'5511955501001','type':'CELL'}]}~No Plain Phone, +5511955501001 (cell)
                    {'name':{},'org':{'company':'Praxis Nord'},'phones':[{'phone':'+49 40 5550199'}]}~Praxis Nord, +49 40 5550199
                    {'name':{'formatted_name':'Shop'},'addresses':[{'street':'Lange Str. 9','city':'Ulm'}]}~Shop, Lange Str. 9, Ulm
                    {'name':{'formatted_name':'Rosa','middle_name':'Maria','last_name':'Lind','suffix':'Jr.'}}~Rosa (Maria Lind Jr.)
                    {'name':{'prefix':'Dr.','first_name':'A','middle_name':'B','last_name':'C','suffix':'MD'}}~Dr. A B C MD
                    {'name':{'formatted_name':'Bo'},'phones':[{'user_id':'US.123','type':'WORK'}]}~Bo, WhatsApp user id US.123 (work)
                    {'name':{'formatted_name':'Bo'},'phones':[{'phone':'0421 555 0100','wa_id':'494215550100'}]}~Bo, 0421 555 0100 / +494215550100
                    {'name':{'formatted_name':'Bo'},'phones':[{'phone':'494215550100','wa_id':'494215550100'}]}~Bo, 494215550100
                    {'name':{'formatted_name':'Bo'},'phones':[{'phone':'+1','type':'HOME'},{'phone':'+1','type':'HOME'},{'phone':'+1','type':'WORK'}]}~Bo, +1 (home), +1 (work)
                    {'name':{'formatted_name':'Bo'},'addresses':[{'city':'Ulm','state':'BW','country_code':'DE','type':'HOME'},{'zip':'1'}]}~Bo, Ulm, BW, DE (home), 1
                    {'name':{'formatted_name':'Bo'},'birthday':'2000-01-31','org':{'title':'Cook'}}~Bo, Cook, born 2000-01-31
                    {'name':'Just a text','emails':[{'email':'a@b.example','type':'PRIVATE'}]}~Just a text, a@b.example (private)
                    {'emails':[{'email':'a@b.example'}]}~a@b.example
                    """)
    void whateverPartsAContactHasAreShown(String card, String shown) {
        assertThat(text("{'type':'contacts','contacts':[" + card + "]}")).isEqualTo("[contact] " + shown);
    }

    @Test
    void anUnknownMessageIsBounded() {
        String shown = text("{'type':'novel','novel':{'title':'" + "x".repeat(5_000) + "','pages':["
                + String.join(",", java.util.Collections.nCopies(500, "{'text':'p'}")) + "],'end':'"
                + "y ".repeat(2_000) + "'}}");
        assertThat(shown).hasSizeBetween(400, 2_000).startsWith("[message of unknown type novel] xxx");
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
