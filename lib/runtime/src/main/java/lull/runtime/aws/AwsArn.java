package lull.runtime.aws;

import java.util.Optional;
import software.amazon.awssdk.arns.Arn;

/// Parts of the ARN of an AWS resource. Pure.
public final class AwsArn {

    private AwsArn() {}

    /// Returns the Region of a resource; empty if the id is not an ARN or has no Region.
    public static Optional<String> region(String id) {
        return Arn.tryFromString(id).flatMap(Arn::region);
    }

    /// Whether a text is the ARN of an SNS topic.
    public static boolean isTopic(String text) {
        return Arn.tryFromString(text)
                .filter(arn -> arn.service().equals("sns") && arn.region().isPresent())
                .isPresent();
    }
}
