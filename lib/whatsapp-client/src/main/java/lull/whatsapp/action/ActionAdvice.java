package lull.whatsapp.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lull.whatsapp.action.ActionResult.Kind;

/// What an error code of the Graph API means for an action, and what to do. Pure.
///
/// @param words for people
public record ActionAdvice(Kind kind, String words) {

    private static final String CHECK_STATE = "It may have been done. Read the present state before you repeat it";

    private static final Map<Integer, String> REFUSED = new TreeMap<>();

    private static final Map<Integer, String> LATER = new TreeMap<>();

    private static final Map<Integer, String> MISCONFIGURED = new TreeMap<>();

    private static final Map<Integer, String> SUBCODES = new TreeMap<>();

    static {
        REFUSED.put(33, "The object does not exist, or the token may not see it: check the id");
        REFUSED.put(100, "Correct the parameter that the reason names");
        REFUSED.put(613, "This was read too often: wait, and cache the answer");
        REFUSED.put(2500, "The version has no such path: check whatsapp.graph.version");
        REFUSED.put(130403, "Your business has blocked this customer: unblock_users ends that");
        REFUSED.put(130497, "Messages to this country are restricted");
        REFUSED.put(131008, "Add the parameter that the reason names");
        REFUSED.put(131009, "Correct the value that the reason names");
        REFUSED.put(131020, "The group has no other member: share its invitation link first");
        REFUSED.put(131021, "Sender and recipient are the same number");
        REFUSED.put(131026, "The customer cannot be reached on WhatsApp");
        REFUSED.put(131030, "Add the recipient to the test numbers of the app");
        REFUSED.put(131041, "There is no such group: check the id, or read list_groups");
        REFUSED.put(131047, "The care window is closed: send a template");
        REFUSED.put(131048, "Too many customers have blocked or reported the number: pause and improve the messages");
        REFUSED.put(131049, "WhatsApp limits marketing to this customer: wait at least 24 hours");
        REFUSED.put(131050, "The customer has stopped marketing messages: do not send any more");
        REFUSED.put(131051, "WhatsApp does not support this type of message");
        REFUSED.put(131052, "WhatsApp could not download the file: check the link");
        REFUSED.put(131053, "WhatsApp could not accept the file: check its type and size");
        REFUSED.put(131059, "The cursor is not valid any more: begin at the first page");
        REFUSED.put(131062, "This message needs the phone number: a user id is not accepted");
        REFUSED.put(
                131063, "Marketing templates are off for the Cloud API of this account: use send_marketing_message");
        REFUSED.put(131064, "The account sent utility templates with other content: Meta limits it");
        REFUSED.put(131201, "Some participants were not handled: the answer names them");
        REFUSED.put(131202, "The group already exists");
        REFUSED.put(131203, "Accept the terms of groups in WhatsApp Manager");
        REFUSED.put(131204, "The group has as many participants as it may have");
        REFUSED.put(131207, "WhatsApp has suspended the group");
        REFUSED.put(131209, "The picture of a group must be square");
        REFUSED.put(131210, "The picture of a group must be larger than 192 pixels");
        REFUSED.put(131211, "The number has as many groups as it may have: delete one");
        REFUSED.put(131212, "This customer is not in the group");
        REFUSED.put(131213, "There is no such request to join: read list_group_join_requests");
        REFUSED.put(131214, "WhatsApp has paused the creation of groups for this number");
        REFUSED.put(131215, "Groups need an Official Business Account");
        REFUSED.put(132000, "Give as many parameters as the template has");
        REFUSED.put(132001, "There is no such template in this language: read list_templates");
        REFUSED.put(132005, "The text is too long after its parameters are filled in");
        REFUSED.put(132007, "The template violates WhatsApp's policy");
        REFUSED.put(132008, "A parameter of the template is not valid");
        REFUSED.put(132012, "The parameters have another form than the template");
        REFUSED.put(132015, "The template is paused for low quality: do not repeat it, improve the template");
        REFUSED.put(132016, "The template is disabled for low quality: create another one");
        REFUSED.put(132068, "The flow is blocked: read its validation errors");
        REFUSED.put(132069, "The flow is throttled to 10 messages an hour: correct its endpoint");
        REFUSED.put(133015, "The number was deleted recently: wait five minutes");
        REFUSED.put(134011, "Accept the terms of payments in WhatsApp Manager");
        REFUSED.put(135000, "The message is not valid for the marketing messages API");
        REFUSED.put(136024, "Too many verification codes were requested: wait some hours");
        REFUSED.put(136025, "The verification code is wrong");
        REFUSED.put(137000, "The customer's identity has changed: read the new hash, or confirm the identity");
        REFUSED.put(138000, "Calls are off for this number: switch them on with update_call_settings");
        REFUSED.put(138001, "The customer cannot be called");
        REFUSED.put(138002, "The number has as many calls as it may have at a time");
        REFUSED.put(138003, "There is already a call to this customer");
        REFUSED.put(138004, "The call could not be connected");
        REFUSED.put(138006, "The customer has not permitted calls: send send_call_permission_request");
        REFUSED.put(138007, "The call took too long to be answered");
        REFUSED.put(138009, "A permission may be requested once in 24 hours and twice in 7 days of a customer");
        REFUSED.put(138012, "The customer was called as often as is allowed in 24 hours");
        REFUSED.put(138013, "The permission was read too often: cache it");
        REFUSED.put(138018, "The number does not meet the conditions of calls: read get_health");
        REFUSED.put(139000, "The flow violates WhatsApp's policy");
        REFUSED.put(139001, "Only a flow in DRAFT can be changed: clone it with create_flow");
        REFUSED.put(139002, "The flow cannot be published: read its validation errors, its endpoint and its key");
        REFUSED.put(139003, "Only a published flow can be deprecated");
        REFUSED.put(139004, "Only a flow in DRAFT can be deleted: deprecate it");
        REFUSED.put(139100, "Some customers were not handled: the answer names them");
        REFUSED.put(139101, "64,000 customers are blocked, which is the maximum");
        REFUSED.put(139102, "The list has changed meanwhile: begin at the first page");
        REFUSED.put(139200, "The account is banned from sending without templates: send a template");
        REFUSED.put(147001, "Another business has this username");
        REFUSED.put(147002, "The messaging limit of the portfolio is too low for a username");
        REFUSED.put(147003, "The Facebook page with this name is not linked to the portfolio");
        REFUSED.put(147004, "The Instagram account with this name is not linked to the portfolio");
        REFUSED.put(147005, "Another of your numbers has this username: use transfer_action force_transfer");
        REFUSED.put(200005, "Insights are not switched on: run enable_insights");
        REFUSED.put(200006, "Insights are not switched on: run enable_insights");
        REFUSED.put(200007, "Insights are not available for this account");
        LATER.put(4, "The app makes too many calls: slow down");
        LATER.put(80007, "The account makes too many calls: slow down");
        LATER.put(80008, "100 templates may be created an hour: wait");
        LATER.put(130429, "The number sends too fast: slow down");
        LATER.put(131056, "This customer gets messages too fast: wait six seconds");
        LATER.put(131208, "Groups are changed too fast: slow down");
        LATER.put(133004, "The server of the number is not available: repeat it later");
        LATER.put(133008, "The PIN was wrong too often: wait for the time that the reason names");
        LATER.put(133009, "The PIN was entered too fast: wait");
        LATER.put(133016, "A number may be registered and deregistered 10 times in 72 hours: wait");
        LATER.put(138005, "Too many calls: slow down");
        LATER.put(139103, "The list is busy: repeat it");
        LATER.put(2494100, "The number is in maintenance: repeat it in some minutes");
        MISCONFIGURED.put(3, "The app lacks this capability: check the token's app");
        MISCONFIGURED.put(10, "The token lacks the permission of this action");
        MISCONFIGURED.put(131005, "The token lacks the permission of this action");
        MISCONFIGURED.put(368, "WhatsApp has blocked the account for a time: read the account's events");
        MISCONFIGURED.put(131031, "WhatsApp has locked the account: read get_health");
        MISCONFIGURED.put(131037, "The display name is not approved: read get_number");
        MISCONFIGURED.put(131042, "Check the payment method of the account");
        MISCONFIGURED.put(131044, "Set up the payment of the account");
        MISCONFIGURED.put(131045, "Register the number with register_number");
        MISCONFIGURED.put(133000, "An earlier deregistration is incomplete: deregister the number again");
        MISCONFIGURED.put(133005, "The PIN is wrong: set another one with set_pin");
        MISCONFIGURED.put(133006, "Verify the number first: request_code and verify_code");
        MISCONFIGURED.put(133010, "Register the number with register_number");
        SUBCODES.put(2388012, "The number already exists in an account: delete it there first");
        SUBCODES.put(2388019, "The account has as many templates as it may have: delete some");
        SUBCODES.put(2388023, "The name of a deleted template is locked for 30 days: use another name");
        SUBCODES.put(2388024, "There is already such a template in this language: edit it");
        SUBCODES.put(2388040, "A text of the template is too long");
        SUBCODES.put(2388043, "The template has no example, or one of another form: add it");
        SUBCODES.put(2388047, "The header of the template has a wrong form");
        SUBCODES.put(2388072, "The body of the template has a wrong form");
        SUBCODES.put(2388073, "The footer of the template has a wrong form");
        SUBCODES.put(2388293, "The body has too many variables for its words: add words or remove variables");
        SUBCODES.put(2388299, "A text must not begin or end with a variable: add words");
        SUBCODES.put(2388318, "Meta has generated this template for Direct Send: it cannot be edited");
        SUBCODES.put(2388330, "Meta has generated this template for Direct Send: it cannot be deleted");
        SUBCODES.put(2593079, "A template may be edited once in 24 hours and 10 times in 30 days: wait");
    }

    /// Returns the advice for codes.
    ///
    /// @param subcode 0 if there is none
    /// @param isTransient whether the Graph API says that it will pass
    /// @param tokenSetting the setting with the access token that was used
    static ActionAdvice of(int code, int subcode, boolean isTransient, String tokenSetting) {
        if (SUBCODES.containsKey(subcode)) {
            return new ActionAdvice(Kind.REFUSED, Objects.requireNonNull(SUBCODES.get(subcode)));
        }
        if (LATER.containsKey(code)) {
            return new ActionAdvice(Kind.LATER, "Nothing was done. " + LATER.get(code));
        }
        if (code == 0 || code == 190) {
            return new ActionAdvice(
                    Kind.MISCONFIGURED,
                    "The access token in " + tokenSetting + " is invalid or has expired: replace it");
        }
        if (MISCONFIGURED.containsKey(code)) {
            return new ActionAdvice(Kind.MISCONFIGURED, Objects.requireNonNull(MISCONFIGURED.get(code)));
        }
        if (code >= 200 && code <= 299) {
            return new ActionAdvice(
                    Kind.MISCONFIGURED, "The token in " + tokenSetting + " lacks the permission of this action");
        }
        if (List.of(1, 2, 131000, 131016, 131057).contains(code)) {
            return new ActionAdvice(Kind.UNCLEAR, CHECK_STATE);
        }
        if (isTransient) {
            return new ActionAdvice(Kind.LATER, "WhatsApp says that this passes: repeat it later");
        }
        return new ActionAdvice(
                Kind.REFUSED, REFUSED.getOrDefault(code, "Read what the reason says, and correct the request"));
    }

    /// Returns the advice for a response without a code, such as that of a proxy.
    static ActionAdvice ofStatus(int status, String tokenSetting) {
        return switch (status) {
            case 401, 403 -> new ActionAdvice(Kind.MISCONFIGURED, "Check the access token in " + tokenSetting);
            case 404, 400, 405, 415 ->
                new ActionAdvice(Kind.REFUSED, "Read what the reason says, and correct the request");
            case 429 -> new ActionAdvice(Kind.LATER, "Nothing was done. Repeat it later");
            default -> new ActionAdvice(Kind.UNCLEAR, CHECK_STATE);
        };
    }

    /// Returns the advice of every code, for the page of actions.
    public static Map<Integer, String> all() {
        Map<Integer, String> all = new TreeMap<>(REFUSED);
        all.putAll(LATER);
        all.putAll(MISCONFIGURED);
        all.putAll(SUBCODES);
        return all;
    }
}
