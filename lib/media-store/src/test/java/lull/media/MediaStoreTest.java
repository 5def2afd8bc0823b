package lull.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lull.runtime.Sha256;
import lull.standins.s3.S3StandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same of both stores: in a folder and in a bucket of a server with the protocol of S3.
final class MediaStoreTest {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final byte[] PHOTO = "a photo".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = Sha256.hex(PHOTO);

    enum Kind {
        FOLDER,
        BUCKET
    }

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private S3StandIn s3 = S3StandIn.start(0, InstantSource.system(), Set.of("files"));

    @AfterEach
    void stop() {
        s3.close();
    }

    @ParameterizedTest
    @EnumSource
    void theSameBytesAreOneFile(Kind kind) throws IOException {
        MediaStore store = store(kind);

        assertThat(store.open(DIGEST)).isEqualTo(new MediaStore.Opened.Missing());
        assertThat(store.put(DIGEST, MediaBytes.of(PHOTO))).isEmpty();
        assertThat(store.put(DIGEST, MediaBytes.of(PHOTO))).isEmpty();

        assertThat(read(store, DIGEST)).isEqualTo(PHOTO);
        assertThat(names(kind)).containsExactly(DIGEST.substring(0, 2) + "/" + DIGEST);
        assertThat(store.problem()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedFileIsGoneAndMayBeDeletedAgain(Kind kind) throws IOException {
        MediaStore store = store(kind);
        store.put(DIGEST, MediaBytes.of(PHOTO));

        assertThat(store.delete(DIGEST)).isEmpty();
        assertThat(store.delete(DIGEST)).isEmpty();

        assertThat(store.open(DIGEST)).isEqualTo(new MediaStore.Opened.Missing());
        assertThat(names(kind)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatIsUnavailableSaysWhyAndWorksAgain(Kind kind) throws IOException {
        MediaStore store = store(kind);
        takeAway(kind);

        assertThat(store.put(DIGEST, MediaBytes.of(PHOTO))).isPresent();
        assertThat(store.open(DIGEST)).isInstanceOf(MediaStore.Opened.Unavailable.class);
        assertThat(store.delete(DIGEST)).isPresent();
        assertThat(store.problem()).isPresent();

        if (kind == Kind.FOLDER) {
            assertThat(directory.resolve("kept")).doesNotExist();
            Files.createDirectory(directory.resolve("kept"));
            assertThat(store.put(DIGEST, MediaBytes.of(PHOTO))).isEmpty();
            assertThat(read(store, DIGEST)).isEqualTo(PHOTO);
        }
    }

    @Test
    void aFileInAFolderIsDeletedWhenItHasNotPassedForItsTime() throws IOException {
        FolderMediaStore store = folder();
        store.put(DIGEST, MediaBytes.of(PHOTO));
        byte[] other = {1};
        store.put(Sha256.hex(other), MediaBytes.of(other));
        Path foreign = Files.writeString(directory.resolve("kept/ab.txt"), "of somebody else");
        Path half = Files.writeString(directory.resolve("kept/" + DIGEST.substring(0, 2) + "/.half-1"), "half");
        for (Path file : List.of(foreign, half)) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }

        now = now.plus(KEPT);
        store.put(DIGEST, MediaBytes.of(PHOTO));
        store.deleteOld();
        assertThat(names(Kind.FOLDER)).hasSize(3);
        assertThat(half).doesNotExist();
        now = now.plusSeconds(1);
        store.deleteOld();

        assertThat(read(store, DIGEST)).isEqualTo(PHOTO);
        assertThat(store.open(Sha256.hex(other))).isEqualTo(new MediaStore.Opened.Missing());
        assertThat(foreign).exists();
        now = now.plus(KEPT);
        store.deleteOld();
        assertThat(names(Kind.FOLDER)).containsExactly("ab.txt");
    }

    private MediaStore store(Kind kind) {
        return switch (kind) {
            case FOLDER -> folder();
            case BUCKET ->
                new AwsMediaStore(new AwsMediaStore.Options(
                        "files",
                        "kept/",
                        "eu-central-1",
                        Optional.of(s3.uri()),
                        true,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20)));
        };
    }

    private FolderMediaStore folder() {
        return FolderMediaStore.open(directory.resolve("kept"), KEPT, () -> now);
    }

    private void takeAway(Kind kind) throws IOException {
        switch (kind) {
            case FOLDER -> Files.delete(directory.resolve("kept"));
            case BUCKET -> s3.close();
        }
    }

    private List<String> names(Kind kind) throws IOException {
        if (kind == Kind.BUCKET) {
            return s3.keys("files", "kept/").stream()
                    .map(key -> key.substring("kept/".length()))
                    .toList();
        }
        Path root = directory.resolve("kept");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static byte[] read(MediaStore store, String sha256) throws IOException {
        MediaStore.Opened.Found found = (MediaStore.Opened.Found) store.open(sha256);
        try (InputStream in = found.bytes()) {
            byte[] bytes = in.readAllBytes();
            assertThat(found.size()).isEqualTo(bytes.length);
            return bytes;
        }
    }
}
