package lull.ingress.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lull.contract.json.UnreadableJson;
import lull.contract.message.Source;
import lull.contract.trace.TraceParent;

/// Reader of webhooks from any route or queue: each message, status and change of each entry becomes a
/// record of its own. It never fails; what it does not understand is kept raw, so that nothing is lost
/// and a bad element does not affect the others.
///
/// It knows Meta's webhook, the parts of it that Meta's dashboard and AWS send separately (an entry, a
/// change), the event of AWS End User Messaging Social, and the envelopes that SNS, SQS and Lambda put
/// around that.
public final class WebhookReader {

    private final InputRoutes routes;
    private final Source source;

    /// Creates a reader of the webhooks of one app by one source.
    public WebhookReader(InputRoutes routes, Source source) {
        this.routes = routes;
        this.source = source;
    }

    /// Returns the way and the app by which its webhooks arrive.
    public Source source() {
        return source;
    }

    /// Returns the records of a body that is not traced, in its order.
    public List<IngressRecord> read(byte[] body, Instant receivedAt) {
        return read(body, receivedAt, Optional.empty());
    }

    /// Returns the records of a body, in its order.
    ///
    /// @param request the span of the request by which it arrived
    public List<IngressRecord> read(byte[] body, Instant receivedAt, Optional<TraceParent> request) {
        Source source = this.source.in(request);
        WebhookRecords records = new WebhookRecords(source, receivedAt, body.length);
        ChangeReader changes = new ChangeReader(routes, source, receivedAt, records);
        try {
            if (!new FrameReader(changes, records).read(RawJson.whole(body).members(), Arns.NONE)) {
                return List.of(records.unparsed(body, FrameReader.NO_FRAME));
            }
            return records.found();
        } catch (UnreadableJson e) {
            return withWhole(records, body, String.valueOf(e.getMessage()));
        } catch (WebhookRecords.TooMuch e) {
            return withWhole(records, body, "Its parts would be much larger than the webhook itself");
        }
    }

    /// Returns the records found before reading stopped, and the whole body for the rest.
    private static List<IngressRecord> withWhole(WebhookRecords records, byte[] body, String reason) {
        List<IngressRecord> all = new ArrayList<>(records.found());
        all.add(records.unparsed(body, reason));
        return all;
    }
}
