package lull.media;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lull.runtime.settings.Formats;

/// Where files are kept.
sealed interface MediaPlace {

    /// A folder on disk.
    record Folder(Path path) implements MediaPlace {}

    /// A bucket of S3.
    ///
    /// @param prefix of all keys; empty, or with a slash at its end
    record Bucket(String name, String prefix) implements MediaPlace {}

    /// Reads the text of a setting; empty for an empty text. Throws `IllegalArgumentException` with
    /// what is wrong.
    static Optional<MediaPlace> parse(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Matcher bucket = Pattern.compile("s3://([^/]*)/?(.*)").matcher(text.strip());
        if (!bucket.matches()) {
            return Optional.of(folder(text.strip()));
        }
        String prefix = bucket.group(2);
        if (!Formats.BUCKET.matches(bucket.group(1)) || !prefix.matches("[A-Za-z0-9/_.-]{0,200}")) {
            throw new IllegalArgumentException("must be a folder, or s3://BUCKET/PREFIX, such as s3://my-files/kept");
        }
        return Optional.of(
                new Bucket(bucket.group(1), prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/"));
    }

    private static Folder folder(String text) {
        if (text.contains("://")) {
            throw new IllegalArgumentException("must be a folder, or s3://BUCKET/PREFIX, such as s3://my-files/kept");
        }
        try {
            return new Folder(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "must be a folder, or s3://BUCKET/PREFIX, such as s3://my-files/kept", e);
        }
    }
}
