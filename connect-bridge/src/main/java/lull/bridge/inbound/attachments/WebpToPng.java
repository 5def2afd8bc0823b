package lull.bridge.inbound.attachments;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Process that makes a PNG of the first picture of a WebP file. [PngConverter] starts it, because a decoder allocates
/// what a file asks for: only a process of its own can run out of memory alone.
final class WebpToPng {

    /// Exit code if the file cannot be decoded.
    static final int DAMAGED = 10;

    /// Exit code if memory does not suffice.
    static final int OUT_OF_MEMORY = 11;

    /// Exit code if the process that has started this one is gone.
    static final int ORPHAN = 12;

    private WebpToPng() {}

    /// Takes the WebP file and the PNG file.
    public static void main(String[] arguments) {
        endWithParent();
        int code = 0;
        try {
            convert(Path.of(arguments[0]), Path.of(arguments[1]));
        } catch (OutOfMemoryError e) {
            code = OUT_OF_MEMORY;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // What a customer sends may be broken in any way, and the reader answers that with any exception.
            code = DAMAGED;
        }
        // Threads of the image library may still run.
        Runtime.getRuntime().halt(code);
    }

    /// Ends this process when its standard input ends, which it does however the process that holds
    /// the other end of it ends.
    private static void endWithParent() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is ever written.
                }
            } catch (IOException e) {
                // As good as its end.
            }
            Runtime.getRuntime().halt(ORPHAN);
        });
    }

    private static void convert(Path from, Path to) throws IOException {
        ImageIO.setUseCache(false);
        // Named and not searched: a search would find readers of other formats too.
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
