package lull.runtime.aws;

import java.util.Optional;
import software.amazon.awssdk.arns.Arn;

/// Parts of the ARN of a resource of AWS. Pure.
public final class AwsArn {

    private AwsArn() {}

    /// The Region of a resource; empty if the id is no ARN or names none.
    public static Optional<String> region(String id) {
        return Arn.tryFromString(id).flatMap(Arn::region);
    }

    /// Whether a text names a topic of SNS.
    public static boolean isTopic(String text) {
        return Arn.tryFromString(text)
                .filter(arn -> arn.service().equals("sns") && arn.region().isPresent())
                .isPresent();
    }
}
