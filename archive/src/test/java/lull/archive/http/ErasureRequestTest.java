package lull.archive.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import lull.archive.erasure.Eraser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErasureRequestTest {

    @Test
    void hasDefaults() {
        assertThat(read("{'ids':['15550001001','US.134'],'by':' dana '}"))
                .isEqualTo(new Eraser.Request(Set.of("15550001001", "US.134"), false, "dana"));
        assertThat(read("{'ids':['15550001001'],'dryRun':true,'by':'dana'}"))
                .isEqualTo(new Eraser.Request(Set.of("15550001001"), true, "dana"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "no # The body must be a JSON object",
                "[] # The body must be a JSON object",
                "{} # by must be the author",
                "{'by':' '} # by must be the author",
                "{'by':'dana'} # ids must be a list of 1 to 100",
                "{'by':'dana','ids':[]} # ids must be a list of 1 to 100",
                "{'by':'dana','ids':'15550001001'} # ids must be a list of 1 to 100",
                "{'by':'dana','ids':['1']} # Each of ids must be",
                "{'by':'dana','ids':['%5550001001']} # Each of ids must be",
                "{'by':'dana','ids':['100|15550001001']} # Each of ids must be",
                "{'by':'dana','ids':[15550001001]} # Each of ids must be",
                "{'by':'dana','ids':['15550001001'],'dryRun':'no'} # dryRun must be true or false",
                "{'by':'dana','ids':['15550001001'],'dryrun':true} # Unknown member dryrun"
            })
    void saysWhatIsWrong(String body, String problem) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ErasureRequest.Wrong.class)
                .hasMessageStartingWith(problem);
    }

    private static Eraser.Request read(String body) {
        return ErasureRequest.read(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
