package lull.runtime.aws;

import java.net.URI;

/// AWS account in which an installation runs. Pure.
///
/// @param partition such as `aws`, `aws-cn` or `aws-us-gov`
/// @param id twelve digits
public record AwsAccount(String partition, String id) {

    /// Returns the ARN of a resource of this account.
    public String arn(String service, String region, String resource) {
        return "arn:" + partition + ":" + service + ":" + region + ":" + id + ":" + resource;
    }

    /// Returns the ARN of a bucket, or of the objects in it.
    public String bucketArn(String bucketAndKey) {
        return "arn:" + partition + ":s3:::" + bucketAndKey;
    }

    /// Returns the ARN of a queue. AWS's own addresses contain its account; for others it is this
    /// account.
    ///
    /// @param region of the queue
    public String queueArn(URI url, String region) {
        String[] path = url.getPath().split("/", -1);
        String name = path[path.length - 1];
        String owner = path.length > 2 && path[path.length - 2].matches("[0-9]{12}") ? path[path.length - 2] : id;
        return "arn:" + partition + ":sqs:" + region + ":" + owner + ":" + name;
    }
}
