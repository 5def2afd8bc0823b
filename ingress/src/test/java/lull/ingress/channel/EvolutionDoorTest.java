package lull.ingress.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Content;
import lull.contract.message.ContentKind;
import lull.contract.message.Message;
import lull.ingress.channel.ChannelDoor.Ignored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvolutionDoorTest {

    private static final String JID = "5544999999999@s.whatsapp.net";

    private final Doors door = new Doors(new EvolutionDoor("shop"), "evolution");

    private static String upsert(String message) {
        return "{'event':'messages.upsert','instance':'shop','data':{'key':{'remoteJid':'" + JID
                + "','fromMe':false,'id':'3EB0A'},'pushName':'Ana','status':'DELIVERY_ACK','message':" + message
                + ",'messageType':'conversation','messageTimestamp':1764180000,'instanceId':'i','source':'android'},"
                + "'destination':'https://lull.example','date_time':'2026-11-26T18:00:00.000Z','sender':'" + JID
                + "','server_url':'http://localhost:8080','apikey':'secret-of-evolution'}";
    }

    @Test
    void aTextIsAMessageOfItsPhoneAndNothingElseOfTheWebhookIsKept() {
        Message message = door.message(upsert("{'conversation':'Hello','messageContextInfo':{}}"));

        assertThat(message.id()).isEqualTo("evolution.shop/3EB0A");
        assertThat(message.conversation()).hasToString("evolution.shop|5544999999999");
        assertThat(message.customer()).isEqualTo(new Customer(null, "5544999999999", "Ana"));
        assertThat(message.content()).isEqualTo(new Content.Text("Hello"));
        assertThat(message.sentAt()).isEqualTo(Instant.ofEpochSecond(1_764_180_000));
        assertThat(Json.text(message)).doesNotContain("secret-of-evolution").doesNotContain("server_url");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        {'imageMessage':{'url':'https://mmg/x.enc','mimetype':'image/jpeg','caption':'Look','jpegThumbnail':'AAAA'}}; IMAGE
        {'videoMessage':{'mimetype':'video/mp4'}}; VIDEO
        {'audioMessage':{'mimetype':'audio/ogg','ptt':true}}; AUDIO
        {'documentMessage':{'fileName':'a.pdf','mimetype':'application/pdf'}}; DOCUMENT
        {'documentWithCaptionMessage':{'message':{'documentMessage':{'fileName':'a.pdf'}}}}; DOCUMENT
        {'stickerMessage':{'mimetype':'image/webp'}}; STICKER
        """)
    void aFileIsFetchedByTheIdOfItsMessage(String message, ContentKind kind) {
        Content.Media media = (Content.Media) door.message(upsert(message)).content();

        assertThat(media.kind()).isEqualTo(kind);
        assertThat(media.mediaId()).isEqualTo("3EB0A");
        assertThat(media.error()).isNull();
    }

    @Test
    void otherContentsAreThoseOfWhatsApp() {
        assertThat(content("{'extendedTextMessage':{'text':'Hello'}}")).isEqualTo(new Content.Text("Hello"));
        assertThat(content("{'ephemeralMessage':{'message':{'conversation':'Gone soon'}}}"))
                .isEqualTo(new Content.Text("Gone soon"));
        assertThat(content("{'locationMessage':{'degreesLatitude':1.5,'degreesLongitude':2.5}}"))
                .isEqualTo(new Content.Location(1.5, 2.5, null, null, null));
        assertThat(content("{'reactionMessage':{'key':{'id':'3EB0B'},'text':'👍'}}"))
                .isEqualTo(new Content.Reaction("evolution.shop/3EB0B", "👍"));
        assertThat(content("{'contactMessage':{'displayName':'Bo','vcard':'FN:Bo'}}")
                        .kind())
                .isEqualTo(ContentKind.CONTACTS);
        assertThat(content("{'listResponseMessage':{'title':'One','singleSelectReply':{'selectedRowId':'1'}}}"))
                .isEqualTo(new Content.ButtonReply("1", "One"));
        assertThat(content("{'protocolMessage':{'type':'REVOKE','key':{'id':'3EB0B'}}}"))
                .isEqualTo(new Content.Revoke("evolution.shop/3EB0B"));
        assertThat(((Content.Unknown) content("{'pollCreationMessage':{'name':'Which?','encKey':'secret'}}")).texts())
                .containsExactly("Which?");
    }

    private Content content(String message) {
        return door.message(upsert(message)).content();
    }

    @Test
    void editsAndDeletionsNameTheirMessage() {
        Message edited = door.message("{'event':'messages.edited','data':{'key':{'id':'3EB0A','remoteJid':'" + JID
                + "'},'editedMessage':{'conversation':'New'},'messageTimestamp':1764180009}}");
        assertThat(edited.id()).isEqualTo("evolution.shop/edit/3EB0A/1764180009");
        assertThat(((Content.Edit) edited.content()).originalMessageId()).isEqualTo("evolution.shop/3EB0A");
        Message deleted = door.message("{'event':'messages.delete','data':{'id':'3EB0A','remoteJid':'" + JID + "'}}");
        assertThat(deleted.content()).isEqualTo(new Content.Revoke("evolution.shop/3EB0A"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
        'fromMe':false, 'fromMe':true, FROM_BUSINESS
        5544999999999@s.whatsapp.net, 120363040000000000@g.us, GROUP
        5544999999999@s.whatsapp.net, status@broadcast, GROUP
        5544999999999@s.whatsapp.net, 1@newsletter, GROUP
        messages.upsert, connection.update, EVENT
        messages.upsert, send.message, EVENT
        {'conversation':'a'}, {}, WITHOUT_CONTENT
        """)
    void whatIsNoMessageOfACustomerIsIgnored(String usual, String other, Ignored why) {
        assertThat(door.ignored(upsert("{'conversation':'a'}").replace(usual, other)))
                .containsExactly(why);
    }

    @Test
    void theNameOfAnEventMayBeInCapitalsAndADeviceIsNoPartOfAPhone() {
        assertThat(door.message(upsert("{'conversation':'a'}")
                                .replace("messages.upsert", "MESSAGES_UPSERT")
                                .replace("5544999999999@", "5544999999999:12@"))
                        .conversation())
                .hasToString("evolution.shop|5544999999999");
    }

    @Test
    void aHiddenCustomerIsKnownByThePhoneIfItIsGiven() {
        String hidden =
                upsert("{'conversation':'a'}").replace("'remoteJid':'" + JID, "'remoteJid':'81896604192873@lid");

        assertThat(door.message(hidden).conversation()).hasToString("evolution.shop|81896604192873.lid");
        assertThat(door.message(hidden.replace("'fromMe'", "'senderPn':'" + JID + "','fromMe'"))
                        .conversation())
                .hasToString("evolution.shop|5544999999999");
    }

    @Test
    void whatIsNoWebhookIsRefusedAndNotKept() {
        assertThat(door.problems("")).containsExactly("The body is not JSON");
        assertThat(door.problems("{}")).containsExactly("event is needed");
    }

    @Test
    void oddValuesNeverFail() {
        Stream.of(
                        "5",
                        "[]",
                        "{'conversation':5}",
                        "{'conversation':null}",
                        "{'imageMessage':5}",
                        "{'locationMessage':{}}",
                        "{'reactionMessage':{}}",
                        "{'contactsArrayMessage':{'contacts':[]}}",
                        "{'protocolMessage':{}}",
                        "{'protocolMessage':{'editedMessage':{}}}",
                        "{'viewOnceMessage':{'message':{'viewOnceMessage':{'message':{}}}}}",
                        "{'':{}}")
                .forEach(message -> assertThat(door.read(upsert(message))).isNotNull());
    }
}
