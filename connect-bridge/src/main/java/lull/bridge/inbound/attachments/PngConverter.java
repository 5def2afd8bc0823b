package lull.bridge.inbound.attachments;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Makes a PNG of an image in any format that this JVM can read; of a moving one, of its first picture.
final class PngConverter {

    /// Pixels of an image above which it is not even tried: as many take 64 MiB of memory.
    private static final long MAX_PIXELS = 4_096L * 4_096L;

    private PngConverter() {}

    /// Writes the PNG; false where the image cannot be read or has too many pixels.
    static boolean convert(Path from, Path to) {
        try (ImageInputStream in = ImageIO.createImageInputStream(from.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() && convert(readers.next(), in, to);
        } catch (IOException | RuntimeException e) {
            // What a customer sends may be broken in any way, and readers answer that with any exception.
            return false;
        }
    }

    private static boolean convert(ImageReader reader, ImageInputStream in, Path to) throws IOException {
        try {
            reader.setInput(in, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > MAX_PIXELS) {
                return false;
            }
            BufferedImage image = reader.read(0);
            return ImageIO.write(image, "png", to.toFile());
        } finally {
            reader.dispose();
        }
    }
}
