package lull.bridge.outbound.events;

import lull.runtime.sns.SnsMessage;
import lull.runtime.sns.SnsVerifier;

/// Port to the verification whether a message is from SNS, as [SnsVerifier] does it.
interface SnsVerification {

    /// Verifies the body of a request, and returns its content.
    SnsMessage verify(byte[] body);

    /// Confirms the subscription to SNS; returns whether SNS has accepted it.
    boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) throws InterruptedException;

    /// Returns the verification by a verifier that fetches certificates.
    static SnsVerification by(SnsVerifier verifier) {
        return new SnsVerification() {
            @Override
            public SnsMessage verify(byte[] body) {
                return verifier.verify(body);
            }

            @Override
            public boolean confirm(SnsMessage.SubscriptionConfirmation confirmation) throws InterruptedException {
                return verifier.confirm(confirmation);
            }
        };
    }
}
