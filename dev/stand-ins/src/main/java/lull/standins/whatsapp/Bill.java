package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// WhatsApp's bill: what is charged for each message that was delivered, by the rules of its day.
///
/// Since October 2026 service messages are charged, but for the first 1,000 of each number and month,
/// and utility templates also while the customer's window is open. Before, both were free in the
/// window. Messages to customers who came by an ad are free for 72 hours. Months are in UTC.
final class Bill {
    private static final Instant SERVICE_CHARGED = Instant.parse("2026-10-01T00:00:00Z");
    private static final Duration AFTER_AN_AD = Duration.ofDays(3);
    private static final int MOST = 1_000_000;

    /// What is charged for a message.
    record Price(String category, String type) {
        boolean billable() {
            return type.equals("regular");
        }

        ObjectNode toJson() {
            return Json.object()
                    .put("billable", billable())
                    .put("pricing_model", "PMP")
                    .put("category", category)
                    .put("type", type);
        }
    }

    private record Line(SendRequest message, Price price, Instant at) {}

    private record Pair(String number, String customer) {}

    private final InstantSource clock;
    private final Phones phones;
    private final Business business;
    private final Map<String, Line> delivered = new LinkedHashMap<>();
    private final Map<String, Integer> serviceMessages = new HashMap<>();
    private final Map<Pair, Instant> cameByAd = new HashMap<>();
    private int freeServiceMessages = 1_000;

    Bill(InstantSource clock, Phones phones, Business business) {
        this.clock = clock;
        this.phones = phones;
        this.business = business;
    }

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_bill", this::show), ControlRoute.post("/_bill", this::set));
    }

    /// A customer came by an ad that leads to WhatsApp.
    synchronized void cameByAd(String number, String customer) {
        cameByAd.put(new Pair(number, customer), clock.instant());
    }

    /// Returns what a message would cost if it was delivered now, or what it has cost.
    synchronized Price expected(String wamid, SendRequest message) {
        Line line = delivered.get(wamid);
        return line == null ? price(message, clock.instant()) : line.price();
    }

    /// Whether a message has arrived.
    synchronized boolean isDelivered(String wamid) {
        return delivered.containsKey(wamid);
    }

    /// Charges for a message, once.
    synchronized Price delivered(String wamid, SendRequest message) {
        Line known = delivered.get(wamid);
        if (known != null) {
            return known.price();
        }
        Instant now = clock.instant();
        Price price = price(message, now);
        if (price.category().equals("service") && !price.type().equals("free_entry_point")) {
            serviceMessages.merge(month(message, now), 1, Integer::sum);
        }
        delivered.put(wamid, new Line(message, price, now));
        return price;
    }

    private Price price(SendRequest message, Instant now) {
        String category = business.category(message);
        Instant ad = cameByAd.get(new Pair(message.phoneNumberId(), message.customer()));
        if (ad != null && now.isBefore(ad.plus(AFTER_AN_AD))) {
            return new Price(category, "free_entry_point");
        }
        boolean isOpen = phones.isCareWindowOpen(message.phoneNumberId(), message.customer());
        boolean isFree = now.isBefore(SERVICE_CHARGED)
                ? category.equals("service") || (category.equals("utility") && isOpen)
                : category.equals("service")
                        && serviceMessages.getOrDefault(month(message, now), 0) < freeServiceMessages;
        return new Price(category, isFree ? "free_customer_service" : "regular");
    }

    private static String month(SendRequest message, Instant now) {
        return message.phoneNumberId() + " " + month(now);
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private synchronized void set(Context context) {
        freeServiceMessages =
                ControlBody.of(context).number("freeServiceMessages", 0, MOST).orElse(freeServiceMessages);
        show(context);
    }

    private synchronized void show(Context context) {
        ObjectNode bill = Json.object().put("freeServiceMessages", freeServiceMessages);
        ArrayNode messages = bill.putArray("messages");
        delivered.forEach((wamid, line) -> messages.addObject()
                .put("wamid", wamid)
                .put("from", line.message().phoneNumberId())
                .put("to", line.message().customer())
                .put("at", line.at().toString())
                .put("month", month(line.at()).toString())
                .put("category", line.price().category())
                .put("type", line.price().type())
                .put("billable", line.price().billable()));
        Json.answer(context, 200, bill);
    }
}
