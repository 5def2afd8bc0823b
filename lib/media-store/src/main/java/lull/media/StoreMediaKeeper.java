package lull.media;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import lull.contract.KeptFile;
import lull.runtime.Circuit;
import lull.runtime.CircuitPolicy;
import lull.runtime.Sha256;
import lull.runtime.admin.Dependency;
import lull.runtime.settings.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeper of files in a store. After failures in a row it does not ask the store for some seconds, at
/// most for a minute, so that conversations with files do not wait for the deadline again and again.
final class StoreMediaKeeper implements MediaKeeper {

    private static final Logger log = LoggerFactory.getLogger(StoreMediaKeeper.class);
    private static final CircuitPolicy POLICY = new CircuitPolicy(2, Duration.ofSeconds(5), Duration.ofMinutes(1));
    private static final String UNTYPED = "application/octet-stream";

    private final MediaStore store;
    private final Duration deadline;
    private final Dependency dependency;
    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Circuit circuit = new Circuit(POLICY);

    /// Result in metrics.
    private enum Result {
        KEPT,
        FAILED,
        SKIPPED
    }

    /// @param deadline after which a file is not kept
    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    StoreMediaKeeper(
            MediaStore store, Duration deadline, Dependency dependency, MeterRegistry registry, LongSupplier nanoTime) {
        this.store = store;
        this.deadline = deadline;
        this.dependency = dependency;
        this.registry = registry;
        this.nanoTime = nanoTime;
        for (Sender sender : Sender.values()) {
            for (Result result : Result.values()) {
                counter(sender, result);
            }
        }
    }

    @Override
    public Optional<KeptFile> keep(MediaBytes bytes, Label label) throws InterruptedException {
        if (circuit.ask(nanoTime.getAsLong()).isPositive()) {
            return not(label, Result.SKIPPED);
        }
        KeptFile file;
        try {
            file = new KeptFile(digest(bytes), withoutParameters(label.contentType()), bytes.size(), label.name());
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("A file is not kept, because it cannot be read");
            return not(label, Result.FAILED);
        }
        Optional<String> problem = put(file.sha256(), bytes);
        if (problem.isPresent()) {
            circuit.failed(nanoTime.getAsLong());
            dependency.failed(problem.get());
            return not(label, Result.FAILED);
        }
        circuit.answered();
        counter(label.from(), Result.KEPT).increment();
        return Optional.of(file);
    }

    /// Puts a file on a thread of its own, which may hang on a file system that does not answer.
    private Optional<String> put(String sha256, MediaBytes bytes) throws InterruptedException {
        FutureTask<Optional<String>> attempt = new FutureTask<>(() -> store.put(sha256, bytes));
        Thread.ofPlatform().daemon().name("keep-file").start(attempt);
        try {
            return attempt.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Optional.of("the store has not accepted a file within " + Durations.text(deadline));
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            log.atWarn().setCause(cause).log("A file is not kept, because of an unexpected failure");
            return Optional.of("unexpected failure: " + cause.getClass().getSimpleName());
        } finally {
            attempt.cancel(true);
        }
    }

    private Optional<KeptFile> not(Label label, Result result) {
        counter(label.from(), result).increment();
        return Optional.empty();
    }

    private Counter counter(Sender sender, Result result) {
        return Counter.builder("lull.media.files")
                .description("Files that were to be kept in the media store, by sender and result")
                .tag("from", sender.word())
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static String digest(MediaBytes bytes) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(bytes.open(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String withoutParameters(String contentType) {
        int end = contentType.indexOf(';');
        String bare = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return bare.isEmpty() ? UNTYPED : bare;
    }
}
