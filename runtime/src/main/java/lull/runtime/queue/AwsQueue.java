package lull.runtime.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import lull.runtime.AwsCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/// Reads a queue of Amazon SQS until it is closed. A message leaves the queue once it has been taken; one that has
/// not comes again when its visibility timeout is over, so whoever takes messages must bear to see one twice. Whom
/// the queue takes messages from is the queue's policy to say.
public final class AwsQueue implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AwsQueue.class);

    /// The most that a call brings.
    private static final int BATCH = 10;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final QueueOptions options;
    private final Taker taker;
    private final BooleanSupplier ready;
    private final SdkHttpClient http;
    private final SqsClient sqs;
    private final ExecutorService takers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> pollers = new ArrayList<>();
    private final Counter read;
    private final Counter failed;

    private volatile boolean closed;

    /// Takes a message's body; false where it must come again.
    @FunctionalInterface
    public interface Taker {
        boolean take(String body) throws InterruptedException;
    }

    private AwsQueue(QueueOptions options, Taker taker, BooleanSupplier ready, MeterRegistry registry) {
        this.options = options;
        this.taker = taker;
        this.ready = ready;
        this.http = ApacheHttpClient.builder()
                .socketTimeout(options.longPoll().plusSeconds(10))
                .maxConnections(2 * options.pollers())
                .build();
        SqsClientBuilder builder = SqsClient.builder()
                .region(Region.of(options.region()))
                .httpClient(http)
                .credentialsProvider(AwsCredentials.of(options.placeholderCredentials()));
        options.endpoint().ifPresent(builder::endpointOverride);
        this.sqs = builder.build();
        this.read = calls(registry, "ok");
        this.failed = calls(registry, "failed");
    }

    /// Reads from now on.
    ///
    /// @param ready whether messages can be taken: while they cannot, none is asked for, as a queue counts how
    ///     often it has given a message away
    public static AwsQueue read(QueueOptions options, Taker taker, BooleanSupplier ready, MeterRegistry registry) {
        AwsQueue queue = new AwsQueue(options, taker, ready, registry);
        for (int i = 0; i < options.pollers(); i++) {
            queue.pollers.add(Thread.ofVirtual().name("queue-" + i).start(queue::poll));
        }
        return queue;
    }

    @Override
    public void close() {
        closed = true;
        pollers.forEach(Thread::interrupt);
        try {
            for (Thread poller : pollers) {
                poller.join(STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takers.shutdownNow();
        sqs.close();
        http.close();
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
                log.atWarn().addKeyValue("error", e.getMessage()).log("The queue cannot be read");
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(options.backOff());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /// Returns whether all messages of the batch were taken.
    private boolean takeBatch() throws InterruptedException {
        List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(options.url())
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds((int) options.longPoll().toSeconds()))
                .messages();
        read.increment();
        List<Callable<Boolean>> tasks = messages.stream()
                .map(message -> (Callable<Boolean>) () -> taker.take(message.body()))
                .toList();
        List<DeleteMessageBatchRequestEntry> taken = new ArrayList<>();
        int place = 0;
        for (Future<Boolean> task : takers.invokeAll(tasks)) {
            if (isTaken(task)) {
                taken.add(DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(place))
                        .receiptHandle(messages.get(place).receiptHandle())
                        .build());
            }
            place++;
        }
        if (!taken.isEmpty()) {
            // What cannot be deleted comes again.
            sqs.deleteMessageBatch(request -> request.queueUrl(options.url()).entries(taken));
        }
        return taken.size() == messages.size();
    }

    private static boolean isTaken(Future<Boolean> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            log.atError().setCause(e.getCause()).log("A message of the queue could not be taken and comes again");
            return false;
        }
    }

    private static Counter calls(MeterRegistry registry, String outcome) {
        return Counter.builder("lull.queue.reads")
                .description("Calls that asked a queue for messages")
                .tag("outcome", outcome)
                .register(registry);
    }
}
