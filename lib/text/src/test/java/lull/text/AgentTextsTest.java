package lull.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.contract.message.ContentParser;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentTextsTest {

    @TempDir
    private Path directory = Path.of(".");

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyBuiltInLanguageHasEveryTextAndFillsAllItsPlaceholders(String language) {
        AgentTexts texts = AgentTexts.load(language, Optional.empty());

        for (Phrase phrase : Phrase.values()) {
            String said = texts.say(phrase, values(phrase));
            assertThat(said).as(phrase.key()).isNotBlank();
            phrase.placeholders()
                    .forEach(name -> assertThat(said).as(phrase.key()).contains("<" + name + ">"));
        }
    }

    @Test
    void germanAgentsReadGerman() {
        Rendering rendering = new Rendering(AgentTexts.load("de", Optional.empty()));

        assertThat(rendering.text(ContentParser.parse(
                        Turns.json("{'type':'location','location':{'latitude':52.5,'longitude':13.4,'name':'Tor'}}"))))
                .startsWith("[Standort] Tor\n");
    }

    @Test
    void aFileChangesSomeOfTheTexts() throws IOException {
        AgentTexts texts = AgentTexts.load("en", Optional.of(file("label=<{what}>\nsticker=pegatina\u00f1\n")));

        assertThat(texts.labelled(Phrase.STICKER, "")).isEqualTo("<pegatina\u00f1>");
        assertThat(texts.labelled(Phrase.IMAGE, "x")).isEqualTo("<image> x");
    }

    @Test
    void whatACustomerWroteIsNoTemplate() {
        AgentTexts texts = AgentTexts.load("en", Optional.empty());

        assertThat(texts.say(Phrase.NAMED_FILE, Map.of("kind", "document", "name", "{kind} $1 \\.pdf")))
                .isEqualTo("document {kind} $1 \\.pdf");
    }

    @Test
    void tellsEverythingThatIsWrongWithAFile() throws IOException {
        Path file = file("label=\nimage={what}\nhologram=x\n");

        assertThatThrownBy(() -> AgentTexts.load("en", Optional.of(file)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("label is missing", "image has no placeholder {what}", "no text hologram");
        assertThatThrownBy(() -> AgentTexts.load("en", Optional.of(directory.resolve("none"))))
                .isInstanceOf(CannotStart.class);
        assertThatThrownBy(() -> AgentTexts.load("xx", Optional.empty()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("en, de");
    }

    private static Map<String, String> values(Phrase phrase) {
        return phrase.placeholders().stream().collect(Collectors.toMap(name -> name, name -> "<" + name + ">"));
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(directory.resolve("texts.properties"), lines);
    }
}
