package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.whatsapp.AwsSocialClients;
import lull.whatsapp.GraphAccess;
import lull.whatsapp.GraphClient;
import lull.whatsapp.SocialNumber;
import lull.whatsapp.TokenHosts;
import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionClients;
import lull.whatsapp.action.ActionDescriptor;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ActionResult.Kind;
import lull.whatsapp.action.ActionRunner;
import lull.whatsapp.action.ActionValidation;
import lull.whatsapp.action.AwsSocialActions;
import lull.whatsapp.action.registry.Actions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Actions by AWS End User Messaging Social: the real AWS SDK against the stand-in, on the state of the Graph API.
final class SocialActionsTest {
    private static final String NUMBER = "100000000000006";
    private static final String ACCOUNT = "waba-200000000000001";

    private final GraphStandIn standIn =
            GraphStandIn.start(GraphStandIn.Options.defaults().withoutStatuses());
    private final GraphClient graph = new GraphClient(new GraphClient.Options(
            standIn.uri(), GraphAccess.same("v24.0", "local-token"), Duration.ofSeconds(10), Duration.ofSeconds(20)));
    private final AwsSocialClients clients = new AwsSocialClients(new AwsSocialClients.Options(
            Map.of(
                    NUMBER,
                    new SocialNumber(
                            "phone-number-id-00000000000000000100000000000006",
                            "us-east-1",
                            "v24.0",
                            Optional.empty(),
                            Optional.empty())),
            Optional.of(standIn.uri()),
            true,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20)));
    private final ActionRunner runner = new ActionRunner(new ActionClients(
            graph,
            Optional.of(new AwsSocialActions(clients)),
            new TokenHosts(standIn.uri(), List.of()),
            Duration.ofSeconds(20)));

    @AfterEach
    void close() {
        clients.close();
        graph.close();
        standIn.close();
    }

    @Test
    void everyOperationThatOnlyAwsHasIsPerformed() {
        List<String> names = Actions.all().stream()
                .map(Action::descriptor)
                .filter(action -> action.graph().isEmpty())
                .map(ActionDescriptor::name)
                // Last, because the account is not linked after it.
                .sorted(Comparator.comparing((String name) -> name.equals("unlink_eum_account"))
                        .thenComparing(name -> name))
                .toList();
        assertThat(names).hasSizeGreaterThan(5);
        for (String name : names) {
            boolean isOfAccount = given(name).has("account");
            done(name, isOfAccount ? new String[] {"account", ACCOUNT} : new String[0]);
        }
    }

    @Test
    void aTemplateOfAwsIsThatOfTheGraphApi() {
        JsonNode created = done("create_template", "account", ACCOUNT);
        String id = created.path("metaTemplateId").asText();

        assertThat(done("list_templates", "account", ACCOUNT, "status", "").path("templates"))
                .hasSize(1);
        assertThat(done("get_template", "account", ACCOUNT, "template", id)
                        .path("template")
                        .asText())
                .contains("order_update");
        assertThat(done("list_templates", "account", "200000000000001")
                        .at("/data/0/id")
                        .asText())
                .isEqualTo(id);
        done("edit_template", "account", ACCOUNT, "template", id);
        done("list_template_library", "account", ACCOUNT);
        done("create_authentication_template", "account", ACCOUNT);
        done("delete_template", "account", ACCOUNT);
        assertThat(done("list_templates", "account", "200000000000001").path("data"))
                .hasSize(1);
    }

    @Test
    void messagesAndFilesOfItsNumbersAreSentByAws() {
        assertThat(done("send_text", "number", NUMBER).path("messageId").asText())
                .startsWith("wamid.");
        done("mark_read", "number", NUMBER);
        done("get_number", "number", NUMBER);
        done("get_account", "account", ACCOUNT);
        String file =
                done("upload_media", "number", "100000000000001").path("id").asText();
        done("delete_media", "number", NUMBER, "media", file);
        assertThat(failed("delete_media", "number", NUMBER, "media", file).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void whatAwsHasNotIsNotDoneByTheGraphApi() {
        assertThat(failed("update_profile", "number", NUMBER).kind()).isEqualTo(Kind.NOT_AVAILABLE);
        assertThat(failed("block_users", "number", NUMBER).reason())
                .contains("AWS End User Messaging Social has no operation");
        assertThat(failed("list_flows", "account", ACCOUNT).kind()).isEqualTo(Kind.NOT_AVAILABLE);
    }

    @Test
    void whatAwsRefusesIsReportedWithItsReason() {
        ActionResult.Failed unknown = failed("create_template", "account", "waba-9");

        assertThat(unknown.kind()).isEqualTo(Kind.REFUSED);
        assertThat(unknown.reason()).contains("404", "ResourceNotFoundException");
    }

    @Test
    void aTemplateThatIsTooLargeForAwsIsRefusedBeforeTheCall() {
        ObjectNode given = given("create_template", "account", ACCOUNT);
        ObjectNode buttons = (ObjectNode) given.path("components").path(1);
        for (int i = 0; i < 3; i++) {
            buttons.withArray("buttons").addObject().put("type", "CATALOG").put("note", "x".repeat(3_000));
        }

        assertThat(perform("create_template", given))
                .isInstanceOfSatisfying(
                        ActionResult.Failed.class,
                        failed -> assertThat(failed.reason()).contains("6000 bytes"));
    }

    private JsonNode done(String name, String... more) {
        if (perform(name, given(name, more)) instanceof ActionResult.Done(JsonNode body)) {
            return body;
        }
        throw new AssertionError(name + ": " + perform(name, given(name, more)));
    }

    private ActionResult.Failed failed(String name, String... more) {
        if (perform(name, given(name, more)) instanceof ActionResult.Failed failed) {
            return failed;
        }
        throw new AssertionError(name + " was done");
    }

    private static ObjectNode given(String name, String... more) {
        ObjectNode given =
                Actions.find(name).orElseThrow().descriptor().example().deepCopy();
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1].isEmpty()) {
                given.remove(more[i]);
            } else {
                given.put(more[i], more[i + 1]);
            }
        }
        return given;
    }

    private ActionResult perform(String name, ObjectNode given) {
        Action action = Actions.find(name).orElseThrow();
        assertThat(ActionValidation.problems(action.descriptor(), given))
                .as(name)
                .isEmpty();
        try {
            return runner.perform(action, given);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
