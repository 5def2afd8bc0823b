package lull.cdk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lull.cdk.installation.Installation;
import lull.cdk.installation.ResourceNames;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/// Key and retention of all log groups, and the bucket of access logs.
final class LogStore extends Construct {

    /// Prefix of what buckets log.
    static final String BUCKETS = "buckets/";

    private final Key key;
    private final IBucket bucket;
    private final String bucketName;
    private final RetentionDays retention;

    LogStore(Construct scope, Installation installation) {
        super(scope, "Logs");
        ResourceNames names = new ResourceNames(installation);
        this.retention = retention(installation.logDays());
        this.key = Key.Builder.create(this, "Key")
                .alias(names.of("logs"))
                .description("Encrypts the log groups of Lull")
                .enableKeyRotation(true)
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        // The CDK grants CloudWatch Logs nothing, and without this no log group can be created.
        key.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("LogGroupsOfLull")
                .principals(List.of(new ServicePrincipal("logs." + installation.region() + ".amazonaws.com")))
                .actions(List.of(
                        "kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"))
                .resources(List.of("*"))
                .conditions(Map.of(
                        "ArnLike",
                        Map.of(
                                "kms:EncryptionContext:aws:logs:arn",
                                names.arn("logs", installation.region(), "log-group:" + names.logGroup("*")))))
                .build());
        this.bucketName = names.bucket("access-logs");
        this.bucket = bucket(installation);
    }

    /// Creates a log group with the key and the retention of the installation. It ends with its
    /// stack: lines are of no use without the processes, and a group that stays would be in the way
    /// of a new installation of that name.
    LogGroup group(Construct scope, String id, String name) {
        return LogGroup.Builder.create(scope, id)
                .logGroupName(name)
                .encryptionKey(key)
                .retention(retention)
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
    }

    /// Returns the bucket of access logs.
    IBucket bucket() {
        return bucket;
    }

    String bucketName() {
        return bucketName;
    }

    private IBucket bucket(Installation installation) {
        Bucket access = Bucket.Builder.create(this, "Access")
                .bucketName(bucketName)
                // Load balancers cannot write with a customer's key.
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(installation.logDays()))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        access.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("BucketsLog")
                .principals(List.of(new ServicePrincipal("logging.s3.amazonaws.com")))
                .actions(List.of("s3:PutObject"))
                .resources(List.of(access.arnForObjects(BUCKETS + "*")))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", installation.account())))
                .build());
        NagReasons.accessLogBucket(access);
        return access;
    }

    private static RetentionDays retention(int days) {
        String name = switch (days) {
            case 1 -> "ONE_DAY";
            case 3 -> "THREE_DAYS";
            case 5 -> "FIVE_DAYS";
            case 7 -> "ONE_WEEK";
            case 14 -> "TWO_WEEKS";
            case 30 -> "ONE_MONTH";
            case 60 -> "TWO_MONTHS";
            case 90 -> "THREE_MONTHS";
            case 120 -> "FOUR_MONTHS";
            case 150 -> "FIVE_MONTHS";
            case 180 -> "SIX_MONTHS";
            case 365 -> "ONE_YEAR";
            case 400 -> "THIRTEEN_MONTHS";
            case 545 -> "EIGHTEEN_MONTHS";
            case 731 -> "TWO_YEARS";
            default -> "";
        };
        return Arrays.stream(RetentionDays.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(days + " days"));
    }
}
