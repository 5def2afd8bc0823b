package lull.whatsapp.action.group;

import lull.whatsapp.action.Parameter;
import lull.whatsapp.action.ParameterType;

/// Parameters that several actions with groups share.
final class GroupParameters {

    static final Parameter GROUP = Parameter.required(
            "group", ParameterType.text(1, 128, "[A-Za-z0-9_=-]+", "letters, digits, _, = and -"), "Id of the group");

    static final Parameter REQUESTS = Parameter.required(
            "join_requests",
            ParameterType.list(ParameterType.text(1, 128), 1, 100),
            "Ids of the requests of list_group_join_requests");

    private GroupParameters() {}
}
