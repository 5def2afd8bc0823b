package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputRulesTest {

    private final OutputRules rules = new OutputRules(200, List.of("shop.example.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We open at 9.30, e.g. on Mondays.",
                "See https://shop.example.com/hours?a=b.",
                "See (shop.example.com) or www.shop.example.com!",
                "https://SHOP.example.com:443/a",
                "Write to help@other.com or anna.shop@other.com",
                "Order 17.000.000, tracking number 1234567890123",
                "Call +1 555 000 1001",
                "Version 1.2.3 is better.Thanks",
                "z.B. um 10.15 Uhr, yes/no, 24/7, 10/12",
                "Mr.Smith has 3.5 kg",
                "請看 shop.example.com。谢谢",
                "Готово.Спасибо, и т.д.",
                "bill.pdf, photo.jpeg",
                "Ok…Thanks. Sizes: 10, 12, 14, 16, 18, 20"
            })
    void mayBeSaid(String text) {
        assertThat(rules.problem(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://shop.example.com@evil.example/a",
                "https://shop.example.com.evil.example",
                "https://evilshop.example.com.evil.org",
                "notshop.example.com",
                "Evil.COM/pay",
                "e\u200Bvil.com",
                "evil\u3002com",
                "javascript://evil",
                "whatsapp://send?phone=1",
                "wa.me/15550001001",
                "https://",
                "https:// evil.example",
                "evil.ch/pay",
                "shop.example.ch",
                "bit.do/abc",
                "pay.anything/now",
                "good.com.evil.xn--p1ai/pay",
                "203.0.113.5/pay",
                "203.0.113.5:8080",
                "go to evil.bank",
                "EVIL.Museum!",
                "вики.рф",
                "зло.онлайн, пожалуйста",
                "请访问evil.com谢谢",
                "evil.comで",
                "evil.みんな",
                "ｅｖｉｌ．ｃｏｍ",
                "ｈｔｔｐｓ：／／ｅｖｉｌ",
                "ⓔⓥⓘⓛ.com",
                "_evil.com_",
                "-evil.com",
                "…evil.com",
                "x@evil.com/pay",
                "请访问evil.com。谢谢",
                "evil.com.Thanks"
            })
    void haveALinkThatIsNotAllowed(String text) {
        assertThat(rules.problem(text)).contains("it has a link to a host that is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111-1111.1111",
                "4111  1111  1111  1111",
                "4111/1111/1111/1111",
                "4111\n1111\n1111\n1111",
                "4111_1111_1111_1111",
                "4111 – 1111 – 1111 – 1111",
                "Your card: 5500005555555559, thanks",
                "4111\u200B111111111111",
                "\uFF14\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11\uFF11"
            })
    void haveANumberOfACard(String text) {
        assertThat(rules.problem(text)).contains("it has a number like that of a payment card");
    }

    @Test
    void areNotTooLong() {
        assertThat(rules.problem("😀".repeat(200))).isEmpty();
        assertThat(rules.problem("😀".repeat(201))).contains("it has more than 200 characters");
    }

    @Test
    void haveNothingThatNobodySees() {
        assertThat(OutputRules.visible(" a\u0007\u202Eb\r\nc\u200B \u2764\u200Dd "))
                .isEqualTo("ab\nc \u2764\u200Dd");
    }
}
