package lull.runtime.sns;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Rules for which notifications of SNS are believed.
///
/// @param topics ARNs of the topics that may send; any other one is refused
/// @param standIn where a stand-in of SNS is, instead of AWS: then certificates and confirmations must be there
/// @param maxEnvelopeBytes the largest envelope
/// @param maxAge how old a notification may be; confirmations may be as old as their tokens live, two days
public record SnsRules(Set<String> topics, Optional<URI> standIn, int maxEnvelopeBytes, Duration maxAge) {

    /// How long SNS takes the token of a confirmation.
    static final Duration TOKEN_LIFE = Duration.ofDays(2);

    /// How far ahead of ours SNS's clock may be.
    static final Duration MAX_AHEAD = Duration.ofMinutes(15);

    public SnsRules {
        topics = Set.copyOf(topics);
    }
}
