package lull.applications.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lull.runtime.CannotStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptFileTest {

    @TempDir
    private Path directory;

    private Path file;
    private long nanos;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("prompt.txt");
        Files.writeString(file, "One\n");
    }

    @Test
    void isReadAgainWhenItChangesAndKeepsItsLastTextWhileItIsUnusable() throws IOException {
        PromptFile prompt = open();
        assertThat(prompt.text()).isEqualTo("One");

        Files.writeString(file, "Two");
        assertThat(prompt.text()).as("within the same second").isEqualTo("One");
        assertThat(later(prompt)).isEqualTo("Two");

        Files.writeString(file, " ");
        assertThat(later(prompt)).isEqualTo("Two");
        Files.delete(file);
        assertThat(later(prompt)).isEqualTo("Two");
        Files.write(file, new byte[] {(byte) 0xff});
        assertThat(later(prompt)).isEqualTo("Two");
        Files.writeString(file, "Three");
        assertThat(later(prompt)).isEqualTo("Three");
    }

    @Test
    void mustBeThereAtTheStart() throws IOException {
        Files.delete(file);
        assertThatThrownBy(this::open)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("destination.helper.prompt", "it does not exist");

        Files.writeString(file, "\n");
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("it is empty");

        Files.writeString(file, "x".repeat(256 * 1024 + 1));
        assertThatThrownBy(this::open).isInstanceOf(CannotStart.class).hasMessageContaining("256 KiB");
    }

    @Test
    void anAssistantNeedsOne() {
        assertThatThrownBy(() -> new TestAssistant(directory, Map.of("destination.helper.prompt", "")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("destination.helper.prompt is missing");
    }

    @Test
    void aBusinessNumberMayHaveItsOwn() throws Exception {
        Files.writeString(directory.resolve("other.txt"), "For others");
        Prompt prompt = new Prompt(
                List.of("order", "other"),
                List.of("refund"),
                open(),
                Map.of("2", PromptFile.open("p", directory.resolve("other.txt"), () -> nanos)));

        assertThat(prompt.text("1")).endsWith("One").contains("\"order\", \"other\"", "\"refund\"");
        assertThat(prompt.text("2")).endsWith("For others");
        assertThat(Prompt.version(prompt.text("1"))).isNotEqualTo(Prompt.version(prompt.text("2")));
    }

    @Test
    void theTextMayBeInTheSettings() throws Exception {
        TestAssistant assistant = new TestAssistant(
                        directory, Map.of("destination.helper.prompt", "", "destination.helper.prompt.text", "Be nice"))
                .saying(TestAssistant.answer("Hi"));

        assistant.give(lull.applications.turns.TestTurns.text(1, "helper", "Hello"));

        assertThat(assistant.instructions.getFirst()).endsWith("Be nice");
    }

    private PromptFile open() {
        return PromptFile.open("destination.helper.prompt", file, () -> nanos);
    }

    private String later(PromptFile prompt) {
        nanos += TimeUnit.SECONDS.toNanos(1);
        return prompt.text();
    }
}
