package lull.standins.whatsapp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lull.standins.http.ControlBody;
import lull.standins.http.ControlRoute;
import lull.standins.http.Json;

/// Direct Send: messages of a category without a template. WhatsApp makes a template of each text, and sends equal
/// texts by the same one. Numbers that misuse it are limited or banned.
final class DirectSends {
    private static final int LONGEST_TEXT = 1_024;
    private static final int MOST = 1_000_000;
    private static final Set<String> CATEGORIES = Set.of("AUTHENTICATION", "SERVICE", "UTILITY");
    private static final Set<String> TYPES = Set.of("text", "interactive");

    private final Set<String> allowed = new TreeSet<>();
    private final Set<String> banned = new HashSet<>();
    private final Map<String, Integer> caps = new HashMap<>();
    private final Map<String, Integer> sent = new HashMap<>();
    private final Map<String, String> templates = new HashMap<>();
    private long last = 700_000_000_000_000L;

    List<ControlRoute> routes() {
        return List.of(ControlRoute.get("/_direct_sends", this::show), ControlRoute.post("/_direct_sends", this::set));
    }

    /// Returns the category of a request without a template, in lower case; empty if it is an ordinary message.
    static String category(String type, ObjectNode body) {
        String given = SendRequest.text(body, "category");
        if (given.isEmpty() || type.equals("template")) {
            return "";
        }
        if (!CATEGORIES.contains(given.toUpperCase(Locale.ROOT))) {
            throw GraphException.invalid("Param category must be one of {AUTHENTICATION, SERVICE, UTILITY}.");
        }
        String category = given.toLowerCase(Locale.ROOT);
        return category.equals("service") ? "" : category;
    }

    /// Checks a message before it is taken.
    ///
    /// @throws GraphException if its number may not send it without a template
    synchronized void check(SendRequest message) {
        if (!message.isDirect()) {
            return;
        }
        String number = message.phoneNumberId();
        if (!allowed.contains(number)) {
            throw GraphException.invalid("Param category is not supported for this account.");
        }
        if (!TYPES.contains(message.type())) {
            throw GraphException.invalid("Param type must be text or interactive with a category.");
        }
        if (message.text().codePointCount(0, message.text().length()) > LONGEST_TEXT) {
            throw GraphException.invalid("Param text['body'] must be at most 1024 characters long.");
        }
        if (message.category().equals("authentication") && message.toUserId()) {
            throw GraphException.of(131062, "Recipient not supported", "Authentication needs a phone number.");
        }
        if (banned.contains(number)) {
            throw GraphException.of(139200, "Direct Send is restricted", "The account is restricted after misuse.");
        }
        if (sent.merge(number, 1, Integer::sum) > caps.getOrDefault(number, MOST)) {
            throw GraphException.of(131064, "Limit reached", "The limit after misclassified messages is reached.");
        }
    }

    /// Returns the id of the template by which a message is sent. Digits make no other template.
    synchronized String templateId(SendRequest message) {
        String text = message.text()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[0-9]+", "0")
                .replaceAll("\\s+", " ")
                .strip();
        return templates.computeIfAbsent(message.category() + " " + text, _ -> Long.toString(++last));
    }

    private void set(Context context) {
        ControlBody body = ControlBody.of(context);
        String number = body.text("number");
        synchronized (this) {
            body.optionalText("allowed").ifPresent(word -> put(allowed, number, word));
            body.optionalText("banned").ifPresent(word -> put(banned, number, word));
            body.number("cap", 0, MOST).ifPresent(cap -> {
                caps.put(number, cap);
                sent.remove(number);
            });
        }
        show(context);
    }

    private static void put(Set<String> numbers, String number, String word) {
        if (word.equals("yes")) {
            numbers.add(number);
        } else {
            numbers.remove(number);
        }
    }

    private synchronized void show(Context context) {
        ObjectNode answer = Json.object().put("templates", templates.size());
        ArrayNode numbers = answer.putArray("numbers");
        for (String number : allowed) {
            numbers.addObject()
                    .put("number", number)
                    .put("banned", banned.contains(number))
                    .put("cap", caps.getOrDefault(number, MOST))
                    .put("sent", sent.getOrDefault(number, 0));
        }
        Json.answer(context, 200, answer);
    }
}
