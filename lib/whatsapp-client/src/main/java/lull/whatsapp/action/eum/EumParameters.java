package lull.whatsapp.action.eum;

import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters that several operations of AWS share.
final class EumParameters {

    static final Parameter RESOURCE = Parameter.required(
            "resource",
            ParameterType.text(
                    1, 2_048, "arn:aws[a-z-]*:social-messaging:\\S+", "an ARN of AWS End User Messaging Social"),
            "Account or number");

    private EumParameters() {}
}
