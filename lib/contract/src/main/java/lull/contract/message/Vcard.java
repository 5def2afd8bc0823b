package lull.contract.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.message.Content.Contacts.Card;
import lull.contract.message.Content.Contacts.Entry;
import org.jspecify.annotations.Nullable;

/// Reader of a contact card in the format vCard, in versions 2.1 to 4.0, as phones write it: folded
/// lines, groups, parameters, escapes and quoted-printable texts. Of pictures and other encoded data it
/// reads nothing. Pure.
final class Vcard {

    /// A line: a name, optionally after a group, parameters, and a value.
    private static final Pattern PROPERTY = Pattern.compile("(?:[\\w-]+\\.)?([\\w-]+)((?:;[^:]*)?):(.*)");

    private static final String QUOTED_PRINTABLE = "QUOTED-PRINTABLE";

    /// Words after a number or an address that say nothing about it.
    private static final Set<String> NO_KINDS =
            Set.of("pref", "voice", "internet", QUOTED_PRINTABLE.toLowerCase(Locale.ROOT));

    /// Number of the parts of `ADR` and `N`.
    private static final int ADDRESS_PARTS = 7;

    private static final int NAME_PARTS = 5;

    /// @param kind the first word for what it is; absent if there is none
    private record Property(String name, @Nullable String kind, String waId, String value) {

        /// Returns the parts between semicolons, at least so many.
        List<String> parts(int least) {
            List<String> parts = Arrays.stream(value.split("(?<!\\\\);", -1))
                    .map(Vcard::unescaped)
                    .collect(Collectors.toCollection(ArrayList::new));
            while (parts.size() < least) {
                parts.add("");
            }
            return parts;
        }

        String text() {
            return unescaped(value);
        }
    }

    private final List<Property> properties;

    private Vcard(List<Property> properties) {
        this.properties = properties;
    }

    /// @param name a name for a card that has none
    static Card parse(String vcard, String name) {
        return new Vcard(lines(vcard).stream()
                        .map(PROPERTY::matcher)
                        .filter(Matcher::matches)
                        .map(Vcard::property)
                        .toList())
                .card(name);
    }

    /// Returns the lines. A long one goes on in the next: after a space, or after `=` in a
    /// quoted-printable text.
    private static List<String> lines(String vcard) {
        List<String> lines = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean isQuoted = false;
        for (String line : vcard.replaceAll("\\r?\\n[ \\t]", "").lines().toList()) {
            isQuoted |= open.isEmpty() && line.toUpperCase(Locale.ROOT).contains(QUOTED_PRINTABLE);
            if (isQuoted && line.endsWith("=")) {
                open.append(line, 0, line.length() - 1);
            } else {
                lines.add(open.append(line).toString());
                open.setLength(0);
                isQuoted = false;
            }
        }
        if (!open.isEmpty()) {
            lines.add(open.toString());
        }
        return lines;
    }

    private Card card(String otherwise) {
        List<String> company = first("ORG").map(org -> org.parts(1)).orElse(List.of(""));
        return new Card(
                first("FN")
                        .map(Property::text)
                        .filter(name -> !name.isEmpty())
                        .or(this::name)
                        .orElse(otherwise),
                first("TITLE").or(() -> first("ROLE")).map(Property::text).orElse(null),
                orNull(joined(", ", company.subList(1, company.size()))),
                orNull(company.getFirst()),
                phones(),
                entries("EMAIL"),
                addresses(),
                entries("URL"),
                first("BDAY").map(Property::text).orElse(null),
                all("NICKNAME", "NOTE", "X-WA-BIZ-NAME", "X-WA-BIZ-DESCRIPTION")
                        .map(Property::text)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList());
    }

    private Optional<String> name() {
        return first("N")
                .map(name -> name.parts(NAME_PARTS))
                .map(parts ->
                        joined(" ", List.of(parts.get(3), parts.get(1), parts.get(2), parts.get(0), parts.get(4))))
                .filter(name -> !name.isEmpty());
    }

    private List<Entry> phones() {
        return all("TEL")
                .map(phone -> {
                    String number = phone.text().replaceFirst("^tel:", "");
                    return new Entry(
                            number.isEmpty() && !phone.waId().isEmpty() ? "+" + phone.waId() : number, phone.kind());
                })
                .filter(entry -> !entry.value().isEmpty())
                .distinct()
                .toList();
    }

    private List<Entry> addresses() {
        return all("ADR")
                .map(address -> {
                    List<String> parts = address.parts(ADDRESS_PARTS);
                    return new Entry(
                            joined(
                                    ", ",
                                    List.of(
                                            parts.get(0),
                                            parts.get(1),
                                            parts.get(2),
                                            joined(" ", List.of(parts.get(5), parts.get(3))),
                                            parts.get(4),
                                            parts.get(6))),
                            address.kind());
                })
                .filter(entry -> !entry.value().isEmpty())
                .toList();
    }

    private List<Entry> entries(String name) {
        return all(name)
                .map(property -> new Entry(property.text(), property.kind()))
                .filter(entry -> !entry.value().isEmpty())
                .distinct()
                .toList();
    }

    private Optional<Property> first(String name) {
        return all(name).findFirst();
    }

    private Stream<Property> all(String... names) {
        List<String> wanted = List.of(names);
        return properties.stream().filter(property -> wanted.contains(property.name()));
    }

    private static Property property(Matcher line) {
        List<String> parameters = Arrays.stream(line.group(2).split(";"))
                .map(String::strip)
                .filter(parameter -> !parameter.isEmpty())
                .toList();
        boolean isQuoted = parameters.stream()
                .anyMatch(parameter -> parameter.toUpperCase(Locale.ROOT).endsWith(QUOTED_PRINTABLE));
        String value = line.group(3).strip();
        return new Property(
                line.group(1).toUpperCase(Locale.ROOT),
                kind(parameters),
                parameters.stream()
                        .filter(parameter -> parameter.toLowerCase(Locale.ROOT).startsWith("waid="))
                        .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
                        .findFirst()
                        .orElse(""),
                isQuoted ? decoded(value) : value);
    }

    /// Returns the first word for what a number or an address is: `TYPE=WORK,VOICE`, or `WORK` alone.
    private static @Nullable String kind(List<String> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter.indexOf('=') < 0
                        || parameter.toUpperCase(Locale.ROOT).startsWith("TYPE="))
                .flatMap(parameter -> Arrays.stream(parameter
                        .substring(parameter.indexOf('=') + 1)
                        .replace("\"", "")
                        .split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty() && !NO_KINDS.contains(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    /// Returns the text of a quoted-printable value in UTF-8.
    private static String decoded(String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            boolean isByte = character == '='
                    && at + 2 < value.length()
                    && Character.digit(value.charAt(at + 1), 16) >= 0
                    && Character.digit(value.charAt(at + 2), 16) >= 0;
            if (isByte) {
                bytes.write(Integer.parseInt(value.substring(at + 1, at + 3), 16));
                at += 2;
            } else {
                bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String unescaped(String value) {
        return value.replaceAll("\\\\[nN]", " ")
                .replaceAll("\\\\(.)", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String joined(String separator, List<String> parts) {
        return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(separator));
    }
}
