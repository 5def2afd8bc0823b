package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoSettingsTest {

    @Test
    void areFreeIfNothingOfTheKindIsSet() {
        assertThat(EchoSettings.areFree(Map.of("LULL_TURN_GAP", "1s", "PATH", "/bin"), Map.of("turn.gap", "10s")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"destinations", "routes", "routes.whatsapp.message.received", "whatsapp.apps"})
    void areNotFreeIfTheFileHasItsOwn(String name) {
        assertThat(EchoSettings.areFree(Map.of(), Map.of(name, "a"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LULL_DESTINATIONS", "LULL_ROUTES", "LULL_ROUTES_FILE", "LULL_ROUTES_SALES", "LULL_WHATSAPP_APPS"
            })
    void areNotFreeIfTheEnvironmentHasItsOwn(String name) {
        assertThat(EchoSettings.areFree(Map.of(name, "a"), Map.of())).isFalse();
    }

    @Test
    void sendTheTurnsOfTheAppToTheApplication() {
        assertThat(EchoSettings.of(URI.create("http://localhost:1/turns")))
                .containsEntry("routes", "echo: app=echo, to=echo")
                .containsEntry("destination.echo.url", "http://localhost:1/turns");
    }
}
