package lull.bridge.outbound.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lull.contract.reply.ReplyContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FallbackTest {

    private final Fallback fallback = new Fallback(Fallback.templates("100=follow_up/en_US, *=nachricht/de"), 20);

    @Test
    void theTextIsTheTemplatesParameter() {
        assertThat(inPlaceOf("Your bill\nis\t  ready", "100"))
                .isEqualTo("follow_up en_US [{\"type\":\"body\",\"parameters\":"
                        + "[{\"type\":\"text\",\"text\":\"Your bill is ready\"}]}]");
        assertThat(inPlaceOf("Hi", "200")).startsWith("nachricht de ");
    }

    @Test
    void aTextThatIsTooLongIsShortened() {
        assertThat(inPlaceOf("one two three four five six", "100")).contains("\"one two three four …\"");
        assertThat(inPlaceOf("one two three four 5", "100")).contains("\"one two three four 5\"");
    }

    @Test
    void onlyTextsHaveATemplate() {
        ReplyContent file = new ReplyContent.Media(ReplyContent.Media.Kind.IMAGE, "1", null, null, null, null, null);

        assertThat(fallback.inPlaceOf(file, "100")).isEmpty();
        assertThat(new Fallback(Map.of(), 20).inPlaceOf(new ReplyContent.Text("Hi"), "100"))
                .isEmpty();
    }

    @Test
    void noneIsConfiguredByNothing() {
        assertThat(Fallback.templates("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "100=follow_up", "100=/en", "100=follow_up/en/US", "=follow_up/en"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> Fallback.templates(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private String inPlaceOf(String text, String number) {
        ReplyContent.Template template =
                fallback.inPlaceOf(new ReplyContent.Text(text), number).orElseThrow();
        return template.name() + " " + template.language() + " " + template.components();
    }
}
