package lull.bench;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.contract.topic.Topics;

/// Requests for replies of one text each, as an application would make them.
final class RepliesRequested implements AutoCloseable {

    private final RecordsWritten records;
    private final AtomicInteger numbers = new AtomicInteger();

    RepliesRequested(String bootstrapServers) {
        records = new RecordsWritten(bootstrapServers, Topics.REPLY_REQUESTED);
    }

    /// Asks for a reply of a business number to a customer; returns its id.
    String ask(String businessNumber, int customer) {
        int number = numbers.getAndIncrement();
        String phone = TurnsSpoken.phone(customer);
        ConversationKey conversation = new ConversationKey(businessNumber, phone);
        Reply reply = new Reply(
                ReplyIds.ofApplication("bench-" + number),
                conversation,
                new Customer(null, phone, null),
                new ReplyOrigin.Application("bench"),
                new ReplyContent.Text("This is what a business may answer, " + number, null, null),
                Instant.now());
        records.write(conversation, reply);
        return reply.id();
    }

    /// Returns once all of them are acknowledged.
    void flush() {
        records.flush();
    }

    @Override
    public void close() {
        records.close();
    }
}
