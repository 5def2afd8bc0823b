package lull.applications.chatwoot;

import java.util.Set;
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

/// Customers' files, as a process gets them from WhatsApp: by AWS for the business numbers that it
/// serves, otherwise by the Graph API.
public final class CustomerFiles {

    private final Settings settings;
    private final WhatsAppClients clients;
    private final MediaFolder folder;
    private final WhatsAppMetrics metrics;

    private CustomerFiles(Settings settings, WhatsAppClients clients, MediaFolder folder, WhatsAppMetrics metrics) {
        this.settings = settings;
        this.clients = clients;
        this.folder = folder;
        this.metrics = metrics;
    }

    /// Opens clients and a folder as parts of a process.
    public static CustomerFiles open(ServiceContext context) {
        Settings settings = context.settings();
        return new CustomerFiles(
                settings,
                WhatsAppClients.open(context),
                context.parts()
                        .add(
                                "media folder",
                                MediaSettings.folderBeside(
                                        settings, "applications", settings.get(MediaSettings.PLACES))),
                new WhatsAppMetrics(context.metrics().registry()));
    }

    /// Returns the files up to a size.
    ///
    /// @param maxBytes of a file
    public ChatwootApplication.Files of(long maxBytes) {
        MediaSource graph = new WhatsAppFiles(clients.graph(), MediaSettings.downloads(settings, maxBytes), metrics);
        MediaSource social = clients.social()
                .flatMap(aws -> SocialSettings.media(settings, maxBytes))
                .map(options ->
                        (MediaSource) new AwsSocialMedia(clients.social().orElseThrow(), options, metrics))
                .orElse(graph);
        Set<String> ofAws = settings.get(SocialSettings.NUMBERS).keySet();
        return new ChatwootApplication.Files(
                (media, number, into) -> (ofAws.contains(number) ? social : graph).fetch(media, number, into),
                folder,
                maxBytes);
    }
}
