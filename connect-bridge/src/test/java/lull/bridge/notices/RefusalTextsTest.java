package lull.bridge.notices;

import static org.assertj.core.api.Assertions.assertThat;

import lull.contract.Channel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusalTextsTest {

    @ParameterizedTest
    @CsvSource({
        "100000000000001, 132015, Not delivered: WhatsApp has paused or disabled the template of this text.",
        "100000000000001, 131026, Not delivered: WhatsApp cannot reach this customer.",
        "100000000000001, 403, Not delivered: WhatsApp refused it with code 403.",
        "telegram.shop, 403, 'Not delivered: the customer has blocked the bot, or has never written to it.'",
        "telegram.shop, 400, Not delivered: Telegram refused it with code 400.",
        "telegram.shop, 131051, Not delivered: Telegram cannot show this type of message.",
        "json.desk, 403, Not delivered: desk refused it with code 403.",
        "json.desk.acct, 422, Not delivered: desk refused it with code 422.",
        "z-api.zap, 400, Not delivered: WhatsApp refused it with code 400.",
        "json.desk, 0, Not delivered: it was to be sent earlier or not at all."
    })
    void aRefusalNamesTheChannel(String businessNumber, int code, String text) {
        assertThat(RefusalTexts.of(Channel.of(businessNumber), code)).isEqualTo(text);
    }
}
