package lull.bridge.inbound.attachments;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/// Makes WebP files, and files that only pretend to be one.
final class WebpFiles {

    private static final int ANIMATED = 2;

    private WebpFiles() {}

    /// Little-endian bits, as VP8L has them.
    static final class Bits {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int current;
        private int used;

        Bits put(int value, int bits) {
            for (int bit = 0; bit < bits; bit++) {
                current |= ((value >>> bit) & 1) << used++;
                if (used == 8) {
                    out.write(current);
                    current = 0;
                    used = 0;
                }
            }
            return this;
        }

        byte[] bytes() {
            while (used != 0) {
                put(0, 1);
            }
            return out.toByteArray();
        }
    }

    /// The content of a chunk with a picture of random greens, without loss: each pixel takes 8
    /// bits.
    static byte[] noise(int width, int height) {
        Bits bits = new Bits()
                .put(0x2f, 8)
                .put(width - 1, 14)
                .put(height - 1, 14)
                .put(0, 1)
                .put(0, 3)
                .put(0, 3);
        for (int code = 0; code < 5; code++) {
            if (code > 0) {
                // One symbol, which needs no bits.
                bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
            } else {
                // Lengths of codes are codes of one symbol, which is 8, for the first 256 symbols.
                bits.put(0, 1).put(8, 4);
                int[] order = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8};
                for (int length : order) {
                    bits.put(length == 8 ? 1 : 0, 3);
                }
                bits.put(1, 1).put(3, 3).put(256 - 2, 8);
            }
        }
        Random random = new Random(1);
        for (int pixel = 0; pixel < width * height; pixel++) {
            bits.put(random.nextInt(256), 8);
        }
        return bits.bytes();
    }

    /// A picture of one colour, without loss.
    static byte[] lossless(int width, int height) {
        Bits bits = new Bits()
                .put(0x2f, 8)
                .put(width - 1, 14)
                .put(height - 1, 14)
                .put(0, 1)
                .put(0, 3)
                // No transform, no cache of colours, one group of codes.
                .put(0, 3);
        for (int code = 0; code < 5; code++) {
            // One symbol, which needs no bits.
            bits.put(1, 1).put(0, 1).put(0, 1).put(0, 1);
        }
        return chunk("VP8L", concat(List.of(bits.bytes(), new byte[64])));
    }

    /// The head of a picture with loss, and nothing else.
    static byte[] lossy(int width, int height) {
        return chunk(
                "VP8 ",
                ByteBuffer.allocate(210)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {(byte) 0x50, 1, 0, (byte) 0x9d, 1, 0x2a})
                        .putShort((short) width)
                        .putShort((short) height)
                        .array());
    }

    static byte[] canvas(int width, int height, int flags) {
        return chunk(
                "VP8X",
                ByteBuffer.allocate(10)
                        .put((byte) flags)
                        .put(new byte[3])
                        .put(three(width - 1))
                        .put(three(height - 1))
                        .array());
    }

    static byte[] frame(int x, int y, int width, int height, byte[] picture) {
        return chunk(
                "ANMF",
                concat(List.of(
                        three(x / 2),
                        three(y / 2),
                        three(width - 1),
                        three(height - 1),
                        three(100),
                        new byte[1],
                        picture)));
    }

    /// An animation of frames.
    static byte[] animation(int width, int height, byte[]... frames) {
        return webp(
                concat(List.of(canvas(width, height, ANIMATED), chunk("ANIM", new byte[6]), concat(List.of(frames)))));
    }

    static byte[] webp(byte[]... chunks) {
        return chunk("RIFF", concat(List.of("WEBP".getBytes(StandardCharsets.US_ASCII), concat(List.of(chunks)))));
    }

    static byte[] chunk(String name, byte[] data) {
        return chunk(name, data.length, data);
    }

    /// @param size as the chunk says it, whatever it has
    static byte[] chunk(String name, int size, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + (data.length & 1))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put(data)
                .array();
    }

    /// A picture in a format of the JDK.
    static byte[] picture(String format, int type, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, type), format, out);
        return out.toByteArray();
    }

    /// A TIFF with a small picture in one huge tile.
    static byte[] tiffWithHugeTile() {
        int[][] entries = {
            {256, 64},
            {257, 64},
            {258, 8},
            {259, 1},
            {262, 1},
            {277, 1},
            {284, 1},
            {322, 30_000},
            {323, 20_000},
            {324, 8 + 2 + 12 * 11 + 4},
            {325, 16}
        };
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 12 * entries.length + 4 + 16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {'I', 'I', 42, 0})
                .putInt(8)
                .putShort((short) entries.length);
        for (int[] entry : entries) {
            tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
        }
        return tiff.array();
    }

    static byte[] concat(List<byte[]> all) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        all.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] three(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }
}
