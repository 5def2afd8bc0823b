package lull.standins.sns;

import java.net.URI;

/// Receiver of what is published.
///
/// @param endpoint what HTTP subscribers are reached at; of a queue its URL, which must lead to the server that has
///     the queue
public record Subscriber(Protocol protocol, URI endpoint) {
    /// How a notification is delivered.
    public enum Protocol {
        /// SNS posts it, once the subscription is confirmed.
        HTTP,
        /// SNS puts it into an SQS queue of the same account, which needs no confirmation.
        SQS
    }

    /// Returns the endpoint as SNS lists it: of a queue its ARN, in the Region of the topic.
    String listed(String topicArn) {
        if (protocol == Protocol.HTTP) {
            return endpoint.toString();
        }
        String[] topic = topicArn.split(":", -1);
        String[] path = endpoint.getPath().split("/", -1);
        return String.join(":", "arn", topic[1], "sqs", topic[3], path[path.length - 2], path[path.length - 1]);
    }

    public static Subscriber http(URI endpoint) {
        return new Subscriber(Protocol.HTTP, endpoint);
    }

    public static Subscriber queue(URI url) {
        return new Subscriber(Protocol.SQS, url);
    }
}
