package lull.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.UnreadableJson;
import lull.contract.message.ContentKind;
import lull.contract.message.ContentParser;
import lull.contract.message.Flag;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import org.jspecify.annotations.Nullable;

/// Turns for tests.
public final class Turns {

    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    public static final ConversationKey CONVERSATION = new ConversationKey("100", "15550001111");
    public static final Customer CUSTOMER = new Customer("US.1", "15550001111", "Ana");

    private Turns() {}

    /// A turn of consecutive texts, each an item of its own.
    public static Turn ofTexts(long number, String... texts) {
        List<TurnItem> items = new ArrayList<>();
        for (String text : texts) {
            JsonNode raw =
                    Json.object().put("type", "text").set("text", Json.object().put("body", text));
            items.add(new TurnItem(ContentKind.TEXT, text, List.of(message(number + "-" + items.size(), raw))));
        }
        return of(number, true, items);
    }

    /// The same turn, said later.
    public static Turn later(Turn turn, Duration by) {
        List<TurnItem> items = turn.items().stream()
                .map(item -> new TurnItem(
                        item.kind(),
                        item.text(),
                        item.messages().stream()
                                .map(message -> new TurnMessage(
                                        message.id(), message.sentAt().plus(by), message.sender(), message.raw()))
                                .toList()))
                .toList();
        return new Turn(
                turn.id(),
                turn.firstMessageId(),
                turn.conversation(),
                turn.business(),
                turn.customer(),
                turn.cause(),
                turn.gap(),
                turn.opensChat(),
                turn.firstReceivedAt(),
                turn.lastReceivedAt(),
                items);
    }

    /// A turn of one text that has an urgent word.
    public static Turn urgent(long number, String text) {
        Turn turn = ofTexts(number, text);
        return new Turn(
                turn.id(),
                turn.firstMessageId(),
                turn.conversation(),
                turn.business(),
                turn.customer(),
                TurnCause.URGENT,
                turn.gap(),
                turn.opensChat(),
                turn.firstReceivedAt(),
                turn.lastReceivedAt(),
                turn.items(),
                turn.gapDecision(),
                true,
                turn.route(),
                null,
                turn.flags());
    }

    /// The same turn of a conversation for which operators have switched a behaviour.
    public static Turn flagged(Turn turn, Flag flag, boolean on) {
        return new Turn(
                turn.id(),
                turn.firstMessageId(),
                turn.conversation(),
                turn.business(),
                turn.customer(),
                turn.cause(),
                turn.gap(),
                turn.opensChat(),
                turn.firstReceivedAt(),
                turn.lastReceivedAt(),
                turn.items(),
                turn.gapDecision(),
                turn.urgent(),
                turn.route(),
                turn.handOver(),
                new TreeMap<>(Map.of(flag.word(), on)));
    }

    /// A turn of one text to another business number.
    public static Turn ofNumber(String number, String text) {
        return of(
                new ConversationKey(number, "15550001111"),
                9,
                true,
                ofTexts(9, text).items());
    }

    /// A turn of one item of joined texts: pairs of a text and the message that it answers, if any.
    public static Turn ofJoinedTexts(@Nullable String... pairs) {
        List<TurnMessage> messages = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < pairs.length; at += 2) {
            ObjectNode raw = Json.object().put("type", "text");
            raw.putObject("text").put("body", pairs[at]);
            if (pairs[at + 1] != null) {
                raw.putObject("context").put("id", pairs[at + 1]);
            }
            texts.add(Objects.requireNonNull(pairs[at]));
            messages.add(message("j-" + messages.size(), raw));
        }
        return of(1, true, List.of(new TurnItem(ContentKind.TEXT, String.join("\n", texts), messages)));
    }

    /// A turn of a group, with a text of each sender.
    public static Turn ofGroup(Customer... senders) {
        List<TurnItem> items = new ArrayList<>();
        for (Customer sender : senders) {
            JsonNode raw =
                    Json.object().put("type", "text").set("text", Json.object().put("body", "Hi"));
            items.add(new TurnItem(
                    ContentKind.TEXT, "Hi", List.of(new TurnMessage("wamid." + items.size(), NOW, sender, raw))));
        }
        return of(ConversationKey.ofGroup("100", "g1"), 1, true, items);
    }

    /// A turn of one message of any kind, given as WhatsApp's JSON with single quotes.
    public static Turn ofMessage(long number, boolean opensChat, String raw) {
        JsonNode tree = json(raw);
        ContentKind kind = ContentParser.parse(tree).kind();
        return of(number, opensChat, List.of(new TurnItem(kind, null, List.of(message(number + "-0", tree)))));
    }

    /// The same of several messages, each an item of its own.
    public static Turn ofMessages(long number, String... raws) {
        List<TurnItem> items = new ArrayList<>();
        for (String raw : raws) {
            JsonNode tree = json(raw);
            ContentKind kind = ContentParser.parse(tree).kind();
            items.add(new TurnItem(kind, null, List.of(message(number + "-" + items.size(), tree))));
        }
        return of(number, true, items);
    }

    public static JsonNode json(String text) {
        try {
            return Json.tree(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableJson e) {
            throw new AssertionError(e);
        }
    }

    /// A turn of a customer.
    public static Turn of(ConversationKey conversation, Customer customer, Instant at) {
        return new Turn(
                "whatsapp.message.received-0-1",
                "wamid.1",
                conversation,
                new Business(conversation.businessNumber(), "+1 555 000 0000", "200"),
                customer,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                true,
                at,
                at,
                ofTexts(1, "Hello").items());
    }

    private static TurnMessage message(String id, JsonNode raw) {
        return new TurnMessage("wamid." + id, NOW, CUSTOMER, raw);
    }

    private static Turn of(long number, boolean opensChat, List<TurnItem> items) {
        return of(CONVERSATION, number, opensChat, items);
    }

    private static Turn of(ConversationKey conversation, long number, boolean opensChat, List<TurnItem> items) {
        return new Turn(
                "whatsapp.message.received-0-" + number,
                items.getFirst().messages().getFirst().id(),
                conversation,
                new Business("100", "+1 555 000 0000", "200"),
                CUSTOMER,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                opensChat,
                NOW,
                NOW,
                items);
    }
}
