package lull.whatsapp.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lull.contract.account.AccountFact;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.AccountEvent;
import lull.contract.message.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountFactsTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant RECEIVED = AT.plusSeconds(2);

    @ParameterizedTest
    @MethodSource
    void anEventSaysWhatHoldsNow(String field, String value, String fact) throws UnreadableJson {
        assertThat(AccountFacts.of(event(field, value)).stream()
                        .map(AccountFactsTest::text)
                        .toList())
                .containsExactly(fact.split("; ", -1));
    }

    static Stream<Arguments> anEventSaysWhatHoldsNow() {
        String template = "'message_template_id':77,'message_template_name':'news','message_template_language':'en-US'";
        return Stream.of(
                row("account_review_update", "'decision':'APPROVED'", "account 1 review APPROVED notice"),
                row("account_review_update", "'decision':'REJECTED'", "account 1 review REJECTED critical"),
                row("account_review_update", "'decision':'DEFERRED'", "account 1 review DEFERRED warning"),
                row(
                        "account_update",
                        "'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'DISABLE','waba_ban_date':'April 17, 2026'}",
                        "account 1 ban DISABLE (April 17, 2026) critical"),
                row(
                        "account_update",
                        "'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'REINSTATE'}",
                        "account 1 ban REINSTATE notice"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_RESTRICTION','restriction_info':["
                                + "{'restriction_type':'RESTRICTED_BIZ_INITIATED_MESSAGING','expiration':1772400000},"
                                + "{'restriction_type':'RESTRICTED_ADD_PHONE_NUMBER_ACTION','expiration':'1772400000'}]",
                        "account 1 restriction[RESTRICTED_BIZ_INITIATED_MESSAGING] RESTRICTED_BIZ_INITIATED_MESSAGING"
                                + " critical until 2026-03-01T21:20:00Z"
                                + "; account 1 restriction[RESTRICTED_ADD_PHONE_NUMBER_ACTION]"
                                + " RESTRICTED_ADD_PHONE_NUMBER_ACTION notice until 2026-03-01T21:20:00Z"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_RESTRICTION','violation_info':{'violation_type':'DIRECT_SEND_STRIKE_1'}",
                        "account 1 restriction[DIRECT_SEND] DIRECT_SEND_STRIKE_1 warning"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_RESTRICTION','violation_info':{'violation_type':'DIRECT_SEND_UNBAN'}",
                        "account 1 restriction[DIRECT_SEND] DIRECT_SEND_UNBAN notice"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_VIOLATION','violation_info':{'violation_type':'SCAM'}",
                        "account 1 violation[SCAM] SCAM critical until 2026-03-02T10:00:00Z"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_VIOLATION','violation_info':{'violation_type':'TOBACCO'}",
                        "account 1 violation[TOBACCO] TOBACCO warning until 2026-03-02T10:00:00Z"),
                row(
                        "account_update",
                        "'event':'ACCOUNT_OFFBOARDED'",
                        "account 1 connection ACCOUNT_OFFBOARDED critical"),
                row(
                        "account_update",
                        "'event':'PARTNER_ADDED','waba_info':{'waba_id':'980'}",
                        "account 980 connection PARTNER_ADDED notice"),
                row(
                        "account_update",
                        "'event':'PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE',"
                                + "'partner_client_certification_info':{'client_business_id':'5','status':'REVOKED',"
                                + "'rejection_reasons':['NONE']}",
                        "account 1 certification[5] REVOKED warning"),
                row("account_update", "'event':'OF_TOMORROW'", "account 1 unknown[account_update] OF_TOMORROW notice"),
                row(
                        "account_alerts",
                        "'entity_id':'9','alert_info':{'alert_severity':'WARNING','alert_status':'ACTIVE',"
                                + "'alert_type':'OBA_REJECTED','alert_description':'No badge'}",
                        "account 1 alert[OBA_REJECTED 9] OBA_REJECTED (No badge) warning until 2026-03-02T10:00:00Z"),
                row(
                        "business_capability_update",
                        "'max_daily_conversations_per_business':2000,'max_phone_numbers_per_waba':25",
                        "account 1 limit[max_daily_conversations_per_business] 2000 notice"
                                + "; account 1 limit[max_phone_numbers_per_waba] 25 notice"),
                row(
                        "phone_number_quality_update",
                        "'display_phone_number':'15550783881','event':'FLAGGED','current_limit':'TIER_10K'",
                        "number 15550783881 quality FLAGGED (current_limit TIER_10K) critical"),
                row(
                        "phone_number_quality_update",
                        "'display_phone_number':'+1 555-0783881','event':'UNFLAGGED'",
                        "number 15550783881 quality UNFLAGGED notice"),
                row(
                        "phone_number_name_update",
                        "'display_phone_number':'1555','decision':'REJECTED','requested_verified_name':'Shop',"
                                + "'rejection_reason':'NAME_NOT_CONSISTENT'",
                        "number 1555 name REJECTED (Shop: NAME_NOT_CONSISTENT) warning"),
                row(
                        "business_username_update",
                        "'display_phone_number':'1555','username':'shop','status':'approved'",
                        "number 1555 username APPROVED (shop) notice"),
                row(
                        "account_settings_update",
                        "'type':'phone_number_settings','phone_number_settings':{'phone_number_id':'106',"
                                + "'calling':{'status':'ENABLED'}}",
                        "number 106 settings CALLING_ENABLED notice"),
                row(
                        "security",
                        "'display_phone_number':'1555','event':'PIN_RESET_REQUEST','requester':'5'",
                        "number 1555 security PIN_RESET_REQUEST (5) critical until 2026-03-02T10:00:00Z"),
                row(
                        "message_template_status_update",
                        template + ",'event':'APPROVED','reason':'NONE','message_template_category':'UTILITY'",
                        "template 77 news en-US status APPROVED notice; template 77 news en-US category UTILITY notice"),
                row(
                        "message_template_status_update",
                        template + ",'event':'REJECTED','reason':'SCAM','rejection_info':{'reason':'Too pushy',"
                                + "'recommendation':'Say less'}",
                        "template 77 news en-US status REJECTED (SCAM, Too pushy, Say less) warning"),
                row(
                        "message_template_status_update",
                        template + ",'event':'PAUSED','other_info':{'title':'FIRST_PAUSE'}",
                        "template 77 news en-US status PAUSED (FIRST_PAUSE) critical until 2026-03-01T13:00:00Z"),
                row(
                        "message_template_status_update",
                        template + ",'event':'APPROVED','other_info':{'title':'UNPAUSE'}",
                        "template 77 news en-US status APPROVED (UNPAUSE) notice"),
                row(
                        "message_template_status_update",
                        template + ",'event':'DISABLED','disable_info':{'disable_date':'1772400000'}",
                        "template 77 news en-US status DISABLED (1772400000) critical"),
                // Meta's page of the quality field has this field in its example.
                row(
                        "message_template_status_update",
                        template + ",'previous_quality_score':'GREEN','new_quality_score':'YELLOW'",
                        "template 77 news en-US quality YELLOW (before: GREEN) warning"),
                row(
                        "message_template_quality_update",
                        template + ",'new_quality_score':'RED'",
                        "template 77 news en-US quality RED critical"),
                row(
                        "template_category_update",
                        template + ",'previous_category':'UTILITY','new_category':'MARKETING'",
                        "template 77 news en-US category MARKETING (before: UTILITY) notice"
                                + "; template 77 news en-US category_change MARKETING (done) warning until"
                                + " 2026-03-02T10:00:00Z"),
                row(
                        "template_category_update",
                        template + ",'new_category':'UTILITY','correct_category':'MARKETING',"
                                + "'category_update_timestamp':1772400000",
                        "template 77 news en-US category UTILITY notice"
                                + "; template 77 news en-US category_change MARKETING (announced) warning until"
                                + " 2026-03-02T21:20:00Z"),
                row("message_template_components_update", template, "template 77 news en-US text CHANGED notice"),
                row(
                        "flows",
                        "'event':'FLOW_STATUS_CHANGE','flow_id':'6','old_status':'PUBLISHED','new_status':'THROTTLED'",
                        "flow 6 status THROTTLED (PUBLISHED) critical"),
                row(
                        "flows",
                        "'event':'ENDPOINT_ERROR_RATE','flow_id':'6','threshold':50,'alert_state':'ACTIVATED'",
                        "flow 6 endpoint[ENDPOINT_ERROR_RATE] ACTIVATED (50) critical"),
                row(
                        "flows",
                        "'event':'ENDPOINT_ERROR_RATE','flow_id':'6','threshold':5,'alert_state':'ACTIVATED'",
                        "flow 6 endpoint[ENDPOINT_ERROR_RATE] ACTIVATED (5) warning"),
                row(
                        "flows",
                        "'event':'ENDPOINT_LATENCY','flow_id':'6','threshold':7000,'alert_state':'DEACTIVATED'",
                        "flow 6 endpoint[ENDPOINT_LATENCY] DEACTIVATED (7000) notice"),
                row(
                        "payment_configuration_update",
                        "'configuration_name':'prod','status':'Needs Testing'",
                        "account 1 payments[prod] Needs Testing warning"),
                row(
                        "user_preferences",
                        "'metadata':{'phone_number_id':'106'},'user_preferences':[{'wa_id':'1555','user_id':'US.1',"
                                + "'category':'marketing_messages','value':'stop','timestamp':'1772359000'}]",
                        "customer 106|1555 preference[marketing_messages] STOP info"
                                + "; customer 106|US.1 preference[marketing_messages] STOP info"),
                row(
                        "standby",
                        "'metadata':{'display_phone_number':'1555','phone_number_id':'106'},'messages':[{}]",
                        "number 106 1555 answered_by ANOTHER_AGENT warning until 2026-03-01T12:00:00Z"),
                row(
                        "messaging_handovers",
                        "'recipient':{'phone_number_id':'106','display_phone_number':'1555'},'type':'control_passed',"
                                + "'control_passed':{'new_owner_role':'escalation'}",
                        "number 106 1555 handover CONTROL_PASSED (escalation) info"),
                row("of_tomorrow", "'event':'NEW'", "account 1 unknown[of_tomorrow] NEW notice"),
                row("of_tomorrow", "", "account 1 unknown[of_tomorrow] of_tomorrow notice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "messages", "statuses", "errors", "calls", "smb_message_echoes", "group_status_update"})
    void whatIsAboutMessagesSaysNothingAboutAccounts(String field) throws UnreadableJson {
        assertThat(AccountFacts.of(event(field, "'event':'X'"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "account_update",
                "account_review_update",
                "account_alerts",
                "business_capability_update",
                "phone_number_quality_update",
                "phone_number_name_update",
                "business_username_update",
                "account_settings_update",
                "security",
                "message_template_status_update",
                "message_template_quality_update",
                "template_category_update",
                "template_correct_category_detection",
                "message_template_components_update",
                "flows",
                "payment_configuration_update",
                "user_preferences",
                "messaging_handovers",
                "standby",
                "partner_solutions"
            })
    void nothingInAValueMakesItFail(String field) throws UnreadableJson {
        for (String value : List.of(
                "null",
                "[]",
                "7",
                "{}",
                "'x'",
                "{'event':{},'restriction_info':{},'user_preferences':7,'alert_info':[],'decision':null}",
                "{'event':'ACCOUNT_RESTRICTION','restriction_info':[null,7,{'expiration':1e400}]}",
                "{'event':'FLOW_STATUS_CHANGE','flow_id':[],'threshold':'x'}",
                "{'user_preferences':[null,{'wa_id':1555,'timestamp':-5}]}",
                "{'category_update_timestamp':99999999999999999999,'correct_category':'X'}")) {
            AccountEvent event = raw(field, "{\"value\":" + value.replace('\'', '"') + "}", AT);

            assertThat(AccountFacts.of(event)).as(value).isNotEmpty().allSatisfy(fact -> {
                assertThat(Json.read(Json.bytes(fact), AccountFact.class)).isEqualTo(fact);
                assertThat(fact.key()).doesNotContain("null");
            });
        }
    }

    @Test
    void withoutATimeItIsThatOfItsArrival() throws UnreadableJson {
        AccountEvent event = raw("account_review_update", "{\"value\":{\"decision\":\"APPROVED\"}}", null);

        assertThat(AccountFacts.of(event)).extracting(AccountFact::at).containsExactly(RECEIVED);
    }

    @Test
    void aClockThatIsAheadDoesNotHideLaterFacts() throws UnreadableJson {
        AccountEvent event =
                raw("account_review_update", "{\"value\":{\"decision\":\"APPROVED\"}}", RECEIVED.plusSeconds(900));

        assertThat(AccountFacts.of(event)).extracting(AccountFact::at).containsExactly(RECEIVED);
    }

    @Test
    void manyMessagesOnStandbyMakeOneFact() throws UnreadableJson {
        String value = "{\"value\":{\"metadata\":{\"phone_number_id\":\"106\"},\"messages\":[{\"id\":\"x\"}]}}";

        assertThat(AccountFacts.of(raw("standby", value, AT.plusSeconds(1))))
                .isEqualTo(AccountFacts.of(raw("standby", value, AT.plusSeconds(1700))));
    }

    @ParameterizedTest
    @CsvSource({"REINSTATE, false", "DISABLE, true"})
    void aBanHoldsUntilItIsLifted(String state, boolean isProblem) throws UnreadableJson {
        AccountFact fact = AccountFacts.of(event(
                        "account_update", "'event':'DISABLED_UPDATE','ban_info':{'waba_ban_state':'" + state + "'}"))
                .getFirst();

        assertThat(fact.isProblemAt(AT.plusSeconds(86_400 * 365))).isEqualTo(isProblem);
        assertThat(fact.key()).isEqualTo("account/1/1/ban/");
    }

    private static Arguments row(String field, String value, String fact) {
        return Arguments.of(field, value, fact);
    }

    private static AccountEvent event(String field, String value) throws UnreadableJson {
        return raw(field, "{\"value\":{" + value.replace('\'', '"') + "}}", AT);
    }

    private static AccountEvent raw(String field, String raw, @Nullable Instant at) throws UnreadableJson {
        return new AccountEvent(field, "1", at, RECEIVED, new Source("meta", "default"), Json.tree(raw));
    }

    private static String text(AccountFact fact) {
        return fact.subject().word() + " " + fact.id()
                + (fact.name() == null
                                || fact.name().equals(fact.id())
                                || fact.name().startsWith("+")
                        ? ""
                        : " " + fact.name())
                + (fact.language() == null ? "" : " " + fact.language())
                + " " + fact.aspect() + (fact.of() == null ? "" : "[" + fact.of() + "]") + " " + fact.value()
                + (fact.detail() == null ? "" : " (" + fact.detail().replace(";", ",") + ")") + " "
                + fact.urgency().word() + (fact.until() == null ? "" : " until " + fact.until());
    }
}
