package lull.whatsapp;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lull.runtime.http.CallSettings;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of customers' files: the hosts from which they are downloaded, and the folder through which
/// they pass.
public final class MediaSettings {

    static final Setting<List<String>> HOSTS = Formats.HOST_OR_DOMAIN.ofEach(Setting.list(
            "whatsapp.media.hosts",
            ".fbsbx.com,.whatsapp.net,.fbcdn.net,.facebook.com",
            "Hosts, separated by commas, from which customers' files may be downloaded with the access token, only"
                    + " by https; a name that begins with a dot includes all its subdomains. The URL of a file"
                    + " comes from WhatsApp"));

    public static final Setting<Integer> PLACES = Setting.number(
            "media.places",
            16,
            1,
            1000,
            "Maximum number of files in `media.folder` at a time; each needs up to twice"
                    + " `attachments.max.mebibytes`, or `store.max.mebibytes`");

    static final Setting<Optional<String>> FOLDER = Setting.optional(
            "media.folder",
            "Folder for customers' files while they are transferred; only this process may use it. Empty means a"
                    + " folder in the system's directory for temporary files");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(HOSTS, PLACES, FOLDER);

    /// Returns the settings of processes that only download files by request.
    public static List<Setting<?>> ofHosts() {
        return List.of(HOSTS);
    }

    /// The directory of temporary files.
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private MediaSettings() {}

    /// Returns the hosts from which files may be downloaded with the access token.
    public static TokenHosts hosts(Settings settings) {
        return new TokenHosts(settings.get(WhatsAppSettings.GRAPH_ENDPOINT), settings.get(HOSTS));
    }

    /// Returns how files are downloaded by the Graph API.
    public static WhatsAppFiles.Options downloads(Settings settings, long maxBytes) {
        return new WhatsAppFiles.Options(hosts(settings), settings.get(CallSettings.TRANSFER_TIMEOUT), maxBytes);
    }

    /// Opens the folder for files; one of this process if none is configured.
    public static MediaFolder folder(Settings settings) {
        int places = settings.get(PLACES);
        return settings.get(FOLDER)
                .map(folder -> MediaFolder.open(Path.of(folder), places))
                .orElseGet(() -> MediaFolder.ofProcess(TEMPORARY, "lull-media", places));
    }

    /// Opens a folder beside it, for files that must not wait for a place in it.
    ///
    /// @param name the end of its name
    public static MediaFolder folderBeside(Settings settings, String name, int places) {
        return settings.get(FOLDER)
                .map(media -> Path.of(media).toAbsolutePath())
                .map(media -> MediaFolder.open(media.resolveSibling(media.getFileName() + "-" + name), places))
                .orElseGet(() -> MediaFolder.ofProcess(TEMPORARY, "lull-" + name, places));
    }
}
