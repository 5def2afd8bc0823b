package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextShapeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Can I pay by card?            | QUESTION
            What?!                        | QUESTION
            ¿Puedo pagar?                 | QUESTION
            支払えますか？                  | QUESTION
            هل يمكنني الدفع؟              | QUESTION
            Thanks.                       | PERIOD
            ありがとうございます。           | PERIOD
            धन्यवाद।                       | PERIOD
            Great!                        | EXCLAMATION
            Well...                       | ELLIPSIS
            Well…                         | ELLIPSIS
            I need:                       | COMMA
            also,                         | COMMA
            それで、                        | COMMA
            I said "no."                  | PERIOD
            ok 👍🏽                          | EMOJI
            love ❤️                        | EMOJI
            bye :)                        | EMOJI
            see you :-D                   | EMOJI
            ok:)                          | EMOJI
            thanks:)                      | EMOJI
            thanks;-)                     | EMOJI
            at 10:)                       | EMOJI
            oh no:(                       | EMOJI
            oh no:'(                      | EMOJI
            kk:D                          | EMOJI
            kk:P                          | EMOJI
            kk;p                          | EMOJI
            hmm:/                         | EMOJI
            (so far) thanks:)             | EMOJI
            A:D                           | NOTHING
            at 10:D                       | NOTHING
            answer:d                      | NOTHING
            C:/                           | NOTHING
            (my address:)                 | COMMA
            ok:                           | COMMA
            Hello                         | NOTHING
            order 4711                    | NOTHING
            """)
    void seesHowATextEnds(String text, Ending ending) {
        assertThat(TextShape.of(text).ending()).isEqualTo(ending);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Hello                     | GREETING
            hi!                       | LOWERCASE GREETING
            Guten Tag,                | GREETING
            Buenos días               | GREETING
            こんにちは。                | GREETING
            السلام عليكم              | GREETING
            ok                        | LOWERCASE ACKNOWLEDGEMENT
            Vielen Dank!              | ACKNOWLEDGEMENT
            はい                       | ACKNOWLEDGEMENT
            and my wife too.          | LOWERCASE JOINING_WORD
            Aber nicht heute.         | JOINING_WORD
            でも行けません。             | JOINING_WORD
            I would like to           | OPEN_END
            Ich habe eine             | OPEN_END
            予約の件ですが              | OPEN_END
            See https://example.com   | URL
            *tomorrow                 | CORRECTION
            ??                        | CORRECTION
            👍                         | CORRECTION
            *Important*               | ~~
            Androids are here         | ~~
            The Butler did it.        | ~~
            """)
    void seesWhatATextSays(String text, String traits) {
        MessageShape shape = TextShape.of(text);
        Set<String> seen = EnumSet.allOf(Trait.class).stream()
                .filter(shape::has)
                .map(Trait::name)
                .collect(Collectors.toSet());

        assertThat(seen).isEqualTo(traits.isEmpty() ? Set.of() : Set.of(traits.split(" ")));
    }

    @Test
    void countsCharactersAsPeopleSeeThemAndNoSpaceAround() {
        assertThat(TextShape.of("  Grüße  ").length()).isEqualTo(5);
        assertThat(TextShape.of("👍👍").length()).isEqualTo(2);
        assertThat(TextShape.of("").length()).isZero();
        assertThat(TextShape.of("   ").ending()).isEqualTo(Ending.NOTHING);
    }

    @Test
    void readsWhateverCanBeInAText() {
        assertThat(TextShape.of("\uD83D").length()).isOne();
        assertThat(TextShape.of("a\uDC4D").ending()).isEqualTo(Ending.NOTHING);
        assertThat(TextShape.of("\u0301").traits()).isNotNegative();
        assertThat(TextShape.of("?".repeat(100_000)).ending()).isEqualTo(Ending.QUESTION);
    }
}
