package lull.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lull.runtime.settings.Setting;
import org.junit.jupiter.api.Test;

/// Holds the settings, secrets and defaults that SECURITY.md names to the code.
final class SecurityPageTest {

    private static final Pattern SETTING = Pattern.compile("`([a-z0-9]+(?:\\.[a-z0-9]+)+)(?:=[a-z]+)?`");
    private static final Pattern SECRET = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| [^|`]+ \\| [^|]+ \\|$");
    private static final Pattern BOUND = Pattern.compile("(?m)^\\| [^|`]+ \\| `([a-z.]+)` \\| `([^`]+)` \\|$");

    /// Names with a dot that are not settings: a topic.
    private static final Set<String> OTHERS = Set.of("connect.chat");

    /// Destinations and channels have secrets too.
    private static final Configuration.SettingScopes SCOPES = new Configuration.SettingScopes(
            List.of(), List.of(), List.of(), List.of(), List.of("bot"), List.of("desk"));

    private final String page = page();
    private final Map<String, Setting<?>> settings = Configuration.known(SCOPES).stream()
            .collect(Collectors.toMap(Setting::name, Function.identity(), (one, _) -> one));

    @Test
    void everySettingOnThePageExists() {
        Set<String> named = first(SETTING, page);
        named.removeAll(OTHERS);

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(settings.keySet()).containsAll(named);
    }

    @Test
    void theTableOfSecretsHasAllSecretsAndNothingElse() {
        String section = page.substring(page.indexOf("\n## Secrets\n"), page.indexOf("\n## What is logged and kept\n"));
        List<String> secrets = settings.values().stream()
                .filter(Setting::isSecret)
                .map(Setting::name)
                .toList();

        assertThat(first(SECRET, section)).isNotEmpty().containsExactlyInAnyOrderElementsOf(secrets);
    }

    @Test
    void theBoundsHaveTheDefaultsOfTheCode() {
        List<MatchResult> bounds = BOUND.matcher(page).results().toList();

        assertThat(bounds).hasSizeGreaterThan(10);
        assertThat(bounds)
                .allSatisfy(bound -> assertThat(
                                requireNonNull(settings.get(bound.group(1))).defaultText())
                        .as(bound.group(1))
                        .contains(bound.group(2)));
    }

    private static Set<String> first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page() {
        try {
            return Files.readString(Path.of("..", "SECURITY.md"));
        } catch (IOException e) {
            throw new AssertionError("SECURITY.md cannot be read", e);
        }
    }
}
