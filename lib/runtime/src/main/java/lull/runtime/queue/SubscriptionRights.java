package lull.runtime.queue;

import java.util.EnumSet;
import java.util.List;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;

/// Permissions for the check of the subscriptions by which SNS topics deliver to a queue. Pure.
public final class SubscriptionRights {

    private SubscriptionRights() {}

    /// Returns the permissions; none if there are no topics. IAM has no resources for the attributes of a subscription.
    ///
    /// @param what is delivered, in one word of letters
    public static List<AwsRight> of(String what, List<String> topicArns) {
        return topicArns.isEmpty()
                ? List.of()
                : List.of(
                        new AwsRight("Check" + what + "Topics", EnumSet.of(AwsAction.LIST_SUBSCRIPTIONS), topicArns),
                        new AwsRight(
                                "Check" + what + "Subscriptions",
                                EnumSet.of(AwsAction.GET_SUBSCRIPTION),
                                List.of("*")));
    }
}
