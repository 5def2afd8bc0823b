package lull.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import lull.contract.json.UnreadableJson;
import lull.contract.topic.DeadLetterReason;
import lull.runtime.log.LogLimit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The engine on a consumer without a broker; each test makes the rounds of the poll loop itself.
final class KeyedConsumerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int MAX_STUCK = 50;
    private static final int MAX_FAILURES = 3;

    private static final String TOPIC = "t";
    private static final TopicPartition P0 = new TopicPartition(TOPIC, 0);
    private static final TopicPartition P1 = new TopicPartition(TOPIC, 1);
    private static final Duration SESSION = Duration.ofSeconds(30);

    private static final PauseScope NUMBER_1 = new PauseScope("number", "1");

    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean mend = new AtomicBoolean(true);
    private final CountedFlow counted = new CountedFlow();
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<DeadLetterReason> reasons = Collections.synchronizedList(new ArrayList<>());
    private final List<String> deadLetters = Collections.synchronizedList(new ArrayList<>());
    private final List<String> givenUp = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentMap<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Function<Incoming<String>, Outcome>> answers = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> group = new ConcurrentHashMap<>();
    private CommittingConsumer consumer = new CommittingConsumer(group);
    private KeyedConsumer<String> keyed = keyed(limits(100, 1_000));

    @BeforeEach
    void join() {
        keyed.subscribe();
        assign(P0, P1);
    }

    @AfterEach
    void releaseEverything() {
        held.values().forEach(CountDownLatch::countDown);
    }

    @Test
    void keepsTheOrderOfAKey() {
        for (int i = 0; i < 50; i++) {
            add(P0, "a", "a" + (100 + i));
            add(P1, "b", "b" + (100 + i));
        }

        roundsUntil(() -> handled.size() == 100);

        assertThat(handled.stream().filter(value -> value.startsWith("a")))
                .isSorted()
                .hasSize(50);
        assertThat(handled.stream().filter(value -> value.startsWith("b")))
                .isSorted()
                .hasSize(50);
    }

    @Test
    void anInterruptedHandlerInterruptsNoLaterRecord() {
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            String value = "v" + i;
            answers.put(value, _ -> {
                interrupted.add(Thread.currentThread().isInterrupted());
                Thread.currentThread().interrupt();
                return Outcome.DONE;
            });
            add(P0, "k", value);
        }

        roundsUntil(() -> interrupted.size() == 100);

        assertThat(interrupted).containsOnly(false);
    }

    @Test
    void aSlowKeyDelaysNoOtherAndTheCommitWaitsForIt() {
        hold("slow");
        add(P0, "k1", "slow");
        add(P0, "k2", "fast1");
        add(P0, "k3", "fast2");

        roundsUntil(() -> handled.size() == 2);

        untilCommitted(0, Map.of(1L, 3L));
        release("slow");
        roundsUntil(() -> handled.size() == 3);
        untilCommitted(3, Map.of());
    }

    @Test
    void handlesAfterARestartOnlyWhatWasNotFinished() {
        hold("slow");
        add(P0, "k1", "slow");
        add(P0, "k2", "fast1");
        add(P0, "k3", "fast2");
        roundsUntil(() -> handled.size() == 2);
        untilCommitted(0, Map.of(1L, 3L));

        restart(limits(100, 1_000));
        release("slow");
        add(P0, "k1", "slow");
        add(P0, "k2", "fast1");
        add(P0, "k3", "fast2");
        roundsUntil(() -> handled.contains("slow"));
        untilCommitted(3, Map.of());

        assertThat(handled).containsExactlyInAnyOrder("fast1", "fast2", "slow");
        assertThat(counted.count("skipped")).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAndItsNeighboursGoOn() {
        add(P0, "a", "unreadable");
        add(P0, "a", "next");

        roundsUntil(() -> handled.contains("next"));
        untilCommitted(2, Map.of());

        assertThat(deadLetters).containsExactly("unreadable: no text");
        assertThat(reasons).containsExactly(DeadLetterReason.UNREADABLE);
    }

    @Test
    void aRecordWithoutValueIsADeadLetter() {
        addBytes(P0, "a", null);

        roundsUntil(() -> deadLetters.size() == 1);

        assertThat(deadLetters).containsExactly("null: The record has no value");
    }

    @Test
    void whatTheHandlerRefusesIsADeadLetter() {
        answers.put("bad", _ -> new Outcome.Reject("too bad"));
        add(P0, "a", "bad");
        add(P0, "a", "next");

        roundsUntil(() -> handled.contains("next"));

        assertThat(deadLetters).containsExactly("bad: too bad");
        assertThat(reasons).containsExactly(DeadLetterReason.REFUSED);
    }

    @Test
    void whatIsToComeLaterKeepsItsKeyWaitingAndNoOther() {
        answers.put("full", incoming -> incoming.attempt() < 3 ? Outcome.retry("full") : Outcome.DONE);
        add(P0, "a", "full");
        add(P0, "a", "behind");
        add(P0, "b", "other");

        roundsUntil(() -> handled.contains("other"));
        assertThat(handled).doesNotContain("behind");

        roundsUntil(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return handled.contains("behind");
        });
        assertThat(counted.count("later")).isEqualTo(3);
        assertThat(handled.indexOf("full")).isLessThan(handled.indexOf("behind"));
    }

    @Test
    void waitingForItsTurnCountsAsNoAttempt() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        answers.put("turn", incoming -> {
            attempts.add(incoming.attempt());
            return attempts.size() < 4 ? new Outcome.Deferred(Duration.ofSeconds(10)) : Outcome.DONE;
        });
        add(P0, "a", "turn");

        roundsUntil(() -> attempts.size() == 1);
        await().pollInSameThread().pollInterval(Duration.ofMillis(2)).until(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            keyed.round();
            return handled.contains("turn");
        });
        assertThat(attempts).containsExactly(0, 0, 0, 0);
    }

    @Test
    void aRecordCanWaitForTheNextOfItsKeyWhileOthersContinue() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        answers.put("first", incoming -> {
            attempts.add(incoming.attempt());
            return attempts.size() < 2 ? new Outcome.AwaitNext(Duration.ofHours(1)) : Outcome.DONE;
        });
        add(P0, "a", "first");
        add(P0, "b", "other");
        roundsUntil(() -> handled.contains("other") && attempts.size() == 1);
        untilCommitted(0, Map.of(1L, 2L));
        assertThat(keyed.waiting(10)).isEmpty();

        add(P0, "a", "second");

        roundsUntil(() -> handled.contains("second"));
        untilCommitted(3, Map.of());
        assertThat(handled).containsSubsequence("first", "second");
        assertThat(attempts).containsExactly(0, 0);
    }

    @Test
    void aMistakeInTheHandlerLosesNothing() {
        answers.put("bug", incoming -> {
            if (incoming.attempt() == 0) {
                throw new IllegalStateException("a mistake");
            }
            return Outcome.DONE;
        });
        add(P0, "a", "bug");

        roundsUntil(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return handled.contains("bug");
        });

        assertThat(counted.count("failed")).isEqualTo(1);
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void whatFailsUnexpectedlyTimeAfterTimeIsADeadLetterAndItsKeyGoesOn() {
        answers.put("bug", _ -> overflow());
        add(P0, "a", "bug");
        add(P0, "a", "next");
        add(P0, "b", "other");

        roundsUntil(() -> handled.contains("other") && !keyed.failing().isEmpty());
        assertThat(keyed.failing()).singleElement().satisfies(failing -> {
            assertThat(failing.place()).isEqualTo("t-0@0");
            assertThat(failing.cause()).startsWith("StackOverflowError at lull.lanes.KeyedConsumerTest.overflow");
        });
        assertThat(deadLetters).isEmpty();

        roundsUntil(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return handled.contains("next");
        });
        assertThat(counted.count("failed")).isEqualTo(MAX_FAILURES - 1);
        assertThat(counted.count("given_up")).isEqualTo(1);
        assertThat(reasons).containsExactly(DeadLetterReason.UNEXPECTED);
        assertThat(deadLetters)
                .singleElement()
                .asString()
                .startsWith("bug: Handling failed unexpectedly 3 times: Stack");
        assertThat(givenUp).containsExactly("bug");
        assertThat(keyed.failing()).isEmpty();
    }

    @Test
    void theMessageOfAnUnexpectedFailureIsNotLogged() {
        answers.put("bug", _ -> {
            throw new IllegalArgumentException("invalid header value: SECRET", new IllegalStateException("SECRET"));
        });
        add(P0, "a", "bug");
        List<String> logged = new ArrayList<>();

        Logger logger = (Logger) LoggerFactory.getLogger(Attempt.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        roundsUntil(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return !deadLetters.isEmpty() && keyed.failing().isEmpty();
        });
        logger.detachAppender(log);
        List.copyOf(log.list).forEach(event -> {
            assertThat(event.getThrowableProxy()).isNull();
            logged.add(event.getFormattedMessage() + " " + event.getKeyValuePairs());
        });

        assertThat(logged).hasSizeGreaterThanOrEqualTo(MAX_FAILURES).noneMatch(line -> line.contains("SECRET"));
        assertThat(logged.getFirst())
                .contains("IllegalArgumentException at lull.lanes.KeyedConsumerTest.")
                .contains(", caused by IllegalStateException at lull.lanes.KeyedConsumerTest.");
        assertThat(deadLetters).noneMatch(line -> line.contains("SECRET"));
    }

    @Test
    void ofManyRecordsThatWaitOnlyAFewAreLogged() {
        for (int i = 0; i < MAX_STUCK - 1; i++) {
            answers.put("wait" + i, incoming -> incoming.attempt() < 6 ? Outcome.retry("full") : Outcome.DONE);
            add(P0, "k" + i, "wait" + i);
        }
        Logger logger = (Logger) LoggerFactory.getLogger(Attempt.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return handled.size() == MAX_STUCK - 1;
        });
        logger.detachAppender(log);

        assertThat(counted.count("later")).isGreaterThanOrEqualTo(6 * (MAX_STUCK - 1));
        assertThat(List.copyOf(log.list))
                .filteredOn(event -> event.getFormattedMessage().startsWith("Not handled yet"))
                .hasSizeBetween(1, 2 * LogLimit.FIRST)
                .allMatch(event -> event.getKeyValuePairs().toString().contains("full"));
    }

    @Test
    void whatFailsAsSomethingIsUnavailableIsTriedHoweverOftenThatIs() {
        answers.put("kafka", incoming -> {
            if (incoming.attempt() < 3 * MAX_FAILURES) {
                throw new TimeoutException("no broker");
            }
            return Outcome.DONE;
        });
        add(P0, "a", "kafka");

        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return handled.contains("kafka");
        });

        assertThat(deadLetters).isEmpty();
        assertThat(keyed.failing()).isEmpty();
    }

    @Test
    void aPartitionThatLeavesTakesItsFailuresWithIt() {
        answers.put("bug", _ -> overflow());
        add(P0, "a", "bug");
        roundsUntil(() -> !keyed.failing().isEmpty());

        lose(P0);

        assertThat(keyed.failing()).isEmpty();
    }

    private static Outcome overflow() {
        throw new StackOverflowError();
    }

    @Test
    void aPauseOfTheProcessHoldsBackEveryKeyAndTriesAgainAtIntervals() {
        answers.put("first", incoming -> incoming.attempt() < 2 ? paused(PauseScope.PROCESS) : Outcome.DONE);
        add(P0, "1|a", "first");
        roundsUntil(() -> !keyed.pauses().isEmpty());
        add(P0, "2|b", "second");

        keyed.round();
        keyed.round();
        assertThat(handled).isEmpty();
        assertThat(keyed.pauses()).containsExactly(new Pause(PauseScope.PROCESS, "wrong"));

        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(10).toNanos());
            return handled.size() == 2 && keyed.pauses().isEmpty();
        });
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void aPauseOfOneNumberHoldsBackItsRecordsAlone() {
        mend.set(false);
        for (int i = 0; i < 20; i++) {
            add(P0, "1|" + i, "bad" + i);
            add(P0, "2|" + i, "good" + i);
        }
        roundsUntil(() -> !keyed.pauses().isEmpty());
        int tried = counted.count("paused-outcomes");
        for (int i = 20; i < 200; i++) {
            add(P1, "2|" + i, "good" + i);
        }
        roundsUntil(() -> handled.size() == 200);

        assertThat(handled).allMatch(value -> value.startsWith("good"));
        assertThat(keyed.pauses()).containsExactly(new Pause(NUMBER_1, "wrong"));
        assertThat(counted.count("paused-outcomes"))
                .as("a key that came after the pause is not tried")
                .isLessThanOrEqualTo(Math.max(tried, 20));
    }

    @Test
    void oneRecordOfAPausedNumberIsTriedAtATimeAndAllFollowOnceItIsMended() {
        mend.set(false);
        add(P0, "1|a", "bad0");
        roundsUntil(() -> !keyed.pauses().isEmpty());
        for (int i = 1; i < 10; i++) {
            add(P0, "1|" + i, "bad" + i);
        }
        for (int round = 1; round <= 3; round++) {
            int outcomes = 1 + round;
            roundsUntil(() -> counted.value("running") == 0);
            now.addAndGet(Duration.ofSeconds(20).toNanos());
            roundsUntil(() -> counted.count("paused-outcomes") == outcomes && counted.value("running") == 0);
            keyed.round();
            assertThat(counted.count("paused-outcomes")).isEqualTo(outcomes);
        }

        mend.set(true);
        roundsUntil(() -> counted.value("running") == 0);
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        roundsUntil(() -> handled.size() == 10 && keyed.pauses().isEmpty());
        assertThat(keyed.pauses()).isEmpty();
        untilCommitted(10, Map.of());
    }

    @Test
    void aWiderPauseThanTheNumbersDoesNotForgetTheNumbers() {
        answers.put("bad", incoming -> switch (incoming.attempt()) {
            case 0 -> paused(NUMBER_1);
            case 1 -> paused(PauseScope.PROCESS);
            case 2 -> paused(NUMBER_1);
            default -> Outcome.DONE;
        });
        add(P0, "1|a", "bad");
        roundsUntil(
                () -> keyed.pauses().equals(List.of(new Pause(NUMBER_1, "wrong"))) && counted.value("running") == 0);
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        roundsUntil(() -> keyed.pauses().equals(List.of(new Pause(PauseScope.PROCESS, "wrong")))
                && counted.value("running") == 0);
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        roundsUntil(() -> keyed.pauses().equals(List.of(new Pause(NUMBER_1, "wrong"))));
        add(P0, "2|b", "good");
        roundsUntil(() -> handled.equals(List.of("good")) && counted.value("running") == 0);
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        roundsUntil(
                () -> handled.equals(List.of("good", "bad")) && keyed.pauses().isEmpty());
    }

    @Test
    void aPauseIsForgottenWithThePartitionOfItsRecords() {
        mend.set(false);
        add(P0, "1|a", "bad0");
        roundsUntil(() -> !keyed.pauses().isEmpty());

        lose(P0);

        assertThat(keyed.pauses()).isEmpty();
    }

    @Test
    void whatAPausedNumberLeavesNoRoomForIsReadAgainInOrder() {
        restart(limits(4, 1_000));
        mend.set(false);
        int each = 10 * MAX_STUCK;
        add(P0, "1|first", "bad-first");
        roundsUntil(() -> !keyed.pauses().isEmpty());
        for (int i = 0; i < each; i++) {
            add(P0, "1|" + i % 7, "bad%04d".formatted(i));
            add(P0, "2|" + i % 7, "good%04d".formatted(i));
        }
        roundsUntil(() -> handled.size() == each);
        assertThat(consumer.paused()).isEmpty();
        assertThat(counted.value("stuck.records")).isLessThanOrEqualTo(MAX_STUCK);
        assertThat(counted.value("shed.records")).isGreaterThan(each / 2.0);

        roundsUntil(() -> counted.value("running") == 0);
        mend.set(true);
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        roundsUntil(() -> handled.size() == 2 * each + 1);

        assertThat(handled).doesNotHaveDuplicates();
        for (int key = 0; key < 7; key++) {
            int remainder = key;
            assertThat(handled.stream()
                            .filter(value ->
                                    value.matches("bad\\d+") && Integer.parseInt(value.substring(3)) % 7 == remainder))
                    .isSorted();
        }
        untilCommitted(2L * each + 1, Map.of());
        assertThat(counted.value("shed.records")).isZero();
        assertThat(counted.count("skipped")).isZero();
    }

    @Test
    void whatIsReadAgainMayBePausedAgain() {
        restart(limits(4, 1_000));
        mend.set(false);
        int count = 4 * MAX_STUCK;
        for (int i = 0; i < count; i++) {
            add(P0, "1|" + i % 3, "bad%04d".formatted(i));
        }
        roundsUntil(() -> !keyed.pauses().isEmpty() && counted.value("shed.records") > 0);
        for (int time = 0; time < 3; time++) {
            mend.set(true);
            int before = handled.size();
            roundsUntil(() -> {
                now.addAndGet(Duration.ofSeconds(5).toNanos());
                return handled.size() > before || before == count;
            });
            mend.set(false);
            for (int i = 0; i < 10; i++) {
                keyed.round();
            }
        }
        mend.set(true);
        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(5).toNanos());
            return handled.size() == count;
        });
        assertThat(handled).doesNotHaveDuplicates();
        untilCommitted(count, Map.of());
    }

    @Test
    void fetchesNoMoreThanFitsIntoMemory() {
        restart(limits(100, 10));
        hold("0");
        for (int i = 0; i < 10; i++) {
            add(P0, "a", Integer.toString(i));
        }
        keyed.round();
        assertThat(consumer.paused()).containsExactlyInAnyOrder(P0, P1);

        release("0");
        roundsUntil(() -> handled.size() == 10 && consumer.paused().isEmpty());
    }

    @Test
    void keysThatWaitToTryAgainDoNotKeepOthersFromBeingFetched() {
        restart(limits(100, 10));
        for (int i = 0; i < 30; i++) {
            answers.put("stuck" + i, _ -> new Outcome.Retry(Duration.ofHours(1), "no chat is free"));
            add(P0, "k" + i, "stuck" + i);
        }
        roundsUntil(() -> counted.count("later") == 30);

        add(P0, "other", "goes on");
        roundsUntil(() -> handled.contains("goes on"));
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void evenWhatWaitsToTryAgainIsBounded() {
        restart(limits(100, 10));
        answers.put("stuck", _ -> new Outcome.Retry(Duration.ofHours(1), "no chat is free"));
        add(P0, "k", "stuck");
        roundsUntil(() -> counted.count("later") == 1);
        for (int i = 0; i < MAX_STUCK; i++) {
            add(P0, "k", "behind");
        }

        roundsUntil(() -> !consumer.paused().isEmpty());
    }

    @Test
    void recordsOfARevokedPartitionFinishAndAreCommittedBeforeItLeaves() {
        hold("running");
        add(P0, "a", "running");
        add(P0, "a", "queued");
        keyed.round();
        Thread.ofVirtual().start(() -> {
            await().atMost(PATIENCE).until(() -> counted.count("started-running") == 1);
            release("running");
        });

        assign(P1);

        assertThat(handled).containsExactly("running");
        assertThat(group).isEqualTo(Map.of(P0, new OffsetAndMetadata(1, "")));
    }

    @Test
    void whatEndsAfterItsPartitionWasLostChangesNothing() {
        hold("late");
        add(P0, "a", "late");
        keyed.round();
        await().atMost(PATIENCE).until(() -> counted.count("started-late") == 1);

        lose(P0);
        release("late");
        await().atMost(PATIENCE).until(() -> counted.count("done") + counted.count("lost") == 1);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        keyed.round();

        assertThat(group).isEmpty();
    }

    @Test
    void aLaneDoesNotActWhenItsPartitionIsLost() {
        hold("late");
        answers.put("late", _ -> Outcome.DONE);
        add(P0, "a", "late");
        keyed.round();
        await().atMost(PATIENCE).until(() -> counted.count("started-late") == 1);

        lose(P0);
        release("late");

        await().atMost(PATIENCE).until(() -> counted.count("lost") == 1);
        assertThat(handled).isEmpty();
    }

    @Test
    void aLaneDoesNotActWhenTheLastPollIsTooLongAgo() {
        hold("paused");
        add(P0, "a", "paused");
        keyed.round();
        await().atMost(PATIENCE).until(() -> counted.count("started-paused") == 1);

        now.addAndGet(SESSION.dividedBy(2).toNanos() + 1);
        release("paused");

        await().atMost(PATIENCE).until(() -> counted.count("lost") == 1);
        assertThat(handled).isEmpty();
        roundsUntil(() -> {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            return handled.contains("paused");
        });
    }

    @Test
    void whatWasPolledWhileTheGroupDidNotAnswerIsPolledAgain() {
        add(P0, "a", "one");
        roundsUntil(() -> counted.count("done") == 1);
        add(P0, "a", "two");
        now.addAndGet(SESSION.toNanos());
        consumer.refuseNextCommit(new TimeoutException("No answer"));

        assertThatThrownBy(keyed::round).isInstanceOf(TimeoutException.class);

        assertThat(consumer.position(P0)).isEqualTo(1);
        // MockConsumer gives each record once; a broker gives it again.
        consumer.addRecord(record(P0, 1, "a", "two"));
        roundsUntil(() -> handled.contains("two"));
    }

    @Test
    void asksAgainWherePartitionsGoOnAndHandlesNothingBefore() {
        group.put(P0, new OffsetAndMetadata(1, ""));
        consumer = new CommittingConsumer(group);
        keyed = keyed(limits(100, 1_000));
        keyed.subscribe();
        consumer.refuseCommitted(3);
        assign(P0, P1);
        add(P0, "a", "before");
        add(P0, "a", "after");
        add(P1, "b", "other");

        keyed.round();
        assertThat(keyed.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("does not know the committed offsets of 2 partitions of t: Timeout"));
        assertThat(handled).isEmpty();

        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return handled.size() == 2;
        });
        assertThat(handled).containsExactlyInAnyOrder("after", "other");
        assertThat(keyed.problem()).isEmpty();
        assertThat(counted.count("pollFailed")).isEqualTo(3);
        assertThat(counted.count("unwanted")).isZero();
        untilCommitted(2, Map.of());
    }

    @Test
    void recordsThatNoAssignmentWantsAreCountedAndReadAgain() {
        // As if the partitions were assigned, and the engine never told.
        keyed.rebalance().onPartitionsLost(List.of(P0));
        add(P0, "a", "one");
        add(P0, "a", "two");

        keyed.round();
        assertThat(counted.count("unwanted")).isEqualTo(2);
        assertThat(handled).isEmpty();
        assertThat(consumer.position(P0)).isZero();

        roundsUntil(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            return handled.size() == 2;
        });
        assertThat(handled).containsExactly("one", "two");
    }

    @Test
    void leavingCommitsWhatIsFinishedAndClosesTheConsumer() {
        add(P0, "a", "one");
        roundsUntil(() -> counted.count("done") == 1);

        keyed.leave();

        assertThat(group).isEqualTo(Map.of(P0, new OffsetAndMetadata(1, "")));
        assertThat(consumer.closed()).isTrue();
    }

    private void release(String value) {
        Objects.requireNonNull(held.get(value)).countDown();
    }

    private void hold(String value) {
        held.put(value, new CountDownLatch(1));
    }

    private Handler<String> handler() {
        return new Handler<>() {
            @Override
            public Outcome handle(Incoming<String> incoming, Fence fence) throws InterruptedException {
                return KeyedConsumerTest.this.handle(incoming, fence);
            }

            @Override
            public void givenUp(Incoming<String> incoming, Fence fence) {
                givenUp.add(incoming.value());
                throw new IllegalStateException("the agent cannot be told");
            }
        };
    }

    private Outcome handle(Incoming<String> incoming, Fence fence) throws InterruptedException {
        String value = incoming.value();
        counted.handled("started-" + value, Duration.ZERO);
        CountDownLatch latch = held.get(value);
        if (latch != null) {
            latch.await();
        }
        fence.check();
        Outcome outcome = value.startsWith("bad") && !mend.get() ? paused(NUMBER_1) : answered(value, incoming);
        if (outcome instanceof Outcome.Pause) {
            counted.add("paused-outcomes");
        }
        if (outcome.equals(Outcome.DONE)) {
            handled.add(value);
        }
        return outcome;
    }

    private Outcome answered(String value, Incoming<String> incoming) {
        return answers.getOrDefault(value, _ -> Outcome.DONE).apply(incoming);
    }

    private static Outcome paused(PauseScope scope) {
        return new Outcome.Pause(scope, "wrong");
    }

    /// Keys are a number and a customer, as conversations are.
    private static List<PauseScope> scopes(String key) {
        return List.of(new PauseScope("number", key.substring(0, Math.max(0, key.indexOf("|")))));
    }

    private KeyedConsumer<String> keyed(LaneOptions limits) {
        return new KeyedConsumer<>(
                new KeyedConsumer.Flow<>(
                        "test",
                        List.of(TOPIC),
                        KeyedConsumerTest::read,
                        handler(),
                        this::letter,
                        KeyedConsumerTest::scopes),
                consumer,
                limits,
                new Random(1),
                now::get,
                counted);
    }

    private static String read(ConsumerRecord<byte[], byte[]> record) throws UnreadableJson {
        byte[] bytes = record.value();
        if (bytes == null) {
            throw new UnreadableJson("The record has no value");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.equals("unreadable")) {
            throw new UnreadableJson("no text");
        }
        return text;
    }

    private void letter(ConsumerRecord<byte[], byte[]> record, DeadLetterReason why, String reason) {
        reasons.add(why);
        byte[] value = record.value();
        deadLetters.add((value == null ? "null" : new String(value, StandardCharsets.UTF_8)) + ": " + reason);
    }

    private static LaneOptions limits(int slots, int maxRecords) {
        return new LaneOptions(
                slots,
                maxRecords,
                1_000_000,
                MAX_STUCK,
                1_000_000,
                Duration.ZERO,
                SESSION,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1)),
                Duration.ofSeconds(20),
                MAX_FAILURES);
    }

    private void restart(LaneOptions limits) {
        lose(P0);
        consumer = new CommittingConsumer(group);
        ends.clear();
        keyed = keyed(limits);
        join();
    }

    private void assign(TopicPartition... partitions) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        List.of(partitions).forEach(partition -> beginnings.put(partition, 0L));
        consumer.updateBeginningOffsets(beginnings);
        consumer.rebalance(List.of(partitions));
    }

    private void lose(TopicPartition partition) {
        keyed.rebalance().onPartitionsLost(List.of(partition));
    }

    private void add(TopicPartition partition, String key, String value) {
        addBytes(partition, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private void addBytes(TopicPartition partition, String key, byte @org.jspecify.annotations.Nullable [] value) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        consumer.addRecord(new ConsumerRecord<>(
                TOPIC, partition.partition(), offset, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, String key, String value) {
        return new ConsumerRecord<>(
                TOPIC,
                partition.partition(),
                offset,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private void untilCommitted(long offset, Map<Long, Long> finishedAbove) {
        await().pollInSameThread().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            keyed.round();
            OffsetAndMetadata committed = Objects.requireNonNull(group.getOrDefault(P0, new OffsetAndMetadata(0)));
            assertThat(committed.offset()).isEqualTo(offset);
            assertThat(FinishedRanges.decode(offset, committed.metadata())).hasValue(new TreeMap<>(finishedAbove));
        });
    }

    private void roundsUntil(Callable<Boolean> condition) {
        await().pollInSameThread().pollInterval(Duration.ofMillis(2)).until(() -> {
            keyed.round();
            return condition.call();
        });
    }
}
