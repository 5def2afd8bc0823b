package lull.bridge.inbound.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import lull.bridge.inbound.attachments.ConnectAttachmentRules.Sound;
import lull.bridge.inbound.attachments.SoundProgram.Options;
import lull.bridge.inbound.attachments.WavConverter.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SoundProgramTest {

    private static final Options LONG = new Options(Duration.ofSeconds(30), Duration.ofSeconds(20), 1024, 2);
    private static final String PATH = Objects.requireNonNullElse(System.getenv("PATH"), "");

    @TempDir
    private Path directory;

    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void lay() throws IOException {
        from = Files.writeString(directory.resolve("voice"), "OggS");
        to = directory.resolve("wav");
    }

    @Test
    void theProgramIsToldWhatToDoAndGetsNothingOfOurEnvironment() throws Exception {
        SoundProgram found = program("{ echo \"$@\"; env; } > \"$OUT\"", LONG);

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.OK);

        assertThat(Files.readString(to))
                .contains("-threads 1 -f ogg -i " + from + " -vn -ac 1 -ar 16000 -c:a pcm_s16le -fs 10000 -f wav -y "
                        + to)
                .doesNotContain("HOME=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo wav > \"$OUT\"; exit 1 | FAILED",
                "exit 0 | FAILED",
                "cat; cat > /dev/null; echo wav > \"$OUT\" | OK",
                "head -c 10000 /dev/zero > \"$OUT\" | TOO_LARGE",
                "head -c 9999 /dev/zero > \"$OUT\" | OK",
                "ln -s /etc/passwd \"$OUT\" | FAILED",
                "mkdir \"$OUT\" | FAILED",
                "mkfifo \"$OUT\" | FAILED",
                "ln -s /dev/zero \"$OUT\" | FAILED",
                "trap '' XFSZ; head -c 50000000 /dev/zero > \"$OUT\" | FAILED",
                "exec head -c 50000000 /dev/zero > \"$OUT\" | TOO_LARGE",
            })
    void saysWhatBecameOfASound(String script, Result result) throws Exception {
        assertThat(program(script, LONG).convert(Sound.OGG, from, to, 10_000)).isEqualTo(result);
    }

    @Test
    void whatTakesTooLongIsKilledWithAllThatItHasStarted() throws Exception {
        SoundProgram found = program(
                "sleep 600 & echo $! > " + directory + "/child; wait",
                new Options(Duration.ofSeconds(5), Duration.ofSeconds(20), 1024, 2));

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.TIMED_OUT);

        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty() || isZombie(child));
    }

    @Test
    void noProgramWritesAFileThatIsMuchLargerThanItMay() throws Exception {
        SoundProgram found = program("head -c 50000000 /dev/zero > \"$OUT\"; exit 0", LONG);

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.TOO_LARGE);

        assertThat(Files.size(to)).isLessThan(5_000_000);
    }

    @Test
    void whatLeavesTheSessionOfTheProgramKeepsItsBounds() throws Exception {
        SoundProgram found = program(
                "setsid sh -c 'echo $$ > " + directory + "/child; ulimit -f > " + directory
                        + "/limit; while :; do :; done' & sleep 600",
                new Options(Duration.ofSeconds(2), Duration.ofSeconds(1), 1024, 2));

        assertThat(found.convert(Sound.OGG, from, to, 10_000)).isEqualTo(Result.TIMED_OUT);

        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty() || isZombie(child));
        assertThat(Files.readString(directory.resolve("limit"))).doesNotContain("unlimited");
    }

    @Test
    void whatUsesUpItsCpuTimeIsStopped() throws Exception {
        SoundProgram found =
                program("while :; do :; done", new Options(Duration.ofSeconds(60), Duration.ofSeconds(1), 1024, 2));

        assertThat(found.convert(Sound.MPEG, from, to, 10_000)).isEqualTo(Result.TIMED_OUT);
    }

    @Test
    void whatNeedsMoreMemoryThanItMayHaveFails() throws Exception {
        // dd takes its block of 100 MiB at once.
        String script = "dd if=/dev/zero of=/dev/null bs=100M count=1 && echo wav > \"$OUT\"";

        assertThat(program(script, new Options(Duration.ofSeconds(30), Duration.ofSeconds(20), 64, 2))
                        .convert(Sound.MPEG, from, to, 10_000))
                .isEqualTo(Result.FAILED);
        assertThat(program(script, LONG).convert(Sound.MPEG, from, to, 10_000)).isEqualTo(Result.OK);
        assertThat(program(script, new Options(Duration.ofSeconds(30), Duration.ofSeconds(20), 0, 2))
                        .convert(Sound.MPEG, from, to, 10_000))
                .isEqualTo(Result.OK);
    }

    @Test
    void noMoreProcessesRunAtATimeThanMay() throws Exception {
        // Fails if another one runs at the same time.
        SoundProgram found = program(
                "mkdir " + directory + "/running && sleep 0.2 && rmdir " + directory
                        + "/running && echo wav > \"$OUT\"",
                new Options(Duration.ofSeconds(30), Duration.ofSeconds(20), 1024, 1));

        List<Future<Result>> results;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Result>>mapToObj(i -> () -> withSlot(found, directory.resolve("wav" + i)))
                    .toList());
        }

        assertThat(results).extracting(Future::get).containsOnly(Result.OK);
    }

    private Result withSlot(SoundProgram program, Path to) throws InterruptedException {
        while (true) {
            Optional<ConverterSlots.Slot> slot = program.slots().take();
            if (slot.isPresent()) {
                try (ConverterSlots.Slot _ = slot.get()) {
                    return program.convert(Sound.MPEG, from, to, 10_000);
                }
            }
        }
    }

    @Test
    void aProgramThatCannotBeBoundedIsNotUsed() throws IOException {
        Path tool = Files.createFile(
                directory.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path refusing = Files.writeString(directory.resolve("sh"), "#!/bin/sh\nexit 125\n");
        Files.setPosixFilePermissions(refusing, PosixFilePermissions.fromString("rwx------"));

        assertThat(SoundProgram.find(tool.toString(), "", LONG)).isPresent();
        assertThat(SoundProgram.find(tool.toString(), "", LONG, directory.resolve("no-shell")))
                .isEmpty();
        assertThat(SoundProgram.find(tool.toString(), "", LONG, refusing)).isEmpty();
    }

    @Test
    void aProgramIsFoundByItsNameOrItsPathWhereItCanBeRun() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        Path tool = Files.createFile(
                tools.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(tools.resolve("text"));
        String path = directory + File.pathSeparator + tools;

        assertThat(SoundProgram.find("tool", path, LONG)).isPresent();
        assertThat(SoundProgram.find(tool.toString(), "", LONG)).isPresent();
        assertThat(SoundProgram.find("text", path, LONG)).isEmpty();
        assertThat(SoundProgram.find("other", path, LONG)).isEmpty();
    }

    @Test
    void theRealOneMakesAWavOfAVoiceNote() throws Exception {
        Optional<SoundProgram> found = SoundProgram.find("ffmpeg", PATH, LONG);
        assumeTrue(found.isPresent(), "There is no ffmpeg here");
        Path voice = directory.resolve("voice.ogg");
        Process made = new ProcessBuilder(
                        "ffmpeg", "-v", "quiet", "-f", "lavfi", "-i", "sine=duration=2", "-c:a", "libopus", voice + "")
                .start();
        assertThat(made.waitFor()).isZero();

        assertThat(found.get().convert(Sound.OGG, voice, to, 1 << 20)).isEqualTo(Result.OK);

        // Two seconds of 16,000 samples of two bytes, and a head.
        assertThat(Files.size(to)).isBetween(63_000L, 66_000L);
        assertThat(Files.readAllBytes(to)).startsWith('R', 'I', 'F', 'F');
        assertThat(found.get().convert(Sound.OGG, voice, to, 10_000)).isEqualTo(Result.TOO_LARGE);
        assertThat(found.get().convert(Sound.AMR, voice, to, 1 << 20)).isEqualTo(Result.FAILED);
    }

    private static boolean isZombie(long pid) throws IOException {
        Path stat = Path.of("/proc/" + pid + "/stat");
        return Files.exists(stat) && Files.readString(stat).contains(") Z ");
    }

    private SoundProgram program(String script, Options bounds) throws IOException {
        Path program = directory.resolve("program");
        Files.writeString(program, "#!/bin/sh\nfor OUT; do :; done\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return SoundProgram.find(program.toString(), "", bounds).orElseThrow();
    }
}
