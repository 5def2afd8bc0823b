package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.VisibleLine;
import lull.contract.application.Exchange;
import lull.contract.application.HandOver;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Content;
import lull.contract.message.ContentParser;
import lull.contract.message.Referral;
import lull.contract.reply.ChoiceId;
import lull.contract.reply.ConversationBegun;
import org.jspecify.annotations.Nullable;

/// Renderer of messages for agents: text as it is, everything else in words, never blank.
///
/// @param texts the words
public record Rendering(AgentTexts texts) {

    /// Members of a form's answer that are not meant for people.
    private static final String FLOW_TOKEN = "flow_token";

    /// Type of a message that has no text.
    private static final String EMPTY_TEXT = "text";

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private static final long MEBIBYTE = 1L << 20;

    /// Maximum digits of a price; one with more zeros stays as it is.
    private static final int MOST_DIGITS = 20;

    public String text(Content content) {
        return switch (content) {
            case Content.Text(String body) -> body.isBlank() ? label(Phrase.EMPTY) : body;
            case Content.Media media -> media(media);
            case Content.Location location -> location(location);
            case Content.Contacts(List<Content.Contacts.Card> cards) -> contacts(cards);
            case Content.ButtonReply reply -> orElse(chosen(reply.id(), reply.title()), label(Phrase.BUTTON));
            case Content.ListReply reply -> orElse(listed(reply), label(Phrase.LIST_ANSWER));
            case Content.FlowReply reply -> form(reply);
            case Content.CallPermission permission ->
                texts.labelled(texts.say(Phrase.CALL_PERMISSION, Map.of("answer", permission.response())), "");
            case Content.Order order -> order(order);
            case Content.Reaction reaction -> reaction(reaction);
            case Content.SystemNotice notice ->
                texts.labelled(
                        Phrase.NOTICE,
                        orElse(
                                notice.body(),
                                Stream.concat(Stream.ofNullable(notice.type()), notice.texts().stream())
                                        .filter(part -> !part.isBlank())
                                        .collect(Collectors.joining("; "))));
            case Content.RequestWelcome() -> label(Phrase.WELCOME);
            case Content.Edit edit -> texts.labelled(Phrase.EDITED, edited(edit));
            case Content.Revoke revoke -> label(Phrase.DELETED);
            case Content.Call call -> texts.labelled(call(call), "");
            case Content.TakeOver(String reason, String summary) ->
                texts.labelled(
                        Phrase.TAKEN_OVER,
                        Stream.of(reason, summary)
                                .filter(Objects::nonNull)
                                .map(VisibleLine::of)
                                .filter(line -> !line.isBlank())
                                .collect(Collectors.joining("\n")));
            case Content.Unsupported unsupported -> unsupported(unsupported);
            case Content.Unknown unknown -> unknown(unknown);
        };
    }

    /// Returns the present text of an edited message; empty if WhatsApp does not report it.
    String edited(Content.Edit edit) {
        if (!edit.message().isObject()) {
            return "";
        }
        // An edited caption comes without its file, which the agent has already.
        Content content = ContentParser.parse(edit.message());
        return content instanceof Content.Media media ? described(media) : text(content);
    }

    /// Returns the text in place of a file that is not attached.
    ///
    /// @param maxBytes maximum size of a file
    public String notAttached(Content.Media media, FileTrouble why, long maxBytes) {
        return notAttached(file(media), why, maxBytes);
    }

    /// Returns the text in place of a file of which only the name is known.
    public String notAttached(String file, FileTrouble why, long maxBytes) {
        Phrase phrase = switch (why) {
            case TOO_LARGE -> Phrase.FILE_TOO_LARGE;
            case TYPE -> Phrase.FILE_TYPE;
            case NOT_CONVERTED -> Phrase.FILE_NOT_CONVERTED;
            case GONE -> Phrase.FILE_GONE;
            case DAMAGED -> Phrase.FILE_DAMAGED;
            case UNREACHABLE -> Phrase.FILE_UNREACHABLE;
            case NOT_ALLOWED -> Phrase.FILE_NOT_ALLOWED;
            case NOT_TAKEN -> Phrase.FILE_NOT_TAKEN;
            case TOO_MANY -> Phrase.FILE_TOO_MANY;
            case REJECTED -> Phrase.FILE_REJECTED;
        };
        return texts.labelled(
                texts.say(phrase, Map.of("file", file, "limit", Math.max(1, maxBytes / MEBIBYTE) + " MiB")), "");
    }

    /// Returns what an application says when it hands a conversation over.
    String handedOver(HandOver asked) {
        Stream<String> asks =
                Stream.of(texts.labelled(Phrase.HANDED_OVER, orElse(asked.reason(), "")), orElse(asked.note(), ""));
        Stream<String> before = asked.before().isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(texts.labelled(Phrase.SAID_BEFORE, "")),
                        asked.before().stream().flatMap(this::said));
        return Stream.concat(asks, before).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }

    /// Returns what the business has sent to begin a conversation: the template with its values, by
    /// whom and when, and the note.
    public String begun(ConversationBegun begun) {
        String by = orElse(begun.beginning().by(), "");
        String time = MINUTES.format(begun.at().atOffset(ZoneOffset.UTC));
        Map<String, String> values = Map.of("template", begun.template(), "time", time);
        String label = by.isBlank()
                ? texts.say(Phrase.BEGUN, values)
                : texts.say(Phrase.BEGUN_BY, Map.of("template", begun.template(), "time", time, "by", by));
        return lines(
                texts.labelled(label, String.join(", ", begun.values())),
                orElse(begun.beginning().note(), ""));
    }

    private Stream<String> said(Exchange exchange) {
        return Stream.concat(
                Stream.of(texts.say(Phrase.CUSTOMER_SAID, Map.of("text", exchange.customer()))),
                exchange.replies().stream().map(reply -> texts.say(Phrase.APPLICATION_SAID, Map.of("text", reply))));
    }

    private String media(Content.Media media) {
        String shown = described(media);
        return media.isFetchable()
                ? shown
                : lines(shown, texts.labelled(Phrase.NOT_DELIVERED, orElse(media.error(), "")));
    }

    private String described(Content.Media media) {
        return texts.labelled(file(media), orElse(media.caption(), ""));
    }

    private String file(Content.Media media) {
        String kind = texts.say(kind(media));
        String name = FileNames.shown(media.filename());
        return name.isEmpty() ? kind : texts.say(Phrase.NAMED_FILE, Map.of("kind", kind, "name", name));
    }

    /// Returns the text next to an attached file: its caption, after its name if the name under which
    /// it is attached is not readable; empty if there is neither.
    public String besideFile(Content.Media media) {
        String caption = orElse(media.caption(), "");
        return FileNames.isReadable(media.filename()) ? caption : texts.labelled(file(media), caption);
    }

    private static Phrase kind(Content.Media media) {
        return switch (media.kind()) {
            case IMAGE -> Phrase.IMAGE;
            case VIDEO -> Phrase.VIDEO;
            case AUDIO -> media.voice() ? Phrase.VOICE : Phrase.AUDIO;
            case STICKER -> Phrase.STICKER;
            case DOCUMENT,
                    TEXT,
                    LOCATION,
                    CONTACTS,
                    BUTTON_REPLY,
                    LIST_REPLY,
                    FLOW_REPLY,
                    CALL_PERMISSION,
                    ORDER,
                    REACTION,
                    SYSTEM,
                    REQUEST_WELCOME,
                    EDIT,
                    REVOKE,
                    MISSED_CALL,
                    CALL,
                    TAKE_OVER,
                    UNSUPPORTED,
                    UNKNOWN -> Phrase.DOCUMENT;
        };
    }

    /// Returns the text of the advertisement that a customer came from.
    String advertisement(Referral referral) {
        return texts.labelled(
                Phrase.ADVERTISEMENT,
                Stream.of(referral.headline(), referral.body(), referral.sourceUrl())
                        .filter(Objects::nonNull)
                        .map(VisibleLine::of)
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(", ")));
    }

    /// Returns the text that says that the customer writes from another phone number.
    ///
    /// @param phone empty if WhatsApp does not report it
    public String newAddress(String phone) {
        return texts.labelled(
                Phrase.NOTICE,
                phone.isEmpty()
                        ? texts.say(Phrase.NEW_ADDRESS_UNKNOWN)
                        : texts.say(Phrase.NEW_ADDRESS, Map.of("phone", "+" + phone)));
    }

    /// Returns the text in place of a part that Connect refuses.
    public String notShown() {
        return texts.labelled(Phrase.NOT_SHOWN, texts.say(Phrase.NOT_SHOWN_WHY));
    }

    /// Returns the text before a turn that comes after later ones.
    ///
    /// @param writtenAt when its last message was written
    String late(Instant writtenAt) {
        return texts.labelled(
                Phrase.LATE,
                texts.say(Phrase.LATE_SINCE, Map.of("time", MINUTES.format(writtenAt.atZone(ZoneOffset.UTC)))));
    }

    /// Returns the text in place of a message whose handling failed unexpectedly.
    public String givenUp() {
        return texts.labelled(Phrase.NOT_SHOWN, texts.say(Phrase.GIVEN_UP_WHY));
    }

    private String location(Content.Location location) {
        String place = Stream.of(location.name(), location.address())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        Double latitude = location.latitude();
        Double longitude = location.longitude();
        return lines(
                texts.labelled(Phrase.LOCATION, place),
                latitude == null || longitude == null ? null : MapLink.of(latitude, longitude),
                location.url());
    }

    /// Returns a price without an exponent, or unchanged if it is not a number.
    private static String plain(String price) {
        try {
            BigDecimal number = new BigDecimal(price);
            return Math.abs(number.scale()) > MOST_DIGITS ? price : number.toPlainString();
        } catch (NumberFormatException e) {
            return price;
        }
    }

    private String contacts(List<Content.Contacts.Card> cards) {
        if (cards.isEmpty()) {
            return label(Phrase.CONTACT);
        }
        return cards.stream()
                .map(card -> texts.labelled(
                        Phrase.CONTACT,
                        parts(card).filter(part -> !part.isBlank()).collect(Collectors.joining(", "))))
                .map(VisibleLine::of)
                .collect(Collectors.joining("\n"));
    }

    private Stream<String> parts(Content.Contacts.Card card) {
        String birthday = card.birthday();
        return Stream.of(
                        Stream.of(
                                card.name(),
                                orElse(card.title(), ""),
                                orElse(card.department(), ""),
                                orElse(card.company(), "")),
                        Stream.of(card.phones(), card.emails(), card.addresses(), card.urls())
                                .flatMap(List::stream)
                                .map(Rendering::entry),
                        birthday == null
                                ? Stream.<String>empty()
                                : Stream.of(texts.say(Phrase.BIRTHDAY, Map.of("date", birthday))),
                        card.others().stream())
                .flatMap(part -> part);
    }

    private static String entry(Content.Contacts.Entry entry) {
        String kind = entry.kind();
        return kind == null ? entry.value() : entry.value() + " (" + kind.toLowerCase(Locale.ROOT) + ")";
    }

    private String form(Content.FlowReply reply) {
        List<@Nullable String> lines = new ArrayList<>();
        lines.add(texts.labelled(Phrase.FORM, orElse(reply.body(), orElse(reply.name(), ""))));
        String response = reply.responseJson();
        if (response != null) {
            lines.addAll(answers(response));
        }
        return lines(lines.toArray(String[]::new));
    }

    private static List<String> answers(String json) {
        try {
            JsonNode tree = Json.tree(json);
            if (!tree.isObject()) {
                return List.of(tree.isValueNode() ? tree.asText() : tree.toString());
            }
            return tree.properties().stream()
                    .filter(answer -> !answer.getKey().equals(FLOW_TOKEN))
                    .map(answer -> answer.getKey() + ": "
                            + (answer.getValue().isValueNode()
                                    ? answer.getValue().asText()
                                    : answer.getValue().toString()))
                    .toList();
        } catch (UnreadableJson e) {
            return List.of(json);
        }
    }

    private String order(Content.Order order) {
        String products = order.products().stream().map(this::product).collect(Collectors.joining("\n"));
        return lines(texts.labelled(Phrase.ORDER, orElse(order.text(), "")), products);
    }

    private String product(Content.Order.Product product) {
        Map<String, String> line = Map.of(
                "quantity",
                orElse(product.quantity(), "1"),
                "product",
                orElse(product.retailerId(), "?"),
                "price",
                (plain(orElse(product.itemPrice(), "")) + " " + orElse(product.currency(), "")).strip());
        return texts.say(product.itemPrice() == null ? Phrase.ORDER_LINE : Phrase.ORDER_LINE_PRICED, line);
    }

    private String reaction(Content.Reaction reaction) {
        String emoji = reaction.emoji();
        return emoji == null ? label(Phrase.REACTION_REMOVED) : texts.labelled(Phrase.REACTION, emoji);
    }

    private String call(Content.Call call) {
        Instant at = call.at();
        Duration duration = call.duration();
        return texts.say(
                call.isMissed() ? Phrase.MISSED_CALL : Phrase.CALL,
                Map.of(
                        "time",
                        at == null ? "?" : MINUTES.format(at.atOffset(ZoneOffset.UTC)),
                        "duration",
                        duration == null
                                ? "? min"
                                : String.format(
                                        Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart())));
    }

    private String unknown(Content.Unknown unknown) {
        if (unknown.type().equals(EMPTY_TEXT) && unknown.texts().isEmpty()) {
            return label(Phrase.EMPTY);
        }
        String type = Stream.of(unknown.type(), unknown.innerType())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining(" "));
        String what = type.isEmpty()
                ? texts.say(Phrase.UNKNOWN)
                : texts.say(Phrase.UNKNOWN_TYPE, Map.of("type", VisibleLine.of(type)));
        return texts.labelled(what, String.join("; ", unknown.texts()));
    }

    private String unsupported(Content.Unsupported unsupported) {
        String about = Stream.of(unsupported.type(), unsupported.reason())
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
        return texts.labelled(
                Phrase.UNSUPPORTED,
                Stream.concat(Stream.of(about), unsupported.texts().stream())
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining("; ")));
    }

    private String label(Phrase phrase) {
        return texts.labelled(phrase, "");
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines)
                .filter(Objects::nonNull)
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }

    private static String orElse(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }

    /// Returns the text of a choice from a list. A question of the chat gets exactly its answer;
    /// otherwise the description is added to the choice.
    private static String listed(Content.ListReply reply) {
        String description = reply.description();
        boolean isOther = ChoiceId.answer(reply.id()).isEmpty() && description != null && !description.isBlank();
        return isOther ? reply.title() + ", " + description : chosen(reply.id(), reply.title());
    }

    /// Returns the answer that an interactive message of the chat waits for, otherwise the text that
    /// the customer has seen.
    private static String chosen(String id, String title) {
        return ChoiceId.answer(id).orElse(title);
    }
}
