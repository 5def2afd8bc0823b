package lull.bridge.inbound.attachments;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lull.bridge.inbound.attachments.FileStore.Kept.At;
import lull.bridge.inbound.attachments.FileStore.Kept.Retry;
import lull.runtime.admin.Dependencies;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsCredentials;
import lull.runtime.aws.AwsReasons;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Store in a bucket of Amazon S3, or of a service with its protocol. A link is below an address under
/// which the bucket is served; otherwise it is presigned, and expires after its lifetime or with the
/// credentials that signed it. Safe for several threads.
final class AwsFileStore implements FileStore, AutoCloseable {

    private static final int FORBIDDEN = 403;

    private final Options options;
    private final AwsClients aws;
    private final S3Client s3;
    private final S3Presigner presigner;

    /// Why the last file was refused; a check that changes nothing cannot find that out.
    private volatile @Nullable String refusal;

    /// Options for the store.
    ///
    /// @param prefix of all keys, such as `whatsapp/`; may be empty
    /// @param endpoint instead of AWS's own; the bucket is then named in the path
    /// @param base under which keys are served, prefix included; if absent, links are presigned
    /// @param linkLife lifetime of a presigned link
    /// @param placeholderCredentials whether to sign with a made-up key, for a stand-in that checks
    ///     none
    /// @param callTimeout of a whole upload
    public record Options(
            String bucket,
            String prefix,
            String region,
            Optional<URI> endpoint,
            Optional<URI> base,
            Duration linkLife,
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration callTimeout) {}

    /// Creates a store with connections of its own.
    public AwsFileStore(Options options) {
        this.options = options;
        this.aws = new AwsClients(AwsClients.Options.once(
                options.placeholderCredentials(), options.connectTimeout(), options.callTimeout()));
        S3Configuration paths = S3Configuration.builder()
                .pathStyleAccessEnabled(options.endpoint().isPresent())
                .build();
        this.s3 = aws.create(S3Client.builder().serviceConfiguration(paths), options.region(), options.endpoint());
        S3Presigner.Builder signer = S3Presigner.builder()
                .region(Region.of(options.region()))
                .credentialsProvider(AwsCredentials.of(options.placeholderCredentials()))
                .serviceConfiguration(paths);
        options.endpoint().ifPresent(signer::endpointOverride);
        this.presigner = signer.build();
    }

    @Override
    public Kept keep(Path file, Label label) {
        String key = options.prefix() + label.key() + "/" + label.name();
        try {
            s3.putObject(
                    request -> request.bucket(options.bucket())
                            .key(key)
                            .contentType(label.mimeType())
                            // A customer's file must never be shown as a page of ours.
                            .contentDisposition("attachment; filename=\"" + label.name() + "\""),
                    RequestBody.fromFile(file));
            refusal = null;
            return new At(options.base().map(base -> Links.under(base, label)).orElseGet(() -> presigned(key)));
        } catch (AwsServiceException e) {
            if (e.statusCode() == FORBIDDEN) {
                refusal = AwsReasons.of("S3", e) + "; it recovers with the next file that is stored";
            }
            return new Retry("S3 answers " + e.statusCode() + ", " + code(e));
        } catch (SdkException e) {
            return new Retry("S3 does not answer: " + e.getClass().getSimpleName());
        }
    }

    /// Returns why no file can be kept, in words; empty if one can, as far as can be known without
    /// writing.
    public Optional<String> problem() {
        String last = refusal;
        return (last == null ? reach() : Optional.of(last))
                .map(reason -> "cannot write to the bucket " + options.bucket() + ": " + reason);
    }

    /// Requests the bucket. A refusal counts as reachable, because few roles may make this call.
    private Optional<String> reach() {
        try {
            s3.headBucket(request -> request.bucket(options.bucket())
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(Dependencies.CHECK_LIMIT)));
            return Optional.empty();
        } catch (AwsServiceException e) {
            return e.statusCode() == FORBIDDEN ? Optional.empty() : Optional.of(AwsReasons.of("S3", e));
        } catch (SdkException e) {
            return Optional.of(AwsReasons.of("S3", e));
        }
    }

    @Override
    public void close() {
        aws.close();
        presigner.close();
    }

    private URI presigned(String key) {
        String url = presigner
                .presignGetObject(presign -> presign.signatureDuration(options.linkLife())
                        .getObjectRequest(
                                request -> request.bucket(options.bucket()).key(key)))
                .url()
                .toString();
        return URI.create(url);
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null
                ? "no code"
                : refusal.awsErrorDetails().errorCode();
    }
}
