package lull.ingress.reply;

import java.util.List;
import lull.runtime.settings.Setting;
import lull.runtime.settings.Settings;

/// Settings of files that applications upload with a request, which is part of the ingress.
public final class FileSettings {

    private static final Setting<Boolean> FILES = Setting.flag(
            "replies.files",
            false,
            "Whether POST /replies accepts files as multipart/form-data, and uploads them to WhatsApp. The ingress then"
                    + " needs `whatsapp.access.token`, or the AWS permissions of the numbers in `whatsapp.eum.numbers`");

    private static final Setting<Integer> MAX_BYTES = Setting.number(
            "replies.file.max.bytes",
            8 * 1024 * 1024,
            1024,
            100 * 1024 * 1024,
            "Maximum size of such a file. Files are kept in memory while they are uploaded: each needs twice its size of"
                    + " `ingress.max.inflight.bytes`, and while it arrives no more than half of that is used for large"
                    + " bodies");

    /// All settings.
    public static final List<Setting<?>> ALL = List.of(FILES, MAX_BYTES);

    private FileSettings() {}

    /// Whether files are accepted.
    public static boolean isOn(Settings settings) {
        return settings.get(FILES);
    }

    /// Returns the maximum size of a file.
    public static int maxBytes(Settings settings) {
        return settings.get(MAX_BYTES);
    }
}
