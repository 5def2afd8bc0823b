package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelSettingsTest {

    private static final Map<String, String> ASSISTANT = Map.of(
            "destinations", "helper,bot", "destination.helper.kind", "assistant", "destination.bot.kind", "http");

    @Test
    void areForAssistantsThatNameNoModel() {
        assertThat(ModelSettings.assistants(Map.of(), ASSISTANT)).containsExactly("helper");
        assertThat(ModelSettings.assistants(Map.of(), Map.of())).isEmpty();
        assertThat(ModelSettings.assistants(Map.of("LULL_DESTINATION_HELPER_KEY", "k"), ASSISTANT))
                .isEmpty();
        assertThat(ModelSettings.assistants(Map.of("LULL_DESTINATION_HELPER_URL", "http://localhost:1"), ASSISTANT))
                .isEmpty();
    }

    @Test
    void nameTheStandIn() {
        assertThat(ModelSettings.of(List.of("helper"), URI.create("http://localhost:1/v1")))
                .containsOnly(
                        Map.entry("destination.helper.url", "http://localhost:1/v1"),
                        Map.entry("destination.helper.key", "local-model"));
    }
}
