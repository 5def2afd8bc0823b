package lull.standins.sns;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lull.standins.http.FaultBook;

/// One subscriber's subscription to one topic: asks to be confirmed until it is, where that is needed, then
/// delivers in the order of publishing as long as nothing fails. The real SNS promises no order at all.
final class Subscription {
    private static final long HOLD_BACK_MILLIS = 1_000;

    enum State {
        PENDING,
        CONFIRMED,
        REMOVED
    }

    private final String topicArn;
    private final Subscriber subscriber;
    private final String arn;
    private final String token;
    private final Supplier<String> ids;
    private final LinkedBlockingQueue<Notification> waiting = new LinkedBlockingQueue<>();
    private final List<Notification> heldBack = new ArrayList<>();
    private volatile State state;

    Subscription(String topicArn, Subscriber subscriber, Supplier<String> ids) {
        this.topicArn = topicArn;
        this.subscriber = subscriber;
        this.state = subscriber.protocol() == Subscriber.Protocol.SQS ? State.CONFIRMED : State.PENDING;
        this.arn = topicArn + ":" + ids.get();
        this.token = (ids.get() + ids.get()).replace("-", "");
        this.ids = ids;
    }

    String arn() {
        return arn;
    }

    String topicArn() {
        return topicArn;
    }

    String token() {
        return token;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    URI endpoint() {
        return subscriber.endpoint();
    }

    State state() {
        return state;
    }

    void confirm() {
        state = State.CONFIRMED;
    }

    void remove() {
        state = State.REMOVED;
    }

    /// Takes a notification to be delivered; a subscription that is not confirmed gets none, as in SNS.
    void offer(Notification notification) {
        if (state == State.CONFIRMED) {
            waiting.add(notification);
        }
    }

    /// Handshake, then deliveries, until the subscription is removed or the thread is interrupted.
    void run(SnsOptions options, Courier courier, FaultBook faults) {
        try {
            while (state == State.PENDING) {
                courier.askToConfirm(this, ids.get(), options.clock().instant());
                if (state == State.PENDING) {
                    Thread.sleep(options.confirmEvery());
                }
            }
            while (state == State.CONFIRMED) {
                deliverNext(courier, faults);
            }
        } catch (InterruptedException | RejectedExecutionException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliverNext(Courier courier, FaultBook faults) throws InterruptedException {
        Notification next = waiting.poll(HOLD_BACK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null && faults.take("sns.drop").isPresent()) {
            return;
        }
        if (next != null && faults.take("sns.reorder").isPresent()) {
            heldBack.add(next);
            return;
        }
        if (next != null) {
            courier.deliver(this, next);
        }
        for (Notification late : heldBack) {
            courier.deliver(this, late);
        }
        heldBack.clear();
    }
}
