package lull.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import org.junit.jupiter.api.Test;

final class LauncherTest {

    @Test
    void endsWithCodeOneAndStopsWhatItHadStartedWhereAStartFails() {
        List<String> stopped = new ArrayList<>();

        int exitCode = Launcher.run("test", Duration.ofSeconds(20), parts -> {
            parts.add("first", () -> stopped.add("first"));
            throw new IllegalStateException("on purpose");
        });

        assertThat(exitCode).isEqualTo(1);
        assertThat(stopped).containsExactly("first");
    }

    @Test
    void endsWithCodeOneWhereTheConfigurationCannotBeUsed() {
        List<Setting<?>> known = List.of(Setting.number("port", 1, 0, 9, "A port"));

        int exitCode = Launcher.run("test", Duration.ofSeconds(20), _ -> Settings.of(known, Map.of("port", "10")));

        assertThat(exitCode).isEqualTo(1);
    }
}
