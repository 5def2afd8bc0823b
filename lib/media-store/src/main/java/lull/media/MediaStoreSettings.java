package lull.media;

import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lull.runtime.CannotStart;
import lull.runtime.CheckResult;
import lull.runtime.FileProblem;
import lull.runtime.Periodic;
import lull.runtime.admin.Dependency;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Durations;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the media store, and the store that they name.
public final class MediaStoreSettings {

    static final Setting<Optional<MediaPlace>> KEPT = Setting.of(
            "media.kept",
            "",
            "Place to keep every file that passes through Lull, named by the digest of its bytes and linked from its"
                    + " message in the archive: a folder, or `s3://BUCKET/PREFIX`. The same for ingress, bridge and"
                    + " archive. Empty: files are not kept",
            MediaPlace::parse);

    public static final Setting<Duration> KEPT_FOR = Setting.duration(
            "media.kept.for",
            "30d",
            Duration.ofDays(1),
            Duration.ofDays(3650),
            "How long a file is kept after it has passed last. In a bucket its lifecycle rule must delete objects after"
                    + " this time");

    static final Setting<Optional<String>> REGION = Formats.REGION.ofOptional(
            Setting.optional("media.kept.region", "AWS Region of the bucket in `media.kept`; required with a bucket"));

    static final Setting<Optional<URI>> ENDPOINT = Setting.optionalUri(
            "media.kept.endpoint",
            "Endpoint of the service that has the bucket in `media.kept`, if it is not AWS's own");

    static final Setting<Duration> TIMEOUT = Setting.duration(
            "media.kept.timeout",
            "10s",
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            "How long the media store may take for a file, which its conversation waits for; after that the file is not"
                    + " kept");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(KEPT, KEPT_FOR, REGION, ENDPOINT, TIMEOUT);

    /// The dependency of processes that keep files.
    private static final String KEEPING = "media-store";

    /// The dependency of the process that opens and deletes them; in the local system one process does both.
    private static final String READING = "media-store-archive";

    /// What the results of [#check] are about.
    public static final String ABOUT = "media store";

    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private MediaStoreSettings() {}

    /// Whether files are kept.
    public static boolean isOn(Settings settings) {
        return settings.get(KEPT).isPresent();
    }

    /// Opens the keeper of the files that pass through a process; one that keeps nothing if there is no
    /// store. Throws [CannotStart] if the store cannot be used with these settings.
    public static MediaKeeper keeper(ServiceContext context) {
        return open(context)
                .<MediaKeeper>map(there -> new StoreMediaKeeper(
                        there,
                        context.settings().get(TIMEOUT),
                        dependency(
                                context,
                                KEEPING,
                                there,
                                "Files are delivered but not kept, and are counted in lull_media_files_total. "
                                        + advice(context, "s3:PutObject")),
                        context.metrics().registry(),
                        System::nanoTime))
                .orElseGet(MediaKeeper::off);
    }

    /// Opens the store to read and delete files; empty if there is none. Throws [CannotStart] if it
    /// cannot be used with these settings.
    public static Optional<MediaStore> reader(ServiceContext context) {
        Optional<MediaStore> store = open(context);
        store.ifPresent(there -> dependency(
                context,
                READING,
                there,
                "Files cannot be opened, and those of erased customers are deleted later. "
                        + advice(context, "s3:GetObject and s3:DeleteObject")));
        return store;
    }

    private static Optional<MediaStore> open(ServiceContext context) {
        Settings settings = context.settings();
        return settings.get(KEPT).map(place -> switch (place) {
            case MediaPlace.Bucket bucket -> context.components().add("media store", s3(settings, bucket));
            case MediaPlace.Folder folder -> {
                FolderMediaStore store = FolderMediaStore.open(folder.path(), settings.get(KEPT_FOR), context.clock());
                store.deleteOld();
                context.components()
                        .add(
                                "retention of kept files",
                                Periodic.start("media-retention", SWEEP_EVERY, store::deleteOld));
                yield store;
            }
        });
    }

    /// Returns what to check.
    ///
    /// @param rights that a bucket needs
    private static String advice(ServiceContext context, String rights) {
        return switch (context.settings().get(KEPT).orElseThrow()) {
            case MediaPlace.Bucket _ ->
                "Check media.kept, the network, and that the role of the process may call " + rights + ".";
            case MediaPlace.Folder _ ->
                "Check that the folder of media.kept exists, that the process may write there, and that its disk has"
                        + " room.";
        };
    }

    private static Dependency dependency(ServiceContext context, String name, MediaStore store, String advice) {
        Dependency dependency = context.dependencies().optional(name, advice);
        context.dependencies().check(dependency, store::problem);
        return dependency;
    }

    private static AwsMediaStore s3(Settings settings, MediaPlace.Bucket bucket) {
        return new AwsMediaStore(new AwsMediaStore.Options(
                bucket.name(),
                bucket.prefix(),
                settings.get(REGION)
                        .orElseThrow(() -> new CannotStart("The configuration cannot be used: " + KEPT.name()
                                + " names a bucket, so " + REGION.name() + " must be its AWS Region")),
                settings.get(ENDPOINT),
                AwsSettings.usesPlaceholder(settings),
                CallSettings.CONNECT_TIMEOUT,
                settings.get(TIMEOUT)));
    }

    /// Returns the right in AWS to keep files; none if they are kept in no bucket.
    public static List<AwsRight> keepingRights(Settings settings, AwsAccount account) {
        return rights(
                settings,
                bucket -> List.of(new AwsRight(
                        "KeepFiles",
                        EnumSet.of(AwsAction.PUT_OBJECT),
                        List.of(account.bucketArn(bucket.name() + "/" + bucket.prefix() + "*")))));
    }

    /// Returns the rights in AWS to open and delete kept files; none if they are kept in no bucket.
    /// Without the right to list the bucket, S3 answers for a missing file as for a forbidden one.
    public static List<AwsRight> readingRights(Settings settings, AwsAccount account) {
        return rights(
                settings,
                bucket -> List.of(
                        new AwsRight(
                                "ReadKeptFiles",
                                EnumSet.of(AwsAction.GET_OBJECT, AwsAction.DELETE_OBJECT),
                                List.of(account.bucketArn(bucket.name() + "/" + bucket.prefix() + "*"))),
                        new AwsRight(
                                "FindKeptFiles",
                                EnumSet.of(AwsAction.LIST_BUCKET),
                                List.of(account.bucketArn(bucket.name())))));
    }

    private static List<AwsRight> rights(Settings settings, Function<MediaPlace.Bucket, List<AwsRight>> of) {
        return settings.get(KEPT).orElse(null) instanceof MediaPlace.Bucket bucket ? of.apply(bucket) : List.of();
    }

    /// Checks for `bin/lull doctor` whether files can be kept, without keeping one; nothing if they are
    /// not to be.
    public static List<CheckResult> check(Settings settings) {
        return settings.get(KEPT).stream()
                .map(place -> switch (place) {
                    case MediaPlace.Folder folder -> check(folder);
                    case MediaPlace.Bucket bucket -> check(settings, bucket);
                })
                .toList();
    }

    private static CheckResult check(MediaPlace.Folder folder) {
        if (Files.notExists(folder.path())) {
            return CheckResult.unknown(
                    ABOUT, "The folder " + folder.path() + " in " + KEPT.name() + " is not on this machine");
        }
        return FileProblem.ofWritingTo(folder.path(), 0)
                .map(words -> CheckResult.wrong(ABOUT, KEPT.name() + ": " + words))
                .orElseGet(() -> CheckResult.well(ABOUT, "Files can be kept in " + folder.path()));
    }

    private static CheckResult check(Settings settings, MediaPlace.Bucket bucket) {
        try (AwsMediaStore store = s3(settings, bucket)) {
            return store.problem()
                    .map(words -> CheckResult.wrong(ABOUT, KEPT.name() + ": " + words))
                    .orElseGet(() -> CheckResult.well(
                            ABOUT,
                            "The bucket " + bucket.name() + " answers. Its lifecycle rule must delete objects after "
                                    + Durations.text(settings.get(KEPT_FOR)) + ", which cannot be checked from here"));
        }
    }
}
