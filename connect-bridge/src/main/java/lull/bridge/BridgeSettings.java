package lull.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lull.bridge.chats.ChatSettings;
import lull.bridge.inbound.InboundSettings;
import lull.bridge.inbound.attachments.AttachmentSettings;
import lull.bridge.inbound.attachments.PictureSettings;
import lull.bridge.inbound.attachments.StoreSettings;
import lull.bridge.inbound.attachments.VoiceSettings;
import lull.bridge.inbound.transcripts.TranscriptSettings;
import lull.bridge.notices.NoticeSettings;
import lull.bridge.outbound.events.AgentFileSettings;
import lull.bridge.outbound.events.EventSettings;
import lull.bridge.outbound.events.EventTransportSettings;
import lull.bridge.outbound.events.LookBackSettings;
import lull.bridge.outbound.joins.JoinSettings;
import lull.bridge.outbound.replies.ReplySettings;
import lull.bridge.signals.SignalSettings;
import lull.connect.ConnectSettings;
import lull.lanes.LaneSettings;
import lull.lanes.results.ResultLogSettings;
import lull.media.MediaStoreSettings;
import lull.runtime.CannotStart;
import lull.runtime.aws.AwsSettings;
import lull.runtime.http.CallSettings;
import lull.runtime.process.ProcessSettings;
import lull.runtime.settings.Durations;
import lull.runtime.settings.NumberSettings;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;
import lull.runtime.sns.SnsSettings;
import lull.text.TextSettings;
import lull.voice.TranscriberSettings;
import lull.whatsapp.AppSettings;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelSettings;
import lull.whatsapp.provider.ProviderSettings;

/// Settings of the bridge: the groups of settings that it uses, and the checks across them.
public final class BridgeSettings {

    /// All settings, except those of single business numbers and apps.
    public static final List<Setting<?>> ALL = Stream.of(
                    SnsSettings.ALL,
                    NumberSettings.ALL,
                    AwsSettings.ALL,
                    CallSettings.ALL,
                    ConnectSettings.ALL,
                    WhatsAppSettings.ALL,
                    MediaSettings.ALL,
                    SocialSettings.ALL,
                    AppSettings.ALL,
                    ChannelSettings.ALL,
                    LaneSettings.ALL,
                    ResultLogSettings.ALL,
                    ChatSettings.ALL,
                    TextSettings.ALL,
                    InboundSettings.ALL,
                    AttachmentSettings.ALL,
                    VoiceSettings.ALL,
                    PictureSettings.ALL,
                    StoreSettings.ALL,
                    MediaStoreSettings.ALL,
                    TranscriberSettings.ALL,
                    TranscriptSettings.ALL,
                    EventTransportSettings.ALL,
                    EventSettings.ALL,
                    JoinSettings.ALL,
                    LookBackSettings.ALL,
                    AgentFileSettings.ALL,
                    ReplySettings.ALL,
                    NoticeSettings.ALL,
                    SignalSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private static final List<Setting<?>> OF_NUMBERS = Stream.of(
                    AwsSettings.OF_NUMBERS,
                    ConnectSettings.OF_NUMBERS,
                    WhatsAppSettings.OF_NUMBERS,
                    SocialSettings.OF_NUMBERS,
                    InboundSettings.OF_NUMBERS)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private BridgeSettings() {}

    /// Returns all settings of an installation in which these business numbers have chat settings of
    /// their own, and which has these further apps.
    public static List<Setting<?>> all(List<String> businessNumbers, List<String> apps) {
        return all(businessNumbers, apps, List.of());
    }

    /// Returns the same of an installation that also has these channels besides WhatsApp.
    public static List<Setting<?>> all(List<String> businessNumbers, List<String> apps, List<String> channels) {
        List<Setting<?>> all = new ArrayList<>(ALL);
        for (String number : businessNumbers) {
            OF_NUMBERS.forEach(setting -> all.add(setting.forNumber(number)));
        }
        for (String app : apps) {
            all.add(AppSettings.BUSINESS_NUMBER.forApp(app));
            all.addAll(ProviderSettings.ofApp(app));
        }
        channels.forEach(channel -> all.addAll(ChannelSettings.ofChannel(channel)));
        return List.copyOf(all);
    }

    /// Throws [CannotStart] if no business number could send.
    static void requireToken(Settings settings) {
        boolean any = !settings.get(SocialSettings.NUMBERS).isEmpty()
                || !ProviderSettings.apps(settings).isEmpty()
                || !settings.get(ChannelSettings.CHANNELS).isEmpty()
                || settings.get(WhatsAppSettings.ACCESS_TOKEN).isPresent()
                || settings.get(NumberSettings.NUMBERS).stream()
                        .anyMatch(number -> settings.get(WhatsAppSettings.ACCESS_TOKEN.forNumber(number))
                                .isPresent());
        if (!any) {
            throw new CannotStart(
                    "The configuration cannot be used: no business number can send to WhatsApp, and there is no other"
                            + " channel. Set "
                            + WhatsAppSettings.ACCESS_TOKEN.name() + " for the Graph API, "
                            + SocialSettings.NUMBERS.name()
                            + " for AWS End User Messaging Social, replies.url.<app> for another provider, or "
                            + ChannelSettings.CHANNELS.name() + " for other channels");
        }
    }

    /// Throws [CannotStart] if times contradict each other. In particular, a call must be over before
    /// another process may have its partition, and a doubt must last until then.
    static void requireTimesInOrder(Settings settings) {
        requireNotAbove(
                settings,
                LaneSettings.BACK_OFF_FIRST,
                LaneSettings.BACK_OFF_MOST,
                ", because waits between retries never become shorter");
        requireNotAbove(
                settings,
                ConnectSettings.CIRCUIT_FIRST,
                ConnectSettings.CIRCUIT_MOST,
                ", because the time that a circuit stays open never becomes shorter");
        requireNotAbove(
                settings,
                LookBackSettings.REACH,
                ResultLogSettings.REMEMBERED_FOR,
                ", or a reply that is found in a transcript could be sent twice. Lower the one or raise the other");
        requireNotAbove(
                settings,
                JoinSettings.GAP,
                JoinSettings.MAX_DURATION,
                ", because no text waits longer for the next one");
        requireTimeToStop(settings);
        requireTimeOfDoubt(settings);
    }

    private static void requireTimeToStop(Settings settings) {
        Duration drain = settings.get(LaneSettings.DRAIN);
        Duration stop = settings.get(ProcessSettings.STOP_TIMEOUT);
        if (drain.compareTo(stop) >= 0) {
            throw new CannotStart("The configuration cannot be used: " + named(LaneSettings.DRAIN, drain)
                    + " must be less than " + named(ProcessSettings.STOP_TIMEOUT, stop)
                    + ", or the process exits while records are still being handled, and their calls are repeated."
                    + " Lower the one or raise the other");
        }
    }

    private static void requireTimeOfDoubt(Settings settings) {
        Duration call = settings.get(WhatsAppSettings.CALL_TIMEOUT);
        Duration group = settings.get(LaneSettings.SESSION_TIMEOUT);
        Duration doubt = settings.get(ReplySettings.DOUBT_WAIT);
        if (call.compareTo(group) >= 0 || group.compareTo(doubt) >= 0) {
            throw new CannotStart("The configuration cannot be used: " + named(WhatsAppSettings.CALL_TIMEOUT, call)
                    + " must be less than " + named(LaneSettings.SESSION_TIMEOUT, group)
                    + ", which must be less than " + named(ReplySettings.DOUBT_WAIT, doubt)
                    + ", or a reply could be sent twice after a crash");
        }
    }

    /// @param consequence why, as the end of a sentence
    private static void requireNotAbove(
            Settings settings, Setting<Duration> lower, Setting<Duration> upper, String consequence) {
        Duration low = settings.get(lower);
        Duration up = settings.get(upper);
        if (low.compareTo(up) > 0) {
            throw new CannotStart("The configuration cannot be used: " + named(lower, low) + " must not be more than "
                    + named(upper, up) + consequence);
        }
    }

    private static String named(Setting<Duration> setting, Duration value) {
        return setting.name() + " (" + Durations.text(value) + ")";
    }
}
