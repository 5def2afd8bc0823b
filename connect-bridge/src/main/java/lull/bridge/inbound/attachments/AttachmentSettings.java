package lull.bridge.inbound.attachments;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of customers' files that are attached to chats.
public final class AttachmentSettings {

    private static final Duration HOUR = Duration.ofHours(1);

    public static final Setting<Boolean> ENABLED = Setting.flag(
            "attachments", true, "Whether customers' files are attached to chats; if not, agents read a note instead");

    static final Setting<List<String>> EXTENSIONS = Formats.EXTENSION.ofEach(Setting.list(
            "attachments.extensions",
            "csv,doc,docx,heic,jfif,jpeg,jpg,mov,mp4,pdf,png,ppt,pptx,rtf,txt,wav,xls,xlsx",
            "File name extensions that the Amazon Connect instance accepts"));

    static final Setting<Integer> MAX_MEBIBYTES = Setting.number(
            "attachments.max.mebibytes", 20, 1, 100, "Maximum size of a file that Amazon Connect accepts, in MiB");

    public static final Setting<Duration> PATIENCE = Setting.duration(
            "attachments.patience",
            "2m",
            Duration.ZERO,
            HOUR,
            "How long a conversation waits for a file that cannot be downloaded from WhatsApp, or for a process that"
                    + " converts it; after that the agent reads a note instead");

    /// All settings of this class.
    public static final List<Setting<?>> ALL = List.of(ENABLED, EXTENSIONS, MAX_MEBIBYTES, PATIENCE);

    private static final long MEBIBYTE = 1L << 20;

    private AttachmentSettings() {}

    /// Returns the rules for files that Amazon Connect accepts.
    public static ConnectAttachmentRules files(Settings settings) {
        return new ConnectAttachmentRules(
                settings.get(EXTENSIONS).stream()
                        .map(extension -> extension.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.get(MAX_MEBIBYTES) * MEBIBYTE);
    }

    /// Returns the maximum size of a file that is downloaded from WhatsApp.
    public static long maxBytes(Settings settings) {
        return StoreSettings.maxBytes(settings, settings.get(MAX_MEBIBYTES) * MEBIBYTE);
    }
}
