package lull.whatsapp;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import lull.contract.message.Content;
import lull.runtime.admin.Dependencies;
import lull.runtime.aws.AwsErrors;
import lull.runtime.aws.AwsReasons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Transfer of files from and to WhatsApp by AWS End User Messaging Social, for business numbers that
/// are registered there. Files pass through a bucket of S3; each is deleted after it was transferred.
/// See GetWhatsAppMessageMedia and PostWhatsAppMessageMedia in its API reference.
public final class AwsSocialMedia implements MediaSource, MediaUploader {

    private static final Logger log = LoggerFactory.getLogger(AwsSocialMedia.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String UNTYPED = "application/octet-stream";

    private final AwsSocialClients clients;
    private final Options options;
    private final WhatsAppMetrics metrics;
    private final Map<SocialNumber.Place, S3Client> storeByPlace;

    /// Options of the transfer.
    ///
    /// @param s3Endpoint of S3, instead of AWS's own; the bucket is then named in the path
    /// @param prefix of all keys, such as `whatsapp/`; may be empty
    /// @param maxBytes of a file from a customer
    public record Options(Optional<URI> s3Endpoint, String prefix, long maxBytes) {}

    public AwsSocialMedia(AwsSocialClients clients, Options options, WhatsAppMetrics metrics) {
        this.clients = clients;
        this.options = options;
        this.metrics = metrics;
        this.storeByPlace = clients.stores(options.s3Endpoint());
    }

    /// Returns why a bucket cannot be used, in words; empty if all can.
    public Optional<String> problem() {
        return clients.numbers().values().stream()
                .flatMap(number -> number.bucket().map(name -> new Bucket(name, number.place())).stream())
                .distinct()
                .flatMap(bucket -> problem(bucket).stream())
                .findFirst();
    }

    private Optional<String> problem(Bucket bucket) {
        try {
            store(bucket)
                    .headBucket(request -> request.bucket(bucket.name())
                            .overrideConfiguration(
                                    configuration -> configuration.apiCallTimeout(Dependencies.CHECK_LIMIT)));
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of("cannot use the bucket " + bucket.name() + ": " + AwsReasons.of("S3", e));
        }
    }

    /// Whether this class transfers the files of a business number.
    public boolean serves(String businessNumber) {
        SocialNumber number = clients.numbers().get(businessNumber);
        return number != null && number.bucket().isPresent();
    }

    @Override
    public Fetched fetch(Content.Media media, String businessNumber, Path into) {
        long start = System.nanoTime();
        Fetched fetched = fetchOrNot(media, businessNumber, into);
        metrics.mediaFetched(fetched.word(), Duration.ofNanos(System.nanoTime() - start));
        return fetched;
    }

    @Override
    public Upload upload(String businessNumber, Path file, String mimeType, String name) {
        long start = System.nanoTime();
        Upload upload = uploadOrNot(businessNumber, RequestBody.fromFile(file), mimeType);
        metrics.whatsAppCalled(upload.uploadWord(), Duration.ofNanos(System.nanoTime() - start));
        return upload;
    }

    /// Uploads a file that is in memory. Nothing is measured.
    public Upload upload(String businessNumber, byte[] file, String mimeType) {
        return uploadOrNot(businessNumber, RequestBody.fromBytes(file), mimeType);
    }

    private Fetched fetchOrNot(Content.Media media, String businessNumber, Path into) {
        // AWS uses it as a prefix, and appends the id and an extension.
        String prefix = options.prefix() + "from-customers/" + media.mediaId() + "/";
        SocialNumber number = clients.number(businessNumber);
        Bucket bucket = bucket(number);
        try {
            String type = Objects.requireNonNullElse(
                    clients.of(number)
                            .getWhatsAppMessageMedia(request -> request.mediaId(media.mediaId())
                                    .originationPhoneNumberId(number.id())
                                    .destinationS3File(place ->
                                            place.bucketName(bucket.name()).key(prefix)))
                            .mimeType(),
                    UNTYPED);
            List<S3Object> objects = store(bucket)
                    .listObjectsV2(request -> request.bucket(bucket.name()).prefix(prefix))
                    .contents();
            return objects.isEmpty()
                    ? new Fetched.Retry("AWS has stored no file")
                    : take(bucket, objects.getFirst(), media, withoutParameters(type), into);
        } catch (AwsServiceException e) {
            return "InvalidParametersException".equals(code(e))
                    ? new Fetched.Refused(MediaProblem.GONE)
                    : new Fetched.Retry("AWS answers for a file with " + e.statusCode() + ", " + code(e));
        } catch (SdkException | IOException e) {
            return new Fetched.Retry(MediaFolder.problemAt(into)
                    .orElse("A file could not be fetched from AWS: "
                            + e.getClass().getSimpleName()));
        }
    }

    private Fetched take(Bucket bucket, S3Object object, Content.Media media, String type, Path into)
            throws IOException {
        try {
            if (object.size() > options.maxBytes()) {
                return new Fetched.Refused(MediaProblem.TOO_LARGE);
            }
            store(bucket)
                    .getObject(
                            request -> request.bucket(bucket.name()).key(object.key()),
                            ResponseTransformer.toFile(into));
            long bytes = Files.size(into);
            return bytes > 0 && bytes == object.size() && Sha256Check.is(into, media.sha256())
                    ? new Fetched.Here(type, bytes)
                    : new Fetched.Refused(MediaProblem.DAMAGED);
        } finally {
            delete(bucket, object.key());
        }
    }

    private Upload uploadOrNot(String businessNumber, RequestBody file, String mimeType) {
        String key = options.prefix() + "to-customers/" + UUID.randomUUID();
        SocialNumber number = clients.number(businessNumber);
        Bucket bucket = bucket(number);
        try {
            store(bucket)
                    .putObject(request -> request.bucket(bucket.name()).key(key).contentType(mimeType), file);
            try {
                return new Upload.Done(clients.of(number)
                        .postWhatsAppMessageMedia(request -> request.originationPhoneNumberId(number.id())
                                .sourceS3File(
                                        place -> place.bucketName(bucket.name()).key(key)))
                        .mediaId());
            } finally {
                delete(bucket, key);
            }
        } catch (AwsServiceException e) {
            return meaning(businessNumber, e);
        } catch (SdkException e) {
            return new WhatsAppError.Transient(
                    Duration.ZERO, "AWS does not answer: " + e.getClass().getSimpleName());
        }
    }

    private Upload meaning(String businessNumber, AwsServiceException e) {
        String reason = "AWS answers " + e.statusCode() + ", " + code(e);
        if (e.statusCode() == 401 || AwsErrors.isCredentials(e)) {
            return new WhatsAppError.Misconfigured(clients.credentials(businessNumber), reason);
        }
        return switch (e.statusCode()) {
            case 400 -> new WhatsAppError.Refused(0, reason);
            case 403, 404 -> new WhatsAppError.Misconfigured(new ErrorScope.BusinessNumber(businessNumber), reason);
            default ->
                new WhatsAppError.Transient(
                        e.statusCode() == 409 || e.statusCode() == 429 ? SOON : Duration.ZERO, reason);
        };
    }

    /// The bucket's lifecycle rule deletes what remains after a failure.
    private void delete(Bucket bucket, String key) {
        try {
            store(bucket).deleteObject(request -> request.bucket(bucket.name()).key(key));
        } catch (SdkException e) {
            log.atWarn()
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("A transferred file could not be deleted from the bucket");
        }
    }

    private record Bucket(String name, SocialNumber.Place place) {}

    private static Bucket bucket(SocialNumber number) {
        return new Bucket(number.bucket().orElseThrow(), number.place());
    }

    private S3Client store(Bucket bucket) {
        return Objects.requireNonNull(storeByPlace.get(bucket.place()));
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null
                ? "no code"
                : Objects.requireNonNullElse(refusal.awsErrorDetails().errorCode(), "no code");
    }

    private static String withoutParameters(String mimeType) {
        int end = mimeType.indexOf(';');
        return (end < 0 ? mimeType : mimeType.substring(0, end)).strip();
    }
}
