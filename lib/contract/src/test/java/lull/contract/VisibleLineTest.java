package lull.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VisibleLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Ana Maria | Ana Maria",
                "`Ana\nMaria` | Ana Maria",
                "`Ana\r\n\tMaria` | Ana Maria",
                "`\u00A0 Ana\u2003\u2028Maria \u3000` | Ana Maria",
                "A\u200Bn\u200Da\uFEFF | Ana",
                "\u202EanA\u202C | anA",
                "\u2066Ana\u2069 | Ana",
                "`A\u0000n\u0007a\u001B` | Ana",
                "José 👩\u200D👩\u200D👧 | José 👩\u200D👩\u200D👧",
                "می\u200Cخواهم | می\u200Cخواهم",
                "ക്\u200Dഷ | ക്\u200Dഷ",
                "❤\uFE0F Kai | ❤\uFE0F Kai",
                "\u3164Ana\u2800 | Ana",
                "Ana\uD83D | Ana",
                "محمد | محمد",
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F Rhys | \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73\uDB40\uDC7F Rhys",
                "A\uDB40\uDC67\uDB40\uDC7Fna | Ana",
            })
    void keepsWhatIsSeen(String text, String line) {
        assertThat(VisibleLine.of(text)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u200B", "\u200D\u200C", "\u3164", "\u2800 \u2800", "\uFE0F", "\n\r", "\u0301"})
    void isEmptyWhereNothingIsSeen(String text) {
        assertThat(VisibleLine.of(text)).isEmpty();
    }

    @Test
    void namesOfCustomersAreVisibleLinesElseTheNextBestIsShown() {
        assertThat(new Customer("US.1", "15550001111", "Ana\u200B\nMaria").displayName())
                .isEqualTo("Ana Maria");
        assertThat(new Customer("US.1", "15550001111", "\u200B\u200E", null, "ana\u202E.m").displayName())
                .isEqualTo("ana.m");
        assertThat(new Customer("US.1", "15550001111", "\u3164", null, "\u200B").displayName())
                .isEqualTo("****1111");
        assertThat(new Customer("US.13.abcd", null, " \n ").displayName()).isEqualTo("****abcd");
        assertThat(new Customer(null, null, "\u2028").displayName()).isEqualTo("WhatsApp customer");
    }
}
