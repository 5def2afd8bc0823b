package lull.whatsapp.action.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lull.whatsapp.action.ActionRule;

/// WhatsApp's limits for the components of templates. Pure.
final class TemplateRules {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");
    private static final Pattern ADJACENT = Pattern.compile("\\{\\{[^}]*}}\\s*\\{\\{");
    private static final int LONGEST_LINE = 60;
    private static final int LONGEST_BODY = 1_024;
    private static final int LONGEST_BUTTON = 25;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_PHONE = 20;
    private static final int LONGEST_CODE = 20;
    private static final int LONGEST_OFFER = 16;
    private static final int MOST_BUTTONS = 10;
    private static final int MOST_CARDS = 10;
    private static final int DAYS_30 = 2_592_000;
    private static final int HOURS_12 = 43_200;
    private static final int MINUTES_15 = 900;
    private static final int SHORTEST = 30;
    private static final Set<String> MEDIA = Set.of("IMAGE", "VIDEO", "DOCUMENT");

    private TemplateRules() {}

    /// That the components keep WhatsApp's limits.
    static ActionRule components() {
        return new ActionRule(
                "components: one of each type and a BODY; header up to 60 characters and one variable; body up to 1,024;"
                        + " footer up to 60 without variables; up to 10 buttons with labels up to 25: at most 2 URL (up"
                        + " to 2,000), 1 PHONE_NUMBER (up to 20), 1 COPY_CODE (up to 20), quick replies beside each"
                        + " other; 1 to 10 cards; offer text up to 16; each variable has an example, is not at an end"
                        + " of the text and not beside another one",
                (given, problems) -> {
                    if (given.hasNonNull("components")) {
                        check(given.path("components"), problems);
                    }
                });
    }

    /// That the time to live suits the category.
    static ActionRule timeToLive() {
        return ActionRule.holds(
                "message_send_ttl_seconds must be -1 or 30 to 900 for AUTHENTICATION, -1 or 30 to 43,200 for UTILITY,"
                        + " 43,200 to 2,592,000 for MARKETING",
                given -> {
                    if (!given.hasNonNull("message_send_ttl_seconds")) {
                        return true;
                    }
                    int seconds = given.path("message_send_ttl_seconds").asInt();
                    return switch (given.path("category").asText()) {
                        case "AUTHENTICATION" -> seconds == -1 || (seconds >= SHORTEST && seconds <= MINUTES_15);
                        case "UTILITY" -> seconds == -1 || (seconds >= SHORTEST && seconds <= HOURS_12);
                        default -> seconds >= HOURS_12 && seconds <= DAYS_30;
                    };
                });
    }

    private static void check(JsonNode components, List<String> problems) {
        Set<String> types = new HashSet<>();
        boolean isAuthentication = false;
        for (int i = 0; i < components.size(); i++) {
            JsonNode component = components.get(i);
            String path = "components[" + i + "]";
            String type = component.path("type").asText("").toUpperCase(Locale.ROOT);
            if (!types.add(type)) {
                problems.add(path + ".type is there twice");
            }
            isAuthentication |= component.has("add_security_recommendation");
            component(path, type, component, problems);
        }
        if (!types.contains("BODY") && !isAuthentication) {
            problems.add("components must have a BODY");
        }
    }

    private static void component(String path, String type, JsonNode component, List<String> problems) {
        switch (type) {
            case "HEADER" -> header(path, component, problems);
            case "BODY" -> body(path, component, problems);
            case "FOOTER" -> footer(path, component, problems);
            case "BUTTONS" -> buttons(path + ".buttons", component.path("buttons"), problems);
            case "CAROUSEL" -> carousel(path + ".cards", component.path("cards"), problems);
            case "LIMITED_TIME_OFFER" ->
                length(
                        path + ".limited_time_offer.text",
                        component.path("limited_time_offer").path("text"),
                        LONGEST_OFFER,
                        problems);
            default ->
                problems.add(path + ".type must be one of HEADER, BODY, FOOTER, BUTTONS, CAROUSEL, LIMITED_TIME_OFFER");
        }
    }

    private static void header(String path, JsonNode header, List<String> problems) {
        String format = header.path("format").asText("").toUpperCase(Locale.ROOT);
        if (format.equals("TEXT")) {
            length(path + ".text", header.path("text"), LONGEST_LINE, problems);
            List<String> variables = variables(header.path("text").asText(""));
            if (variables.size() > 1) {
                problems.add(path + ".text must have at most 1 variable");
            }
            if (!variables.isEmpty() && !has(header.path("example"), "header_text")) {
                problems.add(path + ".example.header_text is required, because the text has a variable");
            }
        } else if (MEDIA.contains(format)) {
            if (!has(header.path("example"), "header_handle")) {
                problems.add(path + ".example.header_handle is required: a handle of upload_sample");
            } else if (header.path("example")
                    .path("header_handle")
                    .path(0)
                    .asText("")
                    .matches("[0-9]*")) {
                problems.add(path + ".example.header_handle must be a handle of upload_sample, not a media id");
            }
        } else if (!format.equals("LOCATION") && !format.equals("PRODUCT")) {
            problems.add(path + ".format must be one of TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION, PRODUCT");
        }
    }

    private static void body(String path, JsonNode body, List<String> problems) {
        if (body.has("add_security_recommendation") && !body.has("text")) {
            return;
        }
        length(path + ".text", body.path("text"), LONGEST_BODY, problems);
        String text = body.path("text").asText("");
        List<String> variables = variables(text);
        if (variables.isEmpty()) {
            return;
        }
        if (!has(body.path("example"), "body_text") && !has(body.path("example"), "body_text_named_params")) {
            problems.add(path + ".example.body_text is required, because the text has variables");
        } else if (has(body.path("example"), "body_text")
                && body.path("example").path("body_text").path(0).size() != variables.size()) {
            problems.add(path + ".example.body_text must have a value for each of " + variables.size() + " variables");
        }
        String stripped = text.strip();
        if (VARIABLE.matcher(stripped).lookingAt() || stripped.endsWith("}}")) {
            problems.add(path + ".text must not begin or end with a variable");
        }
        if (ADJACENT.matcher(text).find()) {
            problems.add(path + ".text must not have two variables beside each other");
        }
    }

    private static void footer(String path, JsonNode footer, List<String> problems) {
        if (footer.has("code_expiration_minutes")) {
            return;
        }
        length(path + ".text", footer.path("text"), LONGEST_LINE, problems);
        if (!variables(footer.path("text").asText("")).isEmpty()) {
            problems.add(path + ".text must not have variables");
        }
    }

    private static void buttons(String path, JsonNode buttons, List<String> problems) {
        if (buttons.isEmpty() || buttons.size() > MOST_BUTTONS) {
            problems.add(path + " must have 1 to " + MOST_BUTTONS + " buttons");
        }
        Map<String, Integer> counts = new HashMap<>();
        int changes = 0;
        boolean wasQuick = false;
        for (int i = 0; i < buttons.size(); i++) {
            JsonNode button = buttons.get(i);
            String type = button.path("type").asText("").toUpperCase(Locale.ROOT);
            counts.merge(type, 1, Integer::sum);
            boolean isQuick = type.equals("QUICK_REPLY");
            changes += i > 0 && isQuick != wasQuick ? 1 : 0;
            wasQuick = isQuick;
            button(path + "[" + i + "]", type, button, problems);
        }
        most(path, counts, "URL", 2, problems);
        most(path, counts, "PHONE_NUMBER", 1, problems);
        most(path, counts, "COPY_CODE", 1, problems);
        if (changes > 1) {
            problems.add(path + " must have quick replies beside each other, not between others");
        }
    }

    private static void button(String path, String type, JsonNode button, List<String> problems) {
        if (List.of("QUICK_REPLY", "URL", "PHONE_NUMBER", "FLOW", "VOICE_CALL").contains(type)) {
            length(path + ".text", button.path("text"), LONGEST_BUTTON, problems);
        }
        switch (type) {
            case "URL" -> {
                length(path + ".url", button.path("url"), LONGEST_URL, problems);
                if (!variables(button.path("url").asText("")).isEmpty() && !button.hasNonNull("example")) {
                    problems.add(path + ".example is required, because the url has a variable");
                }
            }
            case "PHONE_NUMBER" -> length(path + ".phone_number", button.path("phone_number"), LONGEST_PHONE, problems);
            case "COPY_CODE" -> length(path + ".example", button.path("example"), LONGEST_CODE, problems);
            case "QUICK_REPLY", "FLOW", "OTP", "CATALOG", "MPM", "SPM", "VOICE_CALL", "REQUEST_CONTACT_INFO" -> {}
            default ->
                problems.add(
                        path + ".type must be one of QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, OTP, FLOW, CATALOG,"
                                + " MPM, SPM, VOICE_CALL, REQUEST_CONTACT_INFO");
        }
    }

    private static void carousel(String path, JsonNode cards, List<String> problems) {
        if (cards.isEmpty() || cards.size() > MOST_CARDS) {
            problems.add(path + " must have 1 to " + MOST_CARDS + " cards");
        }
        for (int i = 0; i < Math.min(cards.size(), MOST_CARDS); i++) {
            JsonNode components = cards.get(i).path("components");
            if (components.isEmpty()) {
                problems.add(path + "[" + i + "].components is required");
            }
            for (int j = 0; j < components.size(); j++) {
                String type = components.get(j).path("type").asText("").toUpperCase(Locale.ROOT);
                if (type.equals("CAROUSEL")) {
                    problems.add(path + "[" + i + "] must not contain a carousel");
                } else {
                    component(path + "[" + i + "].components[" + j + "]", type, components.get(j), problems);
                }
            }
        }
    }

    private static void most(String path, Map<String, Integer> counts, String type, int most, List<String> problems) {
        if (counts.getOrDefault(type, 0) > most) {
            problems.add(path + " must have at most " + most + " of type " + type);
        }
    }

    private static void length(String path, JsonNode text, int longest, List<String> problems) {
        String value = text.isArray() ? text.path(0).asText("") : text.asText("");
        int length = value.codePointCount(0, value.length());
        if (value.isBlank() || length > longest) {
            problems.add(path + " must be text of 1 to " + longest + " characters, but has " + length);
        }
    }

    private static boolean has(JsonNode example, String name) {
        return example.path(name).isArray() && !example.path(name).isEmpty();
    }

    private static List<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }
}
