package lull.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import lull.contract.reply.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnreadableJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            {'id':'a','conversation':'1|2','customer':{'phone':{}}}                       ; member customer.phone
            {'id':'a','conversation':'1|2','customer':{'phone':'2'},'requestedAt':'soon'} ; member requestedAt
            {'id':'a','conversation':{}}                                                  ; member conversation
            {'id':'a','conversation':'1|2','customer':{'phone':'2'}}                      ; member origin is missing
            """)
    void namesTheMemberThatIsWrongAndNoContent(String json, String member) {
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        UnreadableJson failure = catchThrowableOfType(UnreadableJson.class, () -> Json.read(bytes, Reply.class));

        assertThat(failure)
                .hasMessageStartingWith("Not readable as Reply at line 1, column ")
                .hasMessageContaining(member)
                .hasMessageNotContaining("soon");
    }
}
