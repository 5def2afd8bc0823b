package lull.whatsapp.action.profile;

import static lull.whatsapp.action.CommonParameters.number;
import static lull.whatsapp.action.Parameter.optional;
import static lull.whatsapp.action.Parameter.required;
import static lull.whatsapp.action.ParameterType.text;
import static lull.whatsapp.action.ParameterType.word;

import lull.whatsapp.action.Action;
import lull.whatsapp.action.ActionCategory;
import lull.whatsapp.action.ActionDescriptor;

/// Asks for a username for a number.
final class SetUsername implements Action {

    private static final ActionDescriptor DESCRIPTOR = ActionDescriptor.changes(
                    "set_username", ActionCategory.PROFILE, "Asks for a username for a number.")
            .graph("POST /{number}/username")
            .webhook("business_username_update")
            .with(
                    number(),
                    required(
                            "username",
                            text(
                                    3,
                                    35,
                                    "(?!www\\.)(?=.*[a-z])[a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?",
                                    "lower-case letters, digits, . and _, with a letter"),
                            "Username"),
                    optional(
                            "transfer_action",
                            word("none", "force_transfer"),
                            "Whether to take it from another of your numbers. Default: none"))
            .example("""
                    {"number":"100000000000001","username":"lull.shop"}
                    """);

    @Override
    public ActionDescriptor descriptor() {
        return DESCRIPTOR;
    }
}
