package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlException;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// The customers' side: control routes that show what arrived on their phones, and let them write.
final class PhoneRoutes {
    private static final int MOST_MEDIA_BYTES = 100 << 20;

    private final Phones phones;
    private final MediaShelf media;
    private final RequestLog requests;
    private final Optional<Statuses> statuses;
    private final Bill bill;
    private final LifecycleWebhooks webhooks;
    private final InstantSource clock;

    PhoneRoutes(
            Phones phones,
            MediaShelf media,
            RequestLog requests,
            Optional<Statuses> statuses,
            Bill bill,
            LifecycleWebhooks webhooks,
            InstantSource clock) {
        this.phones = phones;
        this.media = media;
        this.requests = requests;
        this.statuses = statuses;
        this.bill = bill;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    List<ControlRoute> routes() {
        return List.of(
                ControlRoute.get("/_phone/messages", this::list),
                ControlRoute.post("/_phone/messages", this::write),
                ControlRoute.post("/_phone/calls", this::call),
                ControlRoute.post("/_phone/marketing", this::wish),
                ControlRoute.post("/_phone/media", this::take),
                ControlRoute.get("/_phone/media/{id}", this::show),
                ControlRoute.get("/_phone/receipts", context -> Json.answer(context, 200, requests.receipts())),
                ControlRoute.get("/_phone/requests", context -> Json.answer(context, 200, requests.toJson())));
    }

    private void list(Context context) {
        String to = context.queryParam("to");
        ArrayNode array = Json.array();
        for (Phones.Received received : phones.received()) {
            if (to == null || received.message().customer().equals(to)) {
                array.add(toJson(received));
            }
        }
        Json.answer(context, 200, array);
    }

    private static ObjectNode toJson(Phones.Received received) {
        SendRequest message = received.message();
        ObjectNode json = Json.object()
                .put("from", message.phoneNumberId())
                .put("to", message.customer())
                .put("wamid", received.wamid())
                .put("type", message.type())
                .put("text", message.text())
                .put("at", received.at().toString());
        if (!message.opaque().isEmpty()) {
            json.put("bizOpaqueCallbackData", message.opaque());
        }
        if (message.isDirect()) {
            json.put("category", message.category());
        }
        if (!message.contextMessageId().isEmpty()) {
            json.put("replyTo", message.contextMessageId());
        }
        return json.set("content", message.content());
    }

    private void take(Context context) {
        String type = Optional.ofNullable(context.contentType()).orElse("application/octet-stream");
        byte[] content = context.bodyAsBytes();
        if (content.length == 0 || content.length > MOST_MEDIA_BYTES) {
            throw ControlException.badRequest("the body must be a file of 1 byte to 100 MB");
        }
        Json.answer(context, 200, media.addFromPhone(type, content));
    }

    private void show(Context context) {
        String id = context.pathParam("id");
        byte[] content = media.content(id).orElseThrow(() -> ControlException.notFound("no medium '%s'".formatted(id)));
        context.contentType(media.mimeType(id).orElse("application/octet-stream"))
                .result(content);
    }

    // Nobody answers. A call opens the care window, as a message does.
    private void call(Context context) {
        ControlBody body = ControlBody.of(context);
        String from = body.text("from");
        String number = body.text("phoneNumberId");
        phones.wrote(number, from);
        String id = "wacid." + UUID.randomUUID();
        webhooks.missedCall(number, from, id);
        Json.answer(context, 200, Json.object().put("id", id));
    }

    private void wish(Context context) {
        ControlBody body = ControlBody.of(context);
        String wish = body.text("wish");
        if (!wish.equals("stop") && !wish.equals("resume")) {
            throw ControlException.badRequest("wish must be stop or resume");
        }
        webhooks.marketing(body.text("phoneNumberId"), body.text("from"), wish);
        Json.answer(context, 200, Json.object());
    }

    // Opens the care window; the message itself goes out when there is a webhook to take it.
    private void write(Context context) {
        ControlBody body = ControlBody.of(context);
        String from = body.text("from");
        String phoneNumberId = body.text("phoneNumberId");
        String text = body.text("text");
        String name = body.optionalText("name").orElse("Customer");
        String wamid = Wamid.fresh(from);
        phones.wrote(phoneNumberId, from);
        if (body.flag("ad")) {
            bill.cameByAd(phoneNumberId, from);
        }
        statuses.ifPresent(sender ->
                sender.deliver(WebhookBodies.withText(phoneNumberId, from, name, wamid, text, clock.instant())));
        Json.answer(context, 200, Json.object().put("wamid", wamid));
    }
}
