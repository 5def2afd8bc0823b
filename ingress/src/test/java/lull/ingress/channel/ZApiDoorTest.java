package lull.ingress.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.ingress.channel.ChannelDoor.Ignored;
import lull.ingress.channel.ChannelDoor.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ZApiDoorTest {

    private final Doors door = new Doors(new ZApiDoor("shop"), "z-api");

    private static String callback(String content) {
        return "{'isStatusReply':false,'connectedPhone':'554499999999','waitingMessage':false,'isEdit':false,'isGroup':false,"
                + "'isNewsletter':false,'instanceId':'3C0FFEE','messageId':'A20DA9C7','phone':'5544999999999','fromMe':false,"
                + "'momment':1632228638123,'status':'RECEIVED','chatName':'Ana','senderName':'Ana Lima','broadcast':false,"
                + "'forwarded':false,'type':'ReceivedCallback','fromApi':false," + content + "}";
    }

    @Test
    void aTextIsAMessageOfItsPhone() {
        Message message = door.message(callback("'referenceMessageId':'B1','text':{'message':'Hello'}"));

        assertThat(message.id()).isEqualTo("z-api.shop/A20DA9C7");
        assertThat(message.conversation()).hasToString("z-api.shop|5544999999999");
        assertThat(message.customer()).isEqualTo(new Customer(null, "5544999999999", "Ana Lima"));
        assertThat(message.content()).isEqualTo(new Content.Text("Hello"));
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_632_228_638));
        assertThat(message.context().orElseThrow().messageId()).isEqualTo("z-api.shop/B1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        'image':{'imageUrl':'https://f/1','mimeType':'image/jpeg','caption':'Look'}; IMAGE; https://f/1; image/jpeg
        'video':{'videoUrl':'https://f/2','mimeType':'video/mp4'}; VIDEO; https://f/2; video/mp4
        'audio':{'audioUrl':'https://f/3','mimeType':'audio/ogg','ptt':true}; AUDIO; https://f/3; audio/ogg
        'document':{'documentUrl':'https://f/4','fileName':'a.pdf','mimeType':'application/pdf'}; DOCUMENT; https://f/4; application/pdf
        'sticker':{'stickerUrl':'https://f/5','mimeType':'image/webp'}; STICKER; https://f/5; image/webp
        """)
    void aFileHasItsAddress(String content, ContentKind kind, String url, String type) {
        Content.Media media = (Content.Media) door.message(callback(content)).content();

        assertThat(media.kind()).isEqualTo(kind);
        assertThat(media.mediaId()).isEqualTo(url);
        assertThat(media.mimeType()).startsWith(type);
    }

    @Test
    void otherContentsAreThoseOfWhatsApp() {
        assertThat(door.message(callback("'location':{'latitude':1.5,'longitude':2.5,'name':'Shop'}"))
                        .content())
                .isEqualTo(new Content.Location(1.5, 2.5, "Shop", null, null));
        assertThat(door.message(callback("'reaction':{'value':'👍','referencedMessage':{'messageId':'B1'}}"))
                        .content())
                .isEqualTo(new Content.Reaction("z-api.shop/B1", "👍"));
        assertThat(door.message(callback("'buttonsResponseMessage':{'buttonId':'y','message':'Yes'}"))
                        .content())
                .isEqualTo(new Content.ButtonReply("y", "Yes"));
        assertThat(door.message(callback("'listResponseMessage':{'selectedRowId':'1','title':'One'}"))
                        .content())
                .isEqualTo(new Content.ButtonReply("1", "One"));
        assertThat(door.message(callback("'contact':{'displayName':'Bo','vCard':'FN:Bo'}"))
                        .content()
                        .kind())
                .isEqualTo(ContentKind.CONTACTS);
        assertThat(door.message(callback("'pollVote':{'options':[{'name':'This'}]}"))
                        .content()
                        .kind())
                .isEqualTo(ContentKind.UNKNOWN);
    }

    @Test
    void anEditHasAnIdOfItsOwn() {
        Message message = door.message(callback("'text':{'message':'New'}").replace("'isEdit':false", "'isEdit':true"));

        assertThat(message.id()).isEqualTo("z-api.shop/A20DA9C7/1632228638123");
        assertThat(((Content.Edit) message.content()).originalMessageId()).isEqualTo("z-api.shop/A20DA9C7");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'isGroup':false, 'isGroup':true, GROUP",
                "'isNewsletter':false, 'isNewsletter':true, GROUP",
                "'broadcast':false, 'broadcast':true, GROUP",
                "'isStatusReply':false, 'isStatusReply':true, GROUP",
                "'fromMe':false, 'fromMe':true, FROM_BUSINESS",
                "'waitingMessage':false, 'waitingMessage':true, WITHOUT_CONTENT",
                "ReceivedCallback, MessageStatusCallback, EVENT",
                "ReceivedCallback, PresenceChatCallback, EVENT"
            })
    void whatIsNoMessageOfACustomerIsIgnored(String usual, String other, Ignored why) {
        assertThat(door.ignored(callback("'text':{'message':'a'}").replace(usual, other)))
                .containsExactly(why);
    }

    @Test
    void aHiddenCustomerIsKnownByTheIdThatIsGiven() {
        Message message =
                door.message(callback("'text':{'message':'a'}").replace("5544999999999", "81896604192873@lid"));

        assertThat(message.conversation()).hasToString("z-api.shop|81896604192873.lid");
        assertThat(message.customer()).isEqualTo(new Customer("81896604192873.lid", null, "Ana Lima"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "5"})
    void whatIsNoCallbackIsKeptUnparsed(String body) {
        assertThat(door.read(body)).isInstanceOf(Reading.Unparsed.class);
    }

    @Test
    void oddValuesNeverFail() {
        Stream.of(
                        "'text':{}",
                        "'text':5",
                        "'image':{}",
                        "'image':[]",
                        "'location':{'latitude':'x'}",
                        "'contact':{}",
                        "'reaction':{}",
                        "'buttonsResponseMessage':{}",
                        "'listResponseMessage':{}",
                        "'referenceMessageId':5,'text':{'message':'a'}",
                        "'momment':'soon','text':{'message':'a'}",
                        "'phone':null")
                .forEach(content -> assertThat(door.read(callback(content))).isNotNull());
    }
}
