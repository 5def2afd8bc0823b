package lull.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import lull.contract.KeptFile;
import lull.runtime.admin.Dependencies;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Store in a bucket of Amazon S3, or of a service with its protocol, with the object `ab/abcdef…`
/// below a prefix for the digest `abcdef…`. An object that is put again is replaced, so its age begins
/// anew; the bucket's lifecycle rule deletes objects by their age. Safe for several threads.
final class AwsMediaStore implements MediaStore, AutoCloseable {

    private static final int FORBIDDEN = 403;

    private final Options options;
    private final AwsClients aws;
    private final S3Client s3;

    /// Why the last file was refused; a check that changes nothing cannot find that out.
    private volatile @Nullable String refusal;

    /// Options for the store.
    ///
    /// @param prefix of all keys, such as `kept/`; may be empty
    /// @param endpoint instead of AWS's own; the bucket is then named in the path
    /// @param placeholderCredentials whether to sign with a made-up key, for a stand-in that checks
    ///     none
    /// @param callTimeout of a whole call
    record Options(
            String bucket,
            String prefix,
            String region,
            Optional<URI> endpoint,
            boolean placeholderCredentials,
            Duration connectTimeout,
            Duration callTimeout) {}

    /// Creates a store with connections of its own.
    AwsMediaStore(Options options) {
        this.options = options;
        this.aws = new AwsClients(AwsClients.Options.once(
                options.placeholderCredentials(), options.connectTimeout(), options.callTimeout()));
        S3Configuration paths = S3Configuration.builder()
                .pathStyleAccessEnabled(options.endpoint().isPresent())
                .build();
        this.s3 = aws.create(S3Client.builder().serviceConfiguration(paths), options.region(), options.endpoint());
    }

    @Override
    public Optional<String> put(String sha256, MediaBytes bytes) {
        try {
            RequestBody body = RequestBody.fromContentProvider(
                    () -> {
                        try {
                            return bytes.open();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    bytes.size(),
                    "application/octet-stream");
            s3.putObject(
                    request -> request.bucket(options.bucket())
                            .key(key(sha256))
                            // S3 refuses other bytes than those of the name.
                            .checksumSHA256(Base64.getEncoder()
                                    .encodeToString(HexFormat.of().parseHex(sha256)))
                            // A customer's file must never be shown as a page of the operator.
                            .contentType("application/octet-stream")
                            .contentDisposition("attachment"),
                    body);
            refusal = null;
            return Optional.empty();
        } catch (AwsServiceException e) {
            String reason = words(e);
            if (e.statusCode() == FORBIDDEN) {
                refusal = reason + "; it recovers with the next file that is put";
            }
            return Optional.of(reason);
        } catch (SdkException e) {
            return Optional.of(words(e));
        } catch (IOException | UncheckedIOException e) {
            return Optional.of("a file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public Opened open(String sha256) {
        try {
            ResponseInputStream<GetObjectResponse> object =
                    s3.getObject(request -> request.bucket(options.bucket()).key(key(sha256)));
            return new Opened.Found(object, object.response().contentLength());
        } catch (NoSuchKeyException e) {
            return new Opened.Missing();
        } catch (SdkException e) {
            return new Opened.Unavailable(words(e));
        }
    }

    @Override
    public Optional<String> delete(String sha256) {
        try {
            s3.deleteObject(request -> request.bucket(options.bucket()).key(key(sha256)));
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(words(e));
        }
    }

    @Override
    public Optional<String> problem() {
        String last = refusal;
        return last == null ? reach() : Optional.of(last);
    }

    /// Requests the bucket. A refusal counts as reachable, because few roles may make this call.
    private Optional<String> reach() {
        try {
            s3.headBucket(request -> request.bucket(options.bucket())
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(Dependencies.CHECK_LIMIT)));
            return Optional.empty();
        } catch (AwsServiceException e) {
            return e.statusCode() == FORBIDDEN ? Optional.empty() : Optional.of(words(e));
        } catch (SdkException e) {
            return Optional.of(words(e));
        }
    }

    @Override
    public void close() {
        aws.close();
    }

    private String key(String sha256) {
        if (!KeptFile.isDigest(sha256)) {
            throw new IllegalArgumentException("A file is named by its digest");
        }
        return options.prefix() + sha256.substring(0, 2) + "/" + sha256;
    }

    private String words(SdkException e) {
        return "cannot use the bucket " + options.bucket() + ": " + AwsReasons.of("S3", e);
    }
}
