package lull.applications.turns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lull.contract.application.HandOver;
import lull.contract.reply.ReplyContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {

    @Test
    void readsRepliesInOrderAndTheMessageThatEachAnswers() {
        Answer answer = read("""
                {"replies":[{"type":"text","text":{"body":"Hi"},"context":{"message_id":"wamid.1"}},
                            {"type":"image","image":{"link":"https://example.com/a.png"}}]}""");

        assertThat(answer.problems()).isEmpty();
        assertThat(answer.replies()).hasSize(2);
        assertThat(answer.replies().getFirst().content()).isEqualTo(new ReplyContent.Text("Hi", null, null));
        assertThat(answer.replies().getFirst().quotedMessageId()).isEqualTo("wamid.1");
        assertThat(answer.replies().getLast().content()).isInstanceOf(ReplyContent.Media.class);
        assertThat(answer.handOver()).isNull();
    }

    @Test
    void readsAHandOver() {
        Answer answer = read("""
                {"handover":{"reason":"angry","note":"Wants a refund","attributes":{"queue":"refunds"}}}""");

        assertThat(answer.handOver()).isEqualTo(new HandOver("angry", "Wants a refund", Map.of("queue", "refunds")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t", "{}", "{\"replies\":[]}", "{\"replies\":null}", "{\"ok\":true}"})
    void anAnswerMaySayNothing(String body) {
        assertThat(read(body)).isEqualTo(Answer.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "OK -> The body is not JSON",
                "[] -> The body must be a JSON object",
                "{\"replies\":{}} -> replies must be a list",
                "{\"replies\":[\"Hi\"]} -> replies[0] must be an object",
                "{\"replies\":[{\"type\":\"poem\"}]} -> replies[0].type must be one of",
                "{\"replies\":[{\"type\":\"text\"}]} -> replies[0].text is needed",
                "{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"\"}}]} -> replies[0].text.body must not be blank",
                "{\"handover\":true} -> handover must be an object",
                "{\"handover\":{\"attributes\":{\"a\":1}}} -> handover.attributes.a must be text",
            })
    void anAnswerWithAProblemIsNotUsedAtAll(String body, String problem) {
        Answer answer = read(body);

        assertThat(answer.problems()).singleElement().asString().startsWith(problem);
        assertThat(answer.replies()).isEmpty();
        assertThat(answer.handOver()).isNull();
    }

    @Test
    void refusesMoreRepliesThanACustomerWantsToRead() {
        String one = "{\"type\":\"text\",\"text\":{\"body\":\"Hi\"}}";

        assertThat(read("{\"replies\":[" + (one + ",").repeat(9) + one + "]}").replies())
                .hasSize(10);
        assertThat(read("{\"replies\":[" + (one + ",").repeat(10) + one + "]}").problems())
                .containsExactly("replies must have 0 to 10 elements");
    }

    private static Answer read(String body) {
        return new AnswerReader(10).read(body.getBytes(UTF_8));
    }
}
