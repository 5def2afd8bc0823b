package lull.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of TLS at one HTTP port: the key store, its password, and how often its file is checked for
/// a new certificate. Every port has these three.
///
/// @param keyStore the file; empty means that the port is served without TLS
/// @param password of the file
/// @param scan how often the file is checked
public record TlsSettings(Setting<Optional<String>> keyStore, Setting<String> password, Setting<Duration> scan) {

    private static final String SUFFIX = ".tls.keystore";

    /// Returns the settings of a port.
    ///
    /// @param port the beginning of the settings' names, such as `ingress`
    /// @param effect what a key store leads to, as the end of a sentence that begins with "if it is set"
    public static TlsSettings of(String port, String effect) {
        String name = port + SUFFIX;
        return new TlsSettings(
                Setting.optional(
                        name,
                        "PKCS#12 file with key and certificate; if it is set, " + effect
                                + ". Replace the file to rotate the certificate"),
                Setting.text(name + ".password", "", "Password of the file in `" + name + "`")
                        .secret(),
                Setting.duration(
                        name + ".scan",
                        "1m",
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        "How often the file in `" + name + "` is checked for changes; a new file is used without a"
                                + " restart"));
    }

    /// The settings, in the order of pages.
    public List<Setting<?>> all() {
        return List.of(keyStore, password, scan);
    }

    /// Whether the port is served over TLS.
    public boolean isSet(Settings settings) {
        return settings.get(keyStore).isPresent();
    }

    /// Returns the key store of the port; empty if it is served without TLS. Throws [CannotStart] if the
    /// file cannot be read, or contains no key for this password.
    public Optional<HttpPort.KeyStore> keyStore(Settings settings) {
        return settings.get(keyStore)
                .map(file -> HttpPort.KeyStore.at(keyStore.name(), file, settings.get(password), settings.get(scan)));
    }
}
