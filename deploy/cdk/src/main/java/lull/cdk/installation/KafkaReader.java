package lull.cdk.installation;

import java.util.List;
import lull.runtime.kafka.BrokerKind;

/// Reader of the member `kafka`.
final class KafkaReader {

    private static final String DEFAULT_TYPE = "m7g.large";

    private final Members kafka;

    KafkaReader(Members kafka) {
        this.kafka = kafka;
    }

    KafkaChoice kafka() {
        KafkaChoice read = switch (kafka.word("kind", "express", List.of("express", "standard", "existing"))) {
            case "standard" ->
                new KafkaChoice.Standard(
                        kafka.optional("brokerType", Form.BROKER_TYPE).orElse(DEFAULT_TYPE),
                        kafka.number("brokers", 3, 2, 90),
                        kafka.optional("version", Form.VERSION).orElse("4.1.x.kraft"),
                        kafka.number("diskGibibytes", 250, 1, 16_384));
            case "existing" ->
                new KafkaChoice.Existing(
                        BrokerKind.of(
                                kafka.word("brokerKind", "express", List.of("express", "standard", "serverless"))),
                        kafka.text("cluster", Form.CLUSTER),
                        kafka.text("bootstrap", Form.BROKERS),
                        kafka.text("securityGroup", Form.GROUP));
            default ->
                new KafkaChoice.Express(
                        kafka.optional("brokerType", Form.BROKER_TYPE).orElse(DEFAULT_TYPE),
                        kafka.number("brokers", 3, 3, 180),
                        kafka.optional("version", Form.VERSION).orElse("3.9.x"));
        };
        kafka.end();
        return read;
    }
}
