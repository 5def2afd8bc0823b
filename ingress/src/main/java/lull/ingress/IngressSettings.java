package lull.ingress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lull.chatwoot.ChatwootSettings;
import lull.contract.topic.Topics;
import lull.ingress.action.ActionSettings;
import lull.ingress.reply.FileSettings;
import lull.ingress.reply.ReplySettings;
import lull.ingress.reply.status.StatusSettings;
import lull.media.MediaStoreSettings;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.http.TlsSettings;
import lull.runtime.settings.DestinationSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.text.TextSettings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelSettings;

/// Settings of the ingress.
public final class IngressSettings {

    public static final Setting<Integer> PORT =
            Setting.number("ingress.port", 8080, 0, 65535, "Port of the webhooks; 0 picks a free port");

    /// TLS at that port.
    public static final TlsSettings TLS = TlsSettings.of("ingress", "webhooks are served over TLS");

    public static final Setting<List<String>> APPS = AppSettings.APPS;

    public static final Setting<String> APP = Formats.APP.of(Setting.text(
            "whatsapp.app.name",
            "default",
            "Name of the app whose webhooks arrive at /webhooks/whatsapp; messages have it in their source"));

    public static final Setting<List<String>> APP_SECRETS = Formats.LINE.ofEach(Setting.list(
                    "whatsapp.app.secrets",
                    "",
                    "App secrets of the WhatsApp app, separated by commas. A signature by any of them is accepted,"
                            + " so that they can be rotated. Without secrets /webhooks/whatsapp is closed")
            .secret());

    public static final Setting<String> VERIFY_TOKEN = Formats.LINE.of(Setting.text(
                    "whatsapp.verify.token",
                    "",
                    "Verify token of the webhook handshake; required if app secrets are set")
            .secret());

    public static final Setting<String> INPUT = Formats.KAFKA_TOPIC.of(
            Setting.text("ingress.topic", Topics.MESSAGE_RECEIVED.name(), "Input topic that messages are written to"));

    public static final Setting<Map<String, String>> ROUTES =
            Formats.BUSINESS_NUMBER.ofNames(Formats.KAFKA_TOPIC.ofValues(Setting.pairs(
                    "ingress.routes",
                    "",
                    "Business numbers whose messages go to their own input topic, as phone_number_id=topic,"
                            + " separated by commas; overrides ingress.topic, including that of an app")));

    public static final Setting<Integer> MAX_BODY_BYTES = Setting.number(
            "ingress.max.body.bytes",
            5 * 1024 * 1024,
            4 * 1024 * 1024,
            7 * 1024 * 1024,
            "Maximum size of the body of a webhook; WhatsApp sends up to 3 MB");

    public static final Setting<Integer> MAX_IN_FLIGHT_BYTES = Setting.number(
            "ingress.max.inflight.bytes",
            32 * 1024 * 1024,
            16 * 1024 * 1024,
            1024 * 1024 * 1024,
            "Maximum total size of the bodies of unanswered webhooks; further webhooks are answered 503. A quarter"
                    + " is reserved for bodies that have arrived completely and are signed, and an eighth for bodies of"
                    + " at most 8 KiB; bodies above 64 KiB may use half while they arrive. If memory is short, bodies that have been arriving for more than"
                    + " a second are dropped, oldest first. The bodies need up to five times this value of heap, in"
                    + " addition to what connections and Kafka's producer need");

    public static final Setting<Integer> MAX_CONNECTIONS = Setting.number(
            "ingress.max.connections",
            10_000,
            1,
            1_000_000,
            "Maximum number of connections at a time; further connections wait until others close. If less than an"
                    + " eighth is left, those without a request are closed, the longest idle first");

    public static final Setting<Duration> IDLE_TIMEOUT = Setting.duration(
            "ingress.idle.timeout",
            "30s",
            Duration.ofMillis(100),
            Duration.ofHours(1),
            "Idle time after which a connection is closed");

    public static final Setting<Duration> ARRIVAL_TIMEOUT = Setting.duration(
            "ingress.arrival.timeout",
            "20s",
            Duration.ofMillis(100),
            Duration.ofMinutes(10),
            "How long the headers of a request may take to arrive, and then its body, even if no data arrives");

    /// All settings that can be set for one app.
    private static final List<Setting<?>> OF_APPS =
            List.of(APP_SECRETS, VERIFY_TOKEN, INPUT, ReplySettings.BUSINESS_NUMBER);

    /// Settings that it shares with the bridge, to upload files to WhatsApp and to keep them.
    private static final List<List<Setting<?>>> OF_UPLOADS = List.of(
            NumberSettings.ALL,
            AwsSettings.ALL,
            CallSettings.ALL,
            WhatsAppSettings.ALL,
            SocialSettings.ALL,
            MediaStoreSettings.ALL);

    private static final List<Setting<?>> OWN = List.of(
            APP,
            APP_SECRETS,
            VERIFY_TOKEN,
            APPS,
            INPUT,
            ROUTES,
            MAX_BODY_BYTES,
            MAX_IN_FLIGHT_BYTES,
            MAX_CONNECTIONS,
            IDLE_TIMEOUT,
            ARRIVAL_TIMEOUT);

    /// All settings, including those of further apps.
    public static List<Setting<?>> all(List<String> apps) {
        return all(apps, List.of(), List.of(), List.of());
    }

    /// All settings, including those of further apps, of business numbers with settings of their own, of
    /// channels besides WhatsApp, and of destinations that call back.
    public static List<Setting<?>> all(
            List<String> apps, List<String> businessNumbers, List<String> channels, List<String> destinations) {
        List<Setting<?>> all = new ArrayList<>(List.of(PORT));
        all.addAll(TLS.all());
        all.addAll(OWN);
        all.addAll(EumSettings.ALL);
        all.addAll(ChannelSettings.ALL);
        all.addAll(ReplySettings.ALL);
        all.addAll(StatusSettings.ALL);
        all.addAll(FileSettings.ALL);
        all.addAll(ActionSettings.ALL);
        all.addAll(MediaSettings.ofHosts());
        all.addAll(SnsSettings.ALL);
        OF_UPLOADS.forEach(all::addAll);
        all.addAll(DestinationSettings.ALL);
        all.add(TextSettings.LIST_BUTTON);
        for (String destination : destinations) {
            all.add(DestinationSettings.kind(destination));
            all.addAll(ChatwootSettings.ofDestination(destination));
        }
        for (String number : businessNumbers) {
            WhatsAppSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
            SocialSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
            AwsSettings.OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
        }
        for (String app : apps) {
            OF_APPS.forEach(setting -> all.add(setting.forApp(app)));
        }
        channels.forEach(channel -> all.addAll(ChannelSettings.ofChannel(channel)));
        return all;
    }

    private IngressSettings() {}

    /// The business number that sends a reply whose request names none.
    public static Optional<String> replyNumber(Settings settings) {
        return settings.get(ReplySettings.BUSINESS_NUMBER);
    }
}
