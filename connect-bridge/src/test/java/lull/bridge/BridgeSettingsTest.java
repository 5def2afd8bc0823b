package lull.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lull.runtime.CannotStart;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.settings.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BridgeSettingsTest {

    private static final Map<String, String> NEEDED = Map.of(
            "connect.instance.id", "i1",
            "connect.contact.flow.id", "f1",
            "connect.streaming.topic.arn", "arn:aws:sns:us-east-1:123456789012:chats",
            "whatsapp.access.token", "secret");

    @Test
    void needsWhatNoDefaultCanKnow() {
        List<String> required = BridgeSettings.ALL.stream()
                .filter(Setting::isRequired)
                .map(Setting::name)
                .toList();

        assertThat(required)
                .containsExactlyInAnyOrder(
                        "connect.instance.id", "connect.contact.flow.id", "connect.streaming.topic.arn");
        assertThatThrownBy(() -> Settings.of(BridgeSettings.ALL, Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll(required.toArray(String[]::new));
    }

    @Test
    void needsAnAccessTokenOnlyIfANumberSendsByTheGraphApi() {
        Map<String, String> without = new HashMap<>(NEEDED);
        without.remove("whatsapp.access.token");
        assertThatThrownBy(() -> BridgeSettings.requireToken(Settings.of(BridgeSettings.ALL, without)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll("whatsapp.access.token", "whatsapp.eum.numbers");

        without.put("whatsapp.eum.numbers", "100=phone-number-id-1");
        assertThatNoException().isThrownBy(() -> BridgeSettings.requireToken(Settings.of(BridgeSettings.ALL, without)));
        without.remove("whatsapp.eum.numbers");
        without.put("connect.numbers", "100");
        without.put("whatsapp.access.token.100", "own");
        assertThatNoException()
                .isThrownBy(() -> BridgeSettings.requireToken(
                        Settings.of(BridgeSettings.all(List.of("100"), List.of()), without)));
        without.remove("connect.numbers");
        without.remove("whatsapp.access.token.100");
        without.putAll(Map.of(
                "whatsapp.apps", "shop",
                "replies.business.number.shop", "100",
                "replies.url.shop", "https://crm.example/{method}"));
        assertThatNoException()
                .isThrownBy(() -> BridgeSettings.requireToken(
                        Settings.of(BridgeSettings.all(List.of(), List.of("shop")), without)));
    }

    /// The files of deploy/ name a file of the token in any case.
    @Test
    void theFileOfTheAccessTokenMayBeEmptyIfAllNumbersAreOnEndUserMessaging(@TempDir Path directory)
            throws IOException {
        Path file = Files.createFile(directory.resolve("token"));
        Map<String, String> given = new HashMap<>(NEEDED);
        given.remove("whatsapp.access.token");
        given.put("whatsapp.eum.numbers", "100=phone-number-id-1,200=phone-number-id-2");
        given.put("connect.numbers", "100,200");

        Settings settings = new SettingsLoader(BridgeSettings.all(List.of("100", "200"), List.of()))
                .load(Map.of("LULL_WHATSAPP_ACCESS_TOKEN_FILE", file.toString()), given);

        assertThatNoException().isThrownBy(() -> BridgeSettings.requireToken(settings));
    }

    @ParameterizedTest
    @CsvSource({
        "lane.back.off.first=1m, lane.back.off.most",
        "connect.circuit.first=1h, connect.circuit.most",
        "transcript.reach=2h, sent.remembered.for (1h)",
        "transcript.reach=2h, a reply that is found in a transcript could be sent twice",
        "lane.drain=25s, must be less than stop.timeout (25s)",
        "lane.drain=1m, the process exits while records are still being handled",
        "stop.timeout=10s, lane.drain (10s)",
        "whatsapp.call.timeout=59s, lane.session.timeout",
    })
    void refusesTimesThatContradictEachOther(String wrong, String named) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("sent.remembered.for", "1h");
        given.put(wrong.split("=", 2)[0], wrong.split("=", 2)[1]);
        Settings settings = settings(given);

        assertThatThrownBy(() -> BridgeSettings.requireTimesInOrder(settings))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(named)
                .hasMessageContaining(wrong.split("=", 2)[0]);
    }

    @Test
    void hasEverySettingOnce() {
        assertThat(BridgeSettings.ALL).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(BridgeSettings.ALL)
                .allSatisfy(setting -> assertThat(setting.description()).isNotBlank());
    }

    @Test
    void keepsTheAccessTokenSecret() {
        assertThat(Settings.of(BridgeSettings.ALL, NEEDED).effective())
                .containsEntry("whatsapp.access.token", "***")
                .containsEntry("bridge.port", "8083");
    }

    @ParameterizedTest
    @CsvSource({"10s, 30s, 1m, true", "30s, 30s, 1m, false", "10s, 30s, 30s, false", "29s, 30s, 31s, true"})
    void aCallEndsBeforeAnotherProcessMayActAndThatBeforeADoubtDoes(
            String call, String group, String doubt, boolean fits) {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("whatsapp.call.timeout", call);
        given.put("lane.session.timeout", group);
        given.put("doubt.wait", doubt);
        Settings settings = settings(given);

        if (fits) {
            assertThatCode(() -> BridgeSettings.requireTimesInOrder(settings)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> BridgeSettings.requireTimesInOrder(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContainingAll(
                            "whatsapp.call.timeout (" + call + ") must be less than lane.session.timeout (" + group,
                            "less than doubt.wait (" + doubt);
        }
    }

    @Test
    void aTextWaitsNoLongerForTheNextThanForAllOfThem() {
        Map<String, String> given = new HashMap<>(NEEDED);
        given.put("reply.gap", "21s");

        assertThatThrownBy(() -> BridgeSettings.requireTimesInOrder(settings(given)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("reply.gap (21s) must not be more than reply.max.duration (20s)");
    }

    @Test
    void theDefaultsAreInOrder() {
        assertThatCode(() -> BridgeSettings.requireTimesInOrder(settings(NEEDED)))
                .doesNotThrowAnyException();
    }

    /// The settings of a bridge's process.
    private static Settings settings(Map<String, String> given) {
        return Settings.of(
                Stream.concat(ProcessSettings.ALL.stream(), BridgeSettings.ALL.stream())
                        .toList(),
                given);
    }
}
