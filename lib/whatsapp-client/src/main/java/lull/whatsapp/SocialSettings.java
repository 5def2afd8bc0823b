package lull.whatsapp;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lull.runtime.aws.AwsAccount;
import lull.runtime.aws.AwsAction;
import lull.runtime.aws.AwsArn;
import lull.runtime.aws.AwsIdentity;
import lull.runtime.aws.AwsRight;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of the business numbers that AWS End User Messaging Social serves.
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

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(NUMBERS, REGION, ENDPOINT, BUCKET, PREFIX, S3_ENDPOINT);

    /// The settings that can also be set for one business number.
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

    /// The permissions in AWS that the business numbers need: to send, and with a bucket to transfer
    /// files.
    public static List<AwsRight> rights(Settings settings, AwsAccount account) {
        Map<String, SocialNumber> numbers = ofProcess(settings);
        if (numbers.isEmpty()) {
            return List.of();
        }
        List<String> all = numbers.values().stream()
                .map(number -> arn(number, account))
                .distinct()
                .toList();
        List<AwsRight> rights = new ArrayList<>();
        rights.add(new AwsRight("SendReplies", EnumSet.of(AwsAction.SEND_WHATSAPP_MESSAGE), all));
        List<String> buckets = numbers.values().stream()
                .flatMap(number -> number.bucket().stream())
                .distinct()
                .toList();
        if (!buckets.isEmpty()) {
            rights.add(new AwsRight(
                    "TransferFiles", EnumSet.of(AwsAction.GET_WHATSAPP_MEDIA, AwsAction.POST_WHATSAPP_MEDIA), all));
            rights.add(new AwsRight(
                    "TransferObjects",
                    EnumSet.of(AwsAction.PUT_OBJECT, AwsAction.GET_OBJECT, AwsAction.DELETE_OBJECT),
                    buckets.stream()
                            .map(bucket -> account.bucketArn(bucket + "/" + settings.get(PREFIX) + "*"))
                            .toList()));
            rights.add(new AwsRight(
                    "FindObjects",
                    EnumSet.of(AwsAction.LIST_BUCKET),
                    buckets.stream().map(account::bucketArn).toList(),
                    Map.of("s3:prefix", List.of(settings.get(PREFIX) + "*"))));
        }
        return rights;
    }

    /// The permissions in AWS to upload files for the business numbers, and for nothing else.
    public static List<AwsRight> uploadRights(Settings settings, AwsAccount account) {
        return fileRights("Upload", AwsAction.POST_WHATSAPP_MEDIA, settings, account);
    }

    /// The permissions in AWS to download files for the business numbers, and for nothing else.
    public static List<AwsRight> downloadRights(Settings settings, AwsAccount account) {
        return fileRights("Download", AwsAction.GET_WHATSAPP_MEDIA, settings, account);
    }

    /// The permissions in AWS for all actions of the business; none if AWS serves no number.
    public static List<AwsRight> actionRights(Settings settings, AwsAccount account) {
        Map<String, SocialNumber> numbers = ofProcess(settings);
        if (numbers.isEmpty()) {
            return List.of();
        }
        List<String> ofNumbers = numbers.values().stream()
                .map(number -> arn(number, account))
                .distinct()
                .toList();
        List<String> ofAccounts = numbers.values().stream()
                .map(number -> account.arn("social-messaging", number.region(), "waba/*"))
                .distinct()
                .toList();
        return List.of(
                new AwsRight(
                        "ActWithNumbers",
                        EnumSet.of(
                                AwsAction.SEND_WHATSAPP_MESSAGE,
                                AwsAction.GET_WHATSAPP_MEDIA,
                                AwsAction.DELETE_WHATSAPP_MEDIA,
                                AwsAction.GET_WHATSAPP_NUMBER),
                        ofNumbers),
                new AwsRight(
                        "ActWithAccounts",
                        EnumSet.of(
                                AwsAction.LIST_WHATSAPP_TEMPLATES,
                                AwsAction.GET_WHATSAPP_TEMPLATE,
                                AwsAction.CREATE_WHATSAPP_TEMPLATE,
                                AwsAction.UPDATE_WHATSAPP_TEMPLATE,
                                AwsAction.DELETE_WHATSAPP_TEMPLATE,
                                AwsAction.LIST_WHATSAPP_TEMPLATE_LIBRARY,
                                AwsAction.CREATE_WHATSAPP_TEMPLATE_MEDIA,
                                AwsAction.GET_WHATSAPP_ACCOUNT,
                                AwsAction.PUT_WHATSAPP_DESTINATIONS,
                                AwsAction.DISASSOCIATE_WHATSAPP_ACCOUNT,
                                AwsAction.LIST_TAGS,
                                AwsAction.TAG,
                                AwsAction.UNTAG),
                        ofAccounts),
                // It names no resource.
                new AwsRight("ListAccounts", EnumSet.of(AwsAction.LIST_WHATSAPP_ACCOUNTS), List.of("*")));
    }

    private static List<AwsRight> fileRights(String verb, AwsAction action, Settings settings, AwsAccount account) {
        Map<String, SocialNumber> numbers = ofProcess(settings);
        List<String> withBucket = numbers.values().stream()
                .filter(number -> number.bucket().isPresent())
                .map(number -> arn(number, account))
                .distinct()
                .toList();
        if (withBucket.isEmpty()) {
            return List.of();
        }
        return List.of(
                new AwsRight(verb + "Files", EnumSet.of(action), withBucket),
                new AwsRight(
                        verb + "Objects",
                        EnumSet.of(AwsAction.PUT_OBJECT, AwsAction.GET_OBJECT, AwsAction.DELETE_OBJECT),
                        numbers.values().stream()
                                .flatMap(number -> number.bucket().stream())
                                .distinct()
                                .map(bucket -> account.bucketArn(bucket + "/" + settings.get(PREFIX) + "*"))
                                .toList()));
    }

    /// Returns the numbers for which the process calls AWS with rights of its own.
    private static Map<String, SocialNumber> ofProcess(Settings settings) {
        Map<String, SocialNumber> numbers = new TreeMap<>(numbers(settings));
        numbers.values()
                .removeIf(
                        number -> number.identity().filter(AwsIdentity::isOther).isPresent());
        return numbers;
    }

    /// A number is given by its id or its ARN.
    private static String arn(SocialNumber number, AwsAccount account) {
        String prefix = "phone-number-id-";
        return number.id().startsWith("arn:")
                ? number.id()
                : account.arn(
                        "social-messaging",
                        number.region(),
                        "phone-number-id/"
                                + (number.id().startsWith(prefix)
                                        ? number.id().substring(prefix.length())
                                        : number.id()));
    }

    /// Returns the business numbers that AWS End User Messaging Social serves. The Region is that of
    /// the number's ARN, unless a setting overrides it.
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
                                NumberSettings.of(settings, number, BUCKET),
                                AwsSettings.identity(settings, number))));
        return numbers;
    }
}
