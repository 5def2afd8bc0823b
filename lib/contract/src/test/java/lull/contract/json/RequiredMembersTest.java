package lull.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import lull.contract.SettingChange;
import lull.contract.application.TurnHandled;
import lull.contract.chat.Chat;
import lull.contract.chat.ChatEvent;
import lull.contract.chat.SentPart;
import lull.contract.message.AccountEvent;
import lull.contract.message.CustomerAlias;
import lull.contract.message.InputRecord;
import lull.contract.message.Message;
import lull.contract.message.MessageStatus;
import lull.contract.message.Source;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyOutcome;
import lull.contract.topic.TopicLayout;
import lull.contract.turn.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequiredMembersTest {

    /// Whatever travels on a topic.
    @ParameterizedTest
    @ValueSource(
            classes = {
                SettingChange.class,
                Chat.class,
                ChatEvent.class,
                SentPart.class,
                AccountEvent.class,
                CustomerAlias.class,
                InputRecord.class,
                Message.class,
                MessageStatus.class,
                Reply.class,
                ReplyOutcome.class,
                TurnHandled.class,
                TopicLayout.class,
                Turn.class
            })
    void anEmptyObjectIsNoRecord(Class<?> type) {
        for (String json : new String[] {"{}", "{\"other\":1}", "{\"id\":null,\"raw\":null}", "[]", "null"}) {
            assertThatExceptionOfType(UnreadableJson.class)
                    .as(type + " " + json)
                    .isThrownBy(() -> Json.read(json.getBytes(StandardCharsets.UTF_8), type));
        }
    }

    @Test
    void aMemberThatMayBeMissingMayBeMissingAndAnotherMayNotWhereverItIs() throws UnreadableJson {
        String whole = "{'id':'1','initialContactId':'c','at':'2026-01-01T00:00:00Z','what':{'kind':'said',"
                + "'contentType':'text/plain','content':'Hi'},'raw':{}}";

        assertThat(read(whole).role()).isNull();
        for (String missing : new String[] {
            "'id':'1',", "'initialContactId':'c',", "'at':'2026-01-01T00:00:00Z',", ",'raw':{}", ",'content':'Hi'"
        }) {
            assertThat(whole).contains(missing);
            assertThatExceptionOfType(UnreadableJson.class)
                    .as(missing)
                    .isThrownBy(() -> read(whole.replace(missing, "")))
                    .withMessageContaining("is missing");
        }
    }

    @Test
    void theOldestRecordsHaveNoAppAndAreStillRead() throws UnreadableJson {
        assertThat(Json.read("{\"door\":\"meta\"}".getBytes(StandardCharsets.UTF_8), Source.class))
                .isEqualTo(new Source("meta", ""));
        assertThat(Json.read(Json.bytes(new Source("sns", "sales")), Source.class))
                .isEqualTo(new Source("sns", "sales"));
    }

    private static ChatEvent read(String json) throws UnreadableJson {
        return Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ChatEvent.class);
    }
}
