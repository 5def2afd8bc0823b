package lull.applications.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;
import lull.contract.turn.TurnRoute;

/// Turns for tests.
public final class TestTurns {

    private static final Instant SAID = Instant.parse("2026-03-01T10:00:00Z");
    private static final Customer CUSTOMER = new Customer(null, "15550001001", "Ana");

    /// A conversation of which nothing is known, and in which nothing follows.
    public static final ConversationState FRESH = new ConversationState(List.of(), SAID.plusSeconds(900), () -> false);

    private TestTurns() {}

    /// Returns a turn of one text for a destination.
    public static Turn text(long number, String destination, String text) {
        String id = "wamid." + number;
        var raw = Json.object();
        raw.put("type", "text");
        raw.putObject("text").put("body", text);
        return turn(
                number,
                destination,
                new TurnItem(ContentKind.TEXT, text, List.of(new TurnMessage(id, SAID, CUSTOMER, raw))));
    }

    /// Returns a turn of an item for a destination.
    public static Turn turn(long number, String destination, TurnItem... items) {
        return new Turn(
                "whatsapp.message.received-0-" + number,
                "wamid." + number,
                new ConversationKey("100000000000001", "15550001001"),
                new Business("100000000000001", "15550000001", null),
                CUSTOMER,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                true,
                SAID,
                SAID.plusSeconds(2),
                List.of(items),
                null,
                false,
                new TurnRoute("all", destination),
                null,
                new TreeMap<>());
    }
}
