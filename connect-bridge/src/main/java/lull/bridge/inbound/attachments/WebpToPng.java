package lull.bridge.inbound.attachments;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Process that converts the first picture of a WebP file to PNG. [PngConverter] starts it, because a
/// decoder allocates as much memory as a file requests: in a process of its own, only that process can
/// run out of memory.
final class WebpToPng {

    /// Exit code if the file cannot be decoded.
    static final int DAMAGED = 10;

    /// Exit code if memory does not suffice.
    static final int OUT_OF_MEMORY = 11;

    /// Exit code if the process that started this one is gone.
    static final int ORPHAN = 12;

    private WebpToPng() {}

    /// Converts the WebP file of the first argument to the PNG file of the second.
    public static void main(String[] arguments) {
        endWithParent();
        int code = 0;
        try {
            convert(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (OutOfMemoryError e) {
            code = OUT_OF_MEMORY;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // A customer's file may be damaged in any way, and the reader may throw any exception.
            code = DAMAGED;
        }
        // Threads of the image library may still run.
        Runtime.getRuntime().halt(code);
    }

    /// Ends this process when its standard input ends. That happens in whatever way the process at the
    /// other end ends.
    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is ever written.
                }
            } catch (IOException e) {
                // Counts as its end.
            }
            Runtime.getRuntime().halt(ORPHAN);
        });
    }

    private static void convert(Path from, Path to) throws IOException {
        ImageIO.setUseCache(false);
        // Named and not searched: a search would also find readers of other formats.
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (ImageInputStream in = EndingInput.of(from)) {
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            Files.deleteIfExists(to);
            if (!ImageIO.write(image, "png", to.toFile())) {
                throw new IOException("there is no writer for this picture");
            }
        } finally {
            reader.dispose();
        }
    }
}
