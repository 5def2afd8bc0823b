package lull.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;

/// Statement of a policy that allows something.
///
/// @param id letters and digits, unique in a policy
/// @param actions in the order of their names
/// @param resources ARNs, in the order in which they are listed
/// @param condition patterns that a key of the request must match
public record PolicyStatement(
        String id, Set<String> actions, List<String> resources, Map<String, List<String>> condition) {

    static PolicyStatement of(AwsRight right) {
        return new PolicyStatement(
                right.purpose(),
                right.actions().stream().map(AwsAction::word).collect(Collectors.toCollection(TreeSet::new)),
                right.resources(),
                right.condition());
    }
}
