package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionDescriptor;
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
        for (String name : List.of(
                "get_flow",
                "get_flow_preview",
                "get_flow_metrics",
                "update_flow",
                "upload_flow_json",
                "list_flow_assets",
                "publish_flow",
                "delete_flow")) {
            PREPARED.put(name, line -> ActionLine.example(name, "flow", created(line, "create_flow", "/id")));
        }
        PREPARED.put("deprecate_flow", line -> {
            String flow = created(line, "create_flow", "/id");
            line.done("publish_flow", ActionLine.example("publish_flow", "flow", flow));
            return ActionLine.example("deprecate_flow", "flow", flow);
        });
        for (String name : List.of(
                "get_group",
                "update_group",
                "delete_group",
                "get_group_link",
                "reset_group_link",
                "remove_participants",
                "list_group_join_requests",
                "approve_group_join_requests",
                "reject_group_join_requests")) {
            PREPARED.put(name, line -> ActionLine.example(name, "group", group(line)));
        }
        for (String name : List.of("pre_accept_call", "accept_call", "reject_call", "end_call")) {
            PREPARED.put(name, line -> {
                created(line, "update_call_settings", "/success");
                return ActionLine.example(name, "call_id", "wacid.incoming");
            });
        }
        PREPARED.put("send_direct", line -> {
            line.control.post("/_direct_sends", "{\"number\":\"" + ActionLine.NUMBER + "\",\"allowed\":\"yes\"}");
            return ActionLine.example("send_direct");
        });
        PREPARED.put("start_call", line -> {
            created(line, "update_call_settings", "/success");
            created(line, "send_call_permission_request", "/messages/0/id");
            return ActionLine.example("start_call");
        });
        PREPARED.put(
                "get_catalog_batch",
                line -> ActionLine.example(
                        "get_catalog_batch", "handle", created(line, "update_catalog_items", "/handles/0")));
        for (String name :
                List.of("get_payment_configuration", "delete_payment_configuration", "create_payment_link")) {
            PREPARED.put(name, line -> {
                created(line, "create_payment_configuration", "/success");
                return ActionLine.example(name);
            });
        }
        PREPARED.put(
                "delete_welcome_sequence",
                line -> ActionLine.example(
                        "delete_welcome_sequence",
                        "sequence_id",
                        created(line, "save_welcome_sequence", "/sequence_id")));
        PREPARED.put("send_marketing_message", line -> {
            line.done("create_template", """
                    {"account":"200000000000001","name":"spring_sale","language":"en_US","category":"MARKETING",
                     "components":[{"type":"BODY","text":"Spring is here"}]}""");
            return ActionLine.example("send_marketing_message");
        });
        for (String name : List.of(
                "get_message_analytics",
                "get_conversation_analytics",
                "get_pricing_analytics",
                "get_call_analytics",
                "get_template_analytics",
                "get_template_group_analytics",
                "get_group_analytics")) {
            PREPARED.put(name, line -> {
                created(line, "enable_insights", "/id");
                long now = line.clock.instant().getEpochSecond();
                return ActionLine.example(name)
                        .replace("1793000000", Long.toString(now - 604_800))
                        .replace("1793600000", Long.toString(now));
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
        // What only AWS has, `SocialActionsTest` drives.
        return Actions.all().stream()
                .map(Action::descriptor)
                .filter(action -> !action.graph().isEmpty())
                .map(ActionDescriptor::name);
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

    private static String group(ActionLine line) {
        created(line, "create_group", "/request_id");
        return line.done("list_groups", ActionLine.example("list_groups"))
                .at("/data/0/id")
                .asText();
    }

    private static String created(ActionLine line, String action, String path) {
        return line.done(action, ActionLine.example(action)).at(path).asText();
    }
}
