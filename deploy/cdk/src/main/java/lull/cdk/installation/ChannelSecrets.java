package lull.cdk.installation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lull.contract.Channel.Kind;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.channel.ChannelSettings;

/// Secrets of the channels besides WhatsApp in the settings of an installation. Pure.
public final class ChannelSecrets {

    /// What the settings with secrets of a channel end with.
    private static final Set<String> ENDS = Set.of(".secrets", ".token", ".headers");

    private ChannelSecrets() {}

    /// Returns the names of the settings with what a request of a channel must know.
    public static List<String> ofIngress(Installation installation) {
        return ChannelSettings.channels(LullSettings.loaded(installation)).stream()
                .map(channel -> ChannelSettings.secrets(channel.name()).name())
                .toList();
    }

    /// Returns the names of the settings with which channels are called.
    public static List<String> ofBridge(Installation installation) {
        Settings settings = LullSettings.loaded(installation);
        List<String> names = new ArrayList<>();
        for (ChannelSettings.Configured channel : ChannelSettings.channels(settings)) {
            names.add(of(channel.kind(), channel.name()).name());
        }
        return names;
    }

    private static Setting<?> of(Kind kind, String name) {
        return switch (kind) {
            case TELEGRAM -> ChannelSettings.token(name);
            case Z_API, EVOLUTION -> ChannelSettings.headers(name);
            case JSON, WHATSAPP -> ChannelSettings.signing(name);
        };
    }

    /// Whether a setting has a secret of a channel, which belongs to the secret of the installation.
    static boolean isSecret(String setting) {
        return setting.startsWith("channel.") && ENDS.stream().anyMatch(setting::endsWith);
    }
}
