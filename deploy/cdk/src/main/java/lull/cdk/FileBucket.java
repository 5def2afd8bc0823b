package lull.cdk;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/// Bucket of files, which deletes each some days after it was put.
final class FileBucket extends Construct {

    FileBucket(Construct scope, String id, String name, int days, MessagingKey key, LogStore logs) {
        super(scope, id);
        Bucket bucket = Bucket.Builder.create(this, "Bucket")
                .bucketName(name)
                .encryption(BucketEncryption.KMS)
                .encryptionKey(key.key())
                .bucketKeyEnabled(true)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(days))
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build()))
                .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
                .build();
        // By its name: the CDK's own way would let the stacks of the two buckets depend on each other.
        if (bucket.getNode().getDefaultChild() instanceof CfnBucket resource) {
            resource.setLoggingConfiguration(CfnBucket.LoggingConfigurationProperty.builder()
                    .destinationBucketName(logs.bucketName())
                    .logFilePrefix(LogStore.BUCKETS + name + "/")
                    .build());
        }
    }
}
