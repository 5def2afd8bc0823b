package lull.whatsapp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lull.runtime.CannotStart;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.SocialSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderSettingsTest {

    private static final Map<String, String> SHOP = Map.of(
            "whatsapp.apps",
            "shop,bot,plain",
            "replies.business.number.shop",
            "100",
            "replies.business.number.bot",
            "200",
            "replies.url.shop",
            "https://api.z-api.io/instances/i/token/t/{method}",
            "replies.headers.shop",
            "Client-Token=F7=,X-Other=a b");

    @TempDir
    private Path folder;

    @Test
    void anAppWithAnAddressHasAProvider() {
        Map<String, Provider> providers = ProviderSettings.providers(settings(Map.of()));

        assertThat(providers).containsOnlyKeys("100");
        Provider shop = Objects.requireNonNull(providers.get("100"));
        assertThat(shop.url().get()).contains("https://api.z-api.io/instances/i/token/t/{method}");
        assertThat(shop.headers().get()).isEqualTo(Map.of("Client-Token", "F7=", "X-Other", "a b"));
        assertThat(shop.toString()).isEqualTo("Provider[shop]");
    }

    @Test
    void addressesAndHeadersAreNotShown() {
        assertThat(settings(Map.of()).effective())
                .containsEntry("replies.url.shop", "***")
                .containsEntry("replies.headers.shop", "***");
    }

    @Test
    void aTemplateIsReadFromAFile() throws IOException {
        Path file = folder.resolve("crm.json");
        Files.writeString(file, "{\"messages\":{\"text\":{\"body\":{\"t\":\"{text}\"}}}}");

        assertThat(ProviderSettings.providers(settings(Map.of(
                        "replies.template.shop", file.toString(), "replies.url.shop", "https://crm.example/replies"))))
                .containsOnlyKeys("100");
        wrong(Map.of("replies.template.shop", file.toString()), "its template has no methods");
        Files.writeString(file, "{\"messages\":{\"text\":{\"body\":{\"t\":\"{words}\"}}}}");
        wrong(Map.of("replies.template.shop", file.toString()), "has the placeholder {words}");
        wrong(Map.of("replies.template.shop", folder.resolve("none").toString()), "NoSuchFileException");
        wrong(Map.of("replies.url.shop", "https://api.z-api.io/send"), "replies.url.shop needs {method}");
    }

    @Test
    void allContradictionsAreToldAtOnce() {
        assertThatThrownBy(() -> ProviderSettings.providers(settings(Map.of(
                        "replies.url.plain",
                        "https://a.example/{method}",
                        "replies.url.bot",
                        "https://a.example/",
                        "replies.template.shop",
                        folder.resolve("none").toString()))))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Set replies.business.number.plain")
                .hasMessageContaining("replies.url.bot needs {method}")
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void contradictionsAreTold() {
        wrong(Map.of("replies.url.plain", "https://a.example/{method}"), "Set replies.business.number.plain");
        wrong(
                Map.of("replies.url.bot", "https://a.example/{method}", "replies.business.number.bot", "100"),
                "are for the same business number 100");
        wrong(Map.of("whatsapp.eum.numbers", "100=phone-number-id-1"), "is in whatsapp.eum.numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.z-api.io/{method}",
                "https://user:secret@api.z-api.io/{method}",
                "https:///x",
                "ftp://localhost/x",
                "https://a b/",
                "/send-text",
                "https://a.example/#{method}",
                "https://a.example/{other}"
            })
    void anAddressMustBeSafe(String url) {
        assertThatThrownBy(() -> settings(Map.of("replies.url.shop", url)))
                .hasMessageContaining("replies.url.shop")
                .hasMessageNotContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host=a", "Content-Length=7", "A b=c", "X=\u00e9", "X=a\u0007b"})
    void headersMustBeOnes(String headers) {
        assertThatThrownBy(() -> settings(Map.of("replies.headers.shop", headers)))
                .hasMessageContaining("replies.headers.shop");
    }

    @Test
    void anAddressOnThisMachineNeedsNoTls() {
        assertThat(ProviderSettings.apps(settings(Map.of("replies.url.shop", "http://localhost:1/{method}"))))
                .isEqualTo(Map.of("100", "shop"));
    }

    /// Else replies would go to WhatsApp, from a number that is not there.
    @Test
    void whatIsSetOfAProviderNeedsItsAddress() {
        wrong(
                Map.of("replies.template.bot", "z-api"),
                "replies.template.bot is set, and replies.url.bot is not, so replies would go to WhatsApp");
        wrong(
                Map.of("replies.headers.bot", "Client-Token=x"),
                "replies.headers.bot is set, and replies.url.bot is not");
        wrong(Map.of("replies.url.bot", ""), "replies.url.bot is empty: set the address");
    }

    private static void wrong(Map<String, String> given, String reason) {
        assertThatThrownBy(() -> ProviderSettings.providers(settings(given)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(reason);
    }

    private static Settings settings(Map<String, String> given) {
        List<Setting<?>> known = new ArrayList<>(AppSettings.ALL);
        known.addAll(SocialSettings.ALL);
        for (String app : List.of("shop", "bot", "plain")) {
            known.add(AppSettings.BUSINESS_NUMBER.forApp(app));
            known.addAll(ProviderSettings.ofApp(app));
        }
        Map<String, String> all = new HashMap<>(SHOP);
        all.putAll(given);
        return Settings.of(known, all);
    }
}
