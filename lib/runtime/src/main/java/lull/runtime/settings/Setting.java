package lull.runtime.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Setting of a process: a name such as `ingress.port`, a parser of its text, a default and a
/// description for people. The same setting is `LULL_INGRESS_PORT` in the environment.
///
/// @param <T> the type of its value; an `IllegalArgumentException` of the parser says what is wrong
///     with the text
public final class Setting<T> {

    private final String name;
    private final @Nullable String defaultText;
    private final String description;
    private static final int MAX_PORT = 65_535;

    private final boolean secret;
    private final Function<String, T> reading;
    private final @Nullable T absent;
    private final Form form;

    /// Form of a setting's text.
    public enum Form {
        /// A text; the description says which texts are accepted.
        TEXT,
        /// A whole number.
        NUMBER,
        /// A duration such as `5s`.
        DURATION,
        /// `true` or `false`.
        FLAG,
        /// An address of http or https.
        ADDRESS,
        /// Words separated by commas.
        LIST,
        /// Pairs `name=value` separated by commas.
        PAIRS
    }

    private Setting(
            String name,
            @Nullable String defaultText,
            String description,
            boolean secret,
            Function<String, T> reading,
            @Nullable T absent,
            Form form) {
        this.form = form;
        this.name = name;
        this.defaultText = defaultText;
        this.description = description;
        this.secret = secret;
        this.reading = reading;
        this.absent = absent;
    }

    public static Setting<String> text(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, false, text -> text, null, Form.TEXT);
    }

    /// Returns a text without a default: the process does not start without it.
    public static Setting<String> required(String name, String description) {
        return new Setting<>(name, null, description, false, Setting::present, null, Form.TEXT);
    }

    /// Returns an optional text.
    public static Setting<Optional<String>> optional(String name, String description) {
        return new Setting<>(
                name,
                null,
                description,
                false,
                text -> text.isBlank() ? Optional.empty() : Optional.of(text),
                Optional.empty(),
                Form.TEXT);
    }

    /// Returns an optional address.
    public static Setting<Optional<URI>> optionalUri(String name, String description) {
        return new Setting<>(
                name,
                null,
                description,
                false,
                text -> text.isBlank() ? Optional.empty() : Optional.of(uri(text)),
                Optional.empty(),
                Form.ADDRESS);
    }

    public static Setting<URI> uri(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, false, Setting::uri, null, Form.ADDRESS);
    }

    public static Setting<Boolean> flag(String name, boolean byDefault, String description) {
        return new Setting<>(name, Boolean.toString(byDefault), description, false, Setting::flag, null, Form.FLAG);
    }

    /// Returns a whole number from `min` to `max`.
    public static Setting<Integer> number(String name, int byDefault, int min, int max, String description) {
        return new Setting<>(
                name,
                Integer.toString(byDefault),
                description + " (" + min + " to " + max + ")",
                false,
                text -> within(wholeNumber(text), min, max),
                null,
                Form.NUMBER);
    }

    /// Returns a duration from `min` to `max`, written like `250ms`, `5s`, `2m`, `24h`, `7d` or in
    /// ISO-8601.
    public static Setting<Duration> duration(
            String name, String defaultText, Duration min, Duration max, String description) {
        return new Setting<>(
                name,
                defaultText,
                description + " (" + Durations.text(min) + " to " + Durations.text(max) + ")",
                false,
                text -> within(Durations.parse(text), min, max),
                null,
                Form.DURATION);
    }

    /// Returns a setting of any other type with a default.
    ///
    /// @param reading parses the text; throws `IllegalArgumentException` with a message such as `must
    ///     be ...`
    public static <T> Setting<T> of(String name, String defaultText, String description, Function<String, T> reading) {
        return new Setting<>(name, defaultText, description, false, reading, null, Form.TEXT);
    }

    /// Returns a list of words separated by commas.
    public static Setting<List<String>> list(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, false, Setting::words, null, Form.LIST);
    }

    /// Returns pairs `name=value` separated by commas; each name may occur once.
    public static Setting<Map<String, String>> pairs(String name, String defaultText, String description) {
        return new Setting<>(name, defaultText, description, false, Setting::pairs, null, Form.PAIRS);
    }

    /// Returns the same setting, which accepts only some values.
    ///
    /// @param problem what is wrong with others, such as `must be ...`
    public Setting<T> checked(Predicate<T> usable, String problem) {
        return new Setting<>(
                name,
                defaultText,
                description,
                secret,
                text -> {
                    T value = reading.apply(text);
                    if (!usable.test(value)) {
                        throw new IllegalArgumentException(problem);
                    }
                    return value;
                },
                absent,
                form);
    }

    /// Returns the same setting as a secret: never printed, and readable from the file that
    /// `<NAME>_FILE` names.
    public Setting<T> secret() {
        return new Setting<>(name, defaultText, description, true, reading, absent, form);
    }

    /// Returns the same setting for one input topic, named `<name>.<topic>`; empty if it is not set for
    /// that topic.
    public Setting<Optional<T>> forTopic(String topic) {
        return forOne(topic);
    }

    /// Returns the same setting for one business number, named `<name>.<number>`; empty if it is not
    /// set for that number.
    public Setting<Optional<T>> forNumber(String businessNumber) {
        return forOne(businessNumber);
    }

    /// Returns the same setting for one WhatsApp app, named `<name>.<app>`; empty if it is not set for
    /// that app.
    public Setting<Optional<T>> forApp(String app) {
        return forOne(app);
    }

    private Setting<Optional<T>> forOne(String one) {
        return new Setting<>(
                name + "." + one,
                null,
                description + "; for " + one + " alone",
                secret,
                text -> Optional.of(reading.apply(text)),
                Optional.empty(),
                form);
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public boolean isSecret() {
        return secret;
    }

    /// Returns the form of its text.
    public Form form() {
        return form;
    }

    /// Returns the default as text; empty if the setting has none.
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultText);
    }

    /// Whether the process does not start without it.
    public boolean isRequired() {
        return defaultText == null && absent == null;
    }

    /// Returns its name in the environment.
    public String environmentName() {
        return "LULL_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /// Parses a text, or returns the value for an absent one.
    public T read(@Nullable String text) {
        String given = text != null ? text : defaultText;
        if (given != null) {
            return reading.apply(given);
        }
        T absent = this.absent;
        if (absent == null) {
            throw new IllegalArgumentException("is required and has no default");
        }
        return absent;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Setting<?> setting && setting.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    private static String present(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean isPlain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (isHttp && isPlain && uri.getHost() != null && uri.getPort() <= MAX_PORT) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Reported below: the exception's own message does not help.
        }
        throw new IllegalArgumentException(
                "must be an address of http or https with a host, and without user, query or fragment, such as"
                        + " http://localhost:8080");
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes" -> true;
            case "false", "off", "no" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number");
        }
    }

    private static <C extends Comparable<C>> C within(C value, C min, C max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("must be from " + shown(min) + " to " + shown(max));
        }
        return value;
    }

    private static String shown(Comparable<?> bound) {
        return bound instanceof Duration duration ? Durations.text(duration) : bound.toString();
    }

    /// Returns the pairs in the text of a setting of [#pairs(String, String, String)], in their order.
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words(text)) {
            int middle = word.indexOf('=');
            if (middle < 1 || middle == word.length() - 1) {
                throw new IllegalArgumentException("must be pairs such as name=value, separated by commas");
            }
            String before = pairs.put(
                    word.substring(0, middle).strip(),
                    word.substring(middle + 1).strip());
            if (before != null) {
                throw new IllegalArgumentException("must name each only once");
            }
        }
        return Collections.unmodifiableMap(pairs);
    }

    /// Returns the words of a text, which are separated by commas.
    public static List<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
