package lull.bridge;

import java.util.Optional;
import java.util.Set;
import lull.bridge.inbound.attachments.AttachmentSettings;
import lull.bridge.outbound.events.AgentFileSettings;
import lull.contract.Channel;
import lull.media.MediaKeeper;
import lull.media.MediaStoreSettings;
import lull.runtime.process.ServiceContext;
import lull.runtime.settings.Settings;
import lull.whatsapp.AwsSocialMedia;
import lull.whatsapp.Fetched;
import lull.whatsapp.GraphClient;
import lull.whatsapp.GraphMedia;
import lull.whatsapp.MediaFolder;
import lull.whatsapp.MediaProblem;
import lull.whatsapp.MediaSettings;
import lull.whatsapp.MediaSource;
import lull.whatsapp.MediaUploader;
import lull.whatsapp.SocialSettings;
import lull.whatsapp.WhatsAppClients;
import lull.whatsapp.WhatsAppError;
import lull.whatsapp.WhatsAppFiles;
import lull.whatsapp.WhatsAppMetrics;
import lull.whatsapp.channel.ChannelFiles;
import lull.whatsapp.channel.ChannelMetrics;
import lull.whatsapp.channel.ChannelSenders;
import lull.whatsapp.provider.ProviderSettings;

/// Clients that transfer files from and to WhatsApp: by AWS for the business numbers that it serves,
/// otherwise by the Graph API. Numbers of other providers have no files: their messages have links. Files of other
/// channels are fetched as each channel gives them.
final class FileTransfers {

    private final Settings settings;
    private final GraphClient graph;
    private final Optional<AwsSocialMedia> social;
    private final Set<String> elsewhere;
    private final MediaSource channels;
    private final MediaFolder folder;
    private final MediaKeeper keeper;
    private final WhatsAppMetrics metrics;

    private FileTransfers(
            Settings settings,
            GraphClient graph,
            Optional<AwsSocialMedia> social,
            MediaSource channels,
            MediaFolder folder,
            MediaKeeper keeper,
            WhatsAppMetrics metrics) {
        this.settings = settings;
        this.graph = graph;
        this.social = social;
        this.elsewhere = ProviderSettings.apps(settings).keySet();
        this.channels = channels;
        this.folder = folder;
        this.keeper = keeper;
        this.metrics = metrics;
    }

    /// Opens the folder for files, the bucket and the media store if there are any.
    static FileTransfers open(ServiceContext context, WhatsAppClients clients, ChannelSenders channels) {
        Settings settings = context.settings();
        WhatsAppMetrics metrics = new WhatsAppMetrics(context.metrics().registry());
        Optional<AwsSocialMedia> social = clients.social()
                .flatMap(aws -> SocialSettings.media(settings, AttachmentSettings.maxBytes(settings))
                        .map(options -> new AwsSocialMedia(aws, options, metrics)));
        social.ifPresent(files -> context.dependencies()
                .check(
                        context.dependencies()
                                .optional(
                                        "eum-bucket",
                                        "Files of the numbers of AWS End User Messaging are not transferred. Check"
                                                + " whatsapp.eum.bucket, its Region, and the role's permissions for"
                                                + " it."),
                        files::problem));
        MediaFolder folder = context.components().add("media folder", MediaSettings.folder(settings));
        // The largest file, and the file that it is converted to.
        long room = 2 * AttachmentSettings.maxBytes(settings);
        context.dependencies()
                .check(
                        context.dependencies()
                                .optional(
                                        "media-folder",
                                        "Files of customers and agents wait until they are given up. Check the folder"
                                                + " in media.folder and the free space of its disk."),
                        () -> folder.problem(room));
        return new FileTransfers(
                settings,
                clients.graph(),
                social,
                ChannelFiles.open(
                        context,
                        channels,
                        AttachmentSettings.maxBytes(settings),
                        new ChannelMetrics(context.metrics().registry())),
                folder,
                MediaStoreSettings.keeper(context),
                metrics);
    }

    /// Returns the folder for temporary files.
    MediaFolder folder() {
        return folder;
    }

    /// Returns the keeper of the files that are transferred.
    MediaKeeper keeper() {
        return keeper;
    }

    /// Returns the source of customers' files.
    MediaSource source() {
        MediaSource others = new WhatsAppFiles(
                graph, MediaSettings.downloads(settings, AttachmentSettings.maxBytes(settings)), metrics);
        return (media, number, into) -> !Channel.of(number).isWhatsApp()
                ? channels.fetch(media, number, into)
                : elsewhere.contains(number)
                        ? new Fetched.Refused(MediaProblem.GONE)
                        : social.filter(files -> files.serves(number))
                                .map(files -> (MediaSource) files)
                                .orElse(others)
                                .fetch(media, number, into);
    }

    /// Returns the destination of agents' files that go to WhatsApp.
    MediaUploader uploader() {
        MediaUploader others = new GraphMedia(
                graph, settings.get(SocialSettings.NUMBERS).keySet(), settings.get(AgentFileSettings.TIMEOUT), metrics);
        return (number, file, type, name) -> elsewhere.contains(number)
                ? new WhatsAppError.Refused(0, "the provider of this number takes files only as links")
                : social.filter(files -> files.serves(number))
                        .map(files -> (MediaUploader) files)
                        .orElse(others)
                        .upload(number, file, type, name);
    }
}
