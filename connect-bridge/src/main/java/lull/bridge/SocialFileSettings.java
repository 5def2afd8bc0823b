package lull.bridge;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.runtime.aws.AwsArn;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.SocialNumber;

/// The settings of files of those business numbers that AWS End User Messaging Social serves.
final class SocialFileSettings {

    static final Setting<Optional<String>> BUCKET = Formats.BUCKET.ofOptional(Setting.optional(
            "whatsapp.eum.bucket",
            "Amazon S3 bucket for files from and to customers of the numbers in `whatsapp.eum.numbers`, in the"
                    + " Region of these numbers; without it their files are not transferred"));

    static final Setting<String> PREFIX =
            Setting.text("whatsapp.eum.bucket.prefix", "", "Prefix of the keys in that bucket, such as `whatsapp/`");

    static final Setting<Optional<URI>> ENDPOINT =
            Setting.optionalUri("whatsapp.eum.s3.endpoint", "Endpoint of Amazon S3, if it is not AWS's own");

    /// All of them.
    static final List<Setting<?>> ALL = List.of(BUCKET, PREFIX, ENDPOINT);

    private SocialFileSettings() {}

    /// How files pass; empty where they do not.
    static Optional<AwsSocialMedia.Options> media(Settings settings) {
        Map<String, SocialNumber> numbers = numbers(settings);
        return numbers.values().stream().allMatch(number -> number.bucket().isEmpty())
                ? Optional.empty()
                : Optional.of(new AwsSocialMedia.Options(
                        numbers,
                        settings.get(OutboundSettings.EUM_ENDPOINT),
                        settings.get(ENDPOINT),
                        settings.get(PREFIX),
                        BridgeSettings.connect(settings).placeholderCredentials(),
                        BridgeSettings.CONNECT_TIMEOUT,
                        settings.get(ChatSettings.TRANSFER_TIMEOUT),
                        ChatSettings.media(settings).maxBytes()));
    }

    /// The business numbers that AWS End User Messaging Social serves. The ARN of one says its Region, unless a setting
    /// does.
    static Map<String, SocialNumber> numbers(Settings settings) {
        Map<String, SocialNumber> numbers = new HashMap<>();
        settings.get(OutboundSettings.EUM_NUMBERS)
                .forEach((number, id) -> numbers.put(
                        number,
                        new SocialNumber(
                                id,
                                own(settings, number, OutboundSettings.EUM_REGION)
                                        .or(() -> AwsArn.region(id))
                                        .orElseGet(() -> settings.get(OutboundSettings.EUM_REGION)),
                                own(settings, number, BridgeSettings.GRAPH_VERSION)
                                        .orElseGet(() -> settings.get(BridgeSettings.GRAPH_VERSION)),
                                own(settings, number, BUCKET).orElseGet(() -> settings.get(BUCKET)))));
        return numbers;
    }

    private static <T> Optional<T> own(Settings settings, String number, Setting<T> setting) {
        return settings.get(ChatSettings.NUMBERS).contains(number)
                ? settings.get(setting.forNumber(number))
                : Optional.empty();
    }
}
