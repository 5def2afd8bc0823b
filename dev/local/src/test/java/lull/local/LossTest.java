package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lull.contract.topic.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The test of the door has to notice what is lost.
final class LossTest {

    private static final String MESSAGE = "{'from':'5','id':'w','text':{'body':'1.50'},'at':1.50}";
    private static final String BODY = webhook(MESSAGE);

    @Test
    void findsNothingLostWhereEachPartIsKeptAsItCame() {
        assertThat(lost(BODY, List.of(record(Topics.MESSAGE_RECEIVED.name(), MESSAGE))))
                .isEmpty();
        assertThat(lost(BODY, List.of(unparsed(BODY)))).isEmpty();
        assertThat(lost(
                        "{'whatsAppWebhookEntry':'" + BODY.replace("'", "\\'") + "'}",
                        List.of(record(Topics.MESSAGE_RECEIVED.name(), MESSAGE))))
                .isEmpty();
    }

    @Test
    void noticesWhereNothingIsKept() {
        assertThat(lost(BODY, List.of())).isNotEmpty();
        assertThat(lost("{", List.of())).isNotEmpty();
        assertThat(lost("{'entry':[],'later':1}", List.of())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'from':'5','id':'w','text':{'body':'1.50'}}",
                "{'from':'5','id':'w','text':{'body':'1.50'},'at':1.5}",
                "{'from':'5','id':'w','text':{'body':'1.5'},'at':1.50}",
                "{'from':'5','id':'w','text':{'text':'1.50'},'at':1.50}",
                "{'id':'w','from':'5','text':{'body':'1.50'},'at':1.50}"
            })
    void noticesAMessageThatIsNotWhatItWas(String kept) {
        assertThat(lost(BODY, List.of(record(Topics.MESSAGE_RECEIVED.name(), kept))))
                .isNotEmpty();
    }

    @Test
    void noticesThatOneOfTwoEqualMessagesIsLost() {
        String twice = webhook(MESSAGE + "," + MESSAGE);
        ConsumerRecord<String, byte[]> record = record(Topics.MESSAGE_RECEIVED.name(), MESSAGE);

        assertThat(lost(twice, List.of(record))).isNotEmpty();
        assertThat(lost(twice, List.of(record, record))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{]", "[1,]", "{\"a\"}", "{\"a\":}", "{1:2}", "[1 2]", "\"a", "\"a\\", "[1]]", "1 2"})
    void readsNoBracketsThatDoNotClose(String json) {
        assertThat(LooseJson.parse(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void readsWhateverClosesHoweverDeep() {
        String json = "\u00ef\u00bb\u00bf [{\"a\":1,\"a\":[]}," + "[".repeat(100_000) + "]".repeat(100_000) + "] ";

        Optional<LooseJson> tree = LooseJson.parse(json.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(tree).isPresent();
        assertThat(tree.get().elements()).hasSize(2);
        assertThat(tree.get().elements().getFirst().members())
                .extracting(LooseJson.Member::name)
                .containsExactly("a", "a");
        assertThat(tree.get().all()).hasSize(100_004);
    }

    private static String webhook(String messages) {
        return "{'object':'whatsapp_business_account','entry':[{'id':'9','changes':[{'field':'messages','value':{"
                + "'messaging_product':'whatsapp','metadata':{'phone_number_id':'1'},'messages':[" + messages
                + "]}}]}]}";
    }

    private static List<String> lost(String body, List<ConsumerRecord<String, byte[]>> records) {
        return Loss.of(bytes(body), records);
    }

    private static ConsumerRecord<String, byte[]> record(String topic, String raw) {
        return new ConsumerRecord<>(topic, 0, 0, "1|5", bytes("{'id':'1.50','raw':" + raw + "}"));
    }

    private static ConsumerRecord<String, byte[]> unparsed(String body) {
        return new ConsumerRecord<>(Topics.WEBHOOK_UNPARSED.name(), 0, 0, "", bytes(body));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
