package lull.standins.sns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Options of the stand-in of SNS: every subscriber is subscribed to every topic.
///
/// `retries` and `retryDelay` follow a failed first attempt; `confirmEvery` is how long an unconfirmed
/// subscription waits before it asks again.
public record SnsOptions(
        InstantSource clock,
        List<String> topicArns,
        List<Subscriber> subscribers,
        int signatureVersion,
        int retries,
        Duration retryDelay,
        Duration confirmEvery) {
    public SnsOptions {
        if (signatureVersion != 1 && signatureVersion != 2) {
            throw new IllegalArgumentException("SNS has signature versions 1 and 2, not " + signatureVersion);
        }
        if (retries < 0 || retries > 100) {
            throw new IllegalArgumentException("SNS retries 0 to 100 times, not " + retries);
        }
        topicArns = List.copyOf(topicArns);
        subscribers = List.copyOf(subscribers);
        for (String arn : topicArns) {
            if (arn.split(":", -1).length != 6 || !arn.startsWith("arn:")) {
                throw new IllegalArgumentException("not the ARN of a topic: " + arn);
            }
        }
    }
}
