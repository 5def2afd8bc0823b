package lull.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChoiceNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                " 2\n",
                "2.",
                "2)",
                "(2)",
                "#2",
                "# 2",
                "2\uFE0F\u20E3",
                "2\u20E3",
                "[2]",
                "2:",
                "2,",
                "2 .",
                "2.)",
                "2;",
                "٢،",
                "*2*",
                "_2_",
                "\"2\"",
                "'2'",
                "„2“",
                "“2.”",
                "«2»",
                "２",
                "２．",
                "（２）",
                "٢",
                "۲",
                "२",
                "২",
                "๒",
                "𝟐",
                "②",
                "❷",
                "⑵",
                "⒉",
                "²",
                "2。",
                "2、",
                "\u200F2\u200E",
                "2\n2",
                "2.\n\n(2)\n٢",
                "\u00a02"
            })
    void isUnderstoodAsPeopleWriteIt(String text) {
        assertThat(ChoiceNumber.of(text)).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "12.", "(12)", "#12", "1\uFE0F\u20E32\uFE0F\u20E3", "１２", "١٢", "⑫"})
    void mayHaveTwoDigits(String text) {
        assertThat(ChoiceNumber.of(text)).hasValue(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "\uD83D\uDD1F", "⑩", "١٠"})
    void mayBeTen(String text) {
        assertThat(ChoiceNumber.of(text)).hasValue(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "02",
                "100",
                "-2",
                "2.5",
                "2/3",
                "½",
                "2nd",
                "two",
                "2 please",
                "2%",
                "$2",
                "2!",
                "2?",
                "1, 2",
                "1\n2",
                "1 2",
                "##2",
                "2..",
                "2h",
                "+2",
                "２０２６",
                "#",
                "\uD83D",
                "\u200F"
            })
    void isNothingElse(String text) {
        assertThat(ChoiceNumber.of(text)).isEmpty();
    }
}
