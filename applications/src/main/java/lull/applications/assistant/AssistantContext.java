package lull.applications.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.Content;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnItem;
import org.jspecify.annotations.Nullable;

/// What a language model gets of a turn: `docs/assistant.md` describes its JSON. Everything in it comes
/// from outside, and is nothing but data. The customer's phone number is not in it. Immutable.
///
/// @param messageCount how many messages the turn has
/// @param timeSpan from its first message to its last
/// @param text its texts, and the choices of buttons and lists, one below the other
/// @param attachments everything else in it
/// @param history what was said before, oldest first
/// @param customer who wrote
/// @param urgency from 1 to 10
/// @param language the code of the language, or `und` if it is not clear
/// @param at when the last message was received
record AssistantContext(
        int messageCount,
        Duration timeSpan,
        String text,
        List<Attachment> attachments,
        List<Past> history,
        Profile customer,
        int urgency,
        String language,
        Instant at) {

    /// The most characters of a turn's text.
    static final int MOST_CHARACTERS = 16_000;

    private static final int MOST_DETAILS = 1_000;
    private static final int MOST_ATTACHMENTS = 50;
    private static final String MORE = " …";

    /// A part of the turn that is no text.
    ///
    /// @param kind such as `image`; `voice` for a voice note
    /// @param details what WhatsApp says about it, of things that are no files
    /// @param transcript what is said in it, of voice notes; absent if that is not known
    record Attachment(
            String kind,
            @Nullable String mimeType,
            @Nullable String filename,
            @Nullable String caption,
            @Nullable String details,
            @Nullable String transcript) {}

    /// What is known of the customer.
    record Profile(@Nullable String name, @Nullable String username) {}

    AssistantContext {
        attachments = List.copyOf(attachments);
        history = List.copyOf(history);
    }

    /// Returns the context of a turn.
    ///
    /// @param history what was said before it, oldest first
    /// @param heard what is said in its voice notes, by their media ids
    static AssistantContext of(Turn turn, List<Past> history, Map<String, String> heard) {
        List<TurnItem> items =
                turn.items().stream().filter(item -> !item.hidden()).toList();
        String text = shortened(
                items.stream()
                        .map(TurnItem::content)
                        .map(AssistantContext::words)
                        .filter(words -> !words.isEmpty())
                        .collect(Collectors.joining("\n")),
                MOST_CHARACTERS);
        List<Attachment> attachments = items.stream()
                .filter(item -> words(item.content()).isEmpty())
                .limit(MOST_ATTACHMENTS)
                .map(item -> attachment(item, heard))
                .toList();
        String said = said(text, attachments);
        return new AssistantContext(
                turn.messageIds().size(),
                Duration.between(turn.firstReceivedAt(), turn.lastReceivedAt()),
                text,
                attachments,
                history,
                profile(turn.customer()),
                Urgency.of(turn, said),
                Language.of(said),
                turn.lastReceivedAt());
    }

    /// Returns all that the customer said: the texts, the captions of files, and the transcripts of voice notes.
    String said() {
        return said(text, attachments);
    }

    private static String said(String text, List<Attachment> attachments) {
        return Stream.concat(
                        Stream.of(text),
                        attachments.stream()
                                .flatMap(attachment -> Stream.of(attachment.caption(), attachment.transcript())))
                .filter(words -> words != null && !words.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /// Returns the same without what was said before.
    AssistantContext withoutHistory() {
        return new AssistantContext(
                messageCount, timeSpan, text, attachments, List.of(), customer, urgency, language, at);
    }

    /// Returns its JSON, in one line.
    String json() {
        ObjectNode json = Json.object();
        json.put("at", at.toString());
        json.put("messageCount", messageCount);
        json.put("timeSpanSeconds", timeSpan.toSeconds());
        json.put("language", language);
        json.put("urgency", urgency);
        ObjectNode person = json.putObject("customer");
        put(person, "name", customer.name());
        put(person, "username", customer.username());
        ArrayNode said = json.putArray("history");
        int answered = answered();
        for (int at = 0; at < history.size(); at++) {
            Past past = history.get(at);
            ObjectNode entry = said.addObject().put("from", past.from()).put("text", past.text());
            if (at >= answered) {
                entry.put("answered", false);
            }
            entry.put("at", past.at().toString());
        }
        ArrayNode files = json.putArray("attachments");
        for (Attachment attachment : attachments) {
            ObjectNode file = files.addObject().put("kind", attachment.kind());
            put(file, "mimeType", attachment.mimeType());
            put(file, "filename", attachment.filename());
            put(file, "caption", attachment.caption());
            put(file, "details", attachment.details());
            put(file, "transcript", attachment.transcript());
        }
        json.put("text", text);
        return Json.text(json);
    }

    /// Returns how many entries of the history are before what nobody has answered yet.
    private int answered() {
        int answered = history.size();
        while (answered > 0 && history.get(answered - 1).from().equals(Past.CUSTOMER)) {
            answered--;
        }
        return answered;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    /// Returns the words of content that is a text or a choice; empty for all other.
    private static String words(Content content) {
        return switch (content) {
            case Content.Text(String body) -> body;
            case Content.ButtonReply reply -> reply.title();
            case Content.ListReply reply -> reply.title();
            default -> "";
        };
    }

    private static Attachment attachment(TurnItem item, Map<String, String> heard) {
        if (item.content() instanceof Content.Media media) {
            return new Attachment(
                    media.voice() ? "voice" : item.kind().word(),
                    media.mimeType(),
                    cut(media.filename()),
                    cut(media.caption()),
                    null,
                    transcript(media, heard));
        }
        JsonNode raw = item.messages().getFirst().raw();
        JsonNode content = raw.path(raw.path("type").asText());
        return new Attachment(
                item.kind().word(), null, null, null, content.isMissingNode() ? null : cut(Json.text(content)), null);
    }

    private static @Nullable String transcript(Content.Media media, Map<String, String> heard) {
        String words = heard.get(media.mediaId());
        return words == null ? null : shortened(words, MOST_CHARACTERS);
    }

    private static Profile profile(Customer customer) {
        return new Profile(cut(customer.profileName()), cut(customer.username()));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : shortened(text, MOST_DETAILS);
    }

    /// Cuts a text, never within a character of two units.
    private static String shortened(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - MORE.length())) + MORE;
    }

    @Override
    public String toString() {
        return "AssistantContext[" + messageCount + " messages]";
    }
}
