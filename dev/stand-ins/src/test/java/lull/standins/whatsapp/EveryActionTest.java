package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import lull.whatsapp.action.registry.Actions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drives each action of the registry against the stand-in: with its example, or with ids of what was created before.
final class EveryActionTest {
    private static final Map<String, Function<ActionLine, String>> PREPARED = new HashMap<>();

    static {
        PREPARED.put("get_media", line -> ActionLine.example("get_media", "media", uploaded(line)));
        PREPARED.put("download_media", line -> ActionLine.example("download_media", "media", uploaded(line)));
        PREPARED.put("delete_media", line -> ActionLine.example("delete_media", "media", uploaded(line)));
        for (String name : List.of("update_link", "get_link", "delete_link")) {
            PREPARED.put(name, line -> ActionLine.example(name, "code", created(line, "create_link", "/code")));
        }
        PREPARED.put("block_users", line -> {
            line.write();
            return ActionLine.example("block_users");
        });
        PREPARED.put("delete_username", line -> {
            created(line, "set_username", "/status");
            return ActionLine.example("delete_username");
        });
        for (String name : List.of("get_template", "edit_template", "unpause_template")) {
            PREPARED.put(name, line -> ActionLine.example(name, "template", created(line, "create_template", "/id")));
        }
        for (String name : List.of("delete_template", "send_template")) {
            PREPARED.put(name, line -> {
                created(line, "create_template", "/id");
                return ActionLine.example(name);
            });
        }
        PREPARED.put("compare_templates", line -> {
            String one = created(line, "create_template", "/id");
            String other = line.done("create_template", ActionLine.example("create_template", "name", "other"))
                    .path("id")
                    .asText();
            return ActionLine.example("compare_templates", "template", one, "other", other);
        });
    }

    private static Stream<String> names() {
        return Actions.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theActionSucceeds(String name) {
        try (ActionLine line = new ActionLine()) {
            String given =
                    PREPARED.getOrDefault(name, _ -> ActionLine.example(name)).apply(line);

            assertThat(line.done(name, given).isMissingNode()).isFalse();
        }
    }

    private static String uploaded(ActionLine line) {
        return created(line, "upload_media", "/id");
    }

    private static String created(ActionLine line, String action, String path) {
        return line.done(action, ActionLine.example(action)).at(path).asText();
    }
}
