package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelTest {

    @ParameterizedTest
    @CsvSource({
        "telegram.shop, TELEGRAM, shop, '', Telegram",
        "json.desk, JSON, desk, '', desk",
        "json.desk.acct_1, JSON, desk, acct_1, desk",
        "z-api.a-b, Z_API, a-b, '', WhatsApp",
        "evolution.1, EVOLUTION, 1, '', WhatsApp",
    })
    void aNumberOfAnotherChannelNamesIt(String number, Channel.Kind kind, String name, String account, String title) {
        Channel channel = Channel.of(number);

        assertThat(channel).isEqualTo(new Channel(kind, name, account));
        assertThat(channel.businessNumber()).isEqualTo(number);
        assertThat(channel.title()).isEqualTo(title);
        assertThat(channel.isWhatsApp()).isFalse();
        assertThat(Channel.isBusinessNumber(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100000000000001",
                "unknown",
                "telegram",
                "telegram.",
                "telegram.Shop",
                "sms.shop",
                "json.a.b.c",
                ""
            })
    void everyOtherNumberIsWhatsApps(String number) {
        assertThat(Channel.of(number).isWhatsApp()).isTrue();
        assertThat(Channel.of(number).title()).isEqualTo("WhatsApp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "telegram", "telegram.Shop", "whatsapp.shop", "1a", "json.a|b", "json.a.b.c"})
    void whatIsNeitherIsNoBusinessNumber(String text) {
        assertThat(Channel.isBusinessNumber(text)).isFalse();
    }

    @Test
    void idsOfMessagesAreUniqueAmongAllChannels() {
        Channel channel = Channel.of(ConversationKey.parse("telegram.shop|7001"));

        assertThat(channel.messageId("7001/57")).isEqualTo("telegram.shop/7001/57");
        assertThat(channel.ownId("telegram.shop/7001/57")).isEqualTo("7001/57");
        assertThat(channel.ownId("wamid.1")).isEqualTo("wamid.1");
        assertThat(channel.ownId("telegram.shop2/7001/57")).isEqualTo("telegram.shop2/7001/57");
        assertThatIllegalStateException().isThrownBy(() -> Channel.of("1").businessNumber());
    }
}
