package lull.runtime;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reason why a file cannot be read, or a folder cannot be used, in words for operators.
public final class FileProblem {

    private static final int PROBE_BYTES = 4_096;
    private static final long MEBIBYTE = 1024 * 1024;

    private FileProblem() {}

    /// Returns a sentence with the file, its absolute path if it was given relative to the working
    /// directory, and the reason.
    public static String words(Path file, Exception failure) {
        String place = file.isAbsolute() ? "" : " (" + file.toAbsolutePath().normalize() + ")";
        return "The file " + file + place + " cannot be read: " + reason(file, failure);
    }

    /// Returns a sentence with a folder that cannot be created or written, its absolute path if it was
    /// given relative to the working directory, and the reason.
    public static String ofFolder(Path folder, Exception failure) {
        String place = folder.isAbsolute() ? "" : " (" + folder.toAbsolutePath().normalize() + ")";
        return "The directory " + folder + place + " cannot be used: " + reasonOfFolder(folder, failure);
    }

    /// Returns such a sentence for a folder in which no file can be written now, because it is missing,
    /// full or locked; empty if one can.
    ///
    /// @param bytes for which there must be room
    public static Optional<String> ofWritingTo(Path folder, long bytes) {
        if (Files.notExists(folder)) {
            return Optional.of(ofFolder(folder, new IOException("it does not exist")));
        }
        try {
            Path probe = Files.createTempFile(folder, ".probe-", "");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
            long free = Files.getFileStore(folder).getUsableSpace();
            return free >= bytes
                    ? Optional.empty()
                    : Optional.of(ofFolder(folder, new IOException("only " + free / MEBIBYTE + " MiB are free")));
        } catch (IOException e) {
            return Optional.of(ofFolder(folder, e));
        }
    }

    private static String reasonOfFolder(Path folder, Exception failure) {
        if (failure instanceof FileAlreadyExistsException || Files.isRegularFile(folder)) {
            return "it is a file, not a directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it cannot be created there";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static boolean isLoop(FileSystemException failure) {
        return failure instanceof FileSystemLoopException
                || String.valueOf(failure.getReason()).contains("Too many levels of symbolic links");
    }

    private static String reason(Path file, Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (failure instanceof FileSystemException system && isLoop(system)) {
            return "its symbolic links lead in a circle";
        }
        if (failure instanceof AccessDeniedException || (failure instanceof IOException && !Files.isReadable(file))) {
            return "permission denied";
        }
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
