package lull.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lull.connect.ParticipantPort.Accepted;
import lull.runtime.CircuitPolicy;
import org.junit.jupiter.api.Test;

final class ConnectRateLimiterTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Answer<Accepted> answer = new Answer.Ok<>(new Accepted("m1", Instant.EPOCH));
    private final ConnectRateLimiter limiter = new ConnectRateLimiter(
            "us-east-1",
            Rates.of("SendMessage=2/3"),
            new CircuitPolicy(2, Duration.ofSeconds(10), Duration.ofSeconds(30)),
            now::get,
            new ConnectMetrics(registry));
    private final RateLimitedParticipant participant = new RateLimitedParticipant(port(), limiter);

    @Test
    void doesNotCallConnectWhereThePaceIsUsedUp() {
        int went = 0;
        Answer<Accepted> last = send();
        while (last instanceof Answer.Ok<Accepted>) {
            went++;
            last = send();
        }

        assertThat(last).isEqualTo(new Answer.Failed<>(new ConnectError.Paced(Duration.ofMillis(1_500))));
        assertThat(calls).hasValue(went);
        assertThat(went).as("the burst, and a second's worth in line").isEqualTo(3 + 2);
        assertThat(registry.get("lull.bridge.connect.paced")
                        .tag("operation", "SendMessage")
                        .counter()
                        .count())
                .isEqualTo(1);

        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(send()).isInstanceOf(Answer.Ok.class);
    }

    @Test
    void goesSlowerWhereConnectThrottles() {
        answer = new Answer.Failed<>(new ConnectError.Throttled("429"));

        assertThat(send()).isEqualTo(answer);

        assertThat(registry.get("lull.bridge.connect.pace")
                        .tag("operation", "SendMessage")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void leavesAloneWhatFailsTimeAfterTime() {
        answer = new Answer.Failed<>(new ConnectError.Transient("503"));
        send();
        assertThat(circuit()).isZero();
        send();

        assertThat(circuit()).isOne();
        assertThat(send()).isEqualTo(new Answer.Failed<>(new ConnectError.Paced(Duration.ofSeconds(10))));
        assertThat(calls).hasValue(2);

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        answer = new Answer.Ok<>(new Accepted("m1", Instant.EPOCH));
        assertThat(send()).isEqualTo(answer);
        assertThat(circuit()).isZero();
    }

    @Test
    void whatHasNoPaceGoesAtOnce() {
        for (int i = 0; i < 100; i++) {
            participant.attachment("token", "a");
        }

        assertThat(calls).hasValue(100);
    }

    @Test
    void aCallInLineIsMadeAfterASecondBridgeHasComeAndLater() throws InterruptedException {
        now.set(0);
        while (participant.sendText("token", "text", "client token") instanceof Answer.Ok<Accepted>) {}
        int made = calls.get();
        now.addAndGet(Duration.ofMillis(500).toNanos());
        Thread waiting = Thread.ofVirtual().start(this::send);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING || !waiting.isAlive());

        limiter.shared(2, false);
        waiting.join();

        assertThat(calls).hasValue(made + 1);
        assertThat(registry.get("lull.bridge.connect.pace")
                        .tag("operation", "SendMessage")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(send()).as("the line is as long as before").isInstanceOf(Answer.Failed.class);
    }

    @Test
    void theWholeRateComesBackWhenTheOtherBridgesHaveGone() {
        limiter.shared(4, true);
        assertThat(send()).isEqualTo(new Answer.Failed<>(new ConnectError.Paced(Duration.ofSeconds(2))));

        limiter.shared(1, false);
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        for (int call = 0; call < 3; call++) {
            assertThat(send()).isInstanceOf(Answer.Ok.class);
        }
        assertThat(calls).hasValue(3);
    }

    private double circuit() {
        return registry.get("lull.bridge.connect.circuit")
                .tag("operation", "SendMessage")
                .gauge()
                .value();
    }

    private Answer<Accepted> send() {
        return participant.sendText("token", "text", "client token");
    }

    private ParticipantPort port() {
        return (ParticipantPort) Proxy.newProxyInstance(
                ConnectRateLimiterTest.class.getClassLoader(), new Class<?>[] {ParticipantPort.class}, (_, _, _) -> {
                    calls.incrementAndGet();
                    return answer;
                });
    }
}
