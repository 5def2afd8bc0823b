package lull.whatsapp.action.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import lull.whatsapp.action.ActionCall;
import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters that several actions with templates share.
final class TemplateParameters {

    static final Parameter NAME = Parameter.required(
            "name",
            ParameterType.text(1, 512, "[a-z0-9_]+", "lower-case letters, digits and _"),
            "Name of the template");

    static final Parameter LANGUAGE = Parameter.required(
            "language",
            ParameterType.text(2, 10, "[a-z]{2,3}(?:_[A-Za-z]{2,4})?", "such as en_US"),
            "Language of the template");

    static final Parameter CATEGORY = Parameter.required(
            "category",
            ParameterType.word("MARKETING", "UTILITY", "AUTHENTICATION"),
            "Category, which decides the price");

    static final Parameter FORMAT = Parameter.optional(
            "parameter_format",
            ParameterType.word("positional", "named"),
            "Form of the variables. Default: positional");

    static final ParameterType COMPONENTS = ParameterType.list(ParameterType.object(), 1, 6);

    static final String COMPONENTS_WORDS =
            "Header, body, footer, buttons, carousel and limited-time offer, in WhatsApp's form: header up to 60"
                    + " characters with one variable, body up to 1,024, footer up to 60, 10 buttons, 10 cards";

    private TemplateParameters() {}

    /// Returns the body of a request about several templates.
    static ObjectNode ids(ActionCall call) {
        List<String> ids = new ArrayList<>();
        call.value("templates").forEach(id -> ids.add(id.asText()));
        return call.object().put("hsm_ids", String.join(",", ids));
    }
}
