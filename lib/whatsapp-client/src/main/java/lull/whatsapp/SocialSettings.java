package lull.whatsapp;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.runtime.aws.AwsArn;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// The settings of the business numbers that AWS End User Messaging Social serves.
public final class SocialSettings {

    public static final Setting<Map<String, String>> NUMBERS = Formats.BUSINESS_NUMBER.ofNames(Setting.pairs(
            "whatsapp.eum.numbers",
            "",
            "Business numbers that send by AWS End User Messaging Social, as phone_number_id=id of the number"
                    + " there, such as 100000000000003=phone-number-id-…, separated by commas"));

    static final Setting<String> REGION = Formats.REGION.of(Setting.text(
            "whatsapp.eum.region", "us-east-1", "AWS Region of those numbers that are given by id, not by ARN"));

    static final Setting<Optional<URI>> ENDPOINT = Setting.optionalUri(
            "whatsapp.eum.endpoint", "Endpoint of AWS End User Messaging Social, if it is not AWS's own");

    static final Setting<Optional<String>> BUCKET = Formats.BUCKET.ofOptional(Setting.optional(
            "whatsapp.eum.bucket",
            "Amazon S3 bucket for files from and to customers of the numbers in `whatsapp.eum.numbers`, in the"
                    + " Region of these numbers; without it their files are not transferred"));

    static final Setting<String> PREFIX =
            Setting.text("whatsapp.eum.bucket.prefix", "", "Prefix of the keys in that bucket, such as `whatsapp/`");

    static final Setting<Optional<URI>> S3_ENDPOINT =
            Setting.optionalUri("whatsapp.eum.s3.endpoint", "Endpoint of Amazon S3, if it is not AWS's own");

    /// All of them.
    public static final List<Setting<?>> ALL = List.of(NUMBERS, REGION, ENDPOINT, BUCKET, PREFIX, S3_ENDPOINT);

    /// Those that can be set for one business number, too.
    public static final List<Setting<?>> OF_NUMBERS = List.of(REGION, BUCKET);

    private SocialSettings() {}

    /// How the service is called; empty if it serves no business number.
    static Optional<AwsSocialClients.Options> clients(Settings settings) {
        Map<String, SocialNumber> numbers = numbers(settings);
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(new AwsSocialClients.Options(
                        numbers,
                        settings.get(ENDPOINT),
                        AwsSettings.usesPlaceholder(settings),
                        CallSettings.CONNECT_TIMEOUT,
                        settings.get(WhatsAppSettings.CALL_TIMEOUT),
                        settings.get(CallSettings.TRANSFER_TIMEOUT)));
    }

    /// How files are transferred; empty if they are not.
    public static Optional<AwsSocialMedia.Options> media(Settings settings, long maxBytes) {
        return numbers(settings).values().stream()
                        .allMatch(number -> number.bucket().isEmpty())
                ? Optional.empty()
                : Optional.of(new AwsSocialMedia.Options(settings.get(S3_ENDPOINT), settings.get(PREFIX), maxBytes));
    }

    /// The business numbers that AWS End User Messaging Social serves. The ARN of one says its Region, unless a setting
    /// does.
    static Map<String, SocialNumber> numbers(Settings settings) {
        Map<String, SocialNumber> numbers = new HashMap<>();
        settings.get(NUMBERS)
                .forEach((number, id) -> numbers.put(
                        number,
                        new SocialNumber(
                                id,
                                NumberSettings.own(settings, number, REGION)
                                        .or(() -> AwsArn.region(id))
                                        .orElseGet(() -> settings.get(REGION)),
                                NumberSettings.of(settings, number, WhatsAppSettings.GRAPH_VERSION),
                                NumberSettings.of(settings, number, BUCKET))));
        return numbers;
    }
}
