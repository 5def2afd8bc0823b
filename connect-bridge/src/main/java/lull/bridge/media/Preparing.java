package lull.bridge.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lull.contract.message.Content;

/// Makes a file ready for Connect: as it is where Connect takes it, else converted where that helps.
public final class Preparing {

    private final FileRules rules;

    public Preparing(FileRules rules) {
        this.rules = rules;
    }

    /// What became of a file.
    public sealed interface Prepared {

        /// It can go.
        ///
        /// @param path where it lies, in the form in which it goes
        record Ready(String name, String mimeType, Path path, long bytes) implements Prepared {}

        /// It does not go.
        record Unfit(FileTrouble why) implements Prepared {}
    }

    /// How large a file may be for Connect.
    public long maxBytes() {
        return rules.maxBytes();
    }

    /// Makes the file at a place ready.
    ///
    /// @param mimeType without parameters
    public Prepared prepare(Content.Media media, String mimeType, long bytes, MediaFolder.Place place) {
        return switch (rules.judge(media, mimeType, bytes)) {
            case FileRules.Fits(String name, String type) -> new Prepared.Ready(name, type, place.original(), bytes);
            case FileRules.AsPng(String name) ->
                PngConverter.convert(place.original(), place.converted())
                        ? converted(name, "image/png", place.converted())
                        : new Prepared.Unfit(FileTrouble.TYPE);
            case FileRules.Unfit(FileTrouble why) -> new Prepared.Unfit(why);
        };
    }

    private Prepared converted(String name, String mimeType, Path path) {
        try {
            long bytes = Files.size(path);
            return bytes > rules.maxBytes()
                    ? new Prepared.Unfit(FileTrouble.TOO_LARGE)
                    : new Prepared.Ready(name, mimeType, path, bytes);
        } catch (IOException e) {
            return new Prepared.Unfit(FileTrouble.TYPE);
        }
    }
}
