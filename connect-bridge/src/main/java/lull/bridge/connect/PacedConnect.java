package lull.bridge.connect;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import lull.bridge.connect.Answer.Trouble;
import lull.bridge.connect.Rates.Paced;
import lull.bridge.metric.BridgeMetrics;

/// Connect at the pace that its quotas allow. Who comes when the pace is used up waits a moment in line, so that
/// all conversations are served alike; where the line is too long the answer is [Trouble.Paced], and Connect is not
/// called.
public final class PacedConnect implements ConnectPort {

    private final ConnectPort connect;
    private final LongSupplier nanoTime;
    private final BridgeMetrics metrics;
    private final Map<Paced, Pace> paces = new EnumMap<>(Paced.class);

    /// @param nanoTime a monotonic clock in nanoseconds, such as `System::nanoTime`
    public PacedConnect(ConnectPort connect, Rates rates, LongSupplier nanoTime, BridgeMetrics metrics) {
        this.connect = connect;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        rates.allowed().forEach((operation, rate) -> {
            Pace pace = new Pace(rate, nanoTime.getAsLong());
            paces.put(operation, pace);
            metrics.showPace(operation.operation(), pace, Pace::perSecond);
        });
    }

    @Override
    public Answer<StartedChat> startChat(ChatRequest request) {
        return paced(Paced.START_CHAT, () -> connect.startChat(request));
    }

    @Override
    public Answer<String> startStreaming(String instanceId, String initialContactId, String clientToken) {
        return paced(Paced.START_STREAMING, () -> connect.startStreaming(instanceId, initialContactId, clientToken));
    }

    @Override
    public Answer<Contact> describe(String instanceId, String contactId) {
        return paced(Paced.DESCRIBE, () -> connect.describe(instanceId, contactId));
    }

    @Override
    public Answer<Connection> connect(String participantToken, boolean start) {
        return paced(Paced.CONNECT, () -> connect.connect(participantToken, start));
    }

    @Override
    public Answer<Accepted> sendText(String connectionToken, String text, String clientToken) {
        return paced(Paced.SEND_MESSAGE, () -> connect.sendText(connectionToken, text, clientToken));
    }

    @Override
    public Answer<Upload> startUpload(String connectionToken, FileInfo file, String clientToken) {
        return paced(Paced.START_UPLOAD, () -> connect.startUpload(connectionToken, file, clientToken));
    }

    /// Goes to Amazon S3, which has no pace that matters here.
    @Override
    public Answer<String> upload(Upload upload, Path file) throws InterruptedException {
        return connect.upload(upload, file);
    }

    @Override
    public Answer<String> completeUpload(String connectionToken, String attachmentId, String clientToken) {
        return paced(Paced.COMPLETE_UPLOAD, () -> connect.completeUpload(connectionToken, attachmentId, clientToken));
    }

    private <T> Answer<T> paced(Paced operation, Supplier<Answer<T>> call) {
        Pace pace = paces.get(operation);
        if (pace == null) {
            return call.get();
        }
        Optional<Duration> wait = pace.take(nanoTime.getAsLong(), operation.line());
        if (wait.isEmpty()) {
            metrics.connectPaced(operation.operation());
            return new Answer.Failed<>(new Trouble.Paced(pace.untilNext(nanoTime.getAsLong())));
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait.get().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed<>(new Trouble.Passing("Interrupted while it waited in line"));
        }
        Answer<T> answer = call.get();
        if (answer instanceof Answer.Failed<T>(Trouble trouble) && trouble instanceof Trouble.Throttled) {
            pace.throttled(nanoTime.getAsLong());
        } else {
            pace.taken(nanoTime.getAsLong());
        }
        return answer;
    }
}
