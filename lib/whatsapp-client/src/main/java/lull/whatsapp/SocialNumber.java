package lull.whatsapp;

import java.util.Optional;

/// Business number that AWS End User Messaging Social serves.
///
/// @param id the number's id at AWS, `phone-number-id-…`, or its ARN
/// @param region the AWS Region in which it is registered
/// @param version of the Graph API whose bodies are sent, such as `v23.0`
/// @param bucket of S3 through which its files pass; empty if they are not transferred
public record SocialNumber(String id, String region, String version, Optional<String> bucket) {}
