package lull.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.ConversationKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackDataTest {

    @ParameterizedTest
    @CsvSource({"r1, 0, 1|r1|100|US.1|x", "r1, 7, 1|r1/7|100|US.1|x", "r1#2, 1, 1|r1#2/1|100|US.1|x"})
    void comesBackAsItWent(String reply, int part, String text) {
        CallbackData data = new CallbackData(reply, part, new ConversationKey("100", "US.1|x"));

        assertThat(data.text()).isEqualTo(text);
        assertThat(CallbackData.parse(text)).contains(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order-17", "2|r1|100|1", "1|r1", "1|r1|100", "1||100|1", "1|r1/x|100|1", "1|r1||"})
    void whatIsNotOursIsNothing(String text) {
        assertThat(CallbackData.parse(text)).isEmpty();
    }

    @Test
    void namesNobody() {
        assertThat(new CallbackData("r1", 0, new ConversationKey("100", "15550001001")))
                .hasToString("CallbackData[r1/0]");
    }
}
