package lull.whatsapp.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
        List<String> problems = new ArrayList<>();
        Map<String, String> byNumber = apps(settings, problems);
        require(problems);
        return byNumber;
    }

    private static Map<String, String> apps(Settings settings, List<String> problems) {
        Map<String, String> byNumber = new TreeMap<>();
        for (String app : settings.get(AppSettings.APPS)) {
            if (settings.get(url(app)).isEmpty()) {
                given(settings, app).ifPresent(other -> problems.add(notAddressed(other, app)));
                continue;
            }
            Setting<Optional<Optional<String>>> own = AppSettings.BUSINESS_NUMBER.forApp(app);
            Optional<String> number = settings.get(own).flatMap(text -> text);
            if (number.isEmpty()) {
                problems.add(url(app).name() + " is set, and not the business number whose replies go there. Set "
                        + own.name());
                continue;
            }
            String other = byNumber.putIfAbsent(number.get(), app);
            if (other != null) {
                problems.add(url(app).name() + " and " + url(other).name() + " are for the same business number "
                        + number.get() + ". Give each app a number of its own");
            }
            if (settings.get(SocialSettings.NUMBERS).containsKey(number.get())) {
                problems.add("the business number " + number.get() + " is in " + SocialSettings.NUMBERS.name()
                        + ", and is that of app " + app + " with " + url(app).name() + ". Remove one of them");
            }
        }
        return byNumber;
    }

    /// Returns the providers by business number, with their templates read. Throws [CannotStart] with all problems if
    /// a template is not one, or the settings contradict each other.
    public static Map<String, Provider> providers(Settings settings) {
        List<String> problems = new ArrayList<>();
        Map<String, Provider> byNumber = new HashMap<>();
        apps(settings, problems).forEach((number, app) -> {
            try {
                byNumber.put(number, provider(settings, app));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        });
        require(problems);
        return byNumber;
    }

    /// Returns a setting of an app's provider that was set; also an address that is empty, as in a file that nobody
    /// has filled yet.
    private static Optional<Setting<?>> given(Settings settings, String app) {
        return Stream.<Setting<?>>of(template(app), headers(app), url(app))
                .filter(settings::isGiven)
                .findFirst();
    }

    private static String notAddressed(Setting<?> given, String app) {
        String url = url(app).name();
        return given.name().equals(url)
                ? url + " is empty: set the address of the provider, or remove the setting"
                : given.name() + " is set, and " + url + " is not, so replies would go to WhatsApp. Set " + url
                        + ", or remove " + given.name();
    }

    private static void require(List<String> problems) {
        if (!problems.isEmpty()) {
            throw CannotStart.because("The configuration cannot be used:", problems);
        }
    }

    private static Provider provider(Settings settings, String app) {
        Setting<Optional<String>> url = url(app);
        ProviderTemplate template = template(settings, app);
        String problem = template.hasMethods()
                ? "needs " + Provider.METHOD
                : "has " + Provider.METHOD + ", and its template has no methods";
        Predicate<Optional<String>> fits =
                address -> address.isEmpty() || address.get().contains(Provider.METHOD) == template.hasMethods();
        if (!fits.test(settings.get(url))) {
            throw new IllegalArgumentException(url.name() + " " + problem);
        }
        return new Provider(app, template, settings.live(url, fits, problem), settings.live(headers(app)));
    }

    /// Returns a provider whose template is one of those that Lull has.
    ///
    /// @param channel the channel, which stands in place of an app
    /// @param template `z-api` or `evolution`
    public static Provider provider(
            String channel, String template, Supplier<Optional<String>> url, Supplier<Map<String, String>> headers) {
        try {
            return new Provider(channel, ProviderTemplate.parse(own(template)), url, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderTemplate template(Settings settings, String app) {
        Setting<String> setting = template(app);
        String name = settings.get(setting);
        byte[] json;
        try {
            json = OWN.contains(name) ? own(name) : file(name);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    setting.name() + " must be z-api, evolution or the path of a file that can be read ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
        try {
            return ProviderTemplate.parse(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the template of " + setting.name() + " " + e.getMessage(), e);
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

    /// Whether a text is an address over http or https that may be called; `{method}` in it stands for a method.
    public static boolean isAddress(String text) {
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

    /// Whether all of these can be headers of a request.
    public static boolean areHeaders(Map<String, String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder();
            headers.forEach(request::setHeader);
            return headers.values().stream().allMatch(value -> value.matches("[\\x21-\\x7e][\\x20-\\x7e]*"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
