package lull.applications.files;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import lull.contract.Channel;
import lull.runtime.http.CallSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.MediaSource;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppClients;
import lull.whatsapp.WhatsAppFiles;
import lull.whatsapp.WhatsAppMetrics;
import lull.whatsapp.WhatsAppSettings;
import lull.whatsapp.channel.ChannelFiles;
import lull.whatsapp.channel.ChannelMetrics;
import lull.whatsapp.channel.ChannelSenders;
import lull.whatsapp.provider.ProviderMetrics;

/// Customers' files, as a process gets them from WhatsApp: by AWS for the business numbers that it
/// serves, otherwise by the Graph API. Files of other channels are fetched as each channel gives them.
public final class CustomerFiles {

    private final ServiceContext context;
    private final Settings settings;
    private final WhatsAppClients clients;
    private final ChannelSenders channels;
    private final WhatsAppMetrics metrics;
    private final ChannelMetrics channelMetrics;

    private CustomerFiles(ServiceContext context) {
        MeterRegistry registry = context.metrics().registry();
        this.context = context;
        this.settings = context.settings();
        this.clients = WhatsAppClients.open(context);
        this.metrics = new WhatsAppMetrics(registry);
        this.channelMetrics = new ChannelMetrics(registry);
        this.channels = context.components()
                .add(
                        "channels",
                        ChannelSenders.of(
                                settings,
                                CallSettings.CONNECT_TIMEOUT,
                                settings.get(WhatsAppSettings.CALL_TIMEOUT),
                                channelMetrics,
                                new ProviderMetrics(registry),
                                context.clock()));
    }

    /// Opens clients as components of a process.
    public static CustomerFiles open(ServiceContext context) {
        return new CustomerFiles(context);
    }

    /// Returns the files up to a size.
    ///
    /// @param maxBytes of a file
    public MediaSource source(long maxBytes) {
        MediaSource graph = new WhatsAppFiles(clients.graph(), MediaSettings.downloads(settings, maxBytes), metrics);
        MediaSource social = clients.social()
                .flatMap(aws -> SocialSettings.media(settings, maxBytes))
                .map(options ->
                        (MediaSource) new AwsSocialMedia(clients.social().orElseThrow(), options, metrics))
                .orElse(graph);
        Set<String> ofAws = settings.get(SocialSettings.NUMBERS).keySet();
        MediaSource others = ChannelFiles.open(context, channels, maxBytes, channelMetrics);
        return (media, number, into) -> (!Channel.of(number).isWhatsApp()
                        ? others
                        : ofAws.contains(number) ? social : graph)
                .fetch(media, number, into);
    }

    /// Opens the folder through which files pass as a part of the process.
    public MediaFolder folder() {
        return context.components()
                .add(
                        "media folder",
                        MediaSettings.folderBeside(settings, "applications", settings.get(MediaSettings.PLACES)));
    }

    /// Opens a folder for voice notes as a part of the process.
    ///
    /// @param atOnce the number of notes at the same time
    public MediaFolder voices(int atOnce) {
        return context.components()
                .add("folder of voice notes", MediaSettings.folderBeside(settings, "assistant-voices", atOnce));
    }
}
