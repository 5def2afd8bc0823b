package lull.whatsapp.action;

import java.util.List;

/// Parameters that many actions have.
public final class CommonParameters {

    private static final int MOST_ENTRIES = 1_000;

    private CommonParameters() {}

    /// The business number that the action is about.
    public static Parameter number() {
        return Parameter.required("number", ParameterType.id(), "phone_number_id of the business number");
    }

    /// The business number whose token is used for an action about something else.
    public static Parameter token() {
        return Parameter.optional(
                "number",
                ParameterType.id(),
                "phone_number_id of the business number whose token and version are used");
    }

    /// The WhatsApp Business account that the action is about.
    public static Parameter account() {
        return Parameter.required(
                "account",
                ParameterType.text(
                        1,
                        120,
                        "[0-9]{1,64}|waba-[0-9a-f]{1,64}|arn:aws[a-z-]*:social-messaging:\\S+",
                        "Meta's id, which is digits, or AWS's, which is waba-… or its ARN"),
                "Id of the WhatsApp Business account");
    }

    /// A further id of the Graph API.
    public static Parameter id(String name, String description) {
        return Parameter.required(name, ParameterType.id(), description);
    }

    /// Which page of a list is wanted.
    public static List<Parameter> page() {
        return List.of(
                Parameter.optional("limit", ParameterType.whole(1, MOST_ENTRIES), "Most entries of a page"),
                Parameter.optional(
                        "after", ParameterType.text(2000), "Cursor of the answer before, after which the page begins"),
                Parameter.optional("before", ParameterType.text(2000), "Cursor before which the page ends"));
    }

    /// Which fields are wanted.
    public static Parameter fields() {
        return Parameter.optional(
                "fields",
                ParameterType.text(1, 2000, "[A-Za-z0-9_.,(){}:\\[\\]\"-]+", "names separated by commas"),
                "Fields of the answer, instead of the usual ones");
    }

    /// A time in seconds since 1970.
    public static Parameter time(String name, String description) {
        return Parameter.required(
                name, ParameterType.whole(1_000_000_000L, 9_999_999_999L), description + ", in seconds since 1970");
    }
}
