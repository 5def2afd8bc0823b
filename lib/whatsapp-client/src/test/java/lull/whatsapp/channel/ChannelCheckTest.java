package lull.whatsapp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Telegram's `getWebhookInfo` answers, and what `bin/lull doctor` says about it.
final class ChannelCheckTest {

    private static final String ALL = "['message','edited_message','callback_query','message_reaction']";

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        {'url':''}; FAIL; no webhook is set
        {'url':'https://a','max_connections':1}; FAIL; does not get message_reaction
        {'url':'https://a','allowed_updates':['message'],'max_connections':1}; FAIL; does not get callback_query, edited_message, message_reaction
        {'url':'https://a','allowed_updates':ALL,'max_connections':1,'pending_update_count':3,'last_error_message':'Connection refused'}; FAIL; 3 updates wait, because the webhook failed: Connection refused
        {'url':'https://a','allowed_updates':ALL,'max_connections':1,'pending_update_count':0,'last_error_message':'Old'}; OK; gets every update
        {'url':'https://a','allowed_updates':ALL}; UNKNOWN; several connections
        {'url':'https://a','allowed_updates':ALL,'max_connections':1}; OK; gets every update
        """)
    void aWebhookThatMissesSomethingIsReported(String info, String state, String words) throws UnreadableJson {
        var result = ChannelCheck.webhook(
                "Channel shop", Json.tree(info.replace("ALL", ALL).replace('\'', '"')));

        assertThat(result.state()).hasToString(state);
        assertThat(result.words()).contains(words).doesNotContain("https://a");
    }
}
