package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Content.Contacts.Card;
import lull.contract.message.Content.Contacts.Entry;

/// Reader of contact cards. It keeps everything that a card says about a person. Pure.
final class ContactCards {

    /// A line of a vCard: its name, optionally with a group and parameters, and its value.
    private static final Pattern PROPERTY = Pattern.compile(
            "^(?:[\\w-]+\\.)?(FN|TITLE|ORG|TEL|EMAIL|URL|BDAY)(?:;[^:\\r\\n]*)?:(.+)$",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    private static final String USER_ID = "WhatsApp user id ";

    private ContactCards() {}

    /// Returns the cards of a message's `contacts`; empty if there is no such list, nor a single card
    /// in its place.
    static Optional<Content> of(JsonNode contacts) {
        if (contacts.isArray()) {
            List<Card> cards = new ArrayList<>();
            contacts.forEach(card -> cards.add(card(card)));
            return Optional.of(new Content.Contacts(cards));
        }
        return contacts.isObject() && !contacts.isEmpty()
                ? Optional.of(new Content.Contacts(List.of(card(contacts))))
                : Optional.empty();
    }

    private static Card card(JsonNode card) {
        boolean isVcardOnly = !card.has("name")
                && !card.has("phones")
                && Fields.text(card, "vcard").isPresent();
        return isVcardOnly ? vcard(card.path("vcard").asText()) : members(card);
    }

    /// Reads the plain properties of a vCard; encoded ones are skipped.
    private static Card vcard(String vcard) {
        Map<String, List<Entry>> properties = new HashMap<>();
        Matcher property = PROPERTY.matcher(vcard);
        while (property.find()) {
            properties
                    .computeIfAbsent(property.group(1).toUpperCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(new Entry(property.group(2).strip(), null));
        }
        return new Card(
                first(properties, "FN").orElse(""),
                first(properties, "TITLE").orElse(null),
                null,
                first(properties, "ORG").map(org -> org.split(";", -1)[0]).orElse(null),
                properties.getOrDefault("TEL", List.of()),
                properties.getOrDefault("EMAIL", List.of()),
                List.of(),
                properties.getOrDefault("URL", List.of()),
                first(properties, "BDAY").orElse(null));
    }

    private static Optional<String> first(Map<String, List<Entry>> properties, String name) {
        return properties.getOrDefault(name, List.of()).stream().findFirst().map(Entry::value);
    }

    private static Card members(JsonNode card) {
        JsonNode org = card.path("org");
        return new Card(
                name(card.path("name")),
                textOrNull(org, "title"),
                textOrNull(org, "department"),
                textOrNull(org, "company"),
                phones(card.path("phones")),
                entries(card.path("emails"), "email"),
                addresses(card.path("addresses")),
                entries(card.path("urls"), "url"),
                textOrNull(card, "birthday"));
    }

    /// Returns the formatted name, completed with parts that are missing in it.
    private static String name(JsonNode name) {
        if (name.isValueNode() && !name.isNull()) {
            return name.asText().strip();
        }
        List<String> parts = Stream.of("prefix", "first_name", "middle_name", "last_name", "suffix")
                .map(part -> Fields.text(name, part).orElse("").strip())
                .filter(part -> !part.isEmpty())
                .toList();
        String full = String.join(" ", parts);
        String formatted = Fields.text(name, "formatted_name").orElse("").strip();
        if (formatted.isEmpty()) {
            return full;
        }
        return parts.stream().allMatch(formatted::contains) ? formatted : formatted + " (" + full + ")";
    }

    private static List<Entry> phones(JsonNode phones) {
        Set<Entry> found = new LinkedHashSet<>();
        for (JsonNode phone : phones) {
            String number = Fields.text(phone, "phone").orElse("").strip();
            String waId = Fields.text(phone, "wa_id").orElse("").strip();
            String userId = Fields.text(phone, "user_id").orElse("").strip();
            String international = waId.isEmpty() ? "" : "+" + waId;
            String shown = number;
            if (number.isEmpty()) {
                shown = !international.isEmpty() ? international : userId.isEmpty() ? "" : USER_ID + userId;
            } else if (!waId.isEmpty()
                    && !number.startsWith("+")
                    && !digits(number).endsWith(waId)) {
                // A number in national form; WhatsApp's form adds the country.
                shown = number + " / " + international;
            }
            add(found, shown, phone);
        }
        return List.copyOf(found);
    }

    private static List<Entry> addresses(JsonNode addresses) {
        Set<Entry> found = new LinkedHashSet<>();
        for (JsonNode address : addresses) {
            String town = joined(" ", textOrEmpty(address, "zip"), textOrEmpty(address, "city"));
            String country = textOrEmpty(address, "country");
            add(
                    found,
                    joined(
                            ", ",
                            textOrEmpty(address, "street"),
                            town,
                            textOrEmpty(address, "state"),
                            country.isEmpty() ? textOrEmpty(address, "country_code") : country),
                    address);
        }
        return List.copyOf(found);
    }

    private static List<Entry> entries(JsonNode list, String field) {
        Set<Entry> found = new LinkedHashSet<>();
        list.forEach(element -> add(found, textOrEmpty(element, field), element));
        return List.copyOf(found);
    }

    private static void add(Set<Entry> entries, String value, JsonNode element) {
        if (!value.isBlank()) {
            entries.add(new Entry(
                    value,
                    Fields.text(element, "type")
                            .map(String::strip)
                            .filter(type -> !type.isEmpty())
                            .orElse(null)));
        }
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static String joined(String separator, String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
    }

    private static String textOrEmpty(JsonNode node, String field) {
        return Fields.text(node, field)
                .map(text -> text.replaceAll("\\s+", " ").strip())
                .orElse("");
    }
}
