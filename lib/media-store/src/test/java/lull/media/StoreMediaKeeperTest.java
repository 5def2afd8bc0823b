package lull.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import lull.contract.KeptFile;
import lull.media.MediaKeeper.Label;
import lull.media.MediaKeeper.Sender;
import lull.runtime.Sha256;
import lull.runtime.admin.Dependencies;
import lull.runtime.admin.Health;
import org.junit.jupiter.api.Test;

/// What is kept and counted, by a store that fails on demand.
final class StoreMediaKeeperTest {

    private static final byte[] PHOTO = "a photo".getBytes(StandardCharsets.UTF_8);
    private static final Label LABEL = new Label(Sender.CUSTOMER, "image/jpeg; charset=binary", "photo.jpg");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountDownLatch hung = new CountDownLatch(1);
    private long nanos;
    private int puts;
    private Answer answer = Answer.OK;

    private enum Answer {
        OK,
        FULL,
        THROWS,
        HANGS
    }

    @Test
    void aKeptFileIsNamedByTheDigestOfItsBytes() throws Exception {
        assertThat(keeper().keep(MediaBytes.of(PHOTO), LABEL))
                .contains(new KeptFile(Sha256.hex(PHOTO), "image/jpeg", PHOTO.length, "photo.jpg"));
        assertThat(count("kept")).isOne();
    }

    @Test
    void aStoreThatFailsIsNotAskedForAWhile() throws Exception {
        MediaKeeper keeper = keeper();
        answer = Answer.FULL;
        for (int i = 0; i < 5; i++) {
            assertThat(keeper.keep(MediaBytes.of(PHOTO), LABEL)).isEmpty();
        }
        assertThat(puts).isEqualTo(2);
        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("skipped")).isEqualTo(3);

        answer = Answer.OK;
        nanos += Duration.ofSeconds(6).toNanos();

        assertThat(keeper.keep(MediaBytes.of(PHOTO), LABEL)).isPresent();
        assertThat(keeper.keep(MediaBytes.of(PHOTO), LABEL)).isPresent();
        assertThat(count("kept")).isEqualTo(2);
    }

    @Test
    void aStoreThatHangsHoldsUpNobodyForLongerThanTheDeadline() throws Exception {
        answer = Answer.HANGS;

        assertThat(keeper().keep(MediaBytes.of(PHOTO), LABEL)).isEmpty();

        assertThat(count("failed")).isOne();
        hung.countDown();
    }

    @Test
    void anUnexpectedFailureOfTheStoreFailsNothingElse() throws Exception {
        answer = Answer.THROWS;

        assertThat(keeper().keep(MediaBytes.of(PHOTO), LABEL)).isEmpty();

        assertThat(count("failed")).isOne();
    }

    private MediaKeeper keeper() {
        Health health = new Health();
        Dependencies dependencies = new Dependencies(health, registry, InstantSource.system(), System::nanoTime);
        return new StoreMediaKeeper(
                new Scripted(),
                Duration.ofMillis(100),
                dependencies.optional("media-store", "Advice."),
                registry,
                () -> nanos);
    }

    private double count(String result) {
        return registry.get("lull.media.files")
                .tag("from", "customer")
                .tag("result", result)
                .counter()
                .count();
    }

    private final class Scripted implements MediaStore {

        @Override
        public Optional<String> put(String sha256, MediaBytes bytes) {
            puts++;
            return switch (answer) {
                case OK -> Optional.empty();
                case FULL -> Optional.of("no space left");
                case THROWS -> throw new IllegalStateException("unexpected");
                case HANGS -> {
                    try {
                        hung.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    yield Optional.empty();
                }
            };
        }

        @Override
        public Opened open(String sha256) {
            return new Opened.Missing();
        }

        @Override
        public Optional<String> delete(String sha256) {
            return Optional.empty();
        }

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }
    }
}
