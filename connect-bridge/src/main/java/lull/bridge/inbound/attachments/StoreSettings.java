package lull.bridge.inbound.attachments;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import lull.connect.ConnectSettings;
import lull.runtime.CannotStart;
import lull.runtime.admin.Dependency;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the store for files that Connect does not accept.
public final class StoreSettings {

    static final Setting<Optional<String>> FOLDER = Setting.optional(
            "store.folder",
            "Folder for customers' files that Amazon Connect does not accept, so that agents get a link; your own"
                    + " web server must serve it at `store.base.url`");

    static final Setting<Optional<String>> BUCKET = Formats.BUCKET.ofOptional(Setting.optional(
            "store.s3.bucket", "Amazon S3 bucket for the same purpose; set store.folder, store.s3.bucket, or neither"));

    static final Setting<String> PREFIX =
            Setting.text("store.s3.prefix", "", "Prefix of the keys in the bucket, such as `whatsapp/`");

    static final Setting<Optional<String>> REGION = Formats.REGION.ofOptional(
            Setting.optional("store.s3.region", "AWS Region of the bucket, if it is not `connect.region`"));

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("store.s3.endpoint", "Endpoint of Amazon S3, if it is not AWS's own");

    static final Setting<Optional<URI>> BASE = Setting.optionalUri(
            "store.base.url",
            "URL at which agents reach the folder or the bucket, including the prefix; if it is empty, links to a"
                    + " bucket are presigned");

    static final Setting<Duration> LINK_LIFE = Setting.duration(
            "store.link.life",
            "7d",
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "How long a presigned link is valid; it also expires with the credentials of the process");

    static final Setting<Duration> KEPT = Setting.duration(
            "store.kept",
            "30d",
            Duration.ofHours(1),
            Duration.ofDays(3650),
            "How long files are kept in the folder; in a bucket its lifecycle rules decide");

    static final Setting<Integer> MEBIBYTES = Setting.number(
            "store.max.mebibytes", 100, 1, 100, "Maximum size of a file that is kept in the store, in MiB");

    /// All settings of this class.
    public static final List<Setting<?>> ALL =
            List.of(FOLDER, BUCKET, PREFIX, REGION, ENDPOINT, BASE, LINK_LIFE, KEPT, MEBIBYTES);

    private static final long MEBIBYTE = 1L << 20;

    private StoreSettings() {}

    /// Opens the store, if there is one. Throws [CannotStart] if the settings contradict each other.
    public static Optional<FileStore> open(ServiceContext context) {
        Settings settings = context.settings();
        requireOne(settings);
        if (settings.get(BUCKET).isPresent()) {
            AwsFileStore store = context.components().add("store", new AwsFileStore(s3(settings)));
            context.dependencies().check(dependency(context), store::problem);
            return Optional.of(store);
        }
        return settings.get(FOLDER).map(folder -> {
            FolderStore store = FolderStore.open(
                    Path.of(folder), settings.get(BASE).orElseThrow(), settings.get(KEPT), context.clock());
            context.dependencies().check(dependency(context), store::problem);
            return store;
        });
    }

    /// Returns the store as a dependency. If it fails, files wait for a while and then agents get a
    /// note without a link; everything else continues.
    private static Dependency dependency(ServiceContext context) {
        return context.dependencies()
                .optional(
                        "file-store",
                        "Files that Amazon Connect does not accept wait for attachments.patience; after that agents"
                                + " get a note without a link. Check the settings store.*, the network, and that the"
                                + " process's role may call s3:PutObject.");
    }

    /// Returns the rights that the store needs in AWS. A presigned link has the rights of its signer,
    /// so the right to read objects is included.
    public static List<AwsRight> rights(Settings settings, AwsAccount account) {
        return settings.get(BUCKET)
                .map(bucket -> List.of(new AwsRight(
                        "StoreFiles",
                        EnumSet.of(AwsAction.PUT_OBJECT, AwsAction.GET_OBJECT),
                        List.of(account.bucketArn(bucket + "/" + settings.get(PREFIX) + "*")))))
                .orElse(List.of());
    }

    /// Returns the maximum size of a file that is downloaded from WhatsApp.
    static long maxBytes(Settings settings, long maxAttachmentBytes) {
        boolean isThere =
                settings.get(BUCKET).isPresent() || settings.get(FOLDER).isPresent();
        return isThere ? Math.max(maxAttachmentBytes, settings.get(MEBIBYTES) * MEBIBYTE) : maxAttachmentBytes;
    }

    private static void requireOne(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.get(BUCKET).isPresent() && settings.get(FOLDER).isPresent()) {
            problems.add(BUCKET.name() + " and " + FOLDER.name() + " exclude each other");
        }
        if (settings.get(FOLDER).isPresent() && settings.get(BASE).isEmpty()) {
            problems.add(FOLDER.name() + " needs " + BASE.name());
        }
        if (!problems.isEmpty()) {
            throw CannotStart.because("The store for files cannot be used:", problems);
        }
    }

    private static AwsFileStore.Options s3(Settings settings) {
        return new AwsFileStore.Options(
                settings.get(BUCKET).orElseThrow(),
                settings.get(PREFIX),
                settings.get(REGION).orElseGet(() -> settings.get(ConnectSettings.REGION)),
                settings.get(ENDPOINT),
                settings.get(BASE),
                settings.get(LINK_LIFE),
                AwsSettings.usesPlaceholder(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(CallSettings.TRANSFER_TIMEOUT));
    }
}
