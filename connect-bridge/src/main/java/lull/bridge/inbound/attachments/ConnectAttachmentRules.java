package lull.bridge.inbound.attachments;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lull.contract.message.Content;
import lull.text.FileNames;
import lull.text.FileTrouble;

/// Rules of Connect for attachments and their names. Pure.
///
/// @param extensions of file names, in lower case without the dot
/// @param maxBytes of a file
public record ConnectAttachmentRules(Set<String> extensions, long maxBytes) {

    private static final String WEBP = "image/webp";
    private static final String PNG = "image/png";

    private static final Map<String, String> EXTENSIONS = Map.ofEntries(
            Map.entry("image/jpeg", "jpg"),
            Map.entry(PNG, "png"),
            Map.entry(WEBP, "webp"),
            Map.entry("image/heic", "heic"),
            Map.entry("image/gif", "gif"),
            Map.entry("video/mp4", "mp4"),
            Map.entry("video/3gpp", "3gp"),
            Map.entry("video/quicktime", "mov"),
            Map.entry("audio/ogg", "ogg"),
            Map.entry("audio/mpeg", "mp3"),
            Map.entry("audio/mp4", "m4a"),
            Map.entry("audio/aac", "aac"),
            Map.entry("audio/amr", "amr"),
            Map.entry("audio/wav", "wav"),
            Map.entry("application/pdf", "pdf"),
            Map.entry("text/plain", "txt"),
            Map.entry("text/csv", "csv"),
            Map.entry("application/rtf", "rtf"),
            Map.entry("application/msword", "doc"),
            Map.entry("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            Map.entry("application/vnd.ms-excel", "xls"),
            Map.entry("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            Map.entry("application/vnd.ms-powerpoint", "ppt"),
            Map.entry("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"));

    /// Formats of audio that can be converted to WAV.
    enum Sound {
        OGG("audio/ogg", "ogg"),
        AMR("audio/amr", "amr"),
        AAC("audio/aac", "aac"),
        MPEG("audio/mpeg", "mp3"),
        MP4("audio/mp4", "mp4");

        private final String mimeType;
        private final String demuxer;

        Sound(String mimeType, String demuxer) {
            this.mimeType = mimeType;
            this.demuxer = demuxer;
        }

        /// Returns ffmpeg's name of the format.
        String demuxer() {
            return demuxer;
        }

        private static Optional<Sound> of(String mimeType) {
            return Arrays.stream(values())
                    .filter(sound -> sound.mimeType.equals(mimeType))
                    .findFirst();
        }
    }

    public ConnectAttachmentRules {
        extensions = Set.copyOf(extensions);
    }

    /// Decision about a file.
    public sealed interface Verdict {}

    /// It is uploaded as it is.
    public record Fits(String name, String mimeType) implements Verdict {}

    /// It is uploaded as a PNG.
    ///
    /// @param name of the PNG
    public record AsPng(String name) implements Verdict {}

    /// It is uploaded as a WAV, if it can be converted.
    ///
    /// @param name of the WAV
    record AsWav(String name, Sound sound) implements Verdict {}

    /// It is not uploaded.
    public record Unfit(FileTrouble why) implements Verdict {}

    /// Decides about a file.
    ///
    /// @param mimeType without parameters
    public Verdict judge(Content.Media media, String mimeType, long bytes) {
        if (bytes > maxBytes) {
            return new Unfit(FileTrouble.TOO_LARGE);
        }
        String type = mimeType.toLowerCase(Locale.ROOT);
        String name = name(media, type);
        if (extensions.contains(extension(name))) {
            return new Fits(name, type);
        }
        if (type.equals(WEBP) && extensions.contains("png")) {
            return new AsPng(stem(name) + ".png");
        }
        return Sound.of(type)
                .filter(sound -> extensions.contains("wav"))
                .<Verdict>map(sound -> new AsWav(stem(name) + ".wav", sound))
                .orElseGet(() -> new Unfit(FileTrouble.TYPE));
    }

    /// Returns a name that is valid in a header and says what the file is: its own name, if it has one,
    /// with an extension that fits its type.
    ///
    /// @param mimeType without parameters
    public static String name(Content.Media media, String mimeType) {
        String own = FileNames.inHeader(media.filename());
        String extension = EXTENSIONS.containsValue(extension(own)) ? extension(own) : EXTENSIONS.get(mimeType);
        // A name with nothing but underscores is of no use to people.
        String stem = stem(own).chars().anyMatch(Character::isLetterOrDigit)
                ? own
                : media.kind().word();
        return extension == null || EXTENSIONS.containsValue(extension(stem)) ? stem : stem + "." + extension;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
