package lull.local;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TurnPrinterTest {

    @Test
    void printsWhoseTurnEndedAndWhyAndNothingThatWasSaid() {
        assertThat(TurnPrinter.line(turn(null), false))
                .isEqualTo("turn in-0-7 from 100|****1001 ended by gap of 5s: 1 message(s), 1 item(s)");
        assertThat(TurnPrinter.line(turn(new TurnRoute("rest", "connect")), false))
                .isEqualTo("turn in-0-7 from 100|****1001 ended by gap of 5s: 1 message(s), 1 item(s)");
    }

    @Test
    void aTurnForAnApplicationIsPrintedOnceAndOnceMoreIfItGoesOn() {
        Turn turn = turn(new TurnRoute("echo", "echo"));

        assertThat(TurnPrinter.line(turn, true))
                .isEqualTo("turn in-0-7 from 100|****1001 ended by gap of 5s: 1 message(s), 1 item(s), for echo");
        assertThat(TurnPrinter.line(turn, false))
                .isEqualTo("turn in-0-7 from 100|****1001 goes on from echo to Amazon Connect");
    }

    private static Turn turn(@Nullable TurnRoute route) {
        Instant now = Instant.EPOCH;
        Customer customer = new Customer(null, "15550001001", "Ana");
        TurnMessage message = new TurnMessage("wamid.1", now, customer, Json.object());
        return new Turn(
                "in-0-7",
                "wamid.1",
                new ConversationKey("100", "15550001001"),
                new Business("100", "15550000001", "1"),
                customer,
                TurnCause.GAP,
                Duration.ofSeconds(5),
                true,
                now,
                now,
                List.of(new TurnItem(ContentKind.TEXT, "Hello", List.of(message))),
                null,
                false,
                route,
                null,
                new TreeMap<>());
    }
}
