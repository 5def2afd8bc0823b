package lull.ingress;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import lull.runtime.settings.Formats;
import lull.runtime.settings.Setting;

/// Settings of the routes and queues for AWS End User Messaging Social.
final class EumSettings {

    static final Setting<List<String>> TOPIC_ARNS = Formats.SNS_TOPIC.ofEach(Setting.list(
            "eum.topic.arns",
            "",
            "ARNs of the SNS topics, separated by commas, whose notifications are accepted at /webhooks/sns; if it"
                    + " is empty, /webhooks/sns is closed"));

    static final Setting<Optional<String>> QUEUE_URL = Formats.SQS_QUEUE.ofOptional(Setting.optional(
            "eum.queue.url",
            "URL of an SQS queue that is subscribed to such a topic, with or without raw message delivery. All its"
                    + " messages are accepted: the queue's policy decides who may send"));

    static final Setting<String> QUEUE_REGION = Formats.REGION.of(
            Setting.text("eum.queue.region", "us-east-1", "AWS Region of the queue in `eum.queue.url`"));

    static final Setting<Optional<URI>> QUEUE_ENDPOINT =
            Setting.optionalUri("eum.queue.endpoint", "Endpoint of Amazon SQS, if it is not AWS's own");

    static final Setting<String> QUEUE_CREDENTIALS = Formats.CREDENTIALS.of(Setting.text(
            "eum.queue.credentials",
            "default",
            "`default` uses the credentials that the AWS SDK finds; `placeholder` uses dummy credentials, for a"
                    + " stand-in that does not check them"));

    static final Setting<Integer> QUEUE_POLLERS = Setting.number(
            "eum.queue.pollers",
            2,
            1,
            64,
            "How many calls wait for messages of the queue at a time; each returns up to ten messages");

    static final Setting<String> APP = Formats.APP.of(Setting.text(
            "eum.app.name",
            "eum",
            "App name of messages that arrive by /webhooks/sns or by the queue; messages have it in their"
                    + " source"));

    static final Setting<Optional<String>> INPUT = Formats.KAFKA_TOPIC.ofOptional(Setting.optional(
            "eum.input.topic",
            "Input topic that messages from /webhooks/sns and the queue are written to; empty means"
                    + " ingress.topic"));

    /// All of them.
    static final List<Setting<?>> ALL =
            List.of(TOPIC_ARNS, QUEUE_URL, QUEUE_REGION, QUEUE_ENDPOINT, QUEUE_CREDENTIALS, QUEUE_POLLERS, APP, INPUT);

    private EumSettings() {}
}
