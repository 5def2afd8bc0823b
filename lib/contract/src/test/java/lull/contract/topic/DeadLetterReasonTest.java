package lull.contract.topic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeadLetterReasonTest {

    @Test
    void readsWhatEarlierVersionsWrote() {
        assertThat(DeadLetterReason.of("lull.Refused")).contains(DeadLetterReason.REFUSED);
        assertThat(DeadLetterReason.of("unwritable")).contains(DeadLetterReason.UNWRITABLE);
        assertThat(DeadLetterReason.of("org.apache.kafka.common.errors.SerializationException"))
                .isEmpty();
    }

    @Test
    void isDocumentedWordForWord() throws IOException {
        JsonNode page = new YAMLMapper()
                .readTree(Files.readString(Path.of("..", "..", "docs", "asyncapi.yaml")))
                .at("/components/schemas/DeadLetterHeaders/properties/" + DeadLetterReason.HEADER + "/examples");
        List<String> words = new ArrayList<>();
        page.forEach(word -> words.add(word.asText()));
        String runbook = Files.readString(Path.of("..", "..", "docs", "runbook.md"));

        assertThat(words)
                .containsExactlyElementsOf(Arrays.stream(DeadLetterReason.values())
                        .map(DeadLetterReason::word)
                        .toList());
        assertThat(words).allSatisfy(word -> assertThat(runbook).contains("| `" + word + "` |"));
    }
}
