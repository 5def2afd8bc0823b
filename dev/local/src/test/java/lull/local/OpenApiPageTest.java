package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds docs/openapi.yaml to the routes in the code. That the routes answer as the page says, `PagesIT` tries.
final class OpenApiPageTest {

    private static final Pattern ROUTE =
            Pattern.compile("\\broutes\\.(get|post|put|patch|delete|head|options)\\(\\s*(\"[^\"]*\"|\\w+)\\s*,");

    private static final Pattern CONTROL_ROUTE = Pattern.compile("ControlRoute\\.(get|post|delete)\\(\\s*\"([^\"]*)\"");

    @ParameterizedTest
    @CsvSource({"ingress, ingress", "aggregator, aggregator", "bridge, connect-bridge", "admin, lib/runtime"})
    void everyRouteOfAModuleIsOnThePageAndTheOtherWayRound(String tag, String module) {
        assertThat(OpenApiPage.read("openapi.yaml").routes(tag))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(routes(module));
    }

    @Test
    void everyRouteOfTheConsoleIsOnItsPageAndTheOtherWayRound() {
        assertThat(OpenApiPage.read("openapi-console.yaml").routes("console"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(routes("console"));
    }

    @Test
    void everyRouteOfTheTryPageIsOnThePageOfTheStandInsAndTheOtherWayRound() {
        List<String> routes = Sources.of("dev/local").stream()
                .flatMap(source -> CONTROL_ROUTE
                        .matcher(source)
                        .results()
                        .map(route -> route.group(1).toUpperCase(Locale.ROOT) + " " + route.group(2)))
                .toList();

        assertThat(OpenApiPage.read("openapi-stand-ins.yaml").routes("try"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void noOtherModuleServesAnything() {
        for (String module : List.of(
                "lib/contract",
                "lib/lanes",
                "lib/connect-client",
                "lib/whatsapp-client",
                "lib/media-store",
                "lib/text",
                "lib/voice",
                "lib/chatwoot-client",
                "cli")) {
            assertThat(routes(module)).isEmpty();
        }
    }

    /// Else a route that is written in another way would be overlooked.
    @Test
    void theSourcesTellAsManyRoutesAsTheBytecodeRegisters() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("lull");
        long registered = classes.stream()
                .filter(type -> !type.getPackageName().startsWith("lull.local")
                        && !type.getPackageName().startsWith("lull.standins"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().equals("io.javalin.config.RoutesConfig"))
                .filter(call -> !call.getName().equals("exception"))
                .count();

        assertThat(Sources.MODULES.stream().flatMap(module -> routes(module).stream()))
                .hasSize((int) registered)
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openapi.yaml", "openapi-console.yaml", "openapi-stand-ins.yaml"})
    void thePagesAreOpenApiWithoutAFault(String page) {
        assertThat(OpenApiPage.read(page).version()).startsWith("3.1");
        assertThat(OpenApiPage.read(page).routes()).isNotEmpty();
    }

    private static List<String> routes(String module) {
        return Sources.of(module).stream()
                .flatMap(source -> ROUTE.matcher(source)
                        .results()
                        .map(route -> route.group(1).toUpperCase(Locale.ROOT) + " " + path(route.group(2), source)))
                .toList();
    }

    /// A path that is written out, or by a constant of the same file.
    private static String path(String written, String source) {
        if (written.startsWith("\"")) {
            return written.substring(1, written.length() - 1);
        }
        Matcher constant =
                Pattern.compile("String " + written + " = \"([^\"]*)\"").matcher(source);
        assertThat(constant.find())
                .as("the constant %s in its own file", written)
                .isTrue();
        return constant.group(1);
    }
}
