package lull.whatsapp;

import java.util.Optional;
import lull.runtime.aws.AwsIdentity;

/// Business number that AWS End User Messaging Social serves.
///
/// @param id the number's id at AWS, `phone-number-id-…`, or its ARN
/// @param region the AWS Region in which it is registered
/// @param version of the Graph API whose bodies are sent, such as `v23.0`
/// @param bucket of S3 through which its files pass; empty if they are not transferred
/// @param identity that calls AWS for it; empty if it is that of the process
public record SocialNumber(
        String id, String region, String version, Optional<String> bucket, Optional<AwsIdentity> identity) {

    /// Where and as whom AWS is called for a number.
    record Place(String region, Optional<AwsIdentity> identity) {}

    /// Returns where and as whom AWS is called for it.
    Place place() {
        return new Place(region, identity);
    }
}
