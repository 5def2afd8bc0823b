package lull.whatsapp.action.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionValidation;
import lull.whatsapp.action.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every action: its description, and what it refuses before anything is called.
final class ActionsTest {

    private static Stream<ActionDescriptor> descriptors() {
        return Actions.all().stream().map(Action::descriptor);
    }

    @Test
    void everyClassOfAnActionIsInTheRegistry() throws Exception {
        Path classes = Path.of(
                Action.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes.resolve("lull/whatsapp/action"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
                if (Action.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers())) {
                    found.add(type.getName());
                }
            }
        }

        assertThat(Actions.all().stream().map(action -> action.getClass().getName()))
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void theExampleOfAnActionIsValid(ActionDescriptor action) {
        assertThat(ActionValidation.problems(action, action.example())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void anActionIsDescribedCompletely(ActionDescriptor action) {
        assertThat(action.name()).matches("[a-z]+(_[a-z]+)*");
        assertThat(action.description()).endsWith(".");
        assertThat(action.graph() + action.social()).isNotEmpty();
        assertThat(action.parameters())
                .allSatisfy(each -> assertThat(each.description()).isNotBlank());
        assertThat(action.json().path("schema").path("properties").properties()).hasSameSizeAs(action.parameters());
        if (!action.confirm().isEmpty()) {
            assertThat(action.isChange()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void anActionWithoutARequiredParameterIsRefused(ActionDescriptor action) {
        for (Parameter parameter : action.parameters()) {
            if (parameter.isRequired()) {
                ObjectNode given = action.example().deepCopy();
                given.remove(parameter.name());
                assertThat(ActionValidation.problems(action, given))
                        .anyMatch(problem -> problem.startsWith(parameter.name() + " is required: "));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void everyLimitOfAParameterIsChecked(ActionDescriptor action) {
        for (Parameter parameter : action.parameters()) {
            for (JsonNode wrong : WrongValues.of(parameter.type())) {
                ObjectNode given = action.example().deepCopy();
                given.set(parameter.name(), wrong);
                assertThat(ActionValidation.problems(action, given))
                        .as("%s of %s", parameter.name(), action.name())
                        .anyMatch(problem -> problem.startsWith(parameter.name()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("descriptors")
    void anUnknownParameterIsRefused(ActionDescriptor action) {
        ObjectNode given = action.example().deepCopy().put("surely_unknown", 1);

        assertThat(ActionValidation.problems(action, given))
                .anyMatch(problem -> problem.startsWith("surely_unknown is not a parameter of " + action.name()));
    }

    @Test
    void allProblemsAreReportedAtOnce() throws UnreadableJson {
        ActionDescriptor action = Actions.find("create_link").orElseThrow().descriptor();

        assertThat(ActionValidation.problems(action, (ObjectNode)
                        Json.tree("{\"number\":7,\"generate_qr_image\":\"GIF\",\"prefiled_message\":\"Hi\"}")))
                .containsExactly(
                        "number must be text of 1 to 64 characters: digits",
                        "prefilled_message is required: text of 1 to 140 characters",
                        "generate_qr_image must be one of SVG, PNG",
                        "prefiled_message is not a parameter of create_link: did you mean prefilled_message?");
    }
}
