package lull.aggregator.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrgentWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "urgent              | urgent",
                "urgent              | This is URGENT!!!",
                "urgent              | It's (urgent), please",
                "urgent              | non-urgent? no: urgent_now",
                "urgence             | C’est l’urgence",
                "as soon as possible | Call me as soon\u00a0 as possible.",
                "don't wait          | Please don’t wait",
                "911                 | call 911, please",
                "dringend            | Es ist DRINGEND",
                "unverzüglich        | UNVERZÜGLICH bitte",
                "unverzüglich        | unverzu\u0308glich bitte",
                "straße              | In der STRASSE",
                "iptal               | İPTAL edin",
                "σος                 | Βοήθεια, ΣΟΣ!",
                "عاجل                | الأمر عاجل، من فضلك",
                "عاجل                | \u200fعاجل\u200f",
                "तुरंत                 | मुझे तुरंत मदद चाहिए।",
                "紧急                  | 这件事很紧急请帮忙",
                "SOS                 | 请SOS啊",
                "至急                  | ＡＢＣ至急お願いします",
                "緊急ＳＯＳ              | 緊急SOSです",
                "ด่วน                 | ขอความช่วยเหลือด่วนมาก",
                "긴급                  | 긴급합니다",
                "🆘                  | help🆘now",
                "⚠️                  | ⚠ careful",
            })
    void aWordIsFoundAnywhereInAText(String word, String text) {
        assertThat(isUrgent(text, Set.of(word))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "urgent       | insurgent groups",
                "urgent       | urgently",
                "urgent       | Hello",
                "urgent       | \"\"",
                "911          | order 19112",
                "eilt         | Das Seil heilt und eilte",
                "urgente      | urgenté",
                "urgencia     | urgência",
                "as soon as   | as soon, as",
                "عاجل         | عاجلة",
                "तुर            | तुरंत",
                "क            | कि",
                "紧急           | 不着急",
                "SOS          | sosiego",
            })
    void aPartOfAWordOrAnotherWordIsNotFound(String word, String text) {
        assertThat(isUrgent(text, Set.of(word))).isFalse();
    }

    @Test
    void theWholeWordIsFoundAlthoughAPartOfAnotherComesBeforeIt() {
        Set<String> words = Set.of("urgent", "sos");

        assertThat(isUrgent("insurgent urgently urgent", words)).isTrue();
        assertThat(isUrgent("insurgent urgently", words)).isFalse();
        assertThat(isUrgent("x sos", words)).isTrue();
    }

    @Test
    void withoutWordsNoTextIsUrgent() {
        assertThat(isUrgent("urgent", Set.of())).isFalse();
        assertThat(isUrgent("", Set.of())).isFalse();
    }

    @Test
    void aWordThatCannotBeSeenIsRefused() {
        assertThatThrownBy(() -> UrgentWords.compared(Set.of(" \u00a0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be seen");
    }

    @ParameterizedTest
    @FieldSource("lull.aggregator.turn.UrgentWords#LANGUAGES")
    void theListOfEachLanguageHasWordsThatAreFoundInQuotesAndNotTwice(String language) {
        List<String> list = UrgentWords.ofLanguage(language);
        Set<String> words = Set.copyOf(list);

        assertThat(list).hasSizeGreaterThanOrEqualTo(8);
        assertThat(UrgentWords.compared(words)).hasSameSizeAs(list);
        assertThat(list)
                .allSatisfy(
                        word -> assertThat(isUrgent("…“" + word + "”!", words)).isTrue());
        assertThat(isUrgent("OK 12345", words)).isFalse();
    }

    /// On a phone many leave them away.
    @ParameterizedTest
    @ValueSource(strings = {"es", "fr", "it", "pt"})
    void aListWithAccentsAlsoHasItsWordsWithoutThem(String language) {
        List<String> list = UrgentWords.ofLanguage(language);

        assertThat(list)
                .containsAll(list.stream()
                        .map(word ->
                                Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}", ""))
                        .toList());
    }

    @Test
    void theGermanListAlsoHasItsWordsWithoutUmlauts() {
        List<String> list = UrgentWords.ofLanguage("de");

        assertThat(list)
                .containsAll(list.stream()
                        .map(word -> word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "fr, Rappelez-moi des que possible",
        "fr, Il faut venir immediatement!",
        "it, Ho bisogno di aiuto al piu presto",
        "pt, Preciso o mais rapido possivel",
        "de, Bitte so schnell wie moeglich",
        "de, unverzueglich!"
    })
    void aTextWithoutAccentsIsUrgentToo(String language, String text) {
        assertThat(isUrgent(text, Set.copyOf(UrgentWords.ofLanguage(language)))).isTrue();
    }

    @Test
    void aListHasCommentsAndEmptyLines() {
        assertThat(UrgentWords.inLines("# comment\n\n fire alarm \r\n#x\nsmoke"))
                .containsExactly("fire alarm", "smoke");
    }

    @Test
    void aLongTextIsSearchedOnceForEachWord() {
        Set<String> words = UrgentWords.LANGUAGES.stream()
                .flatMap(language -> UrgentWords.ofLanguage(language).stream())
                .collect(Collectors.toSet());

        assertThat(isUrgent("urgentl ".repeat(100_000) + "urgent.", words)).isTrue();
    }

    private static boolean isUrgent(String text, Set<String> words) {
        return UrgentWords.areIn(text, UrgentWords.compared(words));
    }
}
