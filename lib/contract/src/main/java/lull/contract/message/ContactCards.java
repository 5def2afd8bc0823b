package lull.contract.message;

import static lull.contract.message.Fields.textOrNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Content.Contacts.Card;
import lull.contract.message.Content.Contacts.Entry;

/// Reader of contact cards. It keeps everything that a card says about a person: a text where an object
/// or a list is expected counts as its value. Pure.
final class ContactCards {

    private static final String USER_ID = "WhatsApp user id ";

    private static final List<String> NAME_PARTS =
            List.of("prefix", "first_name", "middle_name", "last_name", "suffix");

    /// Members of a card that are read by their names.
    private static final Set<String> MEMBERS =
            Set.of("name", "org", "phones", "emails", "addresses", "urls", "birthday", "vcard", "is_whatsapp");

    private static final Set<String> NAME_MEMBERS =
            Stream.concat(NAME_PARTS.stream(), Stream.of("formatted_name")).collect(Collectors.toUnmodifiableSet());

    private static final Set<String> ORG_MEMBERS = Set.of("title", "department", "company");

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
        Optional<String> vcard = Fields.text(card, "vcard");
        return vcard.isPresent() && !card.has("phones")
                ? Vcard.parse(vcard.get(), name(card.path("name")))
                : members(card);
    }

    private static Card members(JsonNode card) {
        JsonNode org = card.path("org");
        JsonNode name = card.path("name");
        List<String> others = new ArrayList<>(UnknownContent.texts(name, NAME_MEMBERS));
        others.addAll(UnknownContent.texts(org, ORG_MEMBERS));
        others.addAll(UnknownContent.texts(card, MEMBERS));
        return new Card(
                name(isText(card) ? card : name),
                textOrNull(org, "title"),
                textOrNull(org, "department"),
                isText(org) ? text(org) : textOrNull(org, "company"),
                phones(card.path("phones")),
                entries(card.path("emails"), "email"),
                addresses(card.path("addresses")),
                entries(card.path("urls"), "url"),
                textOrNull(card, "birthday"),
                others);
    }

    /// Returns the formatted name, completed with parts that are missing in it.
    private static String name(JsonNode name) {
        if (isText(name)) {
            return text(name);
        }
        List<String> parts = NAME_PARTS.stream()
                .map(part -> Fields.text(name, part).orElse("").strip())
                .filter(part -> !part.isEmpty())
                .toList();
        String full = String.join(" ", parts);
        String formatted = Fields.text(name, "formatted_name").orElse("").strip();
        if (formatted.isEmpty()) {
            return full;
        }
        return parts.stream().allMatch(part -> holds(formatted, part)) ? formatted : formatted + " (" + full + ")";
    }

    /// Whether a name has a part as a word of its own. Scripts that write names without spaces have it
    /// anywhere.
    private static boolean holds(String name, String part) {
        boolean hasSpaces = part.codePoints().noneMatch(Character::isIdeographic);
        return hasSpaces
                ? Pattern.compile(
                                "(?<![\\p{L}\\p{M}\\p{N}])" + Pattern.quote(part) + "(?![\\p{L}\\p{M}\\p{N}])",
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(name)
                        .find()
                : name.contains(part);
    }

    private static List<Entry> phones(JsonNode phones) {
        Set<Entry> found = new LinkedHashSet<>();
        for (JsonNode phone : elements(phones)) {
            String number = textOrEmpty(phone, "phone");
            String waId = textOrEmpty(phone, "wa_id");
            String userId = textOrEmpty(phone, "user_id");
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
        for (JsonNode address : elements(addresses)) {
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
        elements(list).forEach(element -> add(found, textOrEmpty(element, field), element));
        return List.copyOf(found);
    }

    /// Returns the elements of a list, or what is in its place.
    private static Iterable<JsonNode> elements(JsonNode list) {
        return list.isArray() ? list : List.of(list);
    }

    private static void add(Set<Entry> entries, String value, JsonNode element) {
        String shown = isText(element) ? text(element) : value;
        if (!shown.isBlank()) {
            entries.add(new Entry(
                    shown,
                    Fields.text(element, "type")
                            .map(String::strip)
                            .filter(type -> !type.isEmpty())
                            .orElse(null)));
        }
    }

    private static boolean isText(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.isMissingNode();
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }

    private static String joined(String separator, String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
    }

    private static String textOrEmpty(JsonNode node, String field) {
        return Fields.text(node, field).map(ContactCards::line).orElse("");
    }

    private static String text(JsonNode node) {
        return line(node.asText());
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
