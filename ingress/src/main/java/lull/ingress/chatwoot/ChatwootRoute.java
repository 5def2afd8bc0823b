package lull.ingress.chatwoot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lull.chatwoot.Callback;
import lull.chatwoot.CallbackReader;
import lull.chatwoot.ContactSource;
import lull.contract.ConversationKey;
import lull.contract.Customer;
import lull.contract.json.Json;
import lull.contract.json.Timestamps;
import lull.contract.json.UnreadableJson;
import lull.contract.reply.Reply;
import lull.contract.reply.ReplyContent;
import lull.contract.reply.ReplyIds;
import lull.contract.reply.ReplyOrigin;
import lull.ingress.http.AppSecrets;
import lull.ingress.http.Signature;
import lull.ingress.kafka.RecordPublisher;
import lull.ingress.reply.Replies;
import lull.ingress.reply.ReplyReader;
import lull.runtime.Sha256;
import lull.runtime.http.BodyReader;
import lull.runtime.http.BodyReader.Body;
import lull.runtime.http.InFlight;
import lull.runtime.trace.Span;
import lull.runtime.trace.SpanName;
import lull.runtime.trace.Tracing;

/// Route for Chatwoot's callbacks: `POST /webhooks/chatwoot/{destination}` writes what agents say to
/// `whatsapp.reply.requested`. Chatwoot posts each callback once, waits five seconds, and shows the
/// agent a failure of anything but 200; so a callback that is not for a customer is answered 200, too.
/// Safe for several threads.
public final class ChatwootRoute {

    private static final String TIMESTAMP = "X-Chatwoot-Timestamp";
    private static final String SIGNATURE = "X-Chatwoot-Signature";

    /// How old a callback may be, or how far ahead Chatwoot's clock is: an old one could be somebody's
    /// copy.
    private static final Duration OLDEST = Duration.ofMinutes(10);

    private static final String RETRY_SECONDS = "5";

    private final Map<String, Served> inboxes;
    private final BodyReader bodies;
    private final InFlight inFlight;
    private final RecordPublisher publisher;
    private final ChatwootMetrics metrics;
    private final InstantSource clock;
    private final Tracing tracing;

    /// An inbox whose callbacks are accepted.
    ///
    /// @param name of the destination
    /// @param identifier of the inbox
    /// @param number sends to customers to whom people in Chatwoot write first; empty if none does
    /// @param hold how long a message waits for earlier ones
    /// @param listButton label of the button that opens a list of choices
    public record Inbox(
            String name,
            String identifier,
            AppSecrets secrets,
            Optional<String> number,
            CallbackReader reader,
            Duration hold,
            String listButton) {
        @Override
        public String toString() {
            return "Inbox[" + name + "]";
        }
    }

    private record Served(Inbox inbox, MessageOrder order, SaidReplies replies) {
        static Served of(Inbox inbox) {
            return new Served(inbox, new MessageOrder(inbox.hold()), new SaidReplies(inbox.name(), inbox.listButton()));
        }
    }

    private record Addressee(ConversationKey conversation, Customer customer) {}

    public ChatwootRoute(
            Collection<Inbox> inboxes,
            BodyReader bodies,
            InFlight inFlight,
            RecordPublisher publisher,
            ChatwootMetrics metrics,
            InstantSource clock,
            Tracing tracing) {
        this.inboxes = inboxes.stream().collect(Collectors.toUnmodifiableMap(Inbox::name, Served::of));
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
        this.tracing = tracing;
    }

    public void register(RoutesConfig routes) {
        routes.post("/webhooks/chatwoot/{destination}", this::receive);
    }

    private void receive(Context context) throws InterruptedException {
        if (inboxes.isEmpty()) {
            answer(context, HttpStatus.NOT_FOUND, "There is nothing at " + context.path());
            return;
        }
        try (InFlight.Reservation reservation = inFlight.enter()) {
            switch (bodies.read(context, reservation)) {
                case Body.Refused(var refusal, String error) -> {
                    metrics.received(known(context), "refused");
                    if (refusal == BodyReader.Refusal.OVERLOADED) {
                        context.header("Retry-After", RETRY_SECONDS);
                    }
                    answer(context, refusal.status(), error);
                }
                case Body.Complete(byte[] body) -> {
                    Served to = inboxes.get(context.pathParam("destination"));
                    if (to != null && isSigned(context, to.inbox.secrets(), body)) {
                        reservation.genuine();
                        receive(context, to, body);
                    } else {
                        metrics.received(known(context), "unsigned");
                        // An unknown destination is answered alike, so that nobody finds out which there are.
                        answer(
                                context,
                                HttpStatus.UNAUTHORIZED,
                                "The signature does not match the body and its time, or the time is not now");
                    }
                }
            }
        }
    }

    /// Returns the destination that a request names, if it is one: anybody could name any other.
    private String known(Context context) {
        String name = context.pathParam("destination");
        return inboxes.containsKey(name) ? name : "unknown";
    }

    private boolean isSigned(Context context, AppSecrets secrets, byte[] body) {
        String at = context.header(TIMESTAMP);
        Optional<Signature> signature = Signature.parse(context.header(SIGNATURE));
        Optional<Instant> posted = at == null ? Optional.empty() : Timestamps.ofEpochSecond(at);
        if (signature.isEmpty() || posted.isEmpty()) {
            return false;
        }
        Duration age = Duration.between(posted.get(), clock.instant()).abs();
        byte[] before = (at + ".").getBytes(US_ASCII);
        byte[] signed = Arrays.copyOf(before, before.length + body.length);
        System.arraycopy(body, 0, signed, before.length, body.length);
        return signature.get().signs(signed, secrets) && age.compareTo(OLDEST) <= 0;
    }

    private void receive(Context context, Served to, byte[] body) throws InterruptedException {
        String name = to.inbox.name();
        Callback callback;
        try {
            callback = to.inbox.reader().read(Json.tree(body));
        } catch (UnreadableJson e) {
            callback = new Callback.Ignored("unreadable");
        }
        switch (callback) {
            case Callback.Ignored(String why) when why.equals(CallbackReader.UNKNOWN_CONTACT) -> unknown(context, to);
            case Callback.Ignored(String why) -> {
                metrics.received(name, why);
                context.status(HttpStatus.OK);
            }
            case Callback.Typing typing -> {
                metrics.received(name, "typing");
                Optional<Reply> reply = typing(to, typing);
                if (reply.isPresent()) {
                    publish(List.of(reply.get()));
                }
                context.status(HttpStatus.OK);
            }
            case Callback.Said said -> say(context, to, said);
        }
    }

    private void say(Context context, Served to, Callback.Said said) throws InterruptedException {
        Optional<Addressee> addressee = addressee(to, said.contact());
        if (addressee.isEmpty()) {
            unknown(context, to);
            return;
        }
        List<Reply> replies =
                to.replies.of(said, addressee.get().conversation, addressee.get().customer, clock.instant());
        boolean isWritten = to.order.inOrder(said.contact().conversation(), said.message(), () -> publish(replies));
        metrics.received(to.inbox.name(), isWritten ? "accepted" : "unavailable");
        if (isWritten) {
            context.status(HttpStatus.OK);
        } else {
            context.header("Retry-After", RETRY_SECONDS);
            answer(context, HttpStatus.SERVICE_UNAVAILABLE, "The broker did not acknowledge in time");
        }
    }

    /// Chatwoot shows the person that the message failed.
    private void unknown(Context context, Served to) {
        metrics.received(to.inbox.name(), "unknown_customer");
        answer(
                context,
                HttpStatus.UNPROCESSABLE_CONTENT,
                "The contact has no phone number, or replies.business.number names no number that sends to it");
    }

    /// Returns the typing indicator below the customer's latest message; empty if that is not known.
    private Optional<Reply> typing(Served to, Callback.Typing typing) {
        String latest = typing.latest();
        return latest == null
                ? Optional.empty()
                : addressee(to, typing.contact())
                        .map(addressee -> new Reply(
                                ReplyIds.ofApplication(Sha256.hex(to.inbox.name() + "\n" + latest + "\ntyping")),
                                addressee.conversation,
                                addressee.customer,
                                new ReplyOrigin.Application(to.inbox.name()),
                                new ReplyContent.Typing(latest.replaceFirst("#.*", "")),
                                clock.instant()));
    }

    private Optional<Addressee> addressee(Served to, Callback.Contact contact) {
        return ContactSource.conversation(to.inbox.identifier(), contact.source())
                .or(() -> to.inbox
                        .number()
                        .flatMap(number -> Optional.ofNullable(contact.phone())
                                .map(phone -> phone.replaceAll("[^0-9]", ""))
                                .filter(phone -> !phone.isEmpty())
                                .map(phone -> new ConversationKey(number, phone))))
                .flatMap(conversation ->
                        ReplyReader.customer(conversation).map(customer -> new Addressee(conversation, customer)));
    }

    private boolean publish(List<Reply> replies) throws InterruptedException {
        try (Span span = tracing.begin(SpanName.REPLY_REQUEST, "", List.of())) {
            return publisher.publish(replies.stream()
                    .map(reply ->
                            Replies.record(reply.causedBy(span.parent().stream().toList())))
                    .toList());
        }
    }

    private static void answer(Context context, HttpStatus status, String error) {
        context.status(status).contentType("application/json").result(Json.bytes(Map.of("error", error)));
    }
}
