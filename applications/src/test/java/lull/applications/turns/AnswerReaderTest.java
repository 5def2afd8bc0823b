package lull.applications.turns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            })
    void repliesWithAProblemAreNotUsedAtAll(String body, String problem) {
        Answer answer = read(body);

        assertThat(answer.problems()).singleElement().asString().startsWith(problem);
        assertThat(answer.replies()).isEmpty();
        assertThat(answer.handOver()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "{'handover':true} -> handover must be an object",
                "{'handover':{'attributes':{'a':1}}} -> handover.attributes.a must be text",
                "{'handover':{'attributes':{'a':null}}} -> handover.attributes.a must be text",
                "{'handover':{'attributes':[]}} -> handover.attributes must be an object",
                "{'handover':{'attributes':{'a b':'c'}}} -> handover.attributes has a name with other characters",
                "{'handover':{'attributes':{'größe':'c'}}} -> handover.attributes has a name with other characters",
                "{'handover':{'attributes':{'':'c'}}} -> handover.attributes has a name with other characters",
                "{'handover':{'reason':7}} -> handover.reason must be text",
                "{'handover':{},'replies':[7]} -> replies[0] must be an object",
            })
    void aHandOverIsNeverLost(String body, String problem) {
        Answer answer = read(body.replace('\'', '"'));

        assertThat(answer.problems()).singleElement().asString().startsWith(problem);
        assertThat(answer.handOver()).isEqualTo(new HandOver(null, null, Map.of()));
    }

    @Test
    void shortensWhatIsTooLongOfAHandOver() {
        String attributes =
                IntStream.range(0, 60).mapToObj(i -> "\"a" + i + "\":\"x\"").collect(Collectors.joining(","));
        Answer answer =
                read("{\"replies\":[{\"type\":\"text\",\"text\":{\"body\":\"Wait\"}}],\"handover\":{\"reason\":\""
                        + "r".repeat(2_000) + "\",\"note\":\"" + "n".repeat(20_000) + "\",\"attributes\":{" + attributes
                        + "}}}");

        assertThat(answer.replies()).hasSize(1);
        assertThat(requireNonNull(answer.handOver()).reason()).hasSize(256);
        assertThat(requireNonNull(answer.handOver()).note()).hasSize(8_192);
        assertThat(requireNonNull(answer.handOver()).attributes()).hasSize(50);
        assertThat(answer.problems())
                .containsExactly(
                        "handover.reason must have at most 256 characters",
                        "handover.note must have at most 8192 characters",
                        "handover.attributes must have at most 50 members, and at most 24576 bytes");
    }

    @Test
    void leavesOutAttributesThatAreTooLargeTogether() {
        String attributes = IntStream.range(0, 45)
                .mapToObj(i -> "\"a" + i + "\":\"" + "x".repeat(1_000) + "\"")
                .collect(Collectors.joining(","));

        assertThat(requireNonNull(read("{\"handover\":{\"attributes\":{" + attributes + "}}}")
                                .handOver())
                        .attributes())
                .hasSize(24);
    }

    @Test
    void aHandOverHasNoControlCharacters() {
        assertThat(requireNonNull(read("{\"handover\":{\"note\":\"a\\u0000b\\nc\\u001bd\"}}")
                                .handOver())
                        .note())
                .isEqualTo("a b\nc d");
        assertThat(read("{\"handover\":false}")).isEqualTo(Answer.NONE);
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
