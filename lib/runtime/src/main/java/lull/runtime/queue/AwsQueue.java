package lull.runtime.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import lull.runtime.admin.Dependencies;
import lull.runtime.aws.AwsClients;
import lull.runtime.aws.AwsReasons;
import lull.runtime.log.FailurePlace;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Reader of an Amazon SQS queue, which reads until it is closed. A message is deleted after it was
/// accepted; any other is redelivered after its visibility timeout, so the receiver must tolerate
/// duplicates. The queue's policy decides who may send to it.
///
/// The messages of a call are handled side by side; those of a FIFO queue one after the other, and after
/// one that was not accepted the rest of the call is redelivered too, so that none overtakes another.
///
/// A reader that is closed handles what it has received, and waits for the calls that are waiting for
/// messages. SQS would hide the messages of a call that is canceled until their visibility timeout is
/// over, and later messages would overtake them.
/// Each message is handled by a thread of its own, so the receiver is called by several at once.
public final class AwsQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AwsQueue.class);

    private static final int FORBIDDEN = 403;

    /// The maximum number of messages that a call returns.
    private static final int BATCH = 10;

    /// How long, after the last call has returned, its messages may be handled.
    private static final Duration HANDLING_LIMIT = Duration.ofSeconds(5);

    private static final Duration INTERRUPTED_LIMIT = Duration.ofSeconds(1);

    /// How long after a successful read the queue's attributes are not requested.
    private static final Duration PROVEN_FOR = Duration.ofSeconds(4);

    private final QueueOptions options;
    private final QueueMessageHandler handler;
    private final BooleanSupplier ready;
    private final AwsClients aws;
    private final SqsClient sqs;
    private final ExecutorService handlerThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> pollers = new ArrayList<>();
    private final Counter read;
    private final Counter failed;

    private volatile @Nullable String failure;
    private volatile long answeredAt = System.nanoTime() - PROVEN_FOR.toNanos();
    private volatile boolean closed;

    private AwsQueue(QueueOptions options, QueueMessageHandler handler, BooleanSupplier ready, MeterRegistry registry) {
        this.options = options;
        this.handler = handler;
        this.ready = ready;
        this.aws = new AwsClients(AwsClients.Options.repeated(
                        options.placeholderCredentials(), options.longPoll().plusSeconds(10))
                .withMaxConnections(2 * options.pollers()));
        this.sqs = aws.create(SqsClient.builder(), options.region(), options.endpoint());
        this.read = calls(registry, "ok");
        this.failed = calls(registry, "failed");
    }

    /// Starts to read. The process is not ready while the queue cannot be read.
    ///
    /// @param ready whether messages can be accepted: while they cannot, none is received, because a
    ///     queue counts how often it has delivered a message
    public static AwsQueue read(
            QueueOptions options,
            QueueMessageHandler handler,
            BooleanSupplier ready,
            Dependencies dependencies,
            MeterRegistry registry) {
        AwsQueue queue = new AwsQueue(options, handler, ready, registry);
        dependencies.check(dependencies.required(options.name(), options.advice()), queue::problem);
        for (int i = 0; i < options.pollers(); i++) {
            queue.pollers.add(Thread.ofVirtual().name("queue-" + i).start(queue::poll));
        }
        return queue;
    }

    /// Stops reading, within the wait of a call and 5 s. What has not been handled then is redelivered.
    @Override
    public void close() {
        closed = true;
        try {
            join(options.longPoll().plus(HANDLING_LIMIT));
            pollers.forEach(Thread::interrupt);
            join(INTERRUPTED_LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handlerThreads.shutdownNow();
        aws.close();
    }

    private void join(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread poller : pollers) {
            poller.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private void poll() {
        while (!closed) {
            try {
                if (!ready.getAsBoolean() || !takeBatch()) {
                    Thread.sleep(options.backOff());
                }
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                failed.increment();
                // The check logs it, once and not with every attempt.
                failure = e instanceof SdkException refusal ? AwsReasons.of("SQS", refusal) : e.toString();
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Returns why the queue cannot be read. The result of the last read counts; while reads wait for
    /// messages, and while there is no read, the queue's attributes are requested. A process that may
    /// not request them may still read.
    private Optional<String> problem() {
        if (closed) {
            return Optional.empty();
        }
        String met = failure;
        if (met != null && ready.getAsBoolean()) {
            return unreadable(met);
        }
        if (System.nanoTime() - answeredAt < PROVEN_FOR.toNanos()) {
            return Optional.empty();
        }
        try {
            sqs.getQueueAttributes(request -> request.queueUrl(options.url())
                    .attributeNames(QueueAttributeName.QUEUE_ARN)
                    .overrideConfiguration(configuration -> configuration.apiCallTimeout(Dependencies.CHECK_LIMIT)));
            answeredAt = System.nanoTime();
            return Optional.empty();
        } catch (AwsServiceException e) {
            return e.statusCode() == FORBIDDEN || isAccessDenied(e)
                    ? Optional.empty()
                    : unreadable(AwsReasons.of("SQS", e));
        } catch (SdkException e) {
            return closed ? Optional.empty() : unreadable(AwsReasons.of("SQS", e));
        } catch (RejectedExecutionException e) {
            // The client has been closed.
            return Optional.empty();
        }
    }

    private Optional<String> unreadable(String reason) {
        return Optional.of("cannot read " + options.url() + ": " + reason);
    }

    private static boolean isAccessDenied(AwsServiceException refusal) {
        return refusal.awsErrorDetails() != null
                && String.valueOf(refusal.awsErrorDetails().errorCode()).contains("AccessDenied");
    }

    private void pause() {
        try {
            Thread.sleep(options.backOff());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /// Returns whether all messages of the batch were accepted.
    private boolean takeBatch() throws InterruptedException {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(options.url())
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds((int) options.longPoll().toSeconds()))
                .messages();
        read.increment();
        failure = null;
        answeredAt = System.nanoTime();
        List<DeleteMessageBatchRequestEntry> taken = new ArrayList<>();
        for (Message message : options.isFifo() ? takenInOrder(messages) : takenSideBySide(messages)) {
            taken.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(taken.size()))
                    .receiptHandle(message.receiptHandle())
                    .build());
        }
        if (!taken.isEmpty()) {
            // Messages that cannot be deleted are redelivered.
            sqs.deleteMessageBatch(request -> request.queueUrl(options.url()).entries(taken));
        }
        return taken.size() == messages.size();
    }

    private List<Message> takenInOrder(List<Message> messages) throws InterruptedException {
        List<Message> taken = new ArrayList<>();
        for (Message message : messages) {
            // In a thread of its own, so that a handler that fails is the same here.
            if (!isTaken(handlerThreads.submit(task(message)))) {
                break;
            }
            taken.add(message);
        }
        return taken;
    }

    private List<Message> takenSideBySide(List<Message> messages) throws InterruptedException {
        List<Message> taken = new ArrayList<>();
        int place = 0;
        for (Future<Boolean> task :
                handlerThreads.invokeAll(messages.stream().map(this::task).toList())) {
            if (isTaken(task)) {
                taken.add(messages.get(place));
            }
            place++;
        }
        return taken;
    }

    private Callable<Boolean> task(Message message) {
        return () -> handler.handle(message.messageId(), message.body());
    }

    private static boolean isTaken(Future<Boolean> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            log.atError()
                    .addKeyValue("error", FailurePlace.withCauses(e))
                    .log("A message of the queue could not be handled; SQS redelivers it");
            return false;
        }
    }

    private static Counter calls(MeterRegistry registry, String outcome) {
        return Counter.builder("lull.queue.reads")
                .description("Calls that fetch messages from a queue")
                .tag("outcome", outcome)
                .register(registry);
    }
}
