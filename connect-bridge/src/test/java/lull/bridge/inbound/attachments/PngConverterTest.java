package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import lull.bridge.inbound.attachments.PngConverter.Options;
import lull.bridge.inbound.attachments.PngConverter.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PngConverterTest {

    private static final Duration CPU = Duration.ofSeconds(20);
    private static final Options BOUNDS = new Options(1 << 20, 64, Duration.ofSeconds(60), CPU, 2);

    /// One pixel with loss.
    private static final byte[] LOSSY =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    @TempDir
    private Path directory = Path.of(".");

    /// One pixel, with loss and without.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
                "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
            })
    void makesAPngOfAWebp(String webp) throws Exception {
        assertThat(convert(Base64.getDecoder().decode(webp), BOUNDS)).isEqualTo(Result.OK);

        assertSize(1, 1);
        assertThat(Files.readAllBytes(png())).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void makesAPngOfAStickerAndOfTheFirstPictureOfAnAnimation() throws Exception {
        assertThat(convert(WebpFiles.webp(WebpFiles.lossless(512, 512)), BOUNDS))
                .isEqualTo(Result.OK);
        assertSize(512, 512);

        byte[] frame = WebpFiles.frame(0, 0, 300, 200, WebpFiles.lossless(300, 200));
        assertThat(convert(WebpFiles.animation(300, 200, frame, frame, frame), BOUNDS))
                .isEqualTo(Result.OK);
        assertSize(300, 200);
    }

    static Stream<Arguments> unfit() throws IOException {
        byte[] small = WebpFiles.lossless(16, 16);
        byte[] sticker = WebpFiles.webp(WebpFiles.lossless(512, 512));
        byte[] deepPng = WebpFiles.picture("png", BufferedImage.TYPE_USHORT_GRAY, 16, 16);
        return Stream.of(
                // Other formats under the name of WebP.
                unfit("text", Result.DAMAGED, new byte[] {1, 2, 3}),
                unfit("nothing", Result.DAMAGED, new byte[0]),
                unfit("PNG", Result.DAMAGED, WebpFiles.picture("png", BufferedImage.TYPE_INT_RGB, 16, 16)),
                unfit("PNG of 16 bits", Result.DAMAGED, deepPng),
                unfit("GIF", Result.DAMAGED, WebpFiles.picture("gif", BufferedImage.TYPE_INT_RGB, 16, 16)),
                unfit("BMP", Result.DAMAGED, WebpFiles.picture("bmp", BufferedImage.TYPE_INT_RGB, 16, 16)),
                unfit("JPEG", Result.DAMAGED, WebpFiles.picture("jpg", BufferedImage.TYPE_INT_RGB, 16, 16)),
                unfit("TIFF", Result.DAMAGED, WebpFiles.picture("tiff", BufferedImage.TYPE_INT_RGB, 16, 16)),
                unfit("TIFF with a huge tile", Result.DAMAGED, WebpFiles.tiffWithHugeTile()),
                unfit("TIFF in a RIFF", Result.DAMAGED, WebpFiles.chunk("RIFF", WebpFiles.tiffWithHugeTile())),
                unfit("PNG as a chunk", Result.DAMAGED, WebpFiles.webp(WebpFiles.chunk("PNG ", deepPng))),
                // Sizes that do not fit together.
                unfit("larger picture", Result.TOO_LARGE, canvas(16, 16, WebpFiles.lossless(16_383, 16_383))),
                unfit("larger lossy picture", Result.TOO_LARGE, canvas(16, 16, WebpFiles.lossy(16_383, 16_383))),
                unfit("picture beyond its canvas", Result.DAMAGED, canvas(16, 16, WebpFiles.lossless(17, 16))),
                unfit("second picture", Result.DAMAGED, canvas(16, 16, small, WebpFiles.lossy(16, 17))),
                unfit("second canvas", Result.DAMAGED, canvas(16, 16, WebpFiles.canvas(32, 32, 0), small)),
                unfit(
                        "larger picture in a frame",
                        Result.TOO_LARGE,
                        WebpFiles.animation(16, 16, WebpFiles.frame(0, 0, 16, 16, WebpFiles.lossless(16_384, 16_384)))),
                unfit(
                        "picture beyond its frame",
                        Result.DAMAGED,
                        WebpFiles.animation(64, 64, WebpFiles.frame(0, 0, 16, 16, WebpFiles.lossless(64, 64)))),
                unfit(
                        "frame beyond the canvas",
                        Result.DAMAGED,
                        WebpFiles.animation(16, 16, WebpFiles.frame(2, 0, 16, 16, small))),
                unfit(
                        "frame larger than the canvas",
                        Result.DAMAGED,
                        WebpFiles.animation(16, 16, WebpFiles.frame(0, 0, 1 << 24, 1 << 24, small))),
                unfit(
                        "frame in a frame",
                        Result.DAMAGED,
                        WebpFiles.animation(
                                16, 16, WebpFiles.frame(0, 0, 16, 16, WebpFiles.frame(0, 0, 16, 16, small)))),
                unfit("frame without a canvas", Result.DAMAGED, WebpFiles.webp(WebpFiles.frame(0, 0, 16, 16, small))),
                unfit(
                        "frame without content",
                        Result.DAMAGED,
                        WebpFiles.animation(16, 16, WebpFiles.chunk("ANMF", new byte[4]))),
                // Sizes that are too large.
                unfit("huge picture", Result.TOO_LARGE, WebpFiles.webp(WebpFiles.lossless(16_384, 16_384))),
                unfit("huge lossy picture", Result.TOO_LARGE, WebpFiles.webp(WebpFiles.lossy(16_383, 16_383))),
                unfit("huge canvas", Result.TOO_LARGE, canvas(1 << 24, 1 << 24, small)),
                unfit("one pixel more", Result.TOO_LARGE, WebpFiles.webp(WebpFiles.lossless(1_025, 1_024))),
                unfit("no pixel", Result.DAMAGED, WebpFiles.webp(WebpFiles.lossy(0, 16))),
                // Broken structure.
                unfit("truncated", Result.DAMAGED, Arrays.copyOf(sticker, sticker.length - 20)),
                unfit("truncated head", Result.DAMAGED, Arrays.copyOf(sticker, 22)),
                unfit(
                        "truncated picture",
                        Result.DAMAGED,
                        Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEA")),
                unfit("no picture", Result.DAMAGED, canvas(16, 16)),
                unfit(
                        "chunk beyond the end",
                        Result.DAMAGED,
                        canvas(16, 16, WebpFiles.chunk("ICCP", 0x7ffffff0, new byte[64]), small)),
                unfit(
                        "chunk of 4 GiB",
                        Result.DAMAGED,
                        canvas(16, 16, WebpFiles.chunk("EXIF", -1, new byte[64]), small)),
                unfit("wrong mark", Result.DAMAGED, WebpFiles.webp(WebpFiles.chunk("VP8L", new byte[64]))),
                unfit(
                        "too many chunks",
                        Result.DAMAGED,
                        canvas(
                                16,
                                16,
                                WebpFiles.concat(Collections.nCopies(10_001, WebpFiles.chunk("XXXX", new byte[0]))),
                                small)),
                unfit("no key frame", Result.DAMAGED, WebpFiles.webp(WebpFiles.chunk("VP8 ", new byte[] {
                    1, 0, 0, (byte) 0x9d, 1, 0x2a, 16, 0, 16, 0
                }))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unfit")
    void refusesWhatIsNoWebpWithinTheBounds(String name, Result result, byte[] file) throws Exception {
        assertThat(convert(file, BOUNDS)).isEqualTo(result);
    }

    /// A file of a few KiB that declares 65,536 groups of codes: 335 MB of tables, whatever size its picture has.
    @Test
    void aDecoderThatNeedsMoreMemoryThanItMayHaveFailsAlone() throws Exception {
        assertThat(convert(manyGroups(), new Options(1 << 20, 32, Duration.ofSeconds(60), CPU, 1)))
                .isIn(Result.FAILED, Result.DAMAGED);
        // A process of which the JVM says that its heap is too small.
        assertThat(convert(LOSSY, new Options(1 << 20, 1, Duration.ofSeconds(60), CPU, 1)))
                .isEqualTo(Result.FAILED);
    }

    @Test
    void aDecoderThatTakesTooLongIsKilled() throws Exception {
        assertThat(convert(LOSSY, new Options(1 << 20, 64, Duration.ofMillis(1), CPU, 1)))
                .isEqualTo(Result.TIMED_OUT);
    }

    @Test
    void manyAtOnceAreConvertedOneAfterTheOther() throws Exception {
        PngConverter converter = new PngConverter(new Options(1 << 20, 64, Duration.ofSeconds(60), CPU, 1));
        Path from = Files.write(directory.resolve("original"), WebpFiles.webp(WebpFiles.lossless(1024, 1024)));

        List<Future<Result>> results;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Result>>mapToObj(i -> () -> withSlot(converter, from, directory.resolve("png" + i)))
                    .toList());
        }

        assertThat(results).extracting(Future::get).containsOnly(Result.OK);
    }

    private static Result withSlot(PngConverter converter, Path from, Path to) throws InterruptedException {
        while (true) {
            Optional<ConverterSlots.Slot> slot = converter.slots().take();
            if (slot.isPresent()) {
                try (ConverterSlots.Slot _ = slot.get()) {
                    return converter.convert(from, to);
                }
            }
        }
    }

    /// The head of a lossless picture of 2048 x 1336 in 92 bytes. The decoder would take its pixels
    /// for zeros, one by one, for minutes.
    @Test
    void aPictureWithoutItsPixelsIsDamagedAtOnce() throws Exception {
        Options bounds = new Options(1 << 22, 128, Duration.ofSeconds(60), Duration.ofSeconds(4), 1);

        String webp = "UklGRlQAAABXRUJQVlA4TEgAAAAv/8dNAW2ICHQA/wAAACgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABlAAAAAACC"
                + "AAAAAAAAAPwAAAAAAAAAAAAAAAAAAAA=";

        assertThat(convert(Base64.getDecoder().decode(webp), bounds)).isEqualTo(Result.DAMAGED);
    }

    @Test
    void aPictureIsConvertedIfAllOfItIsThere() throws Exception {
        byte[] picture = WebpFiles.noise(700, 700);
        assertThat(convert(WebpFiles.webp(WebpFiles.chunk("VP8L", picture)), BOUNDS))
                .isEqualTo(Result.OK);
        assertSize(700, 700);

        for (int part : List.of(2, 10, 1_000)) {
            byte[] head = Arrays.copyOf(picture, picture.length / part);
            assertThat(convert(WebpFiles.webp(WebpFiles.chunk("VP8L", head)), BOUNDS))
                    .isEqualTo(Result.DAMAGED);
        }
    }

    @Test
    void aDecoderThatUsesUpItsCpuTimeIsStopped() throws Exception {
        Path endless = Files.writeString(directory.resolve("java"), "#!/bin/sh\nwhile :; do :; done\n");
        assertThat(endless.toFile().setExecutable(true)).isTrue();
        Options bounds = new Options(1 << 20, 64, Duration.ofSeconds(60), Duration.ofSeconds(1), 1);
        Path from = Files.write(directory.resolve("original"), LOSSY);

        assertThat(new PngConverter(bounds, endless).convert(from, png())).isEqualTo(Result.TIMED_OUT);
    }

    @Test
    void aDecoderEndsWithTheProcessThatHasStartedIt() throws Exception {
        // Opening a pipe that nobody writes to does not end.
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process decoder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        WebpToPng.class.getName(),
                        pipe.toString(),
                        png().toString())
                .start();
        assertThat(decoder.waitFor(2, TimeUnit.SECONDS)).isFalse();

        decoder.getOutputStream().close();

        assertThat(decoder.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(decoder.exitValue()).isEqualTo(WebpToPng.ORPHAN);
    }

    private static byte[] manyGroups() {
        WebpFiles.Bits bits = new WebpFiles.Bits()
                .put(0x2f, 8)
                .put(511, 14)
                .put(511, 14)
                .put(0, 4)
                .put(0, 1)
                // A cache of 2^11 colours.
                .put(1, 1)
                .put(11, 4)
                // A picture that says which group of codes a block has: of blocks of 512 x 512, so one pixel.
                .put(1, 1)
                .put(7, 3)
                .put(0, 1);
        // Its codes: green and red are always 255, so that all blocks have group 65,535.
        for (int code = 0; code < 5; code++) {
            bits.put(1, 1).put(0, 1).put(1, 1).put(code < 2 ? 255 : 0, 8);
        }
        return WebpFiles.webp(WebpFiles.chunk("VP8L", WebpFiles.concat(List.of(bits.bytes(), new byte[200_000]))));
    }

    private static Arguments unfit(String name, Result result, byte[] file) {
        return Arguments.of(name, result, file);
    }

    private static byte[] canvas(int width, int height, byte[]... chunks) {
        return WebpFiles.webp(WebpFiles.canvas(width, height, 0), WebpFiles.concat(List.of(chunks)));
    }

    private Result convert(byte[] bytes, Options bounds) throws Exception {
        Files.deleteIfExists(png());
        return new PngConverter(bounds).convert(Files.write(directory.resolve("original"), bytes), png());
    }

    private Path png() {
        return directory.resolve("png");
    }

    private void assertSize(int width, int height) throws IOException {
        assertThat(ImageIO.read(png().toFile())).satisfies(image -> {
            assertThat(image.getWidth()).isEqualTo(width);
            assertThat(image.getHeight()).isEqualTo(height);
        });
    }
}
