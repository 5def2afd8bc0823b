package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lull.standins.http.Fault;
import lull.standins.http.FaultBook;

/// Statuses that tell the business what became of its messages: sent, delivered, read, one after the other, or
/// failed.
final class Statuses implements AutoCloseable {
    static final List<String> FAULT_TARGETS =
            List.of("status.delay", "status.drop", "status.duplicate", "status.failed", "status.reorder");

    private final WebhookSender sender;
    private final Duration delay;
    private final InstantSource clock;
    private final FaultBook faults;
    private final Bill bill;
    private final DirectSends directs;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Statuses(
            WebhookSender sender,
            Duration delay,
            InstantSource clock,
            FaultBook faults,
            Bill bill,
            DirectSends directs) {
        this.sender = sender;
        this.delay = delay;
        this.clock = clock;
        this.faults = faults;
        this.bill = bill;
        this.directs = directs;
    }

    /// Reports sent, delivered and read, `delay` before each. The fault `status.failed` makes it a failure
    /// instead, `status.reorder` turns the order round, and `status.delay` lets all of them come later.
    void report(String wamid, SendRequest message) {
        Optional<Fault> failure = faults.take("status.failed");
        if (failure.isPresent()) {
            int code = Integer.parseInt("0" + failure.get().code().replaceAll("[^0-9]", ""));
            reportFailure(
                    wamid, message, code == 0 ? 131026 : code, failure.get().message());
            return;
        }
        List<String> words = new ArrayList<>(List.of("sent", "delivered", "read"));
        if (faults.take("status.reorder").isPresent()) {
            Collections.reverse(words);
        }
        Optional<Fault> late = faults.take("status.delay");
        threads.execute(() -> {
            late.ifPresent(Fault::pause);
            for (String status : words) {
                if (!pause()) {
                    return;
                }
                send(message, priced(wamid, message, status));
            }
        });
    }

    /// What has arrived is charged, and what was sent says what that will be. Of delivered and read
    /// only the first says it.
    private ObjectNode priced(String wamid, SendRequest message, String status) {
        ObjectNode json = WebhookBodies.status(wamid, message, status, clock.instant());
        if (message.isDirect()) {
            json.put("template_id", directs.templateId(message));
        }
        boolean isSent = status.equals("sent");
        boolean isFirst = !bill.isDelivered(wamid);
        Bill.Price price = isSent ? bill.expected(wamid, message) : bill.delivered(wamid, message);
        if (isSent || isFirst) {
            json.set("pricing", price.toJson());
        }
        return json;
    }

    void reportFailure(String wamid, SendRequest message, int code, String title) {
        threads.execute(() -> {
            if (pause()) {
                send(message, WebhookBodies.failed(wamid, message, code, title, clock.instant()));
            }
        });
    }

    /// Sends another webhook, such as a customer's message.
    void deliver(ObjectNode webhook) {
        threads.execute(() -> post(webhook));
    }

    private void send(SendRequest message, ObjectNode status) {
        if (faults.take("status.drop").isPresent()) {
            return;
        }
        ObjectNode webhook = WebhookBodies.withStatus(message.phoneNumberId(), status);
        post(webhook);
        if (faults.take("status.duplicate").isPresent()) {
            post(webhook);
        }
    }

    private void post(ObjectNode webhook) {
        try {
            sender.send(webhook);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(delay);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        sender.close();
    }
}
