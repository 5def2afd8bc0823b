package lull.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.Business;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.message.ContentKind;
import lull.contract.topic.Topics;
import lull.contract.turn.Turn;
import lull.contract.turn.TurnCause;
import lull.contract.turn.TurnItem;
import lull.contract.turn.TurnMessage;

/// Writer of turns of one text each, as the aggregator would write them.
final class TurnsSpoken implements AutoCloseable {

    /// The phone number id of the number that customers write to.
    static final String NUMBER = "100000000000001";

    private static final long FIRST_CUSTOMER = 491_500_000_000L;

    private final RecordsWritten records;
    private final AtomicInteger numbers = new AtomicInteger();

    TurnsSpoken(String bootstrapServers) {
        records = new RecordsWritten(bootstrapServers, Topics.TURN_CLOSED);
    }

    /// Writes a turn of a customer to the usual business number; returns its id.
    String say(int customer) {
        return say(NUMBER, customer);
    }

    /// Writes a turn of a customer to a business number; returns its id.
    String say(String businessNumber, int customer) {
        Turn turn = turn(new Business(businessNumber, "+1 555 000 0001", "200"), customer, numbers.getAndIncrement());
        records.write(turn.conversation(), turn);
        return turn.id();
    }

    /// Returns once all turns are acknowledged.
    void flush() {
        records.flush();
    }

    @Override
    public void close() {
        records.close();
    }

    /// The phone number of a customer.
    static String phone(int customer) {
        return Long.toString(FIRST_CUSTOMER + customer);
    }

    private static Turn turn(Business business, int customer, int number) {
        String phone = phone(customer);
        String wamid = "wamid.BENCH" + number;
        String text = "This is what a customer may say, some seventy characters of it, " + number;
        ObjectNode raw = Json.object();
        raw.put("id", wamid).put("from", phone).put("type", "text");
        raw.putObject("text").put("body", text);
        Instant now = Instant.now();
        Customer sender = new Customer(null, phone, "Customer " + customer);
        return new Turn(
                "bench-0-" + number,
                wamid,
                new ConversationKey(business.phoneNumberId(), phone),
                business,
                sender,
                TurnCause.GAP,
                null,
                true,
                now,
                now,
                List.of(new TurnItem(ContentKind.TEXT, text, List.of(new TurnMessage(wamid, now, sender, raw)))));
    }
}
