package lull.contract.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How replies travel on their topic.
final class ReplyTest {

    /// As it was written before there was anything but text.
    private static final String OLD =
            "{'id':'m-1','conversation':'100|15550001001','customer':{'phone':'15550001001'},'origin':{'kind':'chat',"
                    + "'initialContactId':'c1','role':'AGENT'},'content':{'type':'text','body':'Hi'},"
                    + "'requestedAt':'2026-01-05T10:00:00Z'}";

    @Test
    void whatIsOnTheTopicAlreadyIsReadAndWrittenAsItWas() throws UnreadableJson {
        Reply reply = read(OLD, Reply.class);

        assertThat(reply.content()).isEqualTo(new ReplyContent.Text("Hi"));
        assertThat(reply.quotedMessageId()).isNull();
        assertThat(reply.expiresAt()).isNull();
        assertThat(reply.isExpired(Instant.MAX)).isFalse();
        assertThat(Json.text(reply)).isEqualTo(json(OLD));
    }

    @Test
    void anApplicationMayLeaveItsNameOut() throws UnreadableJson {
        assertThat(read("{'kind':'application'}", ReplyOrigin.class)).isEqualTo(new ReplyOrigin.Application(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'text','body':'Hi','previewUrl':true,'more':{'later':1}}",
                "{'type':'media','kind':'image','link':'https://files.example/1.jpg','caption':'Look'}",
                "{'type':'media','kind':'document','id':'77','filename':'bill.pdf'}",
                "{'type':'media','kind':'audio','id':'77','voice':true}",
                "{'type':'location','latitude':52.520000,'longitude':-13.4,'name':'Here','address':'A street 1'}",
                "{'type':'contacts','contacts':[{'name':{'formatted_name':'Ana'}}]}",
                "{'type':'reaction','messageId':'wamid.1','emoji':''}",
                "{'type':'interactive','kind':'button','more':{'body':{'text':'Well?'},'action':{'buttons':[]}}}",
                "{'type':'template','name':'hello','language':'en_US','components':[{'type':'body'}]}"
            })
    void everyContentIsReadAndWrittenAsItIs(String content) throws UnreadableJson {
        ReplyContent read = read(content, ReplyContent.class);

        assertThat(Json.text(read)).isEqualTo(json(content));
        assertThat(read.toString()).doesNotContain("Hi", "wamid", "https", "Ana", "52", "Well");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'text'}",
                "{'type':'media','kind':'image'}",
                "{'type':'media','kind':'image','id':'1','link':'https://files.example/1.jpg'}",
                "{'type':'media','kind':'hologram','id':'1'}",
                "{'type':'location','latitude':1}",
                "{'type':'contacts'}",
                "{'type':'contacts','contacts':{}}",
                "{'type':'reaction','emoji':''}",
                "{'type':'interactive','kind':'button'}",
                "{'type':'template','name':'hello'}",
                "{'type':'smoke signal'}"
            })
    void halfAContentIsNotReadable(String content) {
        assertThatThrownBy(() -> read(content, ReplyContent.class)).isInstanceOf(UnreadableJson.class);
    }

    private static <T> T read(String text, Class<T> type) throws UnreadableJson {
        return Json.read(json(text).getBytes(StandardCharsets.UTF_8), type);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
