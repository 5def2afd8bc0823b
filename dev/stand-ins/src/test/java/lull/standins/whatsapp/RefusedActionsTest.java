package lull.standins.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import lull.whatsapp.action.ActionResult;
import lull.whatsapp.action.ActionResult.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What WhatsApp refuses although each parameter is valid: quotas, states, permissions, versions.
final class RefusedActionsTest {
    private final ActionLine line = new ActionLine();

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void aNameOfADeletedTemplateIsLockedForThirtyDays() {
        line.done("create_template", ActionLine.example("create_template"));
        line.done("delete_template", ActionLine.example("delete_template"));

        ActionResult.Failed locked = line.failed("create_template", ActionLine.example("create_template"));
        assertThat(locked.kind()).isEqualTo(Kind.REFUSED);
        assertThat(locked.subcode()).isEqualTo(2388023);
        assertThat(locked.advice()).contains("30 days");
        line.clock.advance(Duration.ofDays(31));
        line.done("create_template", ActionLine.example("create_template"));
    }

    @Test
    void aTemplateIsCreatedOnceInALanguage() {
        line.done("create_template", ActionLine.example("create_template"));

        assertThat(line.failed("create_template", ActionLine.example("create_template"))
                        .subcode())
                .isEqualTo(2388024);
    }

    @Test
    void aHundredTemplatesCanBeCreatedInAnHour() {
        for (int i = 0; i < 100; i++) {
            line.done("create_template", ActionLine.example("create_template", "name", "t" + i));
        }

        assertThat(line.failed("create_template", ActionLine.example("create_template", "name", "more"))
                        .kind())
                .isEqualTo(Kind.LATER);
        line.clock.advance(Duration.ofMinutes(61));
        line.done("create_template", ActionLine.example("create_template", "name", "more"));
    }

    @Test
    void anApprovedTemplateIsEditedOnceADayAndKeepsItsCategory() {
        String id = line.done("create_template", ActionLine.example("create_template"))
                .path("id")
                .asText();
        line.done("edit_template", ActionLine.example("edit_template", "template", id));

        assertThat(line.failed("edit_template", ActionLine.example("edit_template", "template", id))
                        .subcode())
                .isEqualTo(2593079);
        line.clock.advance(Duration.ofHours(25));
        assertThat(line.failed(
                                "edit_template",
                                ActionLine.example("edit_template", "template", id, "category", "MARKETING"))
                        .code())
                .isEqualTo(100);
        line.done("edit_template", ActionLine.example("edit_template", "template", id));
    }

    @Test
    void aTemplateThatIsPausedIsNotSentUntilThePauseEnds() {
        String id = line.done("create_template", ActionLine.example("create_template"))
                .path("id")
                .asText();
        line.control.post("/_business", "{\"template\":\"order_update\",\"status\":\"PAUSED\"}");

        assertThat(line.failed("send_template", ActionLine.example("send_template"))
                        .code())
                .isEqualTo(132015);
        line.done("unpause_template", ActionLine.example("unpause_template", "template", id));
        line.done("send_template", ActionLine.example("send_template"));
    }

    @Test
    void aSampleNeedsAHandleOfAnUpload() {
        String components = """
                {"account":"200000000000001","name":"logo","language":"en_US","category":"UTILITY","components":[
                 {"type":"HEADER","format":"IMAGE","example":{"header_handle":["%s"]}},{"type":"BODY","text":"Hello there"}]}""";
        String handle = line.done("upload_sample", ActionLine.example("upload_sample"))
                .path("h")
                .asText();

        assertThat(line.failed("create_template", components.formatted("4::other"))
                        .code())
                .isEqualTo(100);
        line.done("create_template", components.formatted(handle));
    }

    @Test
    void anAuthenticationTemplateIsNotSentToAUserId() {
        line.done("create_authentication_template", ActionLine.example("create_authentication_template"));

        assertThat(line.failed(
                                "send_template",
                                "{\"number\":\"1000000\",\"recipient\":\"US.134912\",\"template\":\"login_code\",\"language\":\"en_US\"}")
                        .code())
                .isEqualTo(131062);
    }

    @Test
    void onlyCustomersWhoHaveWrittenCanBeBlocked() {
        ActionResult.Failed refused = line.failed("block_users", ActionLine.example("block_users"));
        assertThat(refused.code()).isEqualTo(139100);
        assertThat(refused.body().at("/block_users/failed_users")).hasSize(1);

        line.write();
        line.done("block_users", ActionLine.example("block_users"));
        assertThat(line.failed("send_text", ActionLine.example("send_text")).code())
                .isEqualTo(130403);
        line.done("unblock_users", ActionLine.example("unblock_users"));
        line.done("send_text", ActionLine.example("send_text"));
    }

    @Test
    void aDeletedFileIsGone() {
        String id = line.done("upload_media", ActionLine.example("upload_media"))
                .path("id")
                .asText();
        line.done("delete_media", ActionLine.example("delete_media", "media", id));

        assertThat(line.failed("delete_media", ActionLine.example("delete_media", "media", id))
                        .code())
                .isEqualTo(100);
        assertThat(line.failed("download_media", ActionLine.example("download_media", "media", id))
                        .code())
                .isEqualTo(100);
    }

    @Test
    void aUsernameOfAnotherBusinessOrNumberIsRefused() {
        assertThat(line.failed("set_username", ActionLine.example("set_username", "username", "taken.shop"))
                        .code())
                .isEqualTo(147001);
        line.done("set_username", ActionLine.example("set_username"));
        assertThat(line.failed("set_username", ActionLine.example("set_username", "number", "100000000000002"))
                        .code())
                .isEqualTo(147005);
    }

    @Test
    void anUnknownLinkIsRefused() {
        assertThat(line.failed("get_link", ActionLine.example("get_link")).code())
                .isEqualTo(100);
        assertThat(line.failed("delete_link", ActionLine.example("delete_link")).code())
                .isEqualTo(100);
        assertThat(line.failed("update_link", ActionLine.example("update_link")).code())
                .isEqualTo(100);
    }

    @Test
    void aNumberIsRegisteredTenTimesInThreeDays() {
        for (int i = 0; i < 10; i++) {
            line.done("register_number", ActionLine.example("register_number"));
        }

        assertThat(line.failed("register_number", ActionLine.example("register_number"))
                        .code())
                .isEqualTo(133016);
        line.clock.advance(Duration.ofHours(73));
        assertThat(line.failed("register_number", ActionLine.example("register_number", "pin", "999999"))
                        .code())
                .isEqualTo(133005);
    }

    @Test
    void aNewNumberMustBeVerifiedFirst() {
        String id = line.done("add_number", ActionLine.example("add_number"))
                .path("id")
                .asText();

        assertThat(line.failed("add_number", ActionLine.example("add_number")).subcode())
                .isEqualTo(2388012);
        assertThat(line.failed("register_number", ActionLine.example("register_number", "number", id))
                        .code())
                .isEqualTo(133006);
        assertThat(line.failed("verify_code", ActionLine.example("verify_code", "number", id, "code", "000000"))
                        .code())
                .isEqualTo(136025);
        line.done("verify_code", ActionLine.example("verify_code", "number", id));
        line.done("register_number", ActionLine.example("register_number", "number", id));
    }

    @Test
    void aFlowWithErrorsIsNotPublishedAndAPublishedOneNotChanged() {
        JsonNode created = line.done(
                "create_flow",
                "{\"account\":\"200000000000001\",\"name\":\"bad\",\"categories\":[\"OTHER\"],\"flow_json\":\"no JSON\"}");
        assertThat(created.path("validation_errors")).hasSize(1);
        String bad = created.path("id").asText();
        assertThat(line.failed("publish_flow", ActionLine.example("publish_flow", "flow", bad))
                        .code())
                .isEqualTo(139002);
        assertThat(line.failed("deprecate_flow", ActionLine.example("deprecate_flow", "flow", bad))
                        .code())
                .isEqualTo(139003);

        line.done("upload_flow_json", ActionLine.example("upload_flow_json", "flow", bad));
        line.done("publish_flow", ActionLine.example("publish_flow", "flow", bad));
        assertThat(line.failed("update_flow", ActionLine.example("update_flow", "flow", bad))
                        .code())
                .isEqualTo(139001);
        assertThat(line.failed("delete_flow", ActionLine.example("delete_flow", "flow", bad))
                        .code())
                .isEqualTo(139004);
    }

    @Test
    void aFlowWithAnEndpointNeedsAKey() {
        String flow = line.done(
                        "create_flow",
                        "{\"account\":\"200000000000001\",\"name\":\"e\",\"categories\":[\"OTHER\"],\"endpoint_uri\":\"https://example.com/flow\"}")
                .path("id")
                .asText();
        assertThat(line.failed("publish_flow", ActionLine.example("publish_flow", "flow", flow))
                        .code())
                .isEqualTo(139002);

        line.done("set_encryption_key", ActionLine.example("set_encryption_key"));
        line.done("publish_flow", ActionLine.example("publish_flow", "flow", flow));
    }

    @Test
    void aGroupThatIsUnknownAndPeopleWhoAreNotInItAreRefused() {
        assertThat(line.failed("get_group", "{\"group\":\"unknown\"}").kind()).isEqualTo(Kind.REFUSED);
        line.done("create_group", ActionLine.example("create_group"));
        String group = line.done("list_groups", ActionLine.example("list_groups"))
                .at("/data/0/id")
                .asText();
        assertThat(line.failed("remove_participants", "{\"group\":\"%s\",\"users\":[\"15559999999\"]}".formatted(group))
                        .code())
                .isEqualTo(131212);
        JsonNode failed = line.done(
                "approve_group_join_requests", "{\"group\":\"%s\",\"join_requests\":[\"none\"]}".formatted(group));
        assertThat(failed.at("/failed_join_requests/0/errors/0/code").asInt()).isEqualTo(131213);
    }

    @Test
    void aCallNeedsCallsThatAreOnAndAPermission() {
        assertThat(line.failed("start_call", ActionLine.example("start_call")).code())
                .isEqualTo(138000);
        line.done("update_call_settings", ActionLine.example("update_call_settings"));
        assertThat(line.failed("start_call", ActionLine.example("start_call")).code())
                .isEqualTo(138006);
        line.done("send_call_permission_request", ActionLine.example("send_call_permission_request"));
        assertThat(line.failed("send_call_permission_request", ActionLine.example("send_call_permission_request"))
                        .code())
                .isEqualTo(138009);
        line.done("start_call", ActionLine.example("start_call"));
        line.clock.advance(Duration.ofHours(169));
        assertThat(line.failed("start_call", ActionLine.example("start_call")).code())
                .isEqualTo(138006);
    }

    @Test
    void marketingIsSentByItsOwnApiIfTheAccountSaysSo() {
        line.done(
                "create_template",
                "{\"account\":\"200000000000001\",\"name\":\"spring_sale\",\"language\":\"en_US\",\"category\":\"MARKETING\",\"components\":[{\"type\":\"BODY\",\"text\":\"Spring is here\"}]}");
        line.done("create_template", ActionLine.example("create_template"));
        String usual =
                "{\"number\":\"100000000000001\",\"to\":\"15550001001\",\"template\":\"spring_sale\",\"language\":\"en_US\"}";
        line.done("send_template", usual);
        line.done(
                "set_marketing_channel",
                "{\"account\":\"200000000000001\",\"disable_marketing_messages_on_cloud_api\":true}");

        assertThat(line.failed("send_template", usual).code()).isEqualTo(131063);
        assertThat(line.failed(
                                "send_marketing_message",
                                ActionLine.example("send_marketing_message", "template", "order_update"))
                        .code())
                .isEqualTo(135000);
        line.done("send_marketing_message", ActionLine.example("send_marketing_message"));
    }

    @Test
    void analyticsOfTemplatesNeedInsightsAndDatesThatAreRecent() {
        long now = line.clock.instant().getEpochSecond();
        String recent = ActionLine.example("get_template_analytics")
                .replace("1793000000", Long.toString(now - 86_400))
                .replace("1793600000", Long.toString(now));
        assertThat(line.failed("get_template_analytics", recent).code()).isEqualTo(200005);
        String old = ActionLine.example("get_message_analytics")
                .replace("1793000000", Long.toString(now - 86_400L * 400))
                .replace("1793600000", Long.toString(now - 86_400L * 390));
        assertThat(line.failed("get_message_analytics", old).code()).isEqualTo(100);
    }

    @Test
    void moreThanThePaymentIsNotRefunded() {
        line.done("refund_payment", ActionLine.example("refund_payment"));

        assertThat(line.failed("refund_payment", ActionLine.example("refund_payment"))
                        .code())
                .isEqualTo(100);
        assertThat(line.failed("get_payment_configuration", ActionLine.example("get_payment_configuration"))
                        .code())
                .isEqualTo(100);
    }

    @Test
    void anAccountHasOneCatalog() {
        line.done("connect_catalog", ActionLine.example("connect_catalog"));

        assertThat(line.failed("connect_catalog", ActionLine.example("connect_catalog", "catalog_id", "8"))
                        .code())
                .isEqualTo(100);
    }

    @Test
    void aTokenWithoutThePermissionIsAMisconfiguration() {
        line.control.post("/_business", "{\"revoke\":\"whatsapp_business_management\"}");

        ActionResult.Failed failed = line.failed("list_templates", ActionLine.example("list_templates"));
        assertThat(failed.kind()).isEqualTo(Kind.MISCONFIGURED);
        assertThat(failed.advice()).contains("permission");
        line.control.post("/_business", "{\"permit\":\"whatsapp_business_management\"}");
        line.done("list_templates", ActionLine.example("list_templates"));
    }

    @Test
    void pagesAreReadByCursorAndTheirAddressesAreRemoved() {
        for (int i = 0; i < 3; i++) {
            line.done("create_link", ActionLine.example("create_link"));
        }
        JsonNode first = line.done("list_links", "{\"number\":\"100000000000001\",\"limit\":2}");
        String after = first.at("/paging/cursors/after").asText();
        JsonNode second = line.done(
                "list_links", "{\"number\":\"100000000000001\",\"limit\":2,\"after\":\"%s\"}".formatted(after));

        assertThat(first.path("data")).hasSize(2);
        assertThat(second.path("data")).hasSize(1);
        assertThat(first.toString()).doesNotContain("access_token");
    }

    @Test
    void theAnswerIsThatOfTheVersion() {
        String wrong = "{\"number\":\"100000000000001\",\"after\":\"!\"}";
        assertThat(line.failed("list_links", wrong).code()).isEqualTo(131059);
        line.done("get_messaging_limit", ActionLine.example("get_messaging_limit"));
        try (ActionLine before = new ActionLine("v23.0")) {
            assertThat(before.failed("list_links", wrong).code()).isEqualTo(100);
            assertThat(before.failed("get_messaging_limit", ActionLine.example("get_messaging_limit"))
                            .code())
                    .isEqualTo(100);
        }
        try (ActionLine ended = new ActionLine("v20.0")) {
            assertThat(ended.failed("list_links", ActionLine.example("list_links"))
                            .code())
                    .isEqualTo(2500);
        }
    }

    @Test
    void aCallWithoutAnAnswerIsUnclearAndOneThatIsThrottledCanBeRepeated() {
        line.control.post("/_faults", "{\"target\":\"business\",\"code\":\"2\"}");
        assertThat(line.failed("create_link", ActionLine.example("create_link")).kind())
                .isEqualTo(Kind.UNCLEAR);
        line.control.post("/_faults", "{\"target\":\"business\",\"code\":\"80007\"}");
        assertThat(line.failed("create_link", ActionLine.example("create_link")).kind())
                .isEqualTo(Kind.LATER);
        line.control.post("/_faults", "{\"target\":\"business\",\"code\":\"190\"}");
        assertThat(line.failed("create_link", ActionLine.example("create_link")).advice())
                .contains("whatsapp.access.token");
    }
}
