package lull.runtime.trace;

/// Attributes of spans. None holds a phone number, a name, a text, or an id of WhatsApp, which contains
/// the phone number. Names that begin with `messaging` or `http` are those of OpenTelemetry's semantic
/// conventions.
public enum SpanKey {
    /// `kafka`.
    SYSTEM("messaging.system"),
    /// The topic.
    TOPIC("messaging.destination.name"),
    PARTITION("messaging.destination.partition.id"),
    OFFSET("messaging.kafka.offset"),
    GROUP("messaging.consumer.group.name"),
    /// How often the record was tried before, from 0.
    ATTEMPT("lull.attempt"),
    /// What became of it: `done`, `retry`, `deferred`, `reject`, `pause`; or an answer's status.
    OUTCOME("lull.outcome"),
    /// The WhatsApp app, as the configuration names it.
    APP("lull.app"),
    /// The way by which it arrived: `meta`, `sns`, `sqs`.
    DOOR("lull.door"),
    /// How many records or messages there are.
    COUNT("lull.count"),
    /// The id of a turn.
    TURN("lull.turn"),
    /// What ended a turn.
    CAUSE("lull.turn.cause"),
    /// The destination of a turn.
    DESTINATION("lull.destination"),
    /// WhatsApp's word for what became of a reply.
    STATUS("lull.status"),
    /// The host of a call.
    SERVER("server.address"),
    METHOD("http.request.method"),
    /// The status of the answer.
    HTTP_STATUS("http.response.status_code");

    private final String text;

    SpanKey(String text) {
        this.text = text;
    }

    /// Whether its value is a text although it is a number: a partition is a name.
    boolean isText() {
        return this == PARTITION;
    }

    /// The name as traces show it.
    String text() {
        return text;
    }
}
