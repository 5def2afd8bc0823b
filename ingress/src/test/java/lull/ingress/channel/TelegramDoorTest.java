package lull.ingress.channel;

import static lull.ingress.channel.ChannelDoor.Ignored.EVENT;
import static lull.ingress.channel.ChannelDoor.Ignored.FROM_BUSINESS;
import static lull.ingress.channel.ChannelDoor.Ignored.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.ingress.channel.ChannelDoor.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Updates of the Telegram Bot API, as it documents them.
final class TelegramDoorTest {

    private static final String CHAT =
            "'chat':{'id':70010001,'first_name':'Ana','last_name':'Lima','username':'ana','type':'private'}";
    private static final String FROM = "'from':{'id':70010001,'is_bot':false,'first_name':'Ana','last_name':'Lima',"
            + "'username':'ana','language_code':'pt'}";

    private final Doors door = new Doors(new TelegramDoor("shop"), "telegram");

    private static String update(String content) {
        return "{'update_id':9001,'message':{'message_id':57," + FROM + "," + CHAT + ",'date':1764180000," + content
                + "}}";
    }

    @Test
    void aTextHasItsChatAsConversationAndAnIdThatIsUniqueAmongAllChannels() {
        Message message = door.message(update("'text':'Hello 👋','entities':[{'type':'bold','offset':0,'length':5}]"));

        assertThat(message.id()).isEqualTo("telegram.shop/70010001/57");
        assertThat(message.conversation()).hasToString("telegram.shop|70010001");
        assertThat(message.content()).isEqualTo(new Content.Text("Hello 👋"));
        assertThat(message.customer()).isEqualTo(new Customer("70010001", null, "Ana Lima", null, "ana"));
        assertThat(message.business().phoneNumberId()).isEqualTo("telegram.shop");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_764_180_000));
        assertThat(message.source().door()).isEqualTo("telegram");
        assertThat(message.source().app()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        'photo':[{'file_id':'small'},{'file_id':'large'}],'caption':'Look'; IMAGE; large; image/jpeg; Look
        'voice':{'file_id':'v1','mime_type':'audio/ogg','duration':3}; AUDIO; v1; audio/ogg;
        'audio':{'file_id':'a1','mime_type':'audio/mp4'}; AUDIO; a1; audio/mp4;
        'video':{'file_id':'v2'}; VIDEO; v2; video/mp4;
        'video_note':{'file_id':'v3'}; VIDEO; v3; video/mp4;
        'animation':{'file_id':'g1','mime_type':'video/mp4'},'document':{'file_id':'d0'}; VIDEO; g1; video/mp4;
        'document':{'file_id':'d1','file_name':'a.pdf','mime_type':'application/pdf'}; DOCUMENT; d1; application/pdf;
        'document':{'file_id':'d2'}; DOCUMENT; d2; application/octet-stream;
        'sticker':{'file_id':'s1','is_animated':false}; STICKER; s1; image/webp;
        'sticker':{'file_id':'s2','is_animated':true}; STICKER; s2; application/x-tgsticker;
        """, quoteCharacter = '`')
    void aFileHasTheIdByWhichItIsFetched(String content, ContentKind kind, String id, String type, String caption) {
        Content.Media media = (Content.Media) door.message(update(content)).content();

        assertThat(media.kind()).isEqualTo(kind);
        assertThat(media.mediaId()).isEqualTo(id);
        assertThat(media.mimeType()).isEqualTo(type);
        assertThat(media.caption()).isEqualTo(caption);
    }

    @Test
    void aVoiceNoteIsOneAndADocumentHasItsName() {
        assertThat(((Content.Media)
                                door.message(update("'voice':{'file_id':'v'}")).content())
                        .voice())
                .isTrue();
        assertThat(((Content.Media) door.message(update("'document':{'file_id':'d','file_name':'a b.pdf'}"))
                                .content())
                        .filename())
                .isEqualTo("a b.pdf");
    }

    @Test
    void placesAndContactsAreReadAsThoseOfWhatsApp() {
        assertThat(door.message(update("'location':{'latitude':52.5,'longitude':13.4}"))
                        .content())
                .isEqualTo(new Content.Location(52.5, 13.4, null, null, null));
        assertThat(door.message(update(
                                "'venue':{'location':{'latitude':1,'longitude':2},'title':'Shop','address':'1 St'},"
                                        + "'location':{'latitude':1,'longitude':2}"))
                        .content())
                .isEqualTo(new Content.Location(1.0, 2.0, "Shop", "1 St", null));
        Content.Contacts contacts = (Content.Contacts)
                door.message(update("'contact':{'phone_number':'+4915','first_name':'Bo','user_id':5}"))
                        .content();
        assertThat(contacts.cards().getFirst().name()).isEqualTo("Bo");
        assertThat(contacts.cards().getFirst().phones().getFirst().value()).isEqualTo("+4915");
    }

    @Test
    void anAnswerAndAForwardedMessageSaySo() {
        Message message = door.message(update("'text':'This','reply_to_message':{'message_id':12,'date':1," + CHAT
                + "},'forward_origin':{'type':'user'}"));

        assertThat(message.context().orElseThrow().messageId()).isEqualTo("telegram.shop/70010001/12");
        assertThat(message.context().orElseThrow().forwarded()).isTrue();
    }

    @Test
    void anEditHasAnIdOfItsOwnAndTheOneThatItChanges() {
        Message message = door.message("{'update_id':9002,'edited_message':{'message_id':57," + FROM + "," + CHAT
                + ",'date':1764180000,'edit_date':1764180060,'text':'Hallo'}}");

        assertThat(message.id()).isEqualTo("telegram.shop/u9002");
        Content.Edit edit = (Content.Edit) message.content();
        assertThat(edit.originalMessageId()).isEqualTo("telegram.shop/70010001/57");
        assertThat(edit.message().at("/text/body").asText()).isEqualTo("Hallo");
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_764_180_060));
    }

    @Test
    void aReactionNamesItsMessageAndARemovedOneHasNoEmoji() {
        String reaction = "{'update_id':9003,'message_reaction':{" + CHAT + ",'message_id':58,'user':{'id':70010001,"
                + "'is_bot':false,'first_name':'Ana'},'date':1764180000,'old_reaction':[],'new_reaction':%s}}";

        assertThat(door.message(reaction.formatted("[{'type':'emoji','emoji':'👍'}]"))
                        .content())
                .isEqualTo(new Content.Reaction("telegram.shop/70010001/58", "👍"));
        assertThat(door.message(reaction.formatted("[]")).content())
                .isEqualTo(new Content.Reaction("telegram.shop/70010001/58", null));
        assertThat(door.message(reaction.formatted("[{'type':'custom_emoji','custom_emoji_id':'5'}]"))
                        .content())
                .isEqualTo(new Content.Reaction("telegram.shop/70010001/58", "⭐"));
    }

    @Test
    void wordsThatAreALinkHaveItsAddressBehindThem() {
        String text =
                "{'update_id':9006,'message':{'message_id':60,'from':{'id':70010001,'is_bot':false,'first_name':'Ana'},"
                        + CHAT
                        + ",'date':1764180000,'text':'👋 See here, or there','entities':[{'type':'bold','offset':0,'length':2},"
                        + "{'type':'text_link','offset':7,'length':4,'url':'https://shop.example/a'},"
                        + "{'type':'text_link','offset':16,'length':5,'url':'https://shop.example/b'},"
                        + "{'type':'text_link','offset':90,'length':5,'url':'https://shop.example/c'}]}}";

        assertThat(door.message(text).content())
                .isEqualTo(new Content.Text("👋 See here (https://shop.example/a), or there (https://shop.example/b)"));
    }

    @Test
    void aButtonBelowAMessageThatIsTooOldToBeShownIsPressedNow() {
        Message message =
                door.message("{'update_id':9005,'callback_query':{'id':'4383','from':{'id':70010001,'is_bot':false,"
                        + "'first_name':'Ana'},'message':{'message_id':3," + CHAT + ",'date':0},'data':'y'}}");

        assertThat(message.sentAt()).isEqualTo(Doors.NOW);
    }

    @Test
    void aPressedButtonIsAChoiceAndIsAnsweredAtOnce() {
        String query = "{'update_id':9004,'callback_query':{'id':'4382','from':{'id':70010001,'is_bot':false,"
                + "'first_name':'Ana'},'message':{'message_id':58,'from':{'id':1,'is_bot':true},%s,'date':1764180000,"
                + "'reply_markup':{'inline_keyboard':[[{'text':'Yes','callback_data':'y'}],[{'text':'A title','callback_data':'lull:='}]]}},"
                + "'data':'%s'}}";

        Message message = door.message(query.formatted(CHAT, "y"));
        assertThat(message.content()).isEqualTo(new Content.ButtonReply("y", "Yes"));
        assertThat(message.context().orElseThrow().messageId()).isEqualTo("telegram.shop/70010001/58");
        assertThat(message.sentAt()).isEqualTo(Doors.NOW);
        assertThat(door.accepted(query.formatted(CHAT, "y")).answer())
                .isEqualTo(Doors.tree("{'method':'answerCallbackQuery','callback_query_id':'4382'}"));
        assertThat(door.message(query.formatted(CHAT, "lull:=")).content())
                .isEqualTo(new Content.ButtonReply("lull:A title", "A title"));
        assertThat(door.message(query.formatted(CHAT, "gone")).content())
                .isEqualTo(new Content.ButtonReply("gone", "gone"));
    }

    @Test
    void whatIsNotFromACustomerInAPrivateChatIsIgnoredAndCounted() {
        String group = CHAT.replace("private", "supergroup");
        assertThat(door.ignored(
                        "{'update_id':1,'message':{'message_id':1," + FROM + "," + group + ",'date':1,'text':'a'}}"))
                .containsExactly(GROUP);
        assertThat(door.ignored("{'update_id':1,'channel_post':{'message_id':1}}"))
                .containsExactly(GROUP);
        assertThat(door.ignored(update("'text':'I am a bot'").replace("'is_bot':false", "'is_bot':true")))
                .containsExactly(FROM_BUSINESS);
        assertThat(door.ignored(
                        "{'update_id':1,'my_chat_member':{" + CHAT + ",'new_chat_member':{'status':'kicked'}}}"))
                .containsExactly(EVENT);
        assertThat(door.ignored(update("'pinned_message':{'message_id':3}"))).containsExactly(EVENT);
    }

    @Test
    void aContentThatWhatsAppDoesNotHaveIsShownByItsTexts() {
        Content.Unknown poll = (Content.Unknown)
                door.message(update("'poll':{'id':'1','question':'Which one?','options':[{'text':'This'}]}"))
                        .content();

        assertThat(poll.type()).isEqualTo("telegram_poll");
        assertThat(poll.texts()).contains("Which one?", "This");
        assertThat(door.message(update("'future_thing':{'title':'New'}"))
                        .content()
                        .kind())
                .isEqualTo(ContentKind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "{}",
                "{'update_id':'x'}",
                "{'update_id':1.5}",
                "{'update_id':1,'message':{'chat':{'type':'private'},'text':'a'}}",
                "{'update_id':1,'message':{'message_id':1,'chat':{'type':'private','id':'7|8'},'text':'a'}}",
                "{'update_id':1,'message':{'message_id':[],'chat':{'type':'private','id':7},'text':'a'}}"
            })
    void whatIsNoUpdateIsKeptUnparsed(String body) {
        assertThat(door.read(body)).isInstanceOf(Reading.Unparsed.class);
    }

    @Test
    void oddValuesNeverFail() {
        Stream.of(
                        "'text':null",
                        "'text':5",
                        "'photo':[]",
                        "'photo':{}",
                        "'photo':[5]",
                        "'voice':[]",
                        "'location':{'latitude':'x'}",
                        "'contact':{}",
                        "'reply_to_message':5,'text':'a'",
                        "'date':'x','text':'a'",
                        "'sticker':{'file_id':null}",
                        "'venue':{}")
                .forEach(content -> assertThat(door.read(update(content))).isNotNull());
        assertThat(door.message(update("'text':'a'").replace("1764180000", "999999999999999999"))
                        .sentAt())
                .isEqualTo(Doors.NOW);
    }
}
