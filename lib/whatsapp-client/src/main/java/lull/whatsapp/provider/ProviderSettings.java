package lull.whatsapp.provider;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lull.runtime.CannotStart;
import lull.runtime.http.LocalHost;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.SocialSettings;

/// Settings of apps whose channel is another provider. An app has one as soon as it has an address; its
/// business number is that of `replies.business.number.<app>`.
public final class ProviderSettings {

    /// Names of the templates that Lull has, which are also the names of their files.
    private static final Set<String> OWN = Set.of("z-api", "evolution");

    private static final String UNUSABLE = "The configuration cannot be used: ";

    private ProviderSettings() {}

    /// Returns the settings of an app.
    public static List<Setting<?>> ofApp(String app) {
        return List.of(url(app), template(app), headers(app));
    }

    /// The address to which replies are posted.
    static Setting<Optional<String>> url(String app) {
        return Setting.optional(
                        "replies.url." + app,
                        "Address of another provider to which the replies of the app's business number are posted;"
                                + " `{method}` in it stands for the template's method. Must use https unless it is"
                                + " on this machine")
                .checked(
                        text -> text.map(ProviderSettings::isAddress).orElse(true),
                        "must be an address with https, such as"
                                + " https://api.z-api.io/instances/<instance>/token/<token>/{method}; http is allowed"
                                + " only on this machine")
                .secret();
    }

    /// What is posted.
    static Setting<String> template(String app) {
        return Setting.text(
                        "replies.template." + app,
                        "z-api",
                        "What is posted there: `z-api`, `evolution`, or the path of a template in JSON")
                .checked(text -> !text.isBlank(), "must be z-api, evolution or a path");
    }

    /// The headers of each call.
    static Setting<Map<String, String>> headers(String app) {
        return Setting.pairs(
                        "replies.headers." + app,
                        "",
                        "Headers of each call, as name=value, separated by commas, such as Client-Token=… of z-api or"
                                + " apikey=… of Evolution. If a file holds them, it is read again when it changes")
                .checked(ProviderSettings::areHeaders, "must be names and values of HTTP headers")
                .secret();
    }

    /// Returns the apps whose channel is another provider, by business number. Throws [CannotStart] if
    /// the settings contradict each other.
    public static Map<String, String> apps(Settings settings) {
        Map<String, String> byNumber = new TreeMap<>();
        for (String app : settings.get(AppSettings.APPS)) {
            if (settings.get(url(app)).isEmpty()) {
                continue;
            }
            Setting<Optional<Optional<String>>> own = AppSettings.BUSINESS_NUMBER.forApp(app);
            String number = settings.get(own)
                    .flatMap(text -> text)
                    .orElseThrow(() -> new CannotStart(UNUSABLE + url(app).name() + " is set, and not the business"
                            + " number whose replies go there. Set " + own.name()));
            String other = byNumber.put(number, app);
            if (other != null) {
                throw new CannotStart(UNUSABLE + url(app).name() + " and "
                        + url(other).name() + " are for the same business number " + number
                        + ". Give each app a number of its own");
            }
            if (settings.get(SocialSettings.NUMBERS).containsKey(number)) {
                throw new CannotStart(UNUSABLE + "the business number " + number + " is in "
                        + SocialSettings.NUMBERS.name() + ", and is that of app " + app + " with "
                        + url(app).name() + ". Remove one of them");
            }
        }
        return byNumber;
    }

    /// Returns the providers by business number, with their templates read. Throws [CannotStart] if a
    /// template is not one, or the settings contradict each other.
    public static Map<String, Provider> providers(Settings settings) {
        Map<String, Provider> byNumber = new HashMap<>();
        apps(settings).forEach((number, app) -> {
            ProviderTemplate template = template(settings, app);
            boolean hasPlace = settings.get(url(app)).orElse("").contains(Provider.METHOD);
            if (template.hasMethods() != hasPlace) {
                throw new CannotStart(UNUSABLE
                        + url(app).name()
                        + (hasPlace ? " has " : " needs ")
                        + Provider.METHOD
                        + (hasPlace ? ", and its template has no methods" : ""));
            }
            byNumber.put(number, new Provider(app, template, settings.live(url(app)), settings.live(headers(app))));
        });
        return byNumber;
    }

    private static ProviderTemplate template(Settings settings, String app) {
        Setting<String> setting = template(app);
        String name = settings.get(setting);
        byte[] json;
        try {
            json = OWN.contains(name) ? own(name) : file(name);
        } catch (IOException | InvalidPathException e) {
            throw new CannotStart(UNUSABLE + setting.name() + " must be z-api, evolution or the path of a file"
                    + " that can be read (" + e.getClass().getSimpleName() + ")");
        }
        try {
            return ProviderTemplate.parse(json);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(UNUSABLE + "the template of " + setting.name() + " " + e.getMessage());
        }
    }

    /// Returns one of the templates that Lull has.
    static byte[] own(String name) throws IOException {
        try (InputStream file = ProviderSettings.class.getResourceAsStream(name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("The template " + name + " is missing");
            }
            return file.readAllBytes();
        }
    }

    private static byte[] file(String path) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            return file.readNBytes(ProviderTemplate.MAX_BYTES + 1);
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text.replace(Provider.METHOD, "method"));
            String scheme = address.getScheme();
            return address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null
                    && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))
                    && LocalHost.isSecure(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean areHeaders(Map<String, String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder();
            headers.forEach(request::setHeader);
            return headers.values().stream().allMatch(value -> value.matches("[\\x21-\\x7e][\\x20-\\x7e]*"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
