package lull.bridge;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import lull.bridge.file.AwsSocialMedia;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// The settings of files of those business numbers that AWS End User Messaging Social serves.
final class SocialFileSettings {

    static final Setting<Optional<String>> BUCKET = Setting.optional(
            "whatsapp.eum.bucket",
            "Bucket of S3 through which files pass from and to customers of the numbers of `whatsapp.eum.numbers`, in their"
                    + " Region; without one their files are not carried");

    static final Setting<String> PREFIX =
            Setting.text("whatsapp.eum.bucket.prefix", "", "What the keys there begin with, such as `whatsapp/`");

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("whatsapp.eum.s3.endpoint", "S3's address, where it is not AWS's own");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(BUCKET, PREFIX, ENDPOINT);

    private SocialFileSettings() {}

    /// How files pass; empty where they do not.
    static Optional<AwsSocialMedia.Options> media(Settings settings) {
        return settings.get(BUCKET)
                .filter(bucket -> !settings.get(OutboundSettings.EUM_NUMBERS).isEmpty())
                .map(bucket -> new AwsSocialMedia.Options(
                        settings.get(OutboundSettings.EUM_NUMBERS),
                        settings.get(OutboundSettings.EUM_REGION),
                        settings.get(OutboundSettings.EUM_ENDPOINT),
                        settings.get(ENDPOINT),
                        bucket,
                        settings.get(PREFIX),
                        BridgeSettings.connect(settings).placeholderCredentials(),
                        BridgeSettings.CONNECT_TIMEOUT,
                        settings.get(ChatSettings.TRANSFER_TIMEOUT),
                        ChatSettings.media(settings).maxBytes()));
    }
}
