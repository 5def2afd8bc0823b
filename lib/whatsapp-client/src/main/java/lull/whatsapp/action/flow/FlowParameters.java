package lull.whatsapp.action.flow;

import lull.whatsapp.action.ParameterType;

/// Parameters that several actions with flows share.
final class FlowParameters {

    static final ParameterType CATEGORIES = ParameterType.list(
            ParameterType.word(
                    "SIGN_UP",
                    "SIGN_IN",
                    "APPOINTMENT_BOOKING",
                    "LEAD_GENERATION",
                    "SHOPPING",
                    "CONTACT_US",
                    "CUSTOMER_SUPPORT",
                    "SURVEY",
                    "OTHER"),
            1,
            9);

    private FlowParameters() {}
}
