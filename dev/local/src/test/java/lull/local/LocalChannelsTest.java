package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lull.runtime.Lifecycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalChannelsTest {

    @TempDir
    private Path directory;

    private final Lifecycle components = new Lifecycle();

    @AfterEach
    void stop() {
        components.close();
    }

    @Test
    void aChannelWithoutAnAddressHasAStandIn() {
        Map<String, String> settings = start(
                Map.of("LULL_CHANNELS", "desk,bot", "LULL_CHANNEL_BOT_KIND", "telegram"),
                Map.of("channel.desk.secrets", "of-mine"));

        assertThat(settings)
                .containsOnlyKeys(
                        "channel.desk.url",
                        "channel.desk.signing.secrets",
                        "channel.bot.url",
                        "channel.bot.token",
                        "channel.bot.secrets");
        assertThat(LocalChannels.shown(settings))
                .containsEntry(
                        "desk", settings.getOrDefault("channel.desk.url", "").replace("/replies", "/_messages"))
                .containsEntry("bot", settings.getOrDefault("channel.bot.url", "") + "/_calls");
    }

    @Test
    void thoseOfProvidersHaveOneToo() {
        Map<String, String> settings = start(
                Map.of("LULL_CHANNEL_EVO_KIND", "evolution"),
                Map.of("channels", "zap,evo", "channel.zap.kind", "z-api"));

        for (String name : List.of("zap", "evo")) {
            assertThat(settings)
                    .containsKeys(
                            "channel." + name + ".url", "channel." + name + ".headers", "channel." + name + ".secrets");
            assertThat(LocalChannels.shown(settings).getOrDefault(name, ""))
                    .matches("http://127\\.0\\.0\\.1:\\d+/_messages|http://localhost:\\d+/_messages");
        }
    }

    @Test
    void oneWithAnAddressHasNone() {
        assertThat(start(Map.of("LULL_CHANNEL_DESK_URL", "https://desk.example/replies"), Map.of("channels", "desk")))
                .isEmpty();
        assertThat(start(Map.of(), Map.of())).isEmpty();
    }

    private Map<String, String> start(Map<String, String> environment, Map<String, String> file) {
        return LocalChannels.start(World.options(directory), environment, file, components);
    }
}
