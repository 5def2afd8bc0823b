package lull.runtime.aws;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Permission of a process in AWS: one statement of a policy.
///
/// @param purpose what it is for, in one word of letters
/// @param actions that it calls
/// @param resources for which it calls them, as ARNs
/// @param condition texts that a key of the request must match; empty if there is none
public record AwsRight(
        String purpose, Set<AwsAction> actions, List<String> resources, Map<String, List<String>> condition) {

    public AwsRight {
        actions = Set.copyOf(EnumSet.copyOf(actions));
        resources = List.copyOf(resources);
        condition = Map.copyOf(condition);
    }

    /// Creates a permission without a condition.
    public AwsRight(String purpose, Set<AwsAction> actions, List<String> resources) {
        this(purpose, actions, resources, Map.of());
    }
}
