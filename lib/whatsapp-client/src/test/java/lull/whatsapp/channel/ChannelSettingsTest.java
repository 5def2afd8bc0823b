package lull.whatsapp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lull.contract.Channel.Kind;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChannelSettingsTest {

    private static Settings settings(Map<String, String> given) {
        List<Setting<?>> known = new ArrayList<>(AppSettings.ALL);
        known.addAll(ChannelSettings.ALL);
        known.addAll(ChannelSettings.ofChannel("desk"));
        Map<String, String> all = new HashMap<>(Map.of("channels", "desk"));
        all.putAll(given);
        return Settings.of(known, all);
    }

    @Test
    void aChannelWithItsSecretAcceptsAndOneWithItsAddressSends() {
        Settings settings = settings(Map.of(
                "channel.desk.kind",
                "json",
                "channel.desk.secrets",
                "token",
                "channel.desk.url",
                "https://a.example/b"));

        assertThat(ChannelSettings.accepting(settings))
                .containsExactly(new ChannelSettings.Configured("desk", Kind.JSON));
        assertThat(ChannelSettings.sending(settings))
                .containsExactly(new ChannelSettings.Configured("desk", Kind.JSON));
    }

    @ParameterizedTest
    @CsvSource({
        "json, '', LULL_CHANNEL_DESK_SECRETS is not set",
        "json, whsec_AAEC, channel.desk.secrets must be bearer tokens",
        "telegram, a secret?, must each be one line of visible ASCII characters",
        "telegram, a!b, channel.desk.secrets must have 1 to 256 letters",
        "z-api, too-short, channel.desk.secrets must have 16 to 256 letters",
        "evolution, with/a/slash/in/it/0123, channel.desk.secrets must have 16 to 256 letters"
    })
    void aSecretThatTheChannelCannotHaveKeepsTheIngressFromStarting(String kind, String secrets, String problem) {
        assertThatThrownBy(() -> ChannelSettings.accepting(
                        settings(Map.of("channel.desk.kind", kind, "channel.desk.secrets", secrets))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "json, channel.desk.url, '', LULL_CHANNEL_DESK_URL is not set",
        "json, channel.desk.url, http://a.example/, must be an address with https",
        "json, channel.desk.url, 'https://a.example/{method}', must not have {method}",
        "telegram, channel.desk.token, '', LULL_CHANNEL_DESK_TOKEN is not set",
        "telegram, channel.desk.token, nonsense, must be the token of a bot",
        "z-api, channel.desk.url, https://a.example/, channel.desk.url needs {method}"
    })
    void anAddressOrTokenThatIsMissingKeepsTheBridgeFromStarting(
            String kind, String setting, String value, String problem) {
        assertThatThrownBy(() -> ChannelSettings.sending(settings(Map.of("channel.desk.kind", kind, setting, value))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aChannelHasAKindAndTheNameOfNoApp() {
        assertThatThrownBy(() -> ChannelSettings.channels(settings(Map.of("channel.desk.kind", "sms"))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("must be json, telegram, z-api or evolution");
        assertThatThrownBy(() -> ChannelSettings.channels(settings(Map.of("whatsapp.apps", "desk"))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("which is also in whatsapp.apps");
    }

    @ParameterizedTest
    @CsvSource({
        "https://files.example/1, true",
        "https://a.cdn.example/1, true",
        "https://cdn.example/1, false",
        "https://other.example/1, false",
        "http://files.example/1, false",
        "https://user@files.example/1, false",
        "https://files.example.evil.example/1, false",
        "http://127.0.0.1/1, true",
        "http://169.254.169.254/latest/meta-data, false",
        "file:///etc/passwd, false",
        "no address, false"
    })
    void aFileIsFetchedFromTheListedHostsOnly(String address, boolean isFetched) {
        List<String> hosts = List.of("files.example", ".cdn.example", "127.0.0.1");

        assertThat(ChannelFiles.address(address, hosts).isPresent()).isEqualTo(isFetched);
        assertThat(ChannelFiles.address(address, List.of())).isEmpty();
    }
}
