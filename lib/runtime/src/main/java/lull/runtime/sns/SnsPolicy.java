package lull.runtime.sns;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Rules for which notifications of SNS are trusted.
///
/// @param topics ARNs of the topics that may send; any other one is rejected
/// @param standIn address of a stand-in of SNS, instead of AWS: then certificates and confirmations
///     must be there
/// @param maxEnvelopeBytes the maximum size of an envelope
/// @param maxAge the maximum age of a notification; confirmations may be as old as their tokens are
///     valid, two days
public record SnsPolicy(Set<String> topics, Optional<URI> standIn, int maxEnvelopeBytes, Duration maxAge) {

    /// How long SNS accepts the token of a confirmation.
    static final Duration TOKEN_LIFE = Duration.ofDays(2);

    /// How far SNS's clock may be ahead of ours.
    static final Duration MAX_AHEAD = Duration.ofMinutes(15);

    public SnsPolicy {
        topics = Set.copyOf(topics);
    }
}
