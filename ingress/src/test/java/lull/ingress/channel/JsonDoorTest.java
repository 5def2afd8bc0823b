package lull.ingress.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonDoorTest {

    private static final String FROM = "'from':{'id':'user-7','phone':'+15550001001','name':'Ana'}";

    private final Doors door = new Doors(new JsonDoor("shop"), "json");
    private final Doors statuses = new Doors(new JsonStatusDoor("shop"), "json");

    private static String request(String content) {
        return "{'messages':[{'id':'m-2'," + FROM + "," + content + "}]}";
    }

    @Test
    void aMessageHasItsAccountInItsConversationAndInItsId() {
        Message message = door.message("{'messages':[{'id':'m-2','account':'shop-1'," + FROM
                + ",'sentAt':'2026-11-26T18:00:03Z','replyTo':'m-0','type':'text','text':'Hello'}]}");

        assertThat(message.id()).isEqualTo("json.shop.shop-1/m-2");
        assertThat(message.conversation()).hasToString("json.shop.shop-1|user-7");
        assertThat(message.content()).isEqualTo(new Content.Text("Hello"));
        assertThat(message.customer()).isEqualTo(new Customer("user-7", "15550001001", "Ana", null, null));
        assertThat(message.sentAt()).isEqualTo(Instant.parse("2026-11-26T18:00:03Z"));
        assertThat(message.context().orElseThrow().messageId()).isEqualTo("json.shop.shop-1/m-0");
    }

    @Test
    void withoutAnAccountAndATimeTheChannelAndItsArrivalAreTaken() {
        Message message = door.message(request("'type':'text','text':'Hello'"));

        assertThat(message.id()).isEqualTo("json.shop/m-2");
        assertThat(message.conversation()).hasToString("json.shop|user-7");
        assertThat(message.sentAt()).isEqualTo(Doors.NOW.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void aGroupIsOneConversation() {
        Message message = door.message(request("'group':'g-1','type':'text','text':'Hello'"));

        assertThat(message.conversation().isGroup()).isTrue();
        assertThat(message.groupId()).contains("g-1");
        assertThat(message.customer().userId()).isEqualTo("user-7");
    }

    @Test
    void everyTypeBecomesTheContentThatWhatsAppHas() {
        Content.Media media = (Content.Media) door.message(
                        request(
                                "'type':'media','media':{'kind':'image',"
                                        + "'url':'https://files.example/1','mimeType':'image/jpeg','filename':'1.jpg','caption':'this one'}"))
                .content();
        assertThat(media)
                .isEqualTo(new Content.Media(
                        ContentKind.IMAGE,
                        "https://files.example/1",
                        "image/jpeg",
                        null,
                        "this one",
                        "1.jpg",
                        false,
                        false));
        assertThat(content("'type':'location','location':{'latitude':52.5,'longitude':'13.4','name':'Shop'}"))
                .isEqualTo(new Content.Location(52.5, 13.4, "Shop", null, null));
        assertThat(content("'type':'reaction','reaction':{'target':'c-1','emoji':'👍'}"))
                .isEqualTo(new Content.Reaction("json.shop/c-1", "👍"));
        assertThat(content("'type':'reaction','reaction':{'target':'c-1'}"))
                .isEqualTo(new Content.Reaction("json.shop/c-1", null));
        assertThat(content("'type':'choice','choice':{'id':'y','title':'Yes','target':'c-1'}"))
                .isEqualTo(new Content.ButtonReply("y", "Yes"));
        assertThat(content("'type':'delete','delete':{'target':'m-1'}")).isEqualTo(new Content.Revoke("json.shop/m-1"));
        assertThat(((Content.Edit) content("'type':'edit','edit':{'target':'m-1','text':'New'}")).originalMessageId())
                .isEqualTo("json.shop/m-1");
        assertThat(content("'type':'contacts','contacts':[{'name':'Bo','phone':'+4915'}]")
                        .kind())
                .isEqualTo(ContentKind.CONTACTS);
        assertThat(((Content.Unknown) content("'type':'other','other':{'text':'A form'}")).texts())
                .containsExactly("A form");
    }

    private Content content(String json) {
        return door.message(request(json)).content();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        'type':'text'; messages[0].text is needed
        'type':'text','text':' '; messages[0].text must not be blank
        'type':'text','text':5; messages[0].text must be text
        'type':'film'; messages[0].type must be text, media, location, contacts, reaction, choice, edit, delete or other
        'sentAt':'2026-11-26T18:00:03Z'; messages[0].type is needed
        'type':'text','text':'a','extra':1; messages[0].extra is not known here
        'type':'text','text':'a','account':'a b'; messages[0].account must have 1 to 64 letters, digits, hyphens and underscores
        'type':'text','text':'a','sentAt':'yesterday'; messages[0].sentAt must be a time such as 2026-11-26T18:00:03Z
        'type':'media','media':{'kind':'film','url':'https://a'}; messages[0].media.kind must be image, video, audio, document or sticker
        'type':'media','media':{'kind':'image','url':'file:///etc/passwd'}; messages[0].media.url must be an address with https (http is allowed only on this machine)
        'type':'media','media':{'kind':'image','url':'http://files.example/1'}; messages[0].media.url must be an address with https (http is allowed only on this machine)
        'type':'media','media':{'kind':'image','url':'https://files.example/%zz'}; messages[0].media.url must be an address with https (http is allowed only on this machine)
        'type':'reaction','reaction':{'target':'a b'}; messages[0].reaction.target must have 1 to 200 visible ASCII characters
        'type':'location','location':{'latitude':91,'longitude':0}; messages[0].location.latitude must be a number from -90 to 90
        """)
    void everyProblemIsReportedWithItsPlace(String content, String problem) {
        assertThat(door.problems(request(content))).containsExactly(problem);
    }

    @Test
    void aRequestWithOneInvalidMessageIsRefusedWholeWithAllItsProblems() {
        assertThat(door.problems("{'messages':[{'id':'m-1'," + FROM
                        + ",'type':'text','text':'a'},{'id':'','from':{'id':'a|b'}," + "'type':'text','text':'b'},5]}"))
                .containsExactly(
                        "messages[2] must be an object",
                        "messages[1].id must not be blank",
                        "messages[1].from.id must have 5 to 128 letters, digits, dots, hyphens and underscores, and"
                                + " begin with a letter or digit");
        assertThat(door.problems("{'messages':[]}")).containsExactly("messages must have 1 to 100 elements");
        assertThat(door.problems("[]")).containsExactly("The body must be a JSON object");
        assertThat(door.problems("{")).containsExactly("The body is not JSON, or an object of it has a name twice");
        String twice = "{'id':'m-1'," + FROM + ",'type':'text','text':'a'}";
        assertThat(door.problems("{'messages':[" + twice + "," + twice + "]}"))
                .containsExactly("messages[1].id is that of an earlier message of the request");
    }

    @Test
    void aHundredMessagesAreAcceptedInTheirOrderAndOneMoreIsNot() {
        assertThat(door.accepted(many(100)).messages())
                .extracting(Message::id)
                .startsWith("json.shop/m1")
                .hasSize(100);
        assertThat(door.accepted(many(100)).answer()).isEqualTo(Doors.tree("{'accepted':100}"));
        assertThat(door.problems(many(101))).contains("messages must have 1 to 100 elements");
    }

    private static String many(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{'id':'m" + i + "'," + FROM + ",'type':'text','text':'a'}")
                .collect(Collectors.joining(",", "{'messages':[", "]}"));
    }

    @Test
    void aStatusBelongsToTheReplyThatItsCallbackNames() {
        MessageStatus status = statuses.accepted(
                        "{'statuses':[{'messageId':'c-1','callback':'1|app-5|json.shop|user-7',"
                                + "'status':'failed','code':17,'at':'2026-11-26T18:00:03Z'}]}")
                .statuses()
                .getFirst();

        assertThat(status.messageId()).isEqualTo("json.shop/c-1");
        assertThat(status.status()).isEqualTo("failed");
        assertThat(status.conversation()).hasToString("json.shop|user-7");
        assertThat(status.callbackData()).isEqualTo("1|app-5|json.shop|user-7");
        assertThat(status.raw().at("/errors/0/code").asInt()).isEqualTo(17);
    }

    @Test
    void aStatusOfAnotherChannelIsRefused() {
        assertThat(
                        statuses.problems(
                                "{'statuses':[{'callback':'1|app-5|json.other|user-7','status':'sent'},"
                                        + "{'callback':'1|app-5|100000000000001|user-7','status':'sent'},{'callback':'x','status':'sent'}]}"))
                .containsExactly(
                        "statuses[0].callback must be that of a reply to this channel",
                        "statuses[1].callback must be that of a reply to this channel",
                        "statuses[2].callback must be that of a reply to this channel");
        assertThat(statuses.problems("{'statuses':[{'callback':'1|a|json.shop|user-7','status':'seen'}]}"))
                .containsExactly("statuses[0].status must be sent, delivered, read, played or failed");
    }
}
