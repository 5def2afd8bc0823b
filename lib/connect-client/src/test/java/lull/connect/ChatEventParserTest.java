package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import lull.contract.chat.ChatEvent;
import lull.contract.json.UnreadableJson;
import lull.runtime.sns.SnsMessage;
import org.junit.jupiter.api.Test;

final class ChatEventParserTest {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:01Z");

    @Test
    void readsAMessage() throws UnreadableJson {
        ChatEvent event =
                parse("{'AbsoluteTime':'2026-01-01T00:00:00.120Z','Content':'Hola','ContentType':'text/plain',"
                        + "'Id':'e1','Type':'MESSAGE','ParticipantId':'p','DisplayName':'Ana','ParticipantRole':'AGENT',"
                        + "'InitialContactId':'c1','ContactId':'c2'}");

        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.initialContactId()).isEqualTo("c1");
        assertThat(event.contactId()).isEqualTo("c2");
        assertThat(event.at()).isEqualTo("2026-01-01T00:00:00.120Z");
        assertThat(event.role()).isEqualTo("AGENT");
        assertThat(event.visibility()).isEqualTo("ALL");
        assertThat(event.what()).isEqualTo(new ChatEvent.Said("text/plain", "Hola"));
    }

    @Test
    void readsTheEndThoughItHasNoRoleAndNoContact() throws UnreadableJson {
        ChatEvent event =
                parse("{'AbsoluteTime':'2026-01-01T00:00:00Z','Id':'e1','Type':'EVENT','InitialContactId':'c1',"
                        + "'ContentType':'application/vnd.amazonaws.connect.event.chat.ended'}");

        assertThat(event.what()).isEqualTo(new ChatEvent.Ended());
        assertThat(event.role()).isNull();
        assertThat(event.contactId()).isNull();
    }

    @Test
    void readsOtherEvents() throws UnreadableJson {
        assertThat(parse("{'Id':'e1','Type':'EVENT','InitialContactId':'c1',"
                                + "'ContentType':'application/vnd.amazonaws.connect.event.typing'}")
                        .what())
                .isEqualTo(new ChatEvent.Other("typing"));
        assertThat(parse("{'Id':'e1','Type':'MESSAGEMETADATA','InitialContactId':'c1'}")
                        .what())
                .isEqualTo(new ChatEvent.Other("MESSAGEMETADATA"));
    }

    @Test
    void everyFileIsAnEvent() throws UnreadableJson {
        assertThat(ChatEventParser.parse(
                        notification("{'Id':'e1','Type':'ATTACHMENT','InitialContactId':'c1','Attachments':["
                                + "{'AttachmentId':'a1','AttachmentName':'a.png','ContentType':'image/png','Status':'APPROVED'},"
                                + "{'AttachmentId':'a2','Status':'REJECTED'}]}")))
                .extracting(ChatEvent::id)
                .containsExactly("e1", "e1#1");
    }

    @Test
    void takesWhatSnsSaysWhereThePayloadDoesNot() throws UnreadableJson {
        ChatEvent event = parse("{'Type':'MESSAGE','ContactId':'c2','Content':'Hi'}");

        assertThat(event.id()).isEqualTo("sns-1");
        assertThat(event.at()).isEqualTo(SENT);
        assertThat(event.initialContactId()).isEqualTo("c2");
        assertThat(event.what()).isEqualTo(new ChatEvent.Said("text/plain", "Hi"));
    }

    @Test
    void refusesWhatIsNoEventOfAContact() {
        assertThatThrownBy(() -> parse("{'Type':'MESSAGE'}")).isInstanceOf(UnreadableJson.class);
        assertThatThrownBy(() -> parse("no json")).isInstanceOf(UnreadableJson.class);
    }

    private static ChatEvent parse(String message) throws UnreadableJson {
        return ChatEventParser.parse(notification(message)).getFirst();
    }

    private static SnsMessage.Notification notification(String message) {
        return new SnsMessage.Notification(
                "sns-1", "topic", message.replace('\'', '"'), SENT, Map.of("MessageVisibility", "ALL"));
    }
}
