package lull.aggregator.gap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GapModelTest {

    private static final GapModel SHIPPED = GapModel.shipped();

    private static final String TERM =
            "{\"feature\":\"rate\",\"mean\":0.5,\"deviation\":1,\"logOdds\":0.1,\"logSilence\":0.2}";

    private static final String LIKE = "{\"gap\":\"PT10S\",\"cutSeconds\":60}";

    private static final String FILE =
            "{\"version\":\"1\",\"logOdds\":-1,\"logSilence\":2,\"spread\":0.7,\"terms\":[@term@],\"likes\":[@like@]}";

    @Test
    void isReadAsItWasWritten() throws UnreadableJson {
        assertThat(GapModel.read(Json.bytes(SHIPPED))).isEqualTo(SHIPPED);
        assertThat(SHIPPED.terms()).extracting(GapModel.Term::feature).containsExactlyElementsOf(Feature.ALL);
    }

    @Test
    void aCutThoughtIsWorthMoreTheLongerTheGapIs() {
        assertThat(List.of(2, 5, 6, 8, 10, 12, 15, 20, 30, 60).stream()
                        .map(seconds -> SHIPPED.like(Duration.ofSeconds(seconds))))
                .isSorted();
        assertThat(SHIPPED.like(Duration.ofSeconds(2))).isEqualTo(SHIPPED.like(Duration.ofSeconds(5)));
        assertThat(SHIPPED.like(Duration.ofSeconds(60))).isEqualTo(SHIPPED.like(Duration.ofSeconds(30)));
    }

    /// What a file may not have, and what the refusal says: the member or feature, what is allowed, and what
    /// was given.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                    |                      | the model must be a JSON object with likes, logOdds, logSilence, spread, terms, version
            "version":"1",                        |                      | version of the model must be a text, but it is missing
            "logOdds":-1,"logSilence":2,          | "logSilence":2,      | logOdds of the model must be a number, but it is missing
            "logSilence":2,                       |                      | logSilence of the model must be a number, but it is missing
            "spread":0.7                          | "spread":"0.7"       | spread of the model must be a number, but it is a text
            "spread":0.7                          | "spread":0           | spread of the model must be from 0.01 to 10, but it is 0.0
            "spread":0.7                          | "spread":1e-300      | spread of the model must be from 0.01 to 10, but it is 1.0E-300
            "spread":0.7                          | "spread":1e300       | spread of the model must be from 0.01 to 10, but it is 1.0E300
            "spread":0.7                          | "spread":0.7,"speed":1 | unknown member speed in the model, which has likes, logOdds, logSilence, spread, terms, version
            "logOdds":-1                          | "logOdds":1e6        | logOdds of the model must be from -100 to 100, but it is 1000000.0
            "logOdds":-1                          | "logOdds":1e999      | logOdds of the model must be from -100 to 100, but it is Infinity
            "logSilence":2                        | "logSilence":1e6     | logSilence of the model must be from -100 to 100, but it is 1000000.0
            "logSilence":2                        | "logSilence":-1e6    | logSilence of the model must be from -100 to 100, but it is -1000000.0
            [@term@]                              | []                   | terms of the model must be a list with at least one entry, but it is empty
            [@term@]                              | {}                   | terms of the model must be a list with at least one entry, but it is an object
            [@term@]                              | [@term@,@term@]      | terms of the model must have each entry once, but it has the feature rate twice
            "rate"                                | "mood"               | feature of terms[0] is no feature that Lull knows: mood
            "rate"                                | "Ana writes: hello"  | feature of terms[0] is no feature that Lull knows: (not a name)
            "mean":0.5                            | "mean":1e300         | mean of feature rate must be from -1000000 to 1000000, but it is 1.0E300
            "deviation":1                         | "deviation":0        | deviation of feature rate must be from 0.000001 to 1000000, but it is 0.0
            "deviation":1                         | "deviation":1e-320   | deviation of feature rate must be from 0.000001 to 1000000, but it is 1.0E-320
            "logOdds":0.1                         | "logOdds":1e308      | logOdds of feature rate must be from -100 to 100, but it is 1.0E308
            "logSilence":0.2                      | "logSilence":-1e308  | logSilence of feature rate must be from -100 to 100, but it is -1.0E308
            ,"logSilence":0.2                     |                      | logSilence of feature rate must be a number, but it is missing
            "mean":0.5                            | "mean":0.5,"median":1 | unknown member median in terms[0], which has deviation, feature, logOdds, logSilence, mean
            [@like@]                              | []                   | likes of the model must be a list with at least one entry, but it is empty
            [@like@]                              | [@like@,@like@]      | likes of the model must have each entry once, but it has the gap PT10S twice
            "PT10S"                               | "10s"                | gap of likes[0] must be a span of time such as PT10S, but it is 10s
            "PT10S"                               | "PT0S"               | a gap of likes must be above 0 and at most a day, but it is PT0S
            "cutSeconds":60                       | "cutSeconds":0       | cutSeconds of the gap PT10S must be from 0.001 to 100000, but it is 0.0
            "cutSeconds":60                       | "cutSeconds":1e300   | cutSeconds of the gap PT10S must be from 0.001 to 100000, but it is 1.0E300
            """)
    void whatIsNoModelIsRefusedWithWhatIsWrong(String part, @Nullable String instead, String why) {
        String json = part.equals("[]") && instead == null
                ? "[]"
                : replaced(filled(FILE), filled(part), filled(instead == null ? "" : instead));

        assertThatExceptionOfType(UnreadableJson.class)
                .isThrownBy(() -> GapModel.read(json.getBytes(StandardCharsets.UTF_8)))
                .withMessage(why);
    }

    @Test
    void theFileOfTheTestIsAModel() throws UnreadableJson {
        assertThat(GapModel.read(filled(FILE).getBytes(StandardCharsets.UTF_8)).version())
                .isEqualTo("1");
    }

    /// The largest and the smallest numbers that a model may have, together.
    @ParameterizedTest
    @ValueSource(doubles = {-100, 100})
    void noModelAtItsBoundsLeadsToAnAbsurdWait(double effect) {
        for (double spread : new double[] {0.01, 10}) {
            for (double silence : new double[] {-100, 100}) {
                GapModel model = new GapModel(
                        "own",
                        Feature.ALL.stream()
                                .map(feature -> new GapModel.Term(feature, 0, 1e-6, effect, silence))
                                .toList(),
                        effect,
                        silence,
                        spread,
                        List.of(new GapModel.Like(Duration.ofSeconds(10), 100_000)));
                AdaptiveGap gap = new AdaptiveGap(
                        model, AdaptiveGap.Options.like(Duration.ofSeconds(10), Duration.ofSeconds(2), model));
                Sender sender = new Sender();
                Business business = new Business();
                for (int at = 0; at < 20; at++) {
                    AdaptiveGap.Decision decision =
                            gap.wrote(sender, business, at * 3_000L, TextShape.of("and number " + at));

                    assertThat(decision.gap()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
                    assertThat(decision.probability()).isBetween(0.0, 1.0);
                }
                assertThat(business.adjust(new Outlook(0, 0, 1)).logOdds()).isFinite();
                assertThat(business.adjust(new Outlook(0, 0, 1)).logSilence()).isFinite();
            }
        }
    }

    private static String replaced(String file, String part, String instead) {
        assertThat(file).contains(part);
        int start = file.indexOf(part);
        return file.substring(0, start) + instead + file.substring(start + part.length());
    }

    private static String filled(String file) {
        return file.replace("@term@", TERM).replace("@like@", LIKE);
    }
}
